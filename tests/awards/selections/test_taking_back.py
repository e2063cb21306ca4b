"""A stage opened by mistake is taken back by two people, with a reason, while nothing rests on it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from awards import todo
from awards.models import Letter, Role, StageReturn
from awards.selections import taking_back
from awards.stages import NominationState, Stage
from paritrana.accounts.models import AuditEvent
from scoring.models import Interview
from tests import builders as b
from tests.awards.conftest import at
from tests.refusals import code_of

NOW = timezone.now()


def ask(selection, by, reason="Salah tekan"):
    return taking_back.ask(selection, reason=reason, seen=selection.stage, by=by)


@pytest.fixture
def opened(bali):
    return at(bali, Stage.VERIFICATION)


def test_it_takes_two_people_and_a_reason(opened, committee):
    assert code_of(lambda: ask(opened, committee, " ")) == "reason"
    asked = ask(opened, committee)
    assert code_of(lambda: taking_back.second(asked, by=committee)) == "same-person"

    back = taking_back.second(asked, by=b.committee(opened))

    opened.refresh_from_db()
    assert (back, opened.stage) == (Stage.NOMINATION, Stage.NOMINATION)
    event = AuditEvent.objects.get(verb="selection.take-back")
    assert event.detail == {
        "before": "verifikasi", "after": "nominasi", "asked_by": committee.pk, "reason": "Salah tekan"
    }  # fmt: skip


@pytest.mark.parametrize("role", [Role.CHAIR, Role.SECRETARY])
def test_the_head_of_the_panel_may_second_and_not_ask(opened, committee, role):
    head = b.appointed(role, opened)
    with pytest.raises(PermissionDenied):
        ask(opened, head)

    taking_back.second(ask(opened, committee), by=head)

    assert StageReturn.objects.get().outcome == "granted"


def test_the_national_committee_may_second_in_a_province(opened, committee):
    taking_back.second(ask(opened, committee), by=b.appointed(Role.NATIONAL_COMMITTEE, opened.edition))

    opened.refresh_from_db()
    assert opened.stage == Stage.NOMINATION


def test_it_is_refused_while_something_rests_on_the_stage(opened, committee):
    b.nomination(opened, state=NominationState.SHORTLISTED)

    assert code_of(lambda: ask(opened, committee)) == "rests"


def test_what_was_done_meanwhile_overtakes_the_request(opened, committee):
    nomination = b.nomination(opened)
    asked = ask(opened, committee)
    Interview.objects.create(nomination=nomination, starts_at=NOW, room="A")

    assert code_of(lambda: taking_back.second(asked, by=b.committee(opened))) == "rests"

    opened.refresh_from_db()
    assert (opened.stage, StageReturn.objects.get().outcome) == (Stage.VERIFICATION, "overtaken")


def test_the_preparation_and_a_sealed_result_are_not_taken_back(bali, committee):
    with pytest.raises(PermissionDenied):
        ask(at(bali, Stage.PREPARATION), committee)
    with pytest.raises(PermissionDenied):
        ask(at(bali, Stage.SEALED), committee)


def test_a_nomination_rests_on_the_stage_of_nominations(bali, committee):
    b.nomination(bali)

    assert code_of(lambda: ask(bali, committee)) == "rests"


def test_whoever_can_send_again_gets_a_letter(opened, committee):
    staff = b.branch_staff(b.regency())
    b.nomination(opened, b.regency(), by=staff)

    taking_back.second(ask(opened, committee), by=b.committee(opened))

    assert [(letter.to, "Salah tekan" in letter.body) for letter in Letter.objects.all()] == [(staff, True)]


def test_home_of_the_second_person_has_the_request_and_not_that_of_the_first(opened, committee):
    other = b.committee(opened)
    ask(opened, committee)
    url = reverse("take-back-stage", args=[opened.slug])

    assert [url in [task.url for task in todo.tasks_for(person)] for person in (other, committee)] == [True, False]


def test_the_pages_ask_second_and_withdraw(opened, committee, signed_in):
    url = reverse("take-back-stage", args=[opened.slug])
    first, other = signed_in(committee), b.committee(opened)

    assert "reason" in first.post(url, {"stage": "verifikasi"}).context["form"].errors
    first.post(url, {"stage": "verifikasi", "reason": "Salah tekan"})
    assert not first.get(url).context["may_second"]
    first.post(reverse("withdraw-taking-back", args=[opened.slug]))
    first.post(url, {"stage": "verifikasi", "reason": "Sungguh salah"})
    second = signed_in(other)
    assert second.get(url).context["may_second"]
    second.post(reverse("second-taking-back", args=[opened.slug]))

    opened.refresh_from_db()
    assert opened.stage == Stage.NOMINATION
    assert list(StageReturn.objects.order_by("pk").values_list("outcome", flat=True)) == ["withdrawn", "granted"]
