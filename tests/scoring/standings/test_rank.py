import csv
import io

import pytest
from django.core.management import CommandError, call_command

from awards.models import TitleWeight
from scoring.models import Standing
from tests import builders
from tests.once import made_once
from tests.scoring.national import national

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("selection")]

built, selection = made_once(national.national_selection)


def ranked(*arguments: str) -> list[list[str]]:
    out = io.StringIO()
    call_command("rank", *arguments, "--format", "csv", stdout=out)
    return list(csv.reader(io.StringIO(out.getvalue())))


def test_the_national_ranking_equals_an_independent_computation_from_the_published_figures():
    header, *rows = ranked("2024-nasional", "terbaik-coverage", "--criteria")

    criteria = ["pu", "bpu", "pertumbuhan"]
    assert header == ["group", "place", "tied", "code", "name", "total", *criteria, "reason"]
    assert [row[:-1] for row in rows] == national.expected_table()


def test_without_criteria_the_columns_are_those_seven():
    header, *rows = ranked("2024-nasional", "terbaik-coverage")

    assert header == ["group", "place", "tied", "code", "name", "total", "reason"]
    assert [row[:-1] for row in rows] == [row[:6] for row in national.expected_table()]


def test_thirty_four_provinces_are_ranked_and_four_stand_apart_with_a_reason():
    _header, *rows = ranked("2024-nasional", "terbaik-coverage")

    assert sum(row[1] != "" for row in rows) == 34
    assert [(row[3], row[1], row[5], row[6] != "") for row in rows[34:]] == [
        (code, "", "", True) for code in ("93", "94", "95", "96")
    ]
    assert {row[6] for row in rows[:34]} == {""}


def test_ranking_stores_nothing():
    ranked("2024-nasional", "terbaik-coverage")

    assert Standing.objects.count() == 0


def test_the_table_shows_the_same_cells_as_the_csv():
    out = io.StringIO()

    call_command("rank", "2024-nasional", "terbaik-coverage", stdout=out)

    cells = [" ".join(" ".join(row).split()) for row in ranked("2024-nasional", "terbaik-coverage")]
    assert [" ".join(line.split()) for line in out.getvalue().splitlines()] == cells


def test_an_unknown_selection_is_refused_with_the_ones_that_exist():
    with pytest.raises(CommandError, match="2024-nasional") as refusal:
        call_command("rank", "2024-bali", "terbaik-coverage")

    assert refusal.value.returncode == 1


def test_an_unknown_title_is_refused_with_the_ones_that_exist():
    with pytest.raises(CommandError, match="pemerintah-provinsi/terbaik-coverage") as refusal:
        call_command("rank", "2024-nasional", "terbaik-inovasi")

    assert refusal.value.returncode == 1


def test_a_title_two_categories_share_means_the_one_with_nominations(selection):
    selection.categories.add(*selection.edition.categories.all())

    assert len(ranked("2024-nasional", "terbaik-coverage")) == 1 + 38
    assert ranked("2024-nasional", "pemerintah-provinsi/terbaik-coverage") == ranked(
        "2024-nasional", "terbaik-coverage"
    )


def test_a_title_two_filled_categories_share_must_be_named_in_full(selection):
    selection.categories.add(*selection.edition.categories.all())
    other = selection.edition.categories.get(slug="pemerintah-kabupaten-kota")
    nomination = builders.nomination(selection, builders.regency())
    type(nomination).objects.filter(pk=nomination.pk).update(category=other)

    with pytest.raises(CommandError, match="pemerintah-kabupaten-kota/terbaik-coverage"):
        call_command("rank", "2024-nasional", "terbaik-coverage")


def test_another_weight_moves_the_totals():
    before = ranked("2024-nasional", "terbaik-coverage")
    TitleWeight.objects.exclude(criterion__slug="pu").delete()
    TitleWeight.objects.update(weight=10_000)

    _header, *rows = ranked("2024-nasional", "terbaik-coverage", "--criteria")

    assert [row[5] for row in rows if row[1]] == [row[6] for row in rows if row[1]]
    assert rows != before[1:]
