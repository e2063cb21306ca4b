"""Entering, verifying and locking figures."""

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from paritrana.accounts import trail
from paritrana.accounts.models import AuditEvent
from regions.coverage import actions
from regions.coverage.actions import FigureEntry
from regions.models import Coverage, CoverageVersion, State
from regions.signals import coverage_changed
from regions.verification import transitions
from tests.builders import coverage, definition, person, regency, segment

pytestmark = pytest.mark.django_db
YEAR = 2024


@pytest.fixture
def heard():
    """What the floor above was told."""
    told = []

    def listen(sender, regions, by, **extra):
        told.append((regions, by))

    coverage_changed.connect(listen)
    yield told
    coverage_changed.disconnect(listen)


def entry(workers=1000, participants=500, based_on=0, code="PU", **fields):
    return FigureEntry(segment(code), workers, participants, definition(), based_on=based_on, **fields)


def enter(region, *entries, by=None, year=YEAR):
    return actions.enter(region, year, entries, by=by, origin="/test/")


def refused(region, *entries, year=YEAR):
    with pytest.raises(ValidationError) as caught:
        enter(region, *entries, year=year)
    return caught.value.error_list


def test_a_new_figure_has_version_one_a_history_an_event_and_a_signal(heard):
    clerk, region = person(), regency()

    figure = enter(region, entry(source="SIPP", as_of=date(2024, 12, 31)), by=clerk)[0]

    assert (figure.version, figure.share, figure.is_verified) == (1, 5000, False)
    assert CoverageVersion.objects.values_list("coverage", "version", "written_by", "source").get() == (
        figure.pk,
        1,
        clerk.pk,
        "SIPP",
    )
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.detail["before"]) == ("coverage.enter", clerk, {})
    assert event.detail["after"]["participants"] == 500
    assert heard == [({region.pk}, clerk)]
    assert list(trail.faults()) == []


def test_several_figures_of_a_form_are_told_once(heard):
    enter(regency(), entry(code="PU"), entry(code="BPU"))

    assert len(heard) == 1


def test_no_change_makes_no_version_no_event_and_no_signal(heard):
    coverage(regency(), YEAR)

    assert enter(regency(), entry(based_on=1)) == []
    assert (Coverage.objects.get().version, CoverageVersion.objects.count()) == (1, 1)
    assert (AuditEvent.objects.count(), heard) == (0, [])


def test_a_change_keeps_the_version_before(heard):
    coverage(regency(), YEAR)

    enter(regency(), entry(participants=600, based_on=1))

    assert list(CoverageVersion.objects.values_list("version", "participants")) == [(2, 600), (1, 500)]
    assert AuditEvent.objects.get().detail["before"]["participants"] == 500


@pytest.mark.parametrize("state", [State.DRAFT, State.SENT])
def test_a_changed_figure_is_a_draft_until_it_is_sent(state):
    coverage(regency(), YEAR, state=state)

    enter(regency(), entry(participants=600, based_on=1))

    assert Coverage.objects.values_list("state", "participants").get() == (State.DRAFT, 600)


def test_a_verified_figure_is_not_entered_anew():
    coverage(regency(), YEAR, verified_at="2025-01-01T00:00Z", verified_by=person())

    assert [error.code for error in refused(regency(), entry(participants=600, based_on=1))] == ["verified"]
    assert Coverage.objects.values_list("state", "participants").get() == (State.VERIFIED, 500)


@pytest.mark.parametrize("based_on", [0, 1, 3])
def test_a_figure_changed_meanwhile_is_a_conflict_with_both_values(based_on):
    row = coverage(regency(), YEAR)
    Coverage.objects.filter(pk=row.pk).update(version=2, participants=550)

    error = refused(regency(), entry(participants=600, based_on=based_on))[0]

    assert (error.code, error.params) == (
        "conflict",
        {"segment": "PU", "field": "participants", "mine": 600, "theirs": 550},
    )
    assert Coverage.objects.get().participants == 550


def test_one_conflict_refuses_the_whole_form(heard):
    coverage(regency(), YEAR)

    refused(regency(), entry(code="BPU"), entry(participants=600, based_on=9))

    assert list(Coverage.objects.values_list("segment__code", "participants")) == [("PU", 500)]
    assert (AuditEvent.objects.count(), heard) == (0, [])


def test_a_locked_figure_refuses_every_change():
    clerk = person()
    coverage(regency(), YEAR, locked_at="2025-01-01T00:00Z", locked_by=clerk)

    assert [error.code for error in refused(regency(), entry(participants=600, based_on=1))] == ["locked"]


@pytest.mark.parametrize(
    ("wrong", "year", "code"),
    [
        ({"workers": 0, "participants": 0}, YEAR, "no-workers"),
        ({"as_of": date(2999, 1, 1)}, YEAR, "future"),
        ({}, 2013, "year"),
        ({}, 2999, "year"),
    ],
)
def test_impossible_figures_are_refused(wrong, year, code):
    assert [error.code for error in refused(regency(), entry(**wrong), year=year)] == [code]


def test_verifying_signs_the_version_that_was_seen(heard):
    row, officer = coverage(regency(), YEAR), person()

    verified = transitions.verify(regency(), YEAR, {"PU": 1}, by=officer)

    row.refresh_from_db()
    assert [figure.pk for figure in verified] == [row.pk]
    assert (row.verified_by, row.version) == (officer, 1)
    assert AuditEvent.objects.get().verb == "coverage.verify"
    assert heard == [({regency().pk}, officer)]


def test_verifying_twice_changes_nothing_the_second_time(heard):
    coverage(regency(), YEAR)
    first = person()
    transitions.verify(regency(), YEAR, {"PU": 1}, by=first)

    assert transitions.verify(regency(), YEAR, {"PU": 1}, by=person()) == []
    assert Coverage.objects.get().verified_by == first


def test_a_version_changed_after_it_was_seen_is_not_verified():
    coverage(regency(), YEAR, "PU")
    coverage(regency(), YEAR, "BPU")
    Coverage.objects.filter(segment__code="BPU").update(version=2)

    with pytest.raises(ValidationError) as caught:
        transitions.verify(regency(), YEAR, {"PU": 1, "BPU": 1}, by=person())

    assert caught.value.code == "conflict"
    assert Coverage.objects.filter(verified_at=None).count() == 2


def test_locking_signs_every_open_figure_of_the_years_and_no_other():
    region, chair = regency(), person()
    for year in (2022, 2023, 2024):
        coverage(region, year)
    other = coverage(regency("51.02", "Kabupaten Tabanan"), 2024)

    assert actions.lock([region], [2023, 2024], by=chair) == 2
    assert actions.lock([region], [2023, 2024], by=person()) == 0
    assert list(Coverage.objects.filter(locked_by=chair).values_list("region", "year")) == [
        (region.pk, 2023),
        (region.pk, 2024),
    ]
    assert not Coverage.objects.get(pk=other.pk).is_locked
    assert AuditEvent.objects.get().detail == {"years": [2023, 2024], "figures": 2}


@pytest.mark.django_db(transaction=True)
def test_of_two_writers_at_once_one_wins_and_the_other_is_told():
    region = regency()
    coverage(region, YEAR)
    definition(), segment()
    outcomes = []

    def write(participants):
        try:
            enter(region, entry(participants=participants, based_on=1))
            outcomes.append("written")
        except ValidationError as error:
            outcomes.append(error.error_list[0].code)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=[n]) for n in (600, 700)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)

    assert sorted(outcomes) == ["conflict", "written"]
    assert Coverage.objects.get().version == 2
