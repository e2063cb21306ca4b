"""Assistants who type for a juror, sheets that are opened again, and what others' marks show by the panel's rule."""

import re
import uuid

import pytest
from django.urls import reverse

from awards.models import Appointment, Letter, Nomination, Role
from awards.stages import Stage
from paritrana.accounts.models import User
from scoring.conflicts import actions
from scoring.models import MarkVersion, Panel, Reopening, ScoreSheet, Seat, Standing
from scoring.sheets import actions as sheet_actions
from tests import builders
from tests.once import taken_back
from tests.refusals import refused
from tests.scoring.bench import bench
from tests.scoring.sheets.own import address, given, handed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged(client):
    made = bench()
    client.force_login(made.seat().user)
    return made


def test_an_assistant_types_but_only_the_juror_hands_in_and_sees_what_was_typed(client, judged):
    juror, helper = judged.seats[0].user, builders.person("Asisten")
    actions.appoint(judged.seats[0], helper.email, by=juror)
    actions.declare_as_assistant(judged.seats[0], reasons={}, by=helper)
    client.force_login(helper)

    client.post(address(judged, "sheet", 0), judged.posted("80", "70", "60"))
    sheet = ScoreSheet.objects.get()
    by_the_assistant = client.get(address(judged, "sheet-hand-in", 0)).status_code
    refused("not-the-juror", sheet_actions.hand_in, sheet, version=1, by=helper)
    client.force_login(juror)
    last_look = client.get(address(judged, "sheet-hand-in", 0))
    client.post(address(judged, "sheet-hand-in", 0), {"version": 1})

    assert (by_the_assistant, len(last_look.context["typed_by_others"])) == (404, 3)
    assert b"data-confirms" in last_look.content
    assert ScoreSheet.objects.submitted().get().submitted_by == juror


def test_an_assistant_who_was_dismissed_sees_and_types_nothing(client, judged):
    helper = builders.person()
    actions.appoint(judged.seats[0], helper.email, by=judged.seats[0].user)
    actions.appoint(judged.seats[0], "", by=judged.seats[0].user)
    client.force_login(helper)

    assert client.get(address(judged, "sheet", 0)).status_code == 404
    refused("not-your-seat", given, judged, 1, 1, 1, by=helper)


def becomes_committee(made, helper):
    Appointment.objects.create(
        user=helper, role=Role.PROVINCIAL_COMMITTEE, edition=made.selection.edition, selection=made.selection
    )


def becomes_auditor(made, helper):
    Appointment.objects.create(user=helper, role=Role.AUDITOR, edition=made.selection.edition)


def nominates(made, helper):
    Nomination.objects.filter(pk=made.nominations[1].pk).update(nominated_by=helper)


def verifies(made, helper):
    Nomination.objects.filter(pk=made.nominations[1].pk).update(verified_by=helper)


@pytest.mark.parametrize("later", [becomes_committee, becomes_auditor, nominates, verifies])
def test_an_assistant_who_is_given_a_part_later_sees_and_types_nothing_any_more(client, judged, later):
    seat, helper = judged.seats[0], builders.person()
    actions.appoint(seat, helper.email, by=seat.user)
    actions.declare_as_assistant(seat, reasons={}, by=helper)
    given(judged, 80, 70, 60, by=helper)
    client.force_login(helper)
    pages = [address(judged, name, 0) for name in ("sheet", "sheet-history")]
    before = [client.get(page).status_code for page in pages]

    later(judged, helper)

    assert (before, [client.get(page).status_code for page in pages]) == ([200, 200], [404, 404])
    assert not ScoreSheet.objects.visible_to(helper).exists()
    refused("not-your-seat", given, judged, 1, 1, 1, by=helper)


def test_nobody_assists_two(judged):
    second, helper = judged.seat(), builders.person()
    actions.appoint(judged.seats[0], helper.email, by=judged.seats[0].user)

    refused("assists-already", actions.appoint, second, helper.email.upper(), by=second.user)


def a_juror(made):
    return made.seat().user


def somebody_of_the_branch(made):
    return builders.branch_staff(made.nominations[1].candidate.region)


def somebody_of_the_head_office(made):
    return builders.head_officer()


@pytest.mark.parametrize("whose", [a_juror, somebody_of_the_branch, somebody_of_the_head_office])
def test_whoever_has_a_part_in_the_selection_may_be_named_and_types_nothing(client, judged, whose):
    involved = whose(judged)
    actions.appoint(judged.seats[0], involved.email, by=judged.seats[0].user)
    client.force_login(involved)

    assert not Seat.objects.assisted_by(involved).exists()
    refused("not-your-seat", actions.declare_as_assistant, judged.seats[0], reasons={}, by=involved)
    refused("not-your-seat", given, judged, 1, 1, 1, by=involved)


