"""The map of the country and of a province."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from regions.atlas import scales
from regions.atlas.scales import Shown
from regions.models import Region, Target
from tests import builders as make

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def bali():
    """Jembrana and Tabanan with figures of 2022 and 2023, and a province figure."""
    province = make.province()
    for code, name in (("51.01", "Kabupaten Jembrana"), ("51.02", "Kabupaten Tabanan")):
        region = make.regency(code, name, parent=province)
        for segment in ("PU", "BPU"):
            make.coverage(region, 2022, segment, participants=400)
            make.coverage(region, 2023, segment, participants=450)
    for segment in ("PU", "BPU"):
        make.coverage(province, 2023, segment, 2000, 900)
    return province


@pytest.fixture
def see(client):
    def open_map(user, name="atlas", *arguments, **query):
        client.force_login(user)
        return client.get(reverse(name, args=arguments), query)

    return open_map


def sheet_of(response) -> list[tuple]:
    return list(openpyxl.load_workbook(io.BytesIO(response.content)).active.iter_rows(min_row=4, values_only=True))


def test_a_province_is_a_link_that_says_its_value_aloud(see, bali):
    response = see(make.person())
    (tile,) = response.context["tiles"]

    assert (tile.region, tile.step, tile.reading.share) == (bali, 5, 4500)
    assert f"<title>Bali: {tile.value_text}</title>" in response.content.decode()
    assert tile.url == f"{reverse('atlas-province', args=['51'])}?colour=cakupan&segment=&year=2023"


@pytest.mark.parametrize(("colour", "number"), [("cakupan", 4500), ("pertumbuhan", 500), ("target", -500)])
def test_the_colour_says_what_was_chosen(see, bali, colour, number):
    Target.objects.create(
        region=Region.objects.get(code="51.01"), year=2023, segment=make.segment(), value_kind="persen", value=5000
    )
    response = see(make.head_officer(), "atlas-province", "51", colour=colour, segment="PU")
    assert scales.value(colour, response.context["tiles"][0].reading) == number


def test_a_stranger_reads_the_names_inside_a_province_and_no_figure(see, bali):
    response = see(make.person(), "atlas-province", "51")

    assert [(tile.is_open, tile.step, tile.reading.now) for tile in response.context["tiles"]] == [(False, 0, None)] * 2
    assert (response.context["reported"], response.context["hidden"]) == (0, 2)


@pytest.mark.parametrize("colour", Shown.values)
def test_a_branch_sees_its_own_area_and_nothing_beside_it(see, bali, colour):
    staff = make.branch_staff(Region.objects.get(code="51.01"))
    response = see(staff, "atlas-province", "51", colour=colour)

    assert [tile.is_open for tile in response.context["tiles"]] == [True, False]
    rows = sheet_of(see(staff, "atlas-province", "51", colour=colour, format="xlsx"))[1:]
    assert [(row[0], row[2]) for row in rows] == [("51.01", 900), ("51.02", None)]


def test_anything_not_understood_shows_the_usual_map(see, bali):
    response = see(make.person(), colour="x'", segment="ZZ", year="99999999999999999999", view="?")

    assert response.status_code == 200
    assert (response.context["choice"].query, response.context["choice"].year) == (
        "colour=cakupan&segment=&year=2023",
        2023,
    )


def test_a_map_without_any_figure_answers(see):
    make.province()

    assert see(make.person()).context["reported"] == 0


def test_a_kabupaten_has_no_map_of_its_own(see, bali):
    assert see(make.person(), "atlas-province", "51.01").status_code == 404


def test_the_fragment_is_the_panel_alone(client, bali):
    client.force_login(make.person())
    response = client.get(reverse("atlas"), **HTMX)

    assert response.templates[0].name == "regions/atlas/_atlas.html"
    assert "<html" not in response.content.decode()


def test_the_table_has_a_row_for_each_tile(see, bali):
    response = see(make.head_officer(), "atlas-province", "51", view="table")

    assert response.content.decode().count("<tr data-code=") == 2


def test_the_workbook_holds_true_numbers_and_text_that_is_no_formula(see, bali):
    Region.objects.filter(code="51.01").update(name="=1+1")
    head, first, second = sheet_of(see(make.head_officer(), "atlas-province", "51", format="xlsx"))

    assert first[:8] == ("51.01", "=1+1", 900, 2000, 45, 5, None, None)
    assert (len(head), second[1]) == (9, "Kabupaten Tabanan")
    book = openpyxl.load_workbook(io.BytesIO(see(make.head_officer(), "atlas-province", "51", format="xlsx").content))
    assert book.active["B5"].data_type == "s"


def test_figures_without_doubt_are_shared_out_over_a_province_and_its_parts(see, bali):
    response = see(make.head_officer(), colour="mutu")
    (tile,) = response.context["tiles"]

    assert tile.reading.examined == 6


@pytest.mark.parametrize("colour", Shown.values)
@pytest.mark.parametrize(("name", "arguments"), [("atlas", []), ("atlas-province", ["51"])])
def test_a_map_costs_the_same_queries_for_two_regions_and_for_forty(see, bali, colour, name, arguments):
    officer = make.head_officer()
    see(officer, name, *arguments, colour=colour)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert see(officer, name, *arguments, colour=colour).status_code == 200
        return len(queries)

    few = cost()
    for number in range(10, 50):
        make.coverage(make.regency(f"51.{number}", f"Kabupaten {number}"), 2023)
        make.coverage(make.province(str(number + 50), f"Provinsi {number}"), 2023)

    assert cost() == few


def test_a_regions_page_says_rank_distance_and_how_many_reported(see, bali):
    jembrana = Region.objects.get(code="51.01")
    Target.objects.create(region=jembrana, year=2024, value_kind="persen", value=5000)
    officer = make.head_officer()
    own = see(officer, "region", "51.01").context["outlook"]
    whole = see(officer, "region", "51").context["outlook"]

    assert (own.place, len(own.peers), own.of_peers) == (1, 2, 2)
    assert (own.aimed_at, own.reading.lacking) == (2024, 100)
    assert (own.inside, whole.inside) == (None, (2, 2))


def test_the_rank_counts_only_those_the_reader_may_see(see, bali):
    staff = make.branch_staff(Region.objects.get(code="51.01"))
    seen = see(staff, "region", "51.01").context["outlook"]

    assert ([peer.name for peer in seen.peers], seen.of_peers) == (["Jembrana"], 2)
    assert see(make.person(), "region", "51.01").context["outlook"] is None


def test_a_line_breaks_where_another_definition_begins(see, bali):
    region = Region.objects.get(code="51.01")
    make.coverage(region, 2024, "PU", definition=make.definition("province", "BPS"))
    series = see(make.head_officer(), "region", "51.01").context["outlook"].trend.option["series"]

    assert [line["data"] for line in series if line["name"] == "PU"] == [[40.0, 45.0, None], [None, None, 50.0]]


def test_the_map_adds_up_what_the_reader_sees(see, bali):
    own = make.branch_staff(Region.objects.get(code="51.01"))
    everything = see(make.head_officer(), "atlas-province", "51", year=2023, view="table")
    partly = see(own, "atlas-province", "51", year=2023)

    assert (everything.context["together"].participants, everything.context["together"].workers) == (1800, 4000)
    assert "1.800" in everything.content.decode() and "45,00" in everything.content.decode()
    assert partly.context["together"].participants == 900
