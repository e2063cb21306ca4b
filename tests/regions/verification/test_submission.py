"""Sending a whole area at once: every region with its doubts, all of those chosen or none, and what is left out."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from regions.models import Coverage, CoverageDraft, Justification, State
from tests.builders import branch_staff, coverage, head_officer, person, regency, segment

pytestmark = pytest.mark.django_db
YEAR = 2024
ADDRESS = f"{reverse('coverage-send-area')}?year={YEAR}"


@pytest.fixture
def area():
    for code in ("PU", "BPU"):
        segment(code)
    return [regency("51.01", "Kabupaten Jembrana"), regency("51.02", "Kabupaten Tabanan")]


@pytest.fixture
def staff(client, area):
    user = branch_staff(*area)
    client.force_login(user)
    return user


def draft(region, participants=500, **fields):
    return coverage(region, YEAR, participants=participants, state=State.DRAFT, **fields)


def seen(*figures):
    versions = {f"version-{row.region.code}-{row.year}-{row.segment.code}": str(row.version) for row in figures}
    return versions | {"region": sorted({f"{row.region.code}-{row.year}" for row in figures})}


def states():
    return list(Coverage.objects.order_by("region__code").values_list("region__code", "state"))


def test_one_act_sends_every_draft_of_the_area(client, staff, area):
    rows = [draft(area[0]), draft(area[1], 1100, workers=2300)]

    response = client.post(ADDRESS, seen(*rows))

    assert response.status_code == 302
    assert states() == [("51.01", State.SENT), ("51.02", State.SENT)]
    assert set(Coverage.objects.values_list("sent_by", flat=True)) == {staff.pk}


def test_one_unanswered_doubt_holds_everything_back_and_keeps_the_notes_typed(client, staff, area):
    rows = [draft(area[0], 1200), draft(area[1], 3300, workers=2300)]

    response = client.post(ADDRESS, seen(*rows) | {"51.01-2024-note-PU-excess": "Lintas wilayah"})

    assert response.status_code == 422
    forms = {parcel.region.code: parcel.form for parcel in response.context["parcels"]}
    assert [list(form.errors) for form in forms.values()] == [[], ["note-PU-excess"]]
    assert forms["51.01"]["note-PU-excess"].value() == "Lintas wilayah"
    assert (states(), Justification.objects.count()) == ([("51.01", State.DRAFT), ("51.02", State.DRAFT)], 0)


def test_each_region_keeps_its_own_notes(client, staff, area):
    rows = [draft(area[0], 1200), draft(area[1], 3300, workers=2300)]

    client.post(ADDRESS, seen(*rows) | {"51.01-2024-note-PU-excess": "Pasar", "51.02-2024-note-PU-excess": "Pabrik"})

    notes = Justification.objects.order_by("coverage__region__code")
    assert list(notes.values_list("coverage__region__code", "note")) == [("51.01", "Pasar"), ("51.02", "Pabrik")]


def test_a_region_not_chosen_stays_a_draft_and_needs_no_note(client, staff, area):
    rows = [draft(area[0]), draft(area[1], 3300, workers=2300)]

    response = client.post(ADDRESS, seen(*rows) | {"region": ["51.01-2024"]})

    assert response.status_code == 302
    assert states() == [("51.01", State.SENT), ("51.02", State.DRAFT)]


def test_choosing_nothing_sends_nothing(client, staff, area):
    row = draft(area[0])

    assert client.post(ADDRESS, seen(row) | {"region": []}).status_code == 422
    assert states() == [("51.01", State.DRAFT)]


def test_a_figure_changed_meanwhile_holds_back_every_region(client, staff, area):
    rows = [draft(area[0]), draft(area[1], 1100, workers=2300)]
    Coverage.objects.filter(pk=rows[1].pk).update(version=2)

    response = client.post(ADDRESS, seen(*rows))

    assert response.status_code == 422
    codes = [error.code for parcel in response.context["parcels"] for error in parcel.form.non_field_errors().as_data()]
    assert codes == ["conflict"]
    assert states() == [("51.01", State.DRAFT), ("51.02", State.DRAFT)]


def test_regions_without_anything_to_send_are_named_with_how_far_they_are(client, staff, area):
    draft(area[0])
    coverage(area[1], YEAR, verified_at="2025-01-01T00:00Z", verified_by=person())
    empty = regency("51.03", "Kabupaten Badung")
    branch_staff(empty)

    left_out = client.get(ADDRESS).context["left_out"]

    assert [(region.code, done.state) for region, _year, done in left_out] == [
        ("51.02", "terverifikasi"),
        ("51.03", "kosong"),
    ]


def test_what_was_typed_on_the_grid_and_not_saved_is_counted(client, staff, area):
    for user in (staff, person()):
        CoverageDraft.objects.create(user=user, region=area[0], year=YEAR, segment=segment("PU"), workers_text="1")

    assert client.get(ADDRESS).context["unsaved"] == 1


def test_other_areas_are_not_sent_whatever_is_posted(client, staff, area):
    foreign = draft(regency("51.09", "Kabupaten Lain"))

    client.post(ADDRESS, seen(foreign))

    assert states() == [("51.09", State.DRAFT)]


def test_who_enters_nowhere_sends_nothing(client, area):
    draft(area[0])
    client.force_login(head_officer())

    assert [client.get(ADDRESS).status_code, client.post(ADDRESS).status_code] == [403, 403]


@pytest.mark.parametrize("asked", ["", "?year=", "?year=x", "?year=20244"])
def test_without_a_year_it_is_every_year_with_something_to_send(client, staff, area, asked):
    draft(area[0])
    coverage(area[0], 2023, state=State.DRAFT)
    coverage(area[0], 2025)

    assert client.get(reverse("coverage-send-area") + asked).context["years"] == [2023, 2024]


def test_one_act_sends_every_year_asked_for(client, staff, area):
    rows = [draft(area[0], 520, workers=1010), coverage(area[0], 2023, state=State.DRAFT)]

    response = client.post(reverse("coverage-send-area") + "?year=2023&year=2024", seen(*rows))

    assert response.status_code == 302
    assert set(Coverage.objects.values_list("year", "state")) == {(2023, State.SENT), (2024, State.SENT)}


def test_the_page_costs_the_same_queries_for_one_region_and_for_twenty(client, area):
    draft(area[0], 1200)
    client.force_login(branch_staff(area[0]))

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS)
        return len(queries)

    cost()
    few = cost()
    for number in range(10, 30):
        region = regency(f"51.{number}", f"Kabupaten {number}")
        branch_staff(region)
        draft(region, 1200 + number)

    assert cost() == few


def test_the_list_of_the_area_leads_there_once_for_all_years_with_drafts(client, staff, area):
    draft(area[0])
    coverage(area[0], 2023, state=State.RETURNED, returned_at="2025-01-01T00:00Z", return_reason="Sumber?")
    coverage(area[1], 2022)

    assert client.get(reverse("coverage")).context["to_send"] == [(2024, 1), (2023, 1)]
    assert f"{reverse('coverage-send-area')}?year=2024&amp;year=2023" in client.get(reverse("coverage")).text
