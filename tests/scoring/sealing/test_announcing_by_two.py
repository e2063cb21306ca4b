"""Winners are announced by two people who saw the same page; who signs next is written to and sees it on home."""

import datetime
import re
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from awards.models import Appointment, Letter, Role
from awards.stages import Stage
from paritrana.accounts.models import AuditEvent
from scoring.models import Seal, SealRequest
from scoring.results import todo
from scoring.sealing import actions, announcing, requests
from tests import builders
from tests.once import parts_once
from tests.refusals import refused
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def seal():
    made = plenary.plenary()
    committee, chair = builders.committee(made.selection), builders.appointed(Role.CHAIR, made.selection)
    plenary.seal(made.selection, committee, chair)
    return {"made": made, "committee": committee, "chair": chair}


def ask():
    parts = seal()
    return parts | {"asked": announcing.ask_announcing(parts["made"].selection, by=parts["committee"])}


STATES = {"asked": ask, "made": seal}
built, parts, made, committee, chair, asked = parts_once(STATES, "made", "committee", "chair", "asked")


def page(name, made, **more) -> str:
    return reverse(name, args=[made.selection.slug], **more)


def test_asking_announces_nothing(made, asked):
    made.selection.refresh_from_db()

    assert (made.selection.stage, Seal.objects.get().announced_at) == (Stage.SEALED, None)


def test_whoever_asked_cannot_second(asked, committee):
    refused("same-person", actions.second, asked, by=committee)

    assert (Seal.objects.public().count(), SealRequest.objects.get(kind="announce").outcome) == (0, "")


@pytest.mark.parametrize("role", [Role.PROVINCIAL_COMMITTEE, Role.CHAIR, Role.SECRETARY])
def test_another_of_the_committee_or_who_leads_the_panel_seconds(made, committee, asked, role):
    second = builders.appointed(role, made.selection)

    seal = actions.second(asked, by=second)

    event = AuditEvent.objects.get(verb="result.announce")
    assert (seal.announced_by, event.actor, event.detail["asked_by"]) == (committee, second, committee.pk)
    assert (Seal.objects.public().get(), requests.who_seconded_announcing(made.selection)) == (seal, second)


@pytest.mark.parametrize("role", [Role.JUROR, Role.AUDITOR])
def test_nobody_else_seconds(made, asked, role):
    scope = made.selection.edition if role == Role.AUDITOR else made.selection
    with pytest.raises(PermissionDenied):
        actions.second(asked, by=builders.appointed(role, scope))


def test_a_request_can_be_withdrawn_and_is_answered_once(made, committee, chair, asked):
    requests.withdraw(asked, by=committee)

    refused("moved-on", actions.second, asked, by=chair)
    assert Seal.objects.public().count() == 0
    announcing.ask_announcing(made.selection, by=committee)


def test_what_is_published_changed_meanwhile(made, committee, chair, asked):
    type(made.selection).objects.filter(pk=made.selection.pk).update(publishes_totals=True)

    refused("overtaken", actions.second, asked, by=chair)

    assert (SealRequest.objects.get(kind="announce").outcome, Seal.objects.public().count()) == ("overtaken", 0)


def test_a_moment_that_passed_before_it_was_seconded_is_stale(made, committee, chair):
    moment = timezone.now() + datetime.timedelta(milliseconds=400)
    asked = announcing.ask_announcing(made.selection, at=moment, by=committee)
    while timezone.now() <= moment:
        pass

    refused("overtaken", actions.second, asked, by=chair)

    assert Seal.objects.get().public_from is None


def test_whoever_asked_and_may_no_longer_announces_nothing(made, committee, chair, asked):
    Appointment.objects.filter(user=committee).update(ended_at=timezone.now())

    refused("overtaken", actions.second, asked, by=chair)


def test_moving_the_moment_takes_two_people_and_withholding_it_one(made, committee, chair):
    first = announcing.ask_announcing(made.selection, at=timezone.now() + DAY, by=committee)
    actions.second(first, by=chair)
    later = announcing.ask_announcing(made.selection, at=timezone.now() + 2 * DAY, by=committee)
    before = Seal.objects.get().public_from
    moved = actions.second(later, by=chair).public_from

    assert moved - before > DAY / 2
    assert announcing.withhold(made.selection, by=committee).public_from is None


