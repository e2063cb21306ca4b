"""The grid of an area: saved whole or not at all, kept as a draft meanwhile, and never over somebody else's figure."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from paritrana.accounts import trail
from regions.models import Coverage, CoverageDraft, CoverageVersion, Denominator, Posting, State
from tests.builders import (
    branch,
    coverage,
    definition,
    head_officer,
    person,
    regency,
    segment,
)

pytestmark = pytest.mark.django_db

YEAR = timezone.localdate().year - 1
GRID = reverse("coverage-grid")
KEEP = reverse("coverage-grid-keep")


@pytest.fixture
def gianyar():
    return regency("51.04", "Kabupaten Gianyar")


def boxes(**figures):
    """PU="1000/500" are the workers and participants of PU in Jembrana this year; a year and region may be named."""
    sent, versions = {}, []
    for name, typed in figures.items():
        code, _, version = name.partition("_v")
        key = f"51.01-{YEAR}-{code}"
        sent[f"workers-{key}"], _, sent[f"participants-{key}"] = typed.partition("/")
        versions += [f"{key}:{version}"] if version else []
    return sent | {"versions": " ".join(versions)}


def cell(response, code="PU"):
    return response.context["grid"].cells[f"51.01-{YEAR}-{code}"]


def test_figures_of_many_segments_are_saved_together(client, staff, jembrana):
    response = client.post(GRID, boxes(PU="1.000/500", BPU="2000/300"))

    assert response.status_code == 302
    assert list(Coverage.objects.values_list("segment__code", "workers", "participants").order_by("workers")) == [
        ("PU", 1000, 500),
        ("BPU", 2000, 300),
    ]
    assert set(CoverageVersion.objects.values_list("written_by", "origin")) == {(staff.pk, GRID)}


def test_figures_of_both_years_are_counted_as_the_latest_one_before_them(client, staff, jembrana):
    counted = definition("regency or city", "penduduk bekerja")
    coverage(jembrana, YEAR - 2, "PU", definition=counted)
    now, before = boxes(PU="1.000/500"), f"51.01-{YEAR - 1}-PU"

    client.post(GRID, now | {f"workers-{before}": "900", f"participants-{before}": "400"})

    found = Coverage.objects.filter(year__gte=YEAR - 1).values_list("year", "definition")
    assert sorted(found) == [(YEAR - 1, counted.pk), (YEAR, counted.pk)]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("1,234/5", "workers"),
        ("1000/12O", "participants"),
        ("0/0", "workers"),
    ],
)
def test_one_box_that_cannot_be_read_saves_nothing_and_keeps_what_was_typed(client, staff, typed, wrong):
    response = client.post(GRID, boxes(PU=typed, BPU="2000/300"))

    assert response.status_code == 422
    assert list(cell(response).errors) == [wrong]
    assert "/".join(cell(response).typed.values()) == typed
    assert [fault[0] for fault in response.context["grid"].faults] == [f"{wrong}-51.01-{YEAR}-PU"]
    assert Coverage.objects.count() == 0


def test_pasted_characters_nobody_sees_are_named_with_the_number_that_was_meant(client, staff):
    response = client.post(GRID, boxes(PU="\u200b52300/24080\u00a0"))

    told = [message for _box, _name, message in response.context["grid"].faults]
    assert (response.status_code, Coverage.objects.count()) == (422, 0)
    assert ["U+200B" in told[0], "52.300" in told[0], "U+00A0" in told[1], "24.080" in told[1]] == [True] * 4


def test_checking_saves_and_goes_on_to_all_years_shown(client, staff):
    response = client.post(GRID, boxes(PU="1.000/500") | {"then": "send"})

    assert response.url == f"{reverse('coverage-send-area')}?year={YEAR - 1}&year={YEAR}"
    assert Coverage.objects.count() == 1


_SIGNED = {"returned_at": timezone.now(), "return_reason": "Sumber?"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"state": State.DRAFT}, "draf"),
        ({"state": State.SENT}, "terkirim"),
        ({"state": State.RETURNED, **_SIGNED}, "dikembalikan"),
        ({"verified_at": timezone.now()}, "terverifikasi"),
        ({"locked_at": timezone.now()}, "terkunci"),
        (None, "kosong"),
    ],
)
def test_each_figure_shows_its_state(client, staff, jembrana, fields, code):
    if fields is not None:
        who = {f"{verb}_by": staff for verb in ("verified", "locked", "returned") if f"{verb}_at" in fields}
        coverage(jembrana, YEAR, "PU", **fields, **who)

    assert cell(client.get(GRID)).state[0] == code


def test_a_reported_figure_cannot_be_emptied(client, staff, jembrana):
    coverage(jembrana, YEAR, "PU")

    response = client.post(GRID, boxes(PU_v1="/"))

    assert (response.status_code, sorted(cell(response).errors)) == (422, ["participants", "workers"])


def test_untouched_figures_get_no_new_version(client, staff, jembrana):
    coverage(jembrana, YEAR, "PU", workers=1000, participants=500)

    client.post(GRID, boxes(PU_v1="1.000/500", BPU="20/10"))

    assert Coverage.objects.get(segment__code="PU").version == 1


def test_the_second_of_two_hands_meets_both_values_and_saving_again_replaces(client, staff, jembrana):
    coverage(jembrana, YEAR, "PU", workers=1000, participants=500)
    client.post(GRID, boxes(PU_v1="1000/600"))

    met = client.post(GRID, boxes(PU_v1="1000/700"))

    assert met.status_code == 409
    assert (cell(met).typed["participants"], cell(met).based_on, len(cell(met).notes)) == ("700", 2, 1)
    assert Coverage.objects.get().participants == 600
    assert client.post(GRID, boxes(PU_v2="1000/700")).status_code == 302
    assert Coverage.objects.get().participants == 700


def test_one_conflict_holds_back_the_whole_grid(client, staff, jembrana):
    coverage(jembrana, YEAR, "PU", workers=1000, participants=500)

    response = client.post(GRID, boxes(PU="1000/700", BPU="2000/300"))

    assert response.status_code == 409
    assert list(Coverage.objects.values_list("segment__code", "participants")) == [("PU", 500)]


def test_boxes_of_a_foreign_region_are_not_read(client, staff, gianyar):
    key = f"51.04-{YEAR}-PU"

    client.post(GRID, {f"workers-{key}": "1000", f"participants-{key}": "500", "versions": ""})
    client.post(KEEP, {f"workers-{key}": "1000", f"participants-{key}": "500", "versions": ""})

    assert (Coverage.objects.count(), CoverageDraft.objects.count()) == (0, 0)


def test_only_regions_of_the_own_area_are_shown(client, staff, gianyar):
    response = client.get(GRID)

    assert [block.region.code for block in response.context["grid"].blocks] == ["51.01"]


@pytest.mark.parametrize("who", [head_officer, person])
def test_those_who_enter_nowhere_are_turned_away(client, jembrana, who):
    client.force_login(who())

    assert [client.get(GRID).status_code, client.post(KEEP).status_code] == [403, 403]


def test_locked_and_verified_figures_have_no_box(client, staff, jembrana):
    coverage(jembrana, YEAR, "PU", locked_at=timezone.now(), locked_by=staff)

    client.post(GRID, boxes(PU_v1="1000/999"))

    assert not cell(client.get(GRID)).is_open
    assert Coverage.objects.get().participants == 500


def test_workers_set_by_an_office_are_shown_and_not_taken_from_the_branch(client, staff, jembrana):
    Denominator.objects.create(
        region=jembrana, year=YEAR, segment=segment("PU"), workers=4000, definition=definition(denominator="BPS")
    )

    client.post(GRID, boxes(PU="1/500"))

    figure = Coverage.objects.get()
    assert (figure.workers, figure.participants, figure.definition.denominator) == (4000, 500, "BPS")


def test_a_returned_figure_shows_why_until_it_is_changed(client, staff, jembrana):
    figure = coverage(jembrana, YEAR, "PU", workers=1000, participants=500)
    signed = {"returned_at": timezone.now(), "returned_by": staff, "return_reason": "Sumber belum ada"}
    Coverage.objects.filter(pk=figure.pk).update(state=State.RETURNED, **signed)
    assert cell(client.get(GRID)).return_reason == "Sumber belum ada"

    client.post(GRID, boxes(PU_v1="1000/600"))

    assert cell(client.get(GRID)).return_reason == ""


def test_the_grid_costs_the_same_queries_at_one_region_and_at_fifty(client, staff, jembrana):
    client.get(GRID)  # the first visit also fills caches
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(GRID)
    area = [regency(f"51.{number:02d}", f"Kabupaten {number}") for number in range(10, 59)]
    for region in area:
        coverage(region, YEAR, "PU")
    branch("Bali Denpasar", area)

    with CaptureQueriesContext(connection) as many:
        client.get(GRID)

    assert len(many) == len(few)


def test_a_posting_that_ended_enters_nothing(client, staff):
    Posting.objects.update(ended_at=timezone.now())

    assert client.post(GRID, boxes(PU="1000/500")).status_code == 403
    assert Coverage.objects.count() == 0


def test_saving_costs_the_same_few_queries_for_one_region_and_for_eleven(client, staff, jembrana):
    def cost(regions):
        sent = {"versions": ""}
        for region in regions:
            for code in ("PU", "BPU"):
                key = f"{region.code}-{YEAR}-{code}"
                sent |= {f"workers-{key}": "1000", f"participants-{key}": "500"}
        with CaptureQueriesContext(connection) as queries:
            assert client.post(GRID, sent).status_code == 302
        return len(queries)

    definition("regency or city")
    few = cost([jembrana])
    area = [regency(f"51.{number:02d}", f"Kabupaten {number}") for number in range(10, 21)]
    branch("Bali Denpasar", area)

    assert (cost(area), Coverage.objects.count()) == (few, 24)
    assert list(trail.faults()) == []
