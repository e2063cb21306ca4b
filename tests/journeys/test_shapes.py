"""Editions as they really differed, set up in the browser without code; each then ranks example nominations."""

import pytest
from django.core.management import call_command
from django.utils import translation

from awards.models import Edition, Role, Selection
from regions.models import Region
from scoring.standings import rankings
from tests import builders
from tests.journeys import shapes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(sign_in):
    """A window of the national committee, and reference data."""
    call_command("load_reference", verbosity=0)
    return sign_in(builders.appointed(Role.NATIONAL_COMMITTEE, builders.edition(2015)))


def selection_of(slug, category):
    edition = Edition.objects.get(slug=slug)
    chosen = edition.categories.get(slug=category)
    selection, _is_new = Selection.objects.get_or_create(
        edition=edition, slug=f"{slug}-nasional", level="national", defaults={"stage": "pleno"}
    )
    selection.categories.add(chosen)
    return selection, chosen


def awarded(selection):
    """title -> group -> [(name, prize in English)]"""
    with translation.override("en"):
        return {
            ranking.name: {name: [(line.name, prize) for line, prize in lines] for name, lines in ranking.awarded}
            for ranking in rankings.fresh(selection)
        }


@pytest.mark.complete
def test_2022_companies_by_sector_and_a_university_with_one_winner(desk):
    company, campus = "perusahaan-menengah-besar", "perguruan-tinggi"
    shapes.found(desk, "2022")
    shapes.sectors(desk, "2022", company, ["Keuangan", "Manufaktur", "Pertanian"])
    shapes.titles(desk, "2022", company, [{"name": "Terbaik", "grouping": "sector", "places": 3}])
    shapes.titles(desk, "2022", campus, [{"name": "Peduli Jamsostek", "places": 1}])

    selection, companies = selection_of("2022", company)
    for number, sector in enumerate(companies.sectors.all()):
        field = {f"{sector} A": 90 - number, f"{sector} B": 80 - number, f"{sector} C": 70 - number, f"{sector} D": 60}
        shapes.compete(selection, companies, field, sector=sector)
    selection, campuses = selection_of("2022", campus)
    shapes.compete(selection, campuses, {"Universitas Contoh": 88, "Institut Contoh": 77})

    found = awarded(selection)
    assert found["Terbaik"] == {
        sector: [(f"{sector} A", "Place 1"), (f"{sector} B", "Place 2"), (f"{sector} C", "Place 3")]
        for sector in ("Keuangan", "Manufaktur", "Pertanian")
    }
    assert list(found["Peduli Jamsostek"].values()) == [[("Universitas Contoh", "Place 1")]]


def test_2023_two_titles_per_zone_over_the_same_provinces(desk):
    shapes.found(desk, "2023")
    shapes.zones(desk, "2023", {"Sumatera": ["11", "12"], "Jawa-Bali": ["32", "51"]})
    shapes.titles(
        desk,
        "2023",
        "pemerintah-provinsi",
        [
            {"name": "Terbaik Coverage", "grouping": "zone", "places": 1},
            {"name": "Terbaik Inovasi", "grouping": "zone", "places": 1},
        ],
    )

    selection, provinces = selection_of("2023", "pemerintah-provinsi")
    regions = {region.name: region for region in Region.objects.filter(code__in=["11", "12", "32", "51"])}
    strengths = dict(zip(sorted(regions), (60, 70, 80, 90), strict=True))
    shapes.compete(selection, provinces, strengths, regions)

    expected = {
        "Sumatera": [("Sumatera Utara", "Place 1")],
        "Jawa-Bali": [("Jawa Barat", "Place 1")],
    }
    assert awarded(selection) == {"Terbaik Coverage": expected, "Terbaik Inovasi": expected}


COMPANY, VILLAGE, SMALL = "perusahaan-menengah-besar", "pemerintah-desa", "usaha-kecil-mikro"


def set_up_2024(desk):
    shapes.found(desk, "2024")
    shapes.sectors(desk, "2024", COMPANY, ["Jasa", "Tani"])
    podium = {"name": "Podium sektor", "grouping": "sector", "places": 2}
    across = {"name": "Lintas sektor", "places": 3, "among": "Podium sektor", "among_places": 2}
    shapes.titles(desk, "2024", COMPANY, [podium, across])
    shapes.titles(desk, "2024", VILLAGE, [{"name": "Desa", "places": 3, "harapan": 3}])
    shapes.without_interview(desk, "2024", SMALL)
    joint = {"name": "Usaha kecil", "awarding": "joint", "places": 2}
    special = {"name": "Terbaik khusus", "awarding": "special", "places": 1}
    shapes.titles(desk, "2024", SMALL, [joint, special])


@pytest.mark.complete
def test_2024_podiums_by_sector_then_across_and_harapan_and_joint_winners_without_an_interview(desk):
    set_up_2024(desk)

    selection, companies = selection_of("2024", COMPANY)
    jasa, tani = companies.sectors.all()
    shapes.compete(selection, companies, {"J1": 95, "J2": 94, "J3": 93}, sector=jasa)
    shapes.compete(selection, companies, {"T1": 80, "T2": 70, "T3": 60}, sector=tani)
    selection, villages = selection_of("2024", VILLAGE)
    field = {
        "Gampong A": 90,
        "Gampong B": 85,
        "Gampong C": 85,
        "Kampung D": 70,
        "Desa E": 60,
        "Desa F": 50,
        "Desa G": 40,
    }
    shapes.compete(selection, villages, field)
    selection, enterprises = selection_of("2024", SMALL)
    shapes.compete(selection, enterprises, {"Warung A": 90, "Warung B": 80, "Warung C": 70})

    found = awarded(selection)
    assert list(found["Lintas sektor"].values()) == [[("J1", "Place 1"), ("J2", "Place 2"), ("T1", "Place 3")]]
    assert list(found["Desa"].values()) == [
        [("Gampong A", "Place 1"), ("Gampong B", "Place 2"), ("Gampong C", "Place 2"), ("Kampung D", "Harapan 1")]
        + [("Desa E", "Harapan 2"), ("Desa F", "Harapan 3")]
    ]
    assert list(found["Usaha kecil"].values()) == [[("Warung A", "Joint winner"), ("Warung B", "Joint winner")]]
    assert found["Terbaik khusus"] == {}
    (rubric,) = enterprises.rubrics.all()
    assert (rubric.weight_sum, rubric.aspects.filter(criteria__kind__in=["mark", "attendance"]).count()) == (10_000, 0)
