"""A new edition is filled from the one it copies: name, short name and every date a year later, all of it to change."""

import datetime

import pytest
from django.urls import reverse

from awards.editions.export import exported
from awards.editions.succession import LONGEST_SLUG, note_on, proposed_head, year_later
from awards.models import Edition
from tests import builders as b

DAY = datetime.date


@pytest.fixture
def source(db):
    edition = b.edition(2024)
    b.title(b.rubric(b.category(edition)))
    return edition


@pytest.fixture
def page(client, source):
    client.force_login(b.administrator())
    return client


def head(**changes):
    values = {"slug": "2024", "label": "Periode 2024", "period_start": "2024-01-01", "period_end": "2024-12-31"}
    return values | {"implementation_year": 2025} | changes


def test_a_29_february_becomes_the_28th_and_says_so():
    assert year_later(DAY(2024, 2, 29)) == DAY(2025, 2, 28)
    assert "2025" in note_on(DAY(2025, 2, 28), DAY(2024, 2, 29))
    assert year_later(DAY(2023, 2, 28)) == DAY(2024, 2, 28)


@pytest.mark.parametrize(("day", "named"), [(DAY(2026, 1, 31), "Sabtu"), (DAY(2026, 2, 1), "Minggu")])
def test_a_proposed_day_on_a_weekend_is_named(day, named):
    assert named in note_on(day, None)
    assert note_on(DAY(2026, 1, 30), None) == ""


@pytest.mark.parametrize(
    ("source", "label", "slug"),
    [
        (head(), "Periode 2025", "2025"),
        (head(label="Periode 2023/2024", slug="periode-2024"), "Periode 2024/2025", "periode-2025"),
        (head(label="Uji", slug="uji"), "Uji", "uji-2"),
        (head(slug="a" * LONGEST_SLUG), "Periode 2025", "a" * 18 + "-2"),
    ],
)
def test_years_in_names_go_up_and_a_short_name_that_is_taken_gets_a_number(source, label, slug):
    proposed = proposed_head(source, {"2024", "uji", "a" * LONGEST_SLUG})

    assert (proposed["label"], proposed["slug"], proposed["implementation_year"]) == (label, slug, 2026)


def test_the_page_is_filled_from_the_edition_chosen_and_saves_nothing_by_itself(page, source):
    answer = page.get(reverse("edition-create"), {"source": "edition:2024"})

    assert answer.context["form"].initial | {"source": ""} == proposed_head(exported(source), set()) | {"source": ""}
    assert b'value="01-01-2025"' in answer.content
    assert Edition.objects.count() == 1


def test_what_is_shown_is_what_is_saved_and_every_field_may_be_changed_before(page, source):
    shown = page.get(reverse("edition-create"), {"source": "edition:2024"}).context["form"].initial

    page.post(reverse("edition-create"), shown | {"label": "Periode Baru"})

    made = Edition.objects.get(slug="2025")
    assert (made.label, made.period_end, made.implementation_year) == ("Periode Baru", DAY(2025, 12, 31), 2026)
    kept = ("zones", "categories")
    assert [exported(made)[key] for key in kept] == [exported(source)[key] for key in kept]


def test_a_fault_keeps_what_was_typed_and_copies_nothing(page, source):
    shown = page.get(reverse("edition-create"), {"source": "edition:2024"}).context["form"].initial

    answer = page.post(reverse("edition-create"), shown | {"period_end": "2024-12-31", "label": "Diketik"})

    assert b'value="Diketik"' in answer.content
    assert answer.context["form"].errors.as_data()["period_end"][0].code == "period"
    assert Edition.objects.count() == 1


def test_an_unknown_source_is_refused_and_the_page_falls_back_to_the_newest(page, source):
    assert page.get(reverse("edition-create"), {"source": "edition:2099"}).context["form"].initial["slug"] == "2025"

    answer = page.post(reverse("edition-create"), head(slug="2025", source="edition:2099"))

    assert "source" in answer.context["form"].errors
    assert Edition.objects.count() == 1
