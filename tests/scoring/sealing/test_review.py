"""Every obstacle before the seal appears when its cause exists, and vanishes when it is cured."""

import pytest
from django.db import connection
from django.urls import reverse

from awards.models import Answer, Criterion, Role, TitleWeight
from paritrana import triggers
from paritrana.accounts.models import AuditEvent
from regions.models import Coverage
from scoring.conflicts import actions as conflict_actions
from scoring.models import Mark, MarkVersion, Note, Panel, Seat, Standing
from scoring.plenary import closing
from scoring.sealing import actions
from scoring.sealing import review as sealing_review
from scoring.standings import store
from tests import builders
from tests.once import made_once
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db
SIGNED = {"verified_at": plenary.NOW}


def build():
    made = plenary.plenary()
    actions.lock_rubrics(made.selection, by=builders.committee(made.selection))
    return made


built, made = made_once(build)


def found(selection) -> dict[str, tuple[str, int]]:
    """code -> (gravity, cases) of what binds; what a test changed counts as done by an act, so standings follow."""
    store.refresh(selection)
    remarks = sealing_review.review(selection).remarks
    return {one.code: (one.gravity, len(one.items)) for one in remarks if one.check.binds}


def covered(code: str = "51.01"):
    """A national selection in its plenary that ranks two regions by one figure each, verified."""
    rubric = builders.rubric(builders.category(kind="regency"), ("cakupan", "coverage", 10_000))
    rubric.aspects.get().criteria.get().segments.add(builders.segment())
    builders.title(rubric)
    selection = builders.selection("pleno", national=True)
    for number in (1, 2):
        region = builders.regency(f"51.0{number}", f"Kabupaten {number}")
        builders.nomination(selection, region, "terverifikasi")
        counted = {"workers": 900 + 137 * number, "participants": 400 + 90 * number}
        builders.coverage(region, verified_by=builders.person(), **SIGNED, **counted)
    actions.lock_rubrics(selection, by=builders.appointed(Role.NATIONAL_COMMITTEE, selection.edition))
    return selection


def test_a_plenary_with_everything_done_has_no_obstacle(made):
    assert found(made.selection) == {}


def test_no_winner_at_all(made):
    kept = list(Answer.objects.all())
    Answer.objects.all().delete()
    before = found(made.selection)
    Answer.objects.bulk_create(kept)

    assert (before, found(made.selection)) == ({"nothing-ranked": ("blocks", 1), "not-ranked": ("note", 3)}, {})


def test_a_candidate_that_is_not_ranked_is_confirmed(made):
    Answer.objects.filter(nomination=made.nominations[0]).delete()
    before = found(made.selection)
    plenary.answer(made.nominations[0], "perda")

    assert (before, found(made.selection)) == ({"not-ranked": ("note", 1)}, {})


def test_a_panel_the_chair_has_not_closed(made):
    Panel.objects.update(closed_at=None, closed_by=None)
    before = found(made.selection)
    closing.close(made.selection, reasons={}, by=made.seats[0].user)

    assert (before, found(made.selection)) == ({"panel-open": ("blocks", 1)}, {})


def test_sheets_not_handed_in_block_and_never_tell_a_mark(made):
    late = made.seat()
    before = sealing_review.review(made.selection)
    for nomination in made.nominations:
        plenary.hand_in(late, nomination, made.marks(7_500, 7_500, 7_500))

    assert {one.code: (one.gravity, len(one.items)) for one in before.blockers} == {"sheets-open": ("blocks", 3)}
    assert [str(item) for item in before.blockers[0].items] == [f"{late.user} – {each}" for each in made.nominations]
    assert found(made.selection) == {}


def test_a_seat_that_ended_owes_nothing(made):
    late = made.seat()
    before = found(made.selection)
    late.appointment.ended_at = plenary.NOW
    late.appointment.save()

    assert (before, found(made.selection)) == ({"sheets-open": ("blocks", 3)}, {})