def test_the_database_refuses_one_person_for_two(asked, committee):
    granted = {"outcome": "granted", "ended_at": timezone.now(), "ended_by": committee}
    with pytest.raises(IntegrityError), transaction.atomic():
        SealRequest.objects.filter(pk=asked.pk).update(**granted)


def test_no_other_code_announces_than_the_one_that_confirms_a_request():
    callers = [
        path.name
        for path in Path(actions.__file__).parents[1].rglob("*.py")
        if re.search(r"\bannounc\w+\.announce\(|actions\.announce\(", path.read_text())
    ]

    assert callers == ["actions.py"]


# Who signs next


def test_whoever_may_second_gets_a_letter_with_the_page(made, committee, chair, asked):
    letters = Letter.objects.filter(key__startswith=f"seal-request:{asked.pk}:asked")

    assert chair in {letter.to for letter in letters} and committee not in {letter.to for letter in letters}
    assert all(page("seal-second", made) in letter.body for letter in letters)
    assert all("mengumumkan pemenang" in letter.body for letter in letters)


def test_nobody_is_written_to_who_could_not_second(made, committee):
    other = builders.committee(made.selection)
    Appointment.objects.filter(user=other).update(granted_by=committee)
    asked = announcing.ask_announcing(made.selection, by=committee)

    letters = Letter.objects.filter(key__startswith=f"seal-request:{asked.pk}:")

    assert other not in {letter.to for letter in letters}


def test_after_the_seal_the_committee_is_told_that_announcing_is_next(made, committee, chair):
    asked = SealRequest.objects.get(kind="seal")

    letters = Letter.objects.filter(key__startswith=f"seal-request:{asked.pk}:granted")

    assert {letter.to for letter in letters} >= {committee}
    assert all(page("announce", made) in letter.body for letter in letters)


def test_whoever_asked_hears_what_became_of_it(made, committee, chair, asked):
    actions.second(asked, by=chair)

    letters = Letter.objects.filter(key__startswith=f"seal-request:{asked.pk}:granted")

    assert [letter.to for letter in letters] == [committee]


def test_the_home_page_tells_the_second_person_and_not_the_first(made, committee, chair, asked):
    told = {user: [task.url for task in todo.tasks_for(user)] for user in (committee, chair)}

    assert told == {committee: [], chair: [page("seal-second", made)]}


# The pages


def test_the_preview_is_the_public_page_as_it_will_be(client, made, committee, chair, asked):
    client.force_login(chair)
    foreseen = client.get(page("announce-preview", made))
    actions.second(asked, by=chair)
    client.logout()
    public = client.get(page("public-result", made))

    def shown(answer) -> str:
        text = answer.content.decode().split("<main")[1].split("</main")[0]
        text = re.sub(r'<p class="remark" data-preview>.*?</p>', "", text)
        text = re.sub(r' href="[^"]*pers\.zip"', "", text)  # there is no press kit before the announcement
        return re.sub(r"\d\d\.\d\d", "", re.sub(r"\s+", " ", text))

    assert shown(foreseen) == shown(public)
    assert "no-store" in foreseen.headers["Cache-Control"]


def test_the_preview_is_for_those_who_announce_alone(client, made):
    for role, scope in [(Role.JUROR, made.selection), (Role.AUDITOR, made.selection.edition)]:
        client.force_login(builders.appointed(role, scope))
        assert client.get(page("announce-preview", made)).status_code in (403, 404)
    client.logout()
    assert client.get(page("announce-preview", made)).status_code == 302
    assert client.get(page("public-result", made)).status_code == 404


def test_announcing_from_the_pages(client, made, committee, chair):
    client.force_login(committee)
    client.post(page("announce", made), {"when": "now"})
    waiting = client.get(page("announce", made)).content.decode()
    again = client.post(page("announce", made), {"when": "now"})
    client.force_login(chair)
    before = client.get(page("seal-second", made)).content.decode()
    asked = SealRequest.objects.get(outcome="")
    answer = client.post(page("seal-second", made), {"asked": asked.pk, "confirmed": "on"})

    assert "data-waiting" in waiting and again["Location"] == page("announce", made)
    assert page("announce-preview", made) in before
    assert (answer["Location"], Seal.objects.public().count()) == (page("result", made), 1)
