"""What waits for whom: the home page's list and the menu, role by role."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Role, StageDate
from awards.nominations.actions import nominable
from awards.stages import NominationState, Stage
from awards.todo import menu_for, tasks_for
from tests import builders as b
from tests.awards.conftest import at

S = NominationState


def waiting(user) -> list[tuple[str, int | None]]:
    return [(task.url, task.count) for task in tasks_for(user)]


def listed(selection, state) -> str:
    return f"{reverse('nominations', args=[selection.slug])}?state={state}"


def test_a_branch_finds_its_drafts_its_returned_ones_and_whom_it_has_not_nominated(bali, jembrana, tabanan):
    gianyar, badung = b.regency("51.04", "Kabupaten Gianyar"), b.regency("51.03", "Kabupaten Badung")
    staff = b.branch_staff(jembrana, tabanan, badung)
    b.nomination(bali, jembrana)
    b.nomination(bali, tabanan, S.RETURNED)
    b.nomination(bali, gianyar)

    assert waiting(staff) == [(listed(bali, S.RETURNED), 1), (listed(bali, S.DRAFT), 1), (bali.get_absolute_url(), 1)]


def test_the_committee_finds_what_to_verify_and_whom_to_invite(bali, committee, jembrana, tabanan):
    b.nomination(bali, jembrana, S.SENT)
    b.nomination(at(bali, Stage.VERIFICATION), tabanan, S.VERIFIED)
    StageDate.objects.create(
        selection=bali, stage=Stage.VERIFICATION, opens_at="2024-01-01T00:00Z", closes_at="2999-01-01T00:00Z"
    )

    assert waiting(committee) == [(listed(bali, S.SENT), 1), (listed(bali, S.VERIFIED), 1)]


def test_the_committee_is_reminded_of_a_stage_that_is_over(bali, committee):
    StageDate.objects.create(
        selection=bali, stage=Stage.NOMINATION, opens_at="2024-01-01T00:00Z", closes_at="2024-02-01T00:00Z"
    )

    assert waiting(committee) == [(reverse("selection-open-next", args=[bali.slug]), None)]


def test_the_count_left_to_nominate_is_the_number_the_form_offers(db):
    category = b.category(slug="pemerintah-provinsi", kind="province")
    national = b.selection(national=True)
    for code in ("11", "12", "13"):
        b.province(code, f"P{code}")
    b.regency("11.01", "Kabupaten A")
    b.nomination(national, b.province("11"))
    user = b.appointed(Role.NATIONAL_COMMITTEE, national.edition)

    offered = nominable(national, category, user).count()

    assert (reverse("selection", args=[national.slug]), offered) in waiting(user)
    assert offered == 2


@pytest.mark.parametrize("role", [Role.JUROR, Role.CHAIR, Role.SECRETARY])
def test_the_panel_has_nothing_to_do_with_nominations(bali, jembrana, role):
    b.nomination(bali, jembrana, S.SENT)

    assert waiting(b.appointed(role, bali)) == []


def test_nothing_waits_in_a_selection_that_is_sealed(bali, committee, jembrana):
    b.nomination(at(bali, Stage.SEALED), jembrana, S.SENT)

    assert waiting(committee) == []


def test_only_the_administrator_is_led_to_people(bali, committee):
    def names(user):
        return [entry.url for entry in menu_for(user)]

    everybody = [reverse("editions"), reverse("selections"), reverse("letters")]
    assert names(b.administrator()) == [*everybody, reverse("people"), reverse("operations"), reverse("trail")]
    assert names(b.appointed(Role.AUDITOR, bali.edition)) == [*everybody, reverse("trail")]
    assert names(committee) == everybody


def test_tasks_cost_the_same_for_one_selection_and_for_many(bali):
    user = b.head_officer()

    def cost():
        with CaptureQueriesContext(connection) as captured:
            tasks_for(user)
        return len(captured)

    one = cost()
    for code in range(60, 80):
        b.selection(at=b.province(str(code), f"P{code}"))

    assert cost() == one
