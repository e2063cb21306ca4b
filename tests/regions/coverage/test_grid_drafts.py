"""Drafts of the grid: what is typed is kept for its writer, whole or half, until it is saved."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from regions.models import Coverage, CoverageDraft, State
from tests.builders import branch_staff, coverage
from tests.regions.coverage.test_grid import YEAR, boxes, cell

pytestmark = pytest.mark.django_db

GRID, KEEP = reverse("coverage-grid"), reverse("coverage-grid-keep")


@pytest.mark.parametrize("half", ["1000/", "/10"])
def test_half_a_pair_stays_a_draft_and_holds_back_nothing_else(client, staff, half):
    response = client.post(GRID, boxes(PU=half, BPU="2000/300"))

    assert response.status_code == 302
    assert list(Coverage.objects.values_list("segment__code", "workers")) == [("BPU", 2000)]
    assert list(CoverageDraft.objects.values_list("segment__code", flat=True)) == ["PU"]
    assert (cell(client.get(GRID)).is_unfinished, cell(client.get(GRID)).errors) == (True, {})


def test_half_of_a_reported_pair_is_unfinished_and_the_figure_stays(client, staff, jembrana):
    coverage(jembrana, YEAR, "PU", workers=1000, participants=500)

    assert client.post(GRID, boxes(PU_v1="1000/")).status_code == 302
    assert Coverage.objects.get().participants == 500
    assert cell(client.get(GRID)).typed == {"workers": "1000", "participants": ""}


def test_what_was_refused_is_a_draft(client, staff):
    client.post(GRID, boxes(PU="12O/7"))

    assert CoverageDraft.objects.values_list("workers_text", "participants_text").get() == ("12O", "7")


def test_what_is_typed_over_a_sent_figure_is_a_draft(client, staff, jembrana):
    coverage(jembrana, YEAR, "PU", workers=1000, participants=500, state=State.SENT)
    client.post(KEEP, boxes(PU_v1="1000/700"))

    assert cell(client.get(GRID)).state[0] == "draf"


def test_what_is_typed_is_kept_as_typed_and_counted_nowhere(client, staff):
    response = client.post(KEEP, boxes(PU="1,234/12O"))

    assert response.status_code == 200
    assert list(CoverageDraft.objects.values_list("user", "workers_text", "participants_text")) == [
        (staff.pk, "1,234", "12O")
    ]
    assert Coverage.objects.count() == 0
    assert sorted(cell(client.get(GRID)).errors) == ["participants", "workers"]


def test_a_draft_is_typed_over_and_gone_when_the_box_is_as_before(client, staff, jembrana):
    coverage(jembrana, YEAR, "PU", workers=1000, participants=500)

    client.post(KEEP, boxes(PU_v1="1000/600"))
    client.post(KEEP, boxes(PU_v1="1000/700"))
    assert CoverageDraft.objects.get().participants_text == "700"
    client.post(KEEP, boxes(PU_v1="1.000/500" if cell(client.get(GRID)).in_force["workers"] == "1.000" else "1000/500"))

    assert CoverageDraft.objects.count() == 0


def test_saving_forgets_the_draft(client, staff):
    client.post(KEEP, boxes(PU="1000/500"))

    client.post(GRID, boxes(PU="1000/500"))

    assert (CoverageDraft.objects.count(), Coverage.objects.count()) == (0, 1)


def test_a_draft_is_seen_by_its_writer_alone(client, staff, jembrana):
    client.post(KEEP, boxes(PU="1000/500"))
    colleague = branch_staff(jembrana)
    client.force_login(colleague)

    assert cell(client.get(GRID)).typed == {"workers": "", "participants": ""}


def test_a_draft_on_a_figure_changed_meanwhile_shows_both_values(client, staff, jembrana):
    coverage(jembrana, YEAR, "PU", workers=1000, participants=500)
    client.post(KEEP, boxes(PU_v1="1000/700"))
    Coverage.objects.update(participants=600, version=2)

    shown = cell(client.get(GRID))

    assert (shown.typed["participants"], shown.based_on, len(shown.notes)) == ("700", 2, 1)


def test_keeping_on_a_figure_changed_meanwhile_says_both_values_at_once(client, staff, jembrana):
    coverage(jembrana, YEAR, "PU", workers=1000, participants=500)
    Coverage.objects.update(participants=600, version=2)

    response = client.post(KEEP, boxes(PU_v1="1000/700"))

    assert [len(cell.notes) for cell in response.context["came"]] == [1]
    assert CoverageDraft.objects.get().based_on == 1


def test_reading_the_grid_writes_nothing(client, staff):
    client.post(KEEP, boxes(PU="1000/500"))
    before = CoverageDraft.objects.values_list("saved_at").get()

    client.get(GRID)

    assert CoverageDraft.objects.values_list("saved_at").get() == before


def test_keeping_costs_the_same_queries_for_one_box_and_for_all(client, staff, jembrana):
    client.post(KEEP, boxes(PU="1/1"))
    with CaptureQueriesContext(connection) as few:
        client.post(KEEP, boxes(PU="10/5"))
    with CaptureQueriesContext(connection) as many:
        client.post(KEEP, boxes(PU="11/5", BPU="12/6"))

    assert len(many) == len(few)
