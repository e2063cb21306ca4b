"""Open data says what it is; the press kit holds what is announced and nothing else; history is found by name."""

import io
import json
import zipfile

import pytest
from django.urls import reverse
from PIL import Image

from awards.models import PastAward
from awards.past_winners.writing import source_title
from scoring.public import feeds, open_data
from tests import builders
from tests.scoring.public import announced as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def result():
    """Bali's result with two winners, announced."""
    selection = made.at_province("51", "Bali")
    made.announced(selection, made.ranking(made.line("Kabupaten Jembrana"), made.line("PT Contoh", 2)))
    return selection


def test_every_column_has_a_meaning_and_the_document_keeps_its_schema(client, result):
    document = client.get(reverse("winners-json")).json()
    schema = client.get(reverse("winners-schema")).json()
    row = schema["properties"]["winners"]["items"]

    assert set(feeds.COLUMNS) == open_data.MEANINGS.keys() - open_data.OPTIONAL
    assert all(set(row["required"]) <= winner.keys() <= row["properties"].keys() for winner in document["winners"])
    assert document["licence"] == open_data.LICENCE
    assert document["schema"].endswith(reverse("winners-schema"))


@pytest.mark.parametrize("name", ["winners-json", "winners-csv"])
def test_the_licence_goes_with_the_file(client, result, name):
    assert 'rel="license"' in client.get(reverse(name))["Link"]


def test_the_press_kit_holds_texts_tables_and_pictures_in_both_languages(client, result):
    kit = zipfile.ZipFile(io.BytesIO(client.get(reverse("press-kit", args=[result.slug])).content))

    assert set(kit.namelist()) == {
        *("id/teks.txt", "id/pemenang.csv", "id/pemenang.json", "id/gambar.png"),
        *("en/text.txt", "en/winners.csv", "en/winners.json", "en/picture.png"),
    }
    assert "Kabupaten Jembrana" in kit.read("id/teks.txt").decode()
    assert json.loads(kit.read("en/winners.json"))["language"] == "en"
    assert Image.open(io.BytesIO(kit.read("id/gambar.png"))).size == (1200, 630)


def test_the_same_result_gives_the_same_kit(client, result):
    first, second = (client.get(reverse("press-kit", args=[result.slug])).content for _time in range(2))

    assert first == second


def test_nothing_unannounced_has_a_kit_or_a_place_on_the_map(client):
    selection = made.at_province("51", "Bali")
    made.sealed(selection, made.ranking(made.line("Kabupaten Jembrana")))

    assert client.get(reverse("press-kit", args=[selection.slug])).status_code == 404
    assert [each.number for each in client.get(reverse("public-map")).context["tiles"]] == [0]


def test_the_map_counts_awards_by_the_province_a_winner_is_at_home_in(client, result):
    builders.past_award(result.province, "PT Contoh Lama")

    page = client.get(reverse("public-map"))

    (bali,) = page.context["listed"]
    assert (bali.region.name, bali.announced, bali.past) == ("Bali", 2, 1)
    assert "<svg" in page.content.decode()


def test_history_is_found_by_a_part_of_the_name_however_it_is_written(client):
    province = builders.province()
    builders.past_award(province, "PT Karya Sehat")
    builders.past_award(province, "PT Lain")

    page = client.get(reverse("past-winners"), {"q": "karya"})

    assert [award.name for award in page.context["page"]] == ["PT Karya Sehat"]
    assert PastAward.objects.count() == 2


@pytest.mark.parametrize(
    ("source", "title"),
    [
        (
            "https://balitribune.co.id/content/kabupaten-gianyar-toreh-paritrana-award-2024 (juara ketiga pada 2023)",
            "Kabupaten Gianyar Toreh Paritrana Award 2024 (balitribune.co.id), juara ketiga pada 2023",
        ),
        (
            "https://euforia.id/bpjs-ketenagakerjaaan-serahkan-penghargaan/news/1926",
            "BPJS Ketenagakerjaaan Serahkan Penghargaan (euforia.id)",
        ),
        (
            "https://realita.co/baca-41387-pemkot-dan-perusahaan-pasuruan-di-jawa-timur",
            "Pemkot dan Perusahaan Pasuruan di Jawa Timur (realita.co)",
        ),
        ("https://mediaakurat.org/?p=11907", "mediaakurat.org"),
        ("Laporan tahunan 2020", "Laporan tahunan 2020"),
    ],
)
def test_a_source_is_told_by_its_headline(source, title):
    assert source_title(source) == title