def test_naming_an_assistant_tells_nobody_whether_the_address_has_an_account(client, judged):
    """Without an account, with one, with one that is shut, with one that has a part: pages and letters say the same."""
    fit, shut = builders.person(language="en"), builders.person(is_active=False)
    page = reverse("seat-assistant", args=[judged.selection.slug, judged.seats[0].pk])
    told = []
    for address_typed in ("tanpa-akun@contoh.example", fit.email, shut.email, judged.seat().user.email):
        with taken_back():
            answers = [client.post(page, {"email": address_typed}, follow=True), client.get(page)]
            letter = Letter.objects.get()
            words = [read.content.decode().replace(address_typed, "") for read in answers]
            told.append((re.sub(r"[A-Za-z0-9]{64}", "", " ".join(words)), letter.subject, letter.addressee, letter.to))
            assert letter.address == address_typed

    assert told[0] == told[1] == told[2] == told[3]


def test_whoever_opens_an_account_with_the_address_later_may_type(judged):
    actions.appoint(judged.seats[0], "Kelak@Contoh.example", by=judged.seats[0].user)

    assert Seat.objects.assisted_by(User.objects.create_user("kelak@contoh.example", name="Kelak")).exists()


def test_only_the_chair_reopens_with_a_reason_and_both_versions_stay(client, judged):
    chair = judged.seat(Role.CHAIR)
    sheet = handed_in(judged, 8000, 7000, 6000)
    url = reverse("sheet-reopen", args=[judged.selection.slug, judged.seats[0].pk, judged.nominations[0].pk])
    by_the_juror = client.post(url, {"reason": "Keliru"}).status_code
    client.force_login(chair.user)

    without = client.post(url, {"reason": ""}).context["form"].errors.as_data()["reason"][0].code
    client.post(url, {"reason": "Salah ketik"})
    sheet_actions.save_marks(
        judged.seats[0], judged.nominations[0], judged.marks(9000, 7000, 6000), version=1, by=judged.seats[0].user
    )

    sheet.refresh_from_db()
    made = Reopening.objects.get()
    assert (by_the_juror, without, sheet.submitted_at) == (403, "required", None)
    assert (made.reason, made.version, made.submitted_by) == ("Salah ketik", 1, judged.seats[0].user)
    first = MarkVersion.objects.filter(mark__criterion=judged.marked[0]).order_by("version")
    assert list(first.values_list("version", "value")) == [(1, 8000), (2, 9000)]


def test_a_sheet_that_is_open_is_not_reopened(judged):
    chair = judged.seat(Role.CHAIR)
    sheet = given(judged, 8000, 7000, 6000)

    refused("not-handed-in", sheet_actions.reopen, sheet, reason="x", by=chair.user)


def test_a_reopened_sheet_no_longer_counts(judged):
    chair = judged.seat(Role.CHAIR)
    sheet = handed_in(judged, 8000, 7000, 6000)

    sheet_actions.reopen(sheet, reason="Salah ketik", by=chair.user)

    assert ScoreSheet.objects.submitted().count() == 0
    assert Standing.objects.filter(selection=judged.selection, total__isnull=False).count() == 0


@pytest.mark.parametrize(
    ("visibility", "own_done", "stage", "status"),
    [
        ("own", True, Stage.PLENARY, 403),
        ("after-own", False, Stage.INTERVIEW, 403),
        ("after-own", True, Stage.INTERVIEW, 200),
        ("after-own", False, Stage.PLENARY, 200),
        ("after-close", True, Stage.INTERVIEW, 403),
        ("after-close", False, Stage.PLENARY, 200),
    ],
)
def test_marks_of_others_are_seen_when_the_rule_of_the_panel_opens_them(
    client, judged, visibility, own_done, stage, status
):
    judged.seat()
    handed_in(judged, 1200, 1300, 1400, seat=1)
    given(judged, 5000, 5000, 5000, seat=1, nomination=1)
    for nomination in (0, 1):
        if own_done:
            handed_in(judged, 8000, 7000, 6000, nomination=nomination)
    Panel.objects.update(visibility=visibility)
    judged.selection.stage = stage
    judged.selection.save()

    answers = [client.get(address(judged, "sheet-peers", number)) for number in (0, 1)]

    assert [answer.status_code for answer in answers] == [status, status]
    if status == 200:
        assert [[peer.marks for peer in answer.context["others"]] for answer in answers] == [[[1200, 1300, 1400]], []]


