"""What leaves the house leaves it in Indonesian, the official edition, or in English with the same figures."""

import csv
import io
import json
import zipfile
from itertools import product

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from awards.models import Role
from paritrana.accounts.models import AuditEvent
from paritrana.display import formats
from scoring.documents import codes, wording, wording_actions
from scoring.exports import actions
from scoring.models import Document
from scoring.standings import rankings
from tests import builders
from tests.once import each_once
from tests.scoring.documents import documents

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LANGUAGES = ["id", "en"]


def print_minutes():
    made, by = documents.sealed()
    documents.minutes(made, by)
    return made, by


def print_certificates():
    made, by = documents.sealed()
    return made, by, documents.certificates(made, by)


STATES = {"made_by": documents.sealed, "in_minutes": print_minutes, "printed": print_certificates}
built, made_by, in_minutes, printed = each_once(STATES)


def paper(kind: str, language: str) -> Document:
    return Document.objects.get(kind=kind, paper="a4", language=language)


def said(message: str, language: str) -> str:
    with translation.override(language):
        return translation.gettext(message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_minutes_hold_the_sealed_figures_and_prizes_in_the_words_and_numbers_of_their_language(in_minutes, language):
    made, _by = in_minutes
    (ranking,) = rankings.sealed(made.selection.seal)

    told = documents.words(paper("minutes", language).content)

    with translation.override(language):
        rows = [
            f"{line.place} {line.name} {formats.hundredths(line.total)} {ranking.prize_of(line)}"
            for line in ranking.groups[0].lines
        ]
    assert [row in told for row in rows] == [True] * 3
    assert said("Legal basis", language) in told
    assert said("Minutes of the plenary", language).upper() in told


def test_english_minutes_write_the_day_in_english(in_minutes):
    told = documents.words(paper("minutes", "en").content)

    assert "Monday, 10 March 2025" in told


@pytest.mark.parametrize(("kind", "language"), [*product(["minutes", "annex"], LANGUAGES)])
def test_a_paper_says_in_which_language_it_is_and_leads_to_the_check_in_it(in_minutes, kind, language):
    document = paper(kind, language)

    assert documents.opened(document.content).trailer["/Root"]["/Lang"] == language
    with translation.override(language):
        assert documents.codes(document.content) == [codes.check_address(document.code)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_certificates_of_both_languages_are_kept_with_the_same_number_for_the_same_people(printed, language):
    made, _by, _documents = printed

    kept = Document.objects.filter(kind="certificate").order_by("pk")
    found = kept.filter(language=language)
    assert [one.recipient for one in kept.filter(language="id")] == [
        one.recipient for one in kept.filter(language="en")
    ]
    assert [one.subject["number"] for one in found] == ["1/PA/2024", "2/PA/2024", "3/PA/2024"]
    heading = "".join(wording.in_force(made.selection.edition, "certificate", language)[1]["heading"].split())
    for one in found:
        told = documents.words(one.content)
        assert (heading in told.replace(" ", ""), one.subject["name"] in told, one.subject["prize"] in told) == (
            True,
        ) * 3


def test_the_zip_holds_the_editions_of_the_language_asked_for(client, printed):
    made, by, _documents = printed
    client.force_login(by)
    address = reverse("certificates-take", args=[made.selection.slug])

    for language, asked in (("id", address), ("en", f"{address}?language=en")):
        with zipfile.ZipFile(io.BytesIO(client.post(asked).content)) as archive:
            taken = [archive.read(name) for name in archive.namelist()]
        kept = Document.objects.filter(kind="certificate", language=language).order_by("pk")
        assert taken == [bytes(one.content) for one in kept]
    assert client.post(f"{address}?language=fr").status_code == 404


def test_words_are_written_for_each_language_apart(made_by):
    made, by = made_by
    edition = made.selection.edition
    designer = builders.appointed(Role.NATIONAL_COMMITTEE, edition)
    for language, closing in (("id", "Penutup resmi"), ("en", "Closing words")):
        _version, parts = wording.in_force(edition, "minutes", language)
        wording_actions.write_text(
            edition, "minutes", parts | {"closing": closing}, version=0, by=designer, language=language
        )

    documents.minutes(made, by)

    for language, own, other in (("id", "Penutup resmi", "Closing words"), ("en", "Closing words", "Penutup resmi")):
        told = documents.words(Document.objects.get(kind="minutes", paper="a4", language=language).content)
        assert (own in told, other in told) == (True, False)


def test_the_words_of_a_language_have_a_page_and_a_preview_and_letters_hold_both(client):
    edition = builders.edition(2023)
    client.force_login(builders.appointed(Role.NATIONAL_COMMITTEE, edition))
    address = reverse("document-text", args=[edition.slug, "annex"])
    shown = [client.get(f"{address}?language={each}").context["form"].initial["subject"] for each in LANGUAGES]
    typed = wording.in_force(edition, "annex", "en")[1] | {"version": 0}

    preview = client.post(f"{reverse('document-preview', args=[edition.slug, 'annex'])}?language=en", typed)

    assert shown == [wording.in_force(edition, "annex", each)[1]["subject"] for each in LANGUAGES]
    assert documents.opened(preview.content).trailer["/Root"]["/Lang"] == "en"
    notice = reverse("document-text", args=[edition.slug, "notice"])
    assert [client.get(notice + query).status_code for query in ("", "?language=en")] == [200, 404]


def figures(book: openpyxl.Workbook) -> list[list[object]]:
    """Every number of every sheet, in order: what both editions share."""
    return [
        [cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, int | float)]
        for sheet in book.worksheets
    ]


def test_the_winners_workbook_has_the_same_figures_and_a_check_that_agrees_in_both_languages(made_by):
    made, _by = made_by
    books = {}
    for language in LANGUAGES:
        content = actions.export_winners(made.selection, by=None, language=language)
        books[language] = openpyxl.load_workbook(io.BytesIO(content), data_only=True)

    assert figures(books["id"]) == figures(books["en"])
    for language, book in books.items():
        assert said("Check", language) in book.sheetnames
        assert said("Winners", language) in book.sheetnames
        cover = book.worksheets[0].iter_rows(values_only=True)
        # Once as a fact, and once in the contents, as the name of a sheet.
        about_check = [value for label, value in cover if label == said("Check", language)]
        assert about_check == ["OK", said("Check: formulas against the result", language)]


@pytest.mark.parametrize(("language", "delimiter", "point"), [("id", ";", ","), ("en", ",", ".")])
def test_the_plain_csv_opens_in_the_spreadsheet_of_its_language(made_by, language, delimiter, point):
    made, _by = made_by
    (ranking,) = rankings.sealed(made.selection.seal)

    content = actions.export_list(made.selection, "csv", by=None, language=language).decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(content), delimiter=delimiter))
    assert [row["total"] for row in rows] == [
        f"{line.total / 100:.2f}".replace(".", point) for line in ranking.groups[0].lines
    ]
    assert rows[0]["award"] == said("Place %(number)s", language) % {"number": 1}


