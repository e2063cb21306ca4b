"""What is missing, and what follows: every cell of the table in docs/states.md."""

import json

import pytest
from django.conf import settings
from django.utils import timezone

from awards.gravity import Gravity
from awards.models import Contact, Criterion, Exemption, Role
from scoring import verify_seal
from scoring.assignments import progress
from scoring.models import Conflict, Interview, Panel, ScoreSheet
from scoring.sealing import document as sealing_document
from scoring.sealing import review as sealing_review
from scoring.standings import rankings, store
from tests import builders as b
from tests.once import made_once
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db

COLUMNS = ("state", "said", "mean", "quorum", "blocks", "shown", "sealed")


def _table():
    lines = (settings.BASE_DIR / "docs" / "states.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return {row[0]: dict(zip(COLUMNS, row, strict=True)) for row in rows[2:]}


TABLE = _table()
OF_A_JUROR = ("not scored", "abstained", "recused", "juror absent")


def build():
    """Two candidates; two jurors gave 80.00 and 70.00, a third 10.00 to the second and nothing yet to the first."""
    found = plenary.plenary(("perda", "edaran"))
    third = found.seat(Role.JUROR)
    plenary.hand_in(third, found.nominations[1], found.marks(1_000, 1_000, 1_000))
    for nomination in found.nominations:  # a winner nobody can write to would be a note of its own
        Contact.objects.create(candidate=nomination.candidate, name="Narahubung", email="humas@contoh.example")
    Panel.objects.update(quorum=2, spread_limit=10_000)
    return found


built, made = made_once(build)


def enter(made, state):
    """Bring the first candidate, or the third juror with it, into this state."""
    seat, nomination = made.seats[2], made.nominations[0]
    signed = {"declared_by": seat.user, "reason": "Alasan"}
    if state in {"abstained", "recused"}:
        kind = {"abstained": Conflict.Kind.ABSTENTION, "recused": Conflict.Kind.RECUSAL}[state]
        plenary.hand_in(seat, nomination, made.marks(1_000, 1_000, 1_000))
        Conflict.objects.create(seat=seat, nomination=nomination, kind=kind, **signed)
    if state == "juror absent":
        sheet = plenary.hand_in(seat, nomination, made.marks(1_000, None, None), at=None)
        stamps = {"absent_at": timezone.now(), "absent_by": seat.user, "absent_reason": "Sakit"}
        ScoreSheet.objects.filter(pk=sheet.pk).update(**stamps)
    if state == "candidate absent":
        nobody = {"code": "nobody", "label": "Tidak hadir", "points": 0, "absent": True}
        made.attended.rules["levels"].append(nobody)
        made.attended.save()
        Interview.objects.filter(nomination=nomination).update(attended="nobody")
    if state == "not applicable":
        Exemption.objects.create(
            nomination=nomination,
            criterion=Criterion.objects.get(slug="regulasi"),
            reason="Wilayah baru",
            recorded_by=b.person(),
        )


def line(made):
    (ranking,) = rankings.fresh(made.selection)
    return next(one for one in ranking.lines if one.code == "51.01")


def codes(made):
    """What the review says about the first candidate: what blocks, the notes; the standings follow, as after an act."""
    store.refresh(made.selection)
    review = sealing_review.review(made.selection, [])
    name = made.nominations[0].candidate.region.name
    about = [one for one in review.remarks if any(name in item.text for item in one.items)]
    return [{one.code for one in about if one.gravity == gravity} for gravity in Gravity]


@pytest.mark.parametrize("state", TABLE)
def test_no_state_counts_in_the_mean(made, state):
    enter(made, state)

    found = line(made)

    counted = {"candidate absent": None, "not applicable": 7_500}.get(state, 7_500)
    assert (TABLE[state]["mean"], found.scores["inovasi"]) == ("no", counted)


@pytest.mark.parametrize("state", TABLE)
def test_whether_it_counts_for_the_quorum(made, state):
    enter(made, state)
    situation = sealing_review.Situation(made.selection)
    strength = progress.strengths(situation.seats, situation.judged, situation.states, 2)

    found = strength.get(made.nominations[0].pk)

    expected = "no, not expected"
    if found and found.able > found.handed_in:
        expected = "no, still expected" if state in OF_A_JUROR else "yes, of the other criteria"
    assert TABLE[state]["quorum"] == expected


@pytest.mark.parametrize("state", TABLE)
def test_whether_it_blocks_the_seal(made, state):
    if state in {"candidate absent", "not applicable"}:
        plenary.hand_in(made.seats[2], made.nominations[0], made.marks(7_500, 7_500, 7_500))
    enter(made, state)

    blocks, notes = codes(made)

    cell = TABLE[state]["blocks"]
    said = set(cell.split("`")[1::2])
    assert (blocks, notes) == ((said, set()) if cell.startswith("yes") else (set(), said))


@pytest.mark.parametrize("state", OF_A_JUROR)
def test_how_the_state_of_a_juror_is_shown(made, state):
    enter(made, state)
    seat, nomination = made.seats[2], made.nominations[0]

    told = progress.progress([seat], [nomination])[seat.pk, nomination.pk]

    assert TABLE[state]["shown"] == f"`{told.value}`"


@pytest.mark.parametrize("state", [state for state in TABLE if state not in OF_A_JUROR])
def test_how_the_state_of_a_candidate_is_shown(made, state):
    enter(made, state)

    found = line(made)

    assert (found.place, {f"`{code}`" for code, *_more in found.reasons}) == (None, {TABLE[state]["shown"]})
    assert found.reason


@pytest.mark.parametrize("state", TABLE)
def test_how_it_stands_in_the_sealed_document(made, state):
    enter(made, state)

    document = json.loads(
        json.dumps(sealing_document.substance(made.selection, sealing_review.Situation(made.selection)))
    )
    first = next(one for one in document["inputs"]["nominations"] if one["region"] == "51.01")

    seats = {seat for marks in first["marks"].values() for seat in marks}
    found = {"no mark of the seat": seats == {"1", "2"} and not first["exemptions"]}
    found["attendance, no marks"] = not seats and first["attendance"]["level"] == "nobody"
    found["exemption with its reason"] = first["exemptions"] == {"regulasi": "Wilayah baru"}
    assert [cell for cell, is_so in found.items() if is_so] == [TABLE[state]["sealed"]]
    assert list(verify_seal.differences(document)) == []


def test_the_table_has_every_state_once_and_says_who_says_it():
    assert list(TABLE) == [*OF_A_JUROR, "candidate absent", "not applicable"]
    assert all(row["said"] for row in TABLE.values())


def test_attendance_of_nobody_is_a_score_and_marks_given_all_the_same_do_not_count(made):
    enter(made, "candidate absent")

    found = line(made)

    assert (found.scores["kehadiran"], found.scores["inovasi"], found.evidence["inovasi"]) == (0, None, {})


def test_a_title_that_weighs_no_mark_ranks_whom_nobody_came_for(made):
    enter(made, "candidate absent")
    title = plenary.title_of(made)
    title.weights.filter(criterion__kind="mark").delete()
    title.weights.filter(criterion__slug="kehadiran").update(weight=3_500)

    assert line(made).place == 1


def test_points_the_rubric_gives_instead_rank_whom_a_criterion_does_not_apply_to(made):
    regulation = Criterion.objects.get(slug="regulasi")
    Criterion.objects.filter(pk=regulation.pk).update(rules=regulation.rules | {"not_applicable": 5_000})
    enter(made, "not applicable")

    found = line(made)

    assert (found.scores["regulasi"], found.evidence["regulasi"], found.reasons) == (
        5_000,
        {"exempt": "Wilayah baru"},
        [],
    )
    assert found.place == 1


def test_from_five_marks_on_the_rubric_may_leave_out_the_highest_and_the_lowest(made):
    plenary.hand_in(made.seats[2], made.nominations[0], made.marks(1_000, 1_000, 1_000))
    for value in (9_000, 9_500):
        for nomination in made.nominations:
            plenary.hand_in(made.seat(), nomination, made.marks(value, value, value))
    before = line(made)
    type(plenary.title_of(made).rubric).objects.update(trims=True)

    after = line(made)

    # 80.00, 70.00, 10.00, 90.00 by one seat each, and 95.00: without 10.00 and 95.00 the mean is 80.00
    assert (before.scores["inovasi"], after.scores["inovasi"]) == (6_900, 8_000)
    assert after.evidence["inovasi"] == {"marks": 3, "sum": 24_000, "dropped": [1_000, 9_500]}
    document = json.loads(
        json.dumps(sealing_document.substance(made.selection, sealing_review.Situation(made.selection)))
    )
    assert list(verify_seal.differences(document)) == []
