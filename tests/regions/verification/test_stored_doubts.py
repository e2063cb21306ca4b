"""Doubts are stored when a figure changes: the queue is narrowed by them without examining every figure."""

import pytest
from django.conf import settings
from django.urls import reverse

from regions import plausibility
from regions.coverage import actions
from regions.coverage.actions import FigureEntry
from regions.models import Coverage, State
from regions.signals import coverage_changed
from regions.verification import stored_doubts
from regions.verification.doubts import doubts
from tests import builders as make

pytestmark = pytest.mark.django_db
YEAR = 2024


def stored():
    return dict(Coverage.objects.values_list("segment__code", "is_doubted"))


@pytest.fixture
def region():
    for code in ("PU", "BPU"):
        make.segment(code)
    return make.regency()


def entry(code, participants, based_on=0):
    definition = make.definition("regency or city")
    return FigureEntry(
        segment=make.segment(code),
        workers=1000,
        participants=participants,
        definition=definition,
        source="",
        as_of=None,
        based_on=based_on,
    )


def test_entering_a_figure_stores_whether_it_is_doubted_and_mending_it_takes_the_doubt_away(region):
    staff = make.branch_staff(region)
    actions.enter(region, YEAR, [entry("PU", 400), entry("BPU", 1300)], by=staff, origin="")
    first = stored()
    actions.enter(region, YEAR, [entry("BPU", 300, 1)], by=staff, origin="")

    assert (first, stored()) == ({"PU": False, "BPU": True}, {"PU": False, "BPU": False})


def test_what_is_stored_is_what_examining_finds(region):
    for year, participants in ((2022, 300), (2023, 310), (2024, 3100)):
        make.coverage(region, year, "PU", participants=participants)
    coverage_changed.send(sender=Coverage, regions={region.pk}, by=None)
    found = {
        figure.pk for doubt in doubts(Coverage.objects.with_context(), reader=make.person()) for figure in doubt.figures
    }

    assert set(Coverage.objects.filter(is_doubted=True).values_list("pk", flat=True)) == found != set()


def test_a_change_of_state_examines_nothing(region, monkeypatch):
    make.coverage(region, YEAR, "PU")
    monkeypatch.setattr(plausibility, "examine", None)

    coverage_changed.send(sender=Coverage, regions={region.pk}, by=None, is_only_state=True)

    assert stored() == {"PU": None}


@pytest.mark.parametrize(("asked", "codes"), [("with", ["BPU"]), ("without", ["PU"])])
def test_the_queue_is_narrowed_by_what_is_stored(client, region, asked, codes):
    make.coverage(region, YEAR, "PU"), make.coverage(region, YEAR, "BPU", participants=1300)
    coverage_changed.send(sender=Coverage, regions={region.pk}, by=None)
    Coverage.objects.update(state=State.SENT)
    client.force_login(make.regional_officer())

    shown = client.get(reverse("coverage-queue"), {"doubts": asked}).context["rows"]

    assert [row["figure"].segment.code for row in shown] == codes


def test_what_was_never_examined_is_examined_by_the_schedule(region):
    make.coverage(region, YEAR, "PU"), make.coverage(region, YEAR, "BPU", participants=1300)

    before, _run = stored(), stored_doubts.examine_unknown.call()

    assert "regions.verification.stored_doubts.examine_unknown" in settings.SCHEDULE
    assert (before, stored()) == ({"PU": None, "BPU": None}, {"PU": False, "BPU": True})
