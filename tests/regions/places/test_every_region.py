"""All 514 kabupaten and kota are found and read however they are written: in the search, in files and on the grid."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from regions.models import AreaRegion, Coverage, Region
from regions.naming import Naming
from regions.places import reference, search
from tests.builders import branch_staff
from tests.once import made_once

pytestmark = pytest.mark.django_db

FULL = "as it stands"
SPELLINGS = {
    FULL: lambda region: region.name,
    "in capitals": lambda region: region.name.upper(),
    "with the kind shortened": lambda region: region.name.replace("Kabupaten", "Kab.").replace("Administrasi", "Adm."),
    "with islands shortened": lambda region: region.name.replace("Kepulauan", "Kep."),
    "without the word for its administration": lambda region: region.name.replace("Administrasi ", ""),
    "in one word": lambda region: f"{region.kind} {region.short_name.replace(' ', '')}",
    "with hyphens": lambda region: f"{region.kind} {region.short_name.replace(' ', '-')}",
    "with an apostrophe": lambda region: region.name.split()[0] + " " + apostrophe(" ".join(region.name.split()[1:])),
    "with spaces nobody sees": lambda region: f"  {region.name.replace(' ', chr(160))} ",
}
TRIED = {FULL, "with islands shortened", "with an apostrophe"}
WRITTEN = [name if name in TRIED else pytest.param(name, marks=pytest.mark.complete) for name in SPELLINGS]


def apostrophe(name: str) -> str:
    """A name with a mark in its midst, as in ``Ma’rang``."""
    return f"{name[:2]}’{name[2:]}"


def load():
    reference.load(reference.read(Path(settings.BASE_DIR) / "fixtures" / "regions"))


built, country = made_once(load)


def regencies():
    return list(Region.objects.regencies().select_related("parent"))


@pytest.mark.parametrize("written", WRITTEN)
def test_the_search_finds_every_kabupaten_and_kota_first(country, written):
    regions, spelt = regencies(), SPELLINGS[written]
    found = {region: (search.find(spelt(region), 3) or [None])[0] for region in regions}

    assert len(regions) == 514
    assert {spelt(region): str(first) for region, first in found.items() if first != region} == {}


@pytest.mark.parametrize("written", WRITTEN)
def test_a_file_means_every_kabupaten_and_kota_by_its_name(country, written):
    naming, spelt = Naming(Region.objects.all()), SPELLINGS[written]
    meant = {region: naming.meant(spelt(region), region.parent, is_regency=True) for region in regencies()}

    assert {spelt(region): str(one) for region, one in meant.items() if one != region} == {}


@pytest.mark.parametrize("written", WRITTEN)
def test_a_code_with_the_name_of_its_region_agrees_with_it(country, written):
    naming, spelt = Naming(Region.objects.all()), SPELLINGS[written]

    assert all(naming.agreed(region, region.code, spelt(region)) == region for region in regencies())


def test_the_grid_has_a_row_for_every_kabupaten_and_kota_of_the_nation_and_saves_each(client, country):
    regions, year = regencies(), timezone.localdate().year - 1
    AreaRegion.objects.all().delete()
    client.force_login(branch_staff(*regions))
    address = reverse("coverage-grid") + "?segment=PU"

    page = client.get(address)
    blocks = page.context["grid"].blocks
    boxes = {f"workers-{region.code}-{year}-PU": "1.000" for region in regions}
    boxes |= {f"participants-{region.code}-{year}-PU": "500" for region in regions}
    answer = client.post(address, boxes | {"versions": ""})

    assert [block.region for block in blocks] == sorted(regions, key=lambda region: region.code)
    assert answer.status_code == 302
    assert Coverage.objects.filter(year=year, workers=1000, participants=500).count() == 514
