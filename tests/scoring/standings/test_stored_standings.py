"""A ranking is kept from the moment somebody may read it, and whoever reads one never reads an older one."""

import pytest
from django.urls import reverse

from awards.nominations import transitions
from awards.selections.actions import open_next_stage
from awards.stages import OPEN_IN, Permission, Stage
from scoring.interviews import actions as interview_actions
from scoring.models import Standing
from scoring.sheets import actions
from scoring.standings import rankings, store
from tests import builders
from tests.scoring.bench import bench
from tests.scoring.plenary import plenary
from tests.scoring.sheets.own import handed_in
from tests.scoring.sheets.test_races import at_once


@pytest.fixture
def judged():
    """Two candidates and three jurors; the title is of one criterion they mark."""
    made = bench(nominations=2)
    for _number in range(3):
        made.seat()
    title = builders.title(made.marked[0].aspect.rubric)
    title.weights.exclude(criterion=made.marked[0]).delete()
    title.weights.update(weight=10_000)
    return made


def stored(selection):
    rows = Standing.objects.filter(selection=selection)
    return {(row.title_id, row.nomination_id): [getattr(row, name) for name in Standing.FACTS] for row in rows}


def computed(selection):
    return {
        (row.title_id, row.nomination_id): [getattr(row, name) for name in Standing.FACTS]
        for _title, rows in store.fresh(selection)
        for row in rows
    }


@pytest.mark.parametrize("moves_marks", [Permission.SCORE, Permission.REOPEN, Permission.RECORD_ATTENDANCE])
def test_no_ranking_is_read_while_the_panel_scores(moves_marks):
    both = {stage for stage, may in OPEN_IN.items() if {moves_marks, Permission.SEE_RANKING} <= may}

    assert both == set()


@pytest.mark.django_db
def test_handing_in_computes_no_place(judged):
    handed_in(judged, 8000, 7000, 6000)

    assert (store.refresh(judged.selection), Standing.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_whoever_opens_the_plenary_finds_every_sheet_in_the_places(judged, client):
    for seat, value in enumerate((8000, 7000, 9000)):
        sheet = handed_in(judged, value, 0, 0, seat=seat)
    actions.reopen(sheet, reason="Keliru", by=judged.seat("chair").user)
    committee = builders.committee(judged.selection)

    open_next_stage(judged.selection, by=committee)

    client.force_login(committee)
    page = client.get(reverse("ranking", args=[judged.selection.slug, "terbaik"]))
    assert [line.total for line in page.context["ranking"].lines] == [7500, None]
    assert stored(judged.selection) == computed(judged.selection)


@pytest.mark.django_db(transaction=True)
def test_sheets_handed_in_while_the_plenary_opens_are_in_its_places_or_refused(judged):
    committee, first = builders.committee(judged.selection), judged.nominations[0]
    for _number in range(5):
        judged.seat()
    ready = []
    for seat in judged.seats:
        made = actions.save_marks(seat, first, judged.marks(5000 + 100 * seat.order, 0, 0), version=0, by=seat.user)
        ready.append((seat, made))

    def act(what):
        if what == "open":
            open_next_stage(judged.selection, by=committee, present=Stage.INTERVIEW)
        elif what == "withdraw":
            transitions.withdraw(judged.nominations[1], reason="Mundur", by=committee)
        else:
            actions.hand_in(what[1], version=1, by=what[0].user)

    outcomes = at_once(act, [*ready[:4], "open", "withdraw", *ready[4:]])

    judged.selection.refresh_from_db()
    assert [outcomes[4], outcomes[5], judged.selection.stage] == ["done", "done", Stage.PLENARY]
    handed = [result for number, result in enumerate(outcomes) if number not in {4, 5}]
    assert set(handed) <= {"done", "PermissionDenied", "ActRefused"}
    (row,) = Standing.objects.all()
    assert row.evidence["inovasi"].get("marks", 0) == handed.count("done")
    assert stored(judged.selection) == computed(judged.selection)


@pytest.mark.django_db
def test_pages_exports_and_the_seal_give_the_figures_of_the_rows():
    made = plenary.plenary(stage=Stage.INTERVIEW)
    committee = builders.committee(made.selection)
    interview_actions.record_attendance(
        made.nominations[0].interview,
        level="deputy",
        is_online=False,
        version=1,
        by=builders.appointed("secretary", made.selection),
    )
    assert Standing.objects.count() == 0

    open_next_stage(made.selection, by=committee)
    page = shown(rankings.live(made.selection, plenary.title_of(made)))
    fresh = shown(rankings.fresh(made.selection)[0])
    plenary.sealed(made, committee)

    assert page == fresh == shown(rankings.sealed(made.selection.seal)[0])
    assert len(page) == 3


def shown(ranking):
    return [(line.code, line.place, line.total) for line in ranking.lines]