def test_what_an_assistant_typed_waits_for_the_juror(made):
    late, assistant = made.seat(), builders.person()
    for nomination in made.nominations:
        plenary.hand_in(late, nomination, made.marks(7_500, 7_500, 7_500), at=None)
    by_the_juror = found(made.selection)
    MarkVersion.objects.filter(mark__sheet__seat=late).update(written_by=assistant)
    by_the_assistant = found(made.selection)
    late.sheets.update(submitted_at=plenary.NOW, submitted_by=late.user)

    assert by_the_juror == {"sheets-open": ("blocks", 3)}
    assert by_the_assistant == {"sheets-open": ("blocks", 3), "assistant-entries": ("blocks", 3)}
    assert found(made.selection) == {}


@pytest.mark.parametrize(("blocks", "gravity"), [(False, "note"), (True, "blocks")])
def test_below_the_quorum_the_rules_of_the_panel_decide(made, blocks, gravity):
    Panel.objects.update(quorum=3, quorum_blocks=blocks)
    before = found(made.selection)
    Panel.objects.update(quorum=2)

    assert (before, found(made.selection)) == ({"below-quorum": (gravity, 3)}, {})


def note(made, nomination, version=1, text="Dibahas", said_by=None):
    return Note.objects.create(
        nomination=nomination, version=version, text=text, written_by=made.seats[0].user, said_by=said_by
    )


def test_marks_far_apart_are_discussed_first(made):
    Panel.objects.update(spread_limit=499)
    before = found(made.selection)
    for nomination in made.nominations:
        note(made, nomination, said_by=made.seats[1])

    assert (before, found(made.selection)) == ({"spread-open": ("blocks", 3)}, {})


def test_a_note_that_names_nobody_discusses_nothing(made):
    Panel.objects.update(spread_limit=499)
    for each in made.nominations:
        note(made, each)

    assert found(made.selection) == {"spread-open": ("blocks", 3)}


def test_an_empty_note_discusses_nothing(made):
    Panel.objects.update(spread_limit=499)
    for version, text in ((1, "Dibahas"), (2, "")):
        for each in made.nominations:
            note(made, each, version, text, made.seats[1])

    assert found(made.selection) == {"spread-open": ("blocks", 3)}


def test_a_spread_that_is_usual_in_its_category_is_no_obstacle(made):
    Panel.objects.update(spread_limit=999)  # every spread is 10.00, one point beyond

    assert found(made.selection) == {}


def test_a_juror_who_has_not_declared(made):
    silent = made.seat(declared=False)
    before = found(made.selection)
    for nomination in made.nominations:
        conflict_actions.recuse(silent, nomination, reason="Diam", by=made.seats[0].user)

    assert before == {"sheets-open": ("blocks", 3), "conflicts-undeclared": ("blocks", 3)}
    assert found(made.selection) == {}


def test_a_suspected_conflict_nobody_answered_is_never_passed_over(made):
    first = made.nominations[0]
    silent = made.seat(user=first.nominated_by, declared=False)
    review = sealing_review.review(made.selection)
    for nomination in made.nominations:
        conflict_actions.recuse(silent, nomination, reason="Diam", by=made.seats[0].user)

    told = {one.code: (len(one.items), one.is_overridable) for one in review.blockers}
    assert told == {
        "sheets-open": (3, True),
        "conflicts-undeclared": (2, True),
        "conflicts-suspected": (1, False),
    }
    assert found(made.selection) == {}


def test_coverage_nobody_has_sent():
    selection = covered()
    figure = Coverage.objects.first()
    Coverage.objects.filter(pk=figure.pk).update(verified_at=None, verified_by=None, state="draf")

    told = {one.code: [str(item) for item in one.items] for one in sealing_review.review(selection).blockers}

    assert told["coverage-unsent"] == [f"{figure} (draf)"]
    assert "coverage-unverified" not in told