def test_whoever_keeps_out_of_a_candidate_never_sees_its_marks(client, judged):
    judged.seat()
    handed_in(judged, 1200, 1300, 1400, seat=1)
    actions.declare(judged.seats[0], reasons={judged.nominations[0].pk: "Saudara"}, by=judged.seats[0].user)
    Panel.objects.update(visibility="after-close")
    judged.selection.stage = Stage.PLENARY
    judged.selection.save()

    assert client.get(address(judged, "sheet-peers", 0)).status_code == 404


@pytest.fixture
def helper(client, judged):
    """An assistant of the only juror who has said nothing yet, signed in."""
    person = builders.person("Asisten")
    actions.appoint(judged.seats[0], person.email, by=judged.seats[0].user)
    client.force_login(person)
    return person


def clear(judged, person, reasons=None):
    actions.declare_as_assistant(judged.seats[0], reasons=reasons or {}, by=person)


def test_an_assistant_sees_and_types_nothing_before_an_own_declaration(client, judged, helper):
    answers = [client.get(address(judged, "sheet", 0))]
    answers += [client.post(address(judged, "sheet", 0), judged.posted("1", "", ""))]

    assert [answer.url for answer in answers] == [address(judged, "declare")] * 2
    refused("undeclared", given, judged, 1, 1, 1, by=helper)
    assert client.get(address(judged, "sheets-board")).json()["sheets"] == []
    panel = client.get(reverse("sheets")).context["panels"][0]
    assert ([row["opens"] for row in panel["rows"]], panel["owes_a_word"]) == ([False, False], True)


def test_an_assistant_keeps_out_alone_and_the_juror_goes_on(client, judged, helper):
    given(judged, 8000, 7000, 6000)
    first, second = judged.nominations
    typed = {f"out_{first.pk}": "on", f"why_{first.pk}": "Pernah bekerja di sana", "clear": "on"}

    client.post(address(judged, "declare"), typed)

    pages = [client.get(address(judged, name, 0)).status_code for name in ("sheet", "sheet-history")]
    assert (pages, client.get(address(judged, "sheet", 1)).status_code) == ([404, 404], 200)
    refused("conflict", given, judged, 1, 1, 1, by=helper)
    board = client.get(address(judged, "sheets-board")).json()
    assert [sheet["nomination"] for sheet in board["sheets"]] == [second.pk]
    handed_in(judged, 9000, 9000, 9000, nomination=1)
    client.force_login(judged.seats[0].user)
    assert client.get(address(judged, "sheet", 0)).status_code == 200


def test_whoever_keeps_out_is_told_no_mark_by_bringing_one(client, judged, helper):
    given(judged, 8000, 7000, 6000)
    entry = {"sequence": 1, "nomination": judged.nominations[0].pk, "box": f"mark_{judged.marked[0].pk}"}

    def bring(value, **fields):
        sent = {"device": str(uuid.UUID(int=7)), "entries": [entry | {"value": value, "base": 1} | fields]}
        return client.post(address(judged, "sheets-deliver"), sent, content_type="application/json").json()["sheets"]

    clear(judged, helper, {judged.nominations[0].pk: "Pernah bekerja di sana"})

    assert bring("1") == {}
    assert list(bring("2", sequence=2, nomination=judged.nominations[1].pk, base=0)) == [str(judged.nominations[1].pk)]


def test_an_assistant_is_handed_evidence_only_of_what_was_declared_clear(client, judged, helper):
    file = builders.evidence(judged.nominations[0], judged.attended)
    at = reverse("sheet-evidence", args=[judged.selection.slug, judged.nominations[0].pk, file.pk])

    before = client.post(at)
    clear(judged, helper)
    after = client.post(at)
    clear(judged, helper, {judged.nominations[0].pk: "Baru tahu"})

    assert (before.status_code, after.status_code, client.post(at).status_code) == (302, 200, 404)


def test_an_assistant_declares_for_the_seat_assisted_about_its_candidates_with_a_reason(judged, helper):
    foreign = bench(code="52").nominations[0]

    refused("not-your-seat", actions.declare_as_assistant, judged.seats[0], reasons={}, by=judged.seats[0].user)
    refused("not-judged", clear, judged, helper, {foreign.pk: "Saudara"})
    refused("no-reason", clear, judged, helper, {judged.nominations[0].pk: " "})