def test_the_plain_list_as_json_differs_in_words_alone(made_by):
    made, _by = made_by
    found = [json.loads(actions.export_list(made.selection, "json", by=None, language=each)) for each in LANGUAGES]
    words = ("award", "group")
    for each in found:
        for entry, name in product(each["entries"], words):
            del entry[name]

    assert found[0] == found[1]


def test_recaps_and_all_indonesia_come_in_english_as_well(client, made_by):
    made, by = made_by
    client.force_login(builders.appointed(Role.CHAIR, made.selection))
    recap = client.post(reverse("recap", args=[made.selection.slug]), {"form": "pdf", "language": "en"})
    client.force_login(builders.appointed(Role.NATIONAL_COMMITTEE, made.selection.edition))
    client.post(reverse("export-nation", args=[made.selection.edition.slug]), {"language": "en"})
    nation = client.post(reverse("export-nation", args=[made.selection.edition.slug]), {"take": "1"})

    assert documents.opened(recap.content).trailer["/Root"]["/Lang"] == "en"
    assert "Recap of marks" in documents.words(recap.content)
    assert openpyxl.load_workbook(io.BytesIO(nation.content)).sheetnames[0] == "Cover"
    told = AuditEvent.objects.filter(verb__in=["marks.export", "result.export-nation"]).order_by("pk")
    assert [event.detail["language"] for event in told] == ["en", "en"]


def test_the_commands_write_english_where_asked(made_by, tmp_path):
    made, _by = made_by
    target = tmp_path / "winners.xlsx"

    call_command(
        "export_winners", made.selection.slug, "--output", str(target), "--language", "en", stdout=io.StringIO()
    )

    assert openpyxl.load_workbook(target).sheetnames[:2] == ["Cover", "Winners"]