def test_coverage_nobody_verified():
    selection = covered()
    store.refresh(selection)
    figure = Coverage.objects.first()
    Coverage.objects.filter(pk=figure.pk).update(verified_at=None, verified_by=None, state="terkirim")
    before = sealing_review.review(selection)
    Coverage.objects.update(verified_by=builders.person(), state="terverifikasi", **SIGNED)

    assert [(one.code, [str(item) for item in one.items]) for one in before.blockers] == [
        ("coverage-unverified", [str(figure)])
    ]
    assert before.blockers[0].items[0].url == figure.region.get_absolute_url()
    assert found(selection) == {}


def test_a_doubtful_figure_nobody_explained():
    selection = covered()
    figure = Coverage.objects.first()
    Coverage.objects.filter(pk=figure.pk).update(participants=1_500)
    figure.versions.update(participants=1_500)
    store.refresh(selection)
    before = sealing_review.review(selection)
    for item in before.blockers[0].items:
        code = item.key.split(":")[1]
        figure.justifications.create(code=code, note="Pekerja lintas wilayah", version=1, by=builders.person())

    assert {one.code for one in before.blockers} == {"coverage-flagged"}
    assert found(selection) == {}


def test_shared_places_among_the_winners_only(made):
    Answer.objects.filter(nomination__in=made.nominations[:2]).update(value={"level": "perda"})
    before = found(made.selection)
    Answer.objects.filter(nomination=made.nominations[1]).update(value={"level": "edaran"})

    assert (before, found(made.selection)) == ({"shared-places": ("blocks", 2)}, {})


def test_a_broken_trail(made):
    event = AuditEvent.objects.order_by("pk").first()
    verb = event.verb
    with triggers.lifted(connection):
        AuditEvent.objects.filter(pk=event.pk).update(verb="lain")
    before = found(made.selection)
    with triggers.lifted(connection):
        AuditEvent.objects.filter(pk=event.pk).update(verb=verb)

    assert (before, found(made.selection)) == ({"trail-broken": ("blocks", 1)}, {})


def test_what_must_always_hold_and_does_not(made):
    mark = Mark.objects.first()
    Mark.objects.filter(pk=mark.pk).update(value=8_001)
    before = found(made.selection)
    Mark.objects.filter(pk=mark.pk).update(value=mark.value)

    assert (before, found(made.selection)) == ({"invariants-broken": ("blocks", 1)}, {})


def test_what_holds_nowhere_else_does_not_stop_a_selection(made):
    other = builders.category(made.selection.edition, "lain")
    TitleWeight.objects.filter(title__rubric=builders.rubric(other)).update(weight=1)
    Criterion.objects.filter(aspect__rubric__category=other).update(weight=1)

    assert found(made.selection) == {}


def test_nothing_of_it_can_be_passed_over_but_what_the_rules_name(made):
    rules = Panel.objects.get().overridable

    assert set(rules) < {check.code for check in sealing_review.CHECKS}
    assert not set(rules) & {"nothing-ranked", "rubric-open", "conflicts-suspected", "assistant-entries"}


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.PROVINCIAL_COMMITTEE, 200), (Role.CHAIR, 200), (Role.SECRETARY, 200), (Role.JUROR, 403)],
)
def test_the_page_of_the_checks_is_open_in_the_plenary(client, made, role, status):
    made.seat()
    client.force_login(builders.appointed(role, made.selection))

    page = client.get(reverse("checks", args=[made.selection.slug]))

    assert page.status_code == status
    if status == 200:
        assert [one.code for one in page.context["review"].blockers] == ["sheets-open"]
        assert page.content.decode().count('data-remark="sheets-open"') == 1


def test_looking_at_the_checks_writes_nothing(client, made):
    before = list(Standing.objects.values())
    client.force_login(builders.committee(made.selection))
    client.get(reverse("checks", args=[made.selection.slug]))

    assert (list(Standing.objects.values()), Seat.objects.count()) == (before, 2)
