"""What no source states is shown as an assumption to whoever edits it, and to nobody else."""

import json

import pytest
from django.urls import reverse

from awards.editions.export import exported
from awards.models import Edition
from tests import builders as b
from tests.awards.editions.test_edition_pages import FIXTURES

GUIDELINE = "Pedoman Paritrana 2026, halaman 4"


@pytest.fixture
def category(db):
    made = b.category(b.edition(2024))
    b.title(b.rubric(made))
    return made


@pytest.fixture
def page(client, category):
    client.force_login(b.appointed("national-committee", category.edition))
    return client


def pages(category):
    at = [category.edition.slug, category.slug]
    return [reverse(name, args=at) for name in ("category-edit", "rubric-edit", "rubric-titles")]


def test_each_page_that_edits_it_calls_it_assumed_until_a_source_is_named(page, category):
    before = [b"data-assumed" in page.get(address).content for address in pages(category)]
    category.source = category.rubric_source = GUIDELINE
    category.save()
    after = [page.get(address).content.decode() for address in pages(category)]

    assert before == [True, True, True]
    assert not any("data-assumed" in text for text in after)
    assert all(GUIDELINE in text for text in after)


def test_the_edition_says_so_to_its_designers_alone(page, client, category):
    selection = b.selection(of=category.edition)
    designer = page.get(category.edition.get_absolute_url()).content.decode()
    client.force_login(b.committee(selection))
    committee = client.get(category.edition.get_absolute_url()).content.decode()

    assert "data-basis" in designer
    assert "data-basis" not in committee and "Pemerintah Kabupaten Kota" in committee


def test_a_source_and_the_number_called_are_typed_and_kept(page, category):
    at = reverse("category-edit", args=[category.edition.slug, category.slug])
    form = page.get(at).context["form"]
    typed = {name: form[name].value() or "" for name in ("name", "candidate_kind", "order", "proposed", "seen")}

    page.post(at, typed | {"called": "12", "source": GUIDELINE, "rubric_source": ""})

    category.refresh_from_db()
    assert (category.called, category.source, category.rubric_source) == (12, GUIDELINE, "")


def test_a_copy_of_an_edition_takes_no_sources_with_it(page, category):
    category.called, category.source, category.rubric_source = 12, GUIDELINE, GUIDELINE
    category.save()
    page.get(reverse("edition-create"))
    head = {"label": "Periode 2025", "period_start": "2025-01-01", "period_end": "2025-12-31"}

    page.post(reverse("edition-create"), head | {"implementation_year": 2026, "source": "edition:2024", "slug": "2025"})

    made = Edition.objects.get(slug="2025").categories.get()
    assert (made.called, made.source, made.rubric_source) == (12, "", "")
    (whole,) = exported(category.edition)["categories"]
    assert (whole["called"], whole["source"]) == (12, GUIDELINE)


@pytest.mark.parametrize("file", sorted(FIXTURES.glob("*.json")), ids=lambda file: file.stem)
def test_no_shipped_rubric_claims_a_source_and_the_nation_of_2023_calls_12_provinces(file):
    categories = json.loads(file.read_text())["categories"]

    assert not any(one.get("rubric_source") for one in categories)
    called = {one["slug"]: one["called"] for one in categories if "called" in one}
    expected = {"pemerintah-provinsi": 12, "pemerintah-kabupaten-kota": 11, "badan-usaha": 11}
    assert called == (expected if file.stem == "2023" else {})
    assert all(one["source"] for one in categories if "called" in one)
