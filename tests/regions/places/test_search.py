"""A region is found however it is written, and the order never depends on chance."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from regions.models import Region
from regions.places import reference as place_reference
from regions.places import search
from tests.builders import person
from tests.once import made_once

pytestmark = pytest.mark.django_db


def load():
    place_reference.load(place_reference.read(Path(settings.BASE_DIR) / "fixtures" / "regions"))


built, country = made_once(load)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("jembarana", "Kabupaten Jembrana"),
        ("Jembrana", "Kabupaten Jembrana"),
        ("kab. hst", "Kabupaten Hulu Sungai Tengah"),
        ("pare pare", "Kota Parepare"),
        ("jogja", "Kota Yogyakarta"),
        ("kalsel", "Kalimantan Selatan"),
        ("pangkep", "Kabupaten Pangkajene dan Kepulauan"),
        ("babel", "Kepulauan Bangka Belitung"),
        ("DKI", "Daerah Khusus Ibukota Jakarta"),
        ("jakarta pusat", "Kota Administrasi Jakarta Pusat"),
        ("kab bima", "Kabupaten Bima"),
        ("kota bima", "Kota Bima"),
        ("tolitoli", "Kabupaten Toli-Toli"),
        ("muko muko", "Kabupaten Mukomuko"),
        ("padang sidempuan", "Kota Padangsidimpuan"),
        ("surbaya", "Kota Surabaya"),
        ("denpsar", "Kota Denpasar"),
        ("banyuwagi", "Kabupaten Banyuwangi"),
        ("5103", "Kabupaten Badung"),
        ("51.03", "Kabupaten Badung"),
        ("51", "Bali"),
    ],
)
def test_a_forgiving_spelling_finds_the_region(country, text, first):
    assert search.find(text, 5)[0].name == first


def test_a_word_for_the_kind_keeps_only_that_kind(country):
    found = search.find("kab. solok", 5)

    assert [region.name for region in found] == ["Kabupaten Solok", "Kabupaten Solok Selatan"]


def test_a_kind_that_does_not_fit_is_ignored(country):
    assert [region.name for region in search.find("kota jembrana", 5)] == ["Kabupaten Jembrana"]


@pytest.mark.parametrize("text", ["xyzzy", "", "kab.", "%", "'; --", "\x00", "٣", "…" * 500])
def test_what_means_nothing_finds_nothing(country, text):
    assert search.find(text) == []


def test_regions_are_found_by_their_own_name(country):
    every_tenth = list(Region.objects.all())[::10]

    missed = [region.name for region in every_tenth if search.find(region.name, 1) != [region]]

    assert missed == []


def test_the_limit_is_kept(country):
    assert len(search.find("kota a", 3)) == 3


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Kab. Toli-Toli", "kabupaten toli toli"),
        ("  KOTA  Parepare ", "kota parepare"),
        ("Prov. Bali", "provinsi bali"),
    ],
)
def test_names_and_queries_meet_in_one_form(written, key):
    assert search.normalise(written) == key


def test_the_list_names_every_province_and_the_totals(client, country):
    client.force_login(person())

    response = client.get(reverse("regions"))

    assert len(response.context["provinces"]) == 38
    assert response.context["totals"] == {"provinces": 38, "kabupaten": 416, "kota": 98, "offices": 11}


def test_htmx_gets_the_rows_alone(client, country):
    client.force_login(person())

    whole = client.get(reverse("regions"), {"q": "jembarana"})
    rows = client.get(reverse("regions"), {"q": "jembarana"}, headers={"HX-Request": "true"})

    assert [t.name for t in whole.templates][0] == "regions/places/region_list.html"
    assert [t.name for t in rows.templates][0] == "regions/places/_region_rows.html"
    assert [region.code for region in rows.context["found"]] == ["51.01"]


def test_an_empty_result_has_a_way_out(client, country):
    client.force_login(person())

    response = client.get(reverse("regions"), {"q": "xyzzy"})

    assert response.context["found"] == []
    assert f'href="{reverse("regions")}"' in response.content.decode()
