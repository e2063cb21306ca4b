"""Plain lists for other systems, all Indonesia by zone, recaps of marks and the papers of the interview days."""

import csv
import io
import json

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from awards.models import Candidate, Role
from paritrana.accounts.models import AuditEvent
from paritrana.queue.models import StagedFile
from scoring.exports import actions, nation_jobs, recaps
from scoring.exports.workbook.book import FIRST
from scoring.models import Conflict, Panel
from scoring.standings import rankings
from tests import builders
from tests.once import each_once
from tests.scoring.interviews.rundown import four_to_hear, schedule
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


STATES = {"made": plenary.plenary, "sealed": plenary.sealed_bench, "held": four_to_hear}
built, made, sealed, held = each_once(STATES)


def rows_of(content: bytes, number: int) -> list[tuple]:
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return list(book.worksheets[number].iter_rows(min_row=FIRST + 1, values_only=True))


def sealed_lines(made) -> list[tuple]:
    (ranking,) = rankings.sealed(made.selection.seal)
    return [(line.place, line.name, line.total) for group in ranking.groups for line in group.lines]


def test_csv_json_and_xlsx_tell_the_same_places_and_totals_as_the_seal(sealed):
    found = {form: actions.export_list(sealed.selection, form, by=None) for form in ("csv", "json", "xlsx")}

    typed = csv.DictReader(io.StringIO(found["csv"].decode("utf-8-sig")), delimiter=";")
    told = json.loads(found["json"])["entries"]
    cells = [(row[4], row[8], round(row[10] * 100)) for row in rows_of(found["xlsx"], 0)]
    assert found["csv"].startswith(b"\xef\xbb\xbf")
    assert [(int(r["place"]), r["name"], int(r["total"].replace(",", ""))) for r in typed] == sealed_lines(sealed)
    assert [(r["place"], r["name"], round(r["total"] * 100)) for r in told] == sealed_lines(sealed)
    assert cells == sealed_lines(sealed)


def test_a_name_that_looks_like_a_formula_is_told_by_an_apostrophe_in_the_csv_file(made):
    Candidate.objects.filter(pk=made.nominations[0].candidate_id).update(name="=1+1", kind="company")
    plenary.sealed(made)

    found = actions.export_list(made.selection, "csv", by=None).decode("utf-8-sig")

    assert [row["name"] for row in csv.DictReader(io.StringIO(found), delimiter=";")][0] == "'=1+1"


@pytest.mark.parametrize(("name", "first"), [("a.csv", b"\xef\xbb\xbf"), ("a.json", b"{"), ("a.xlsx", b"PK")])
def test_the_command_writes_the_list_by_the_ending_of_the_file(made, tmp_path, name, first):
    call_command(
        "export_winners", made.selection.slug, "--list", "--output", str(tmp_path / name), stdout=io.StringIO()
    )

    assert (tmp_path / name).read_bytes().startswith(first)
    assert AuditEvent.objects.filter(verb="result.export").count() == 1


@pytest.mark.parametrize(
    ("form", "ending"), [("workbook", "xlsx"), ("", "xlsx"), ("xlsx", "xlsx"), ("csv", "csv"), ("json", "json")]
)
def test_the_page_hands_out_each_form(client, sealed, form, ending):
    client.force_login(builders.committee(sealed.selection))

    answer = client.post(reverse("export-winners", args=[sealed.selection.slug]), {"form": form})

    assert answer["Content-Disposition"].endswith(f'{sealed.selection.slug}.{ending}"')


def test_all_indonesia_tells_sealed_selections_zone_by_zone_and_nothing_of_the_others(sealed):
    edition = sealed.selection.edition
    builders.zone(edition, "Jawa-Bali", sealed.selection.province)
    builders.selection("pleno", at=builders.province("73", "Sulawesi Selatan"))

    found = actions.export_nation(edition, by=builders.appointed(Role.NATIONAL_COMMITTEE, edition))

    book = openpyxl.load_workbook(io.BytesIO(found))
    assert "Jawa-Bali" in book.sheetnames
    places = [(row[5], row[7], round(row[9] * 100)) for row in rows_of(found, book.sheetnames.index("Jawa-Bali"))]
    assert places == sealed_lines(sealed)
    text = {cell.value for sheet in book.worksheets[1:-1] for row in sheet.iter_rows() for cell in row}
    assert not any("Sulawesi" in str(value) for value in text)


def test_all_indonesia_by_command_and_only_for_who_may_take_it(client, sealed, tmp_path):
    edition = sealed.selection.edition
    client.force_login(builders.committee(sealed.selection))

    call_command("export_nation", edition.slug, "--output", str(tmp_path / "a.xlsx"), stdout=io.StringIO())

    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
    assert client.post(reverse("export-nation", args=[edition.slug])).status_code == 403
    client.force_login(builders.appointed(Role.NATIONAL_COMMITTEE, edition))
    assert client.post(reverse("export-nation", args=[edition.slug])).status_code == 302
    assert client.post(reverse("export-nation", args=[edition.slug]), {"take": "1"}).content.startswith(b"PK")


def test_all_indonesia_is_made_beside_the_page_for_whoever_asked(client, sealed, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    edition, htmx = sealed.selection.edition, {"HX-Request": "true"}
    page = reverse("export-nation", args=[edition.slug])
    asker, other = (builders.appointed(Role.NATIONAL_COMMITTEE, edition) for _each in range(2))
    client.force_login(asker)

    client.post(page, {"language": "en"})
    waiting, nothing = client.get(page, headers=htmx), client.post(page, {"take": "1", "language": "xx"})
    nation_jobs.write_nation.call(*DBTaskResult.objects.get().args_kwargs["args"])
    taken = client.post(page, {"take": "1"})

    assert "data-making" in waiting.content.decode() and nothing.status_code == 200
    assert "data-made" in client.get(page, headers=htmx).content.decode()
    assert (taken.content[:2], f"indonesia-{edition.slug}-en.xlsx" in taken["Content-Disposition"]) == (b"PK", True)
    assert AuditEvent.objects.get(verb="result.export-nation").actor == asker
    client.force_login(other)
    assert "data-made" not in client.get(page).content.decode()


def test_who_lost_the_role_meanwhile_gets_no_file(client, sealed, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    edition = sealed.selection.edition
    asker = builders.appointed(Role.NATIONAL_COMMITTEE, edition)
    nation_jobs.begin(edition, "id", by=asker)
    asker.appointments.update(ended_at=timezone.now())

    nation_jobs.write_nation.call(*DBTaskResult.objects.get().args_kwargs["args"])

    assert (nation_jobs.nation_file(edition, asker).phase.state, StagedFile.objects.count()) == ("refused", 0)


def test_the_recap_tells_every_mark_that_counts_and_the_score(made):
    Conflict.objects.create(
        seat=made.seats[1],
        nomination=made.nominations[0],
        kind="recusal",
        reason="Kerabat",
        declared_by=made.seats[1].user,
    )

    first, *others = recaps.of_panel(made.selection)

    kept_out = first.rows[0][2]
    assert [row[1:] for row in first.rows] == [[8_000, kept_out, 8_000], [8_000, 7_000, 7_500], [8_000, 7_000, 7_500]]
    assert isinstance(kept_out, str)
    assert len(others) == 2


def test_the_recap_as_workbook_and_as_pdf_shows_the_same_marks(made):
    chair = made.seats[0].user

    book = actions.export_recap(made.selection, "xlsx", by=chair)
    paper = PdfReader(io.BytesIO(actions.export_recap(made.selection, "pdf", by=chair)))

    assert [row[1:] for row in rows_of(book, 0)] == [(80, 70, 75)] * 3
    text = "\n".join(page.extract_text() for page in paper.pages)
    assert (text.count("80,00"), text.count("70,00"), text.count("75,00")) == (9, 9, 9)
    assert AuditEvent.objects.filter(verb="marks.export").count() == 2


def test_the_recap_is_for_who_may_see_the_marks(client, made):
    address = reverse("recap", args=[made.selection.slug])
    people = [made.seats[0].user, made.seats[1].user, builders.committee(made.selection)]

    answers = []
    for person in people:
        client.force_login(person)
        answers.append((client.get(address).status_code, client.post(address, {"form": "pdf"}).status_code))

    assert answers == [(200, 200), (403, 403), (403, 403)]


def test_a_jurors_own_recap_holds_nobody_elses_mark(client, made):
    client.force_login(made.seats[1].user)

    answer = client.post(reverse("recap-own", args=[made.selection.slug]), {"form": "xlsx"})

    assert {cell for row in rows_of(answer.content, 0) for cell in row if isinstance(cell, int | float)} == {70}


@pytest.mark.parametrize(
    ("rule", "named", "lettered"), [("names", True, False), ("letters", False, True), ("none", False, False)]
)
def test_workbooks_call_jurors_as_the_panel_decided(made, rule, named, lettered):
    Panel.objects.filter(selection=made.selection).update(disclosure=rule)

    book = openpyxl.load_workbook(io.BytesIO(actions.export_winners(made.selection, by=None)), data_only=True)

    heads = {str(cell.value) for sheet in book for cell in sheet[FIRST]}
    names = [str(seat.user) for seat in made.seats]
    assert any(name in head for name in names for head in heads) == named
    assert any(head.endswith((" A", " B")) for head in heads) == lettered
    given = [
        row for sheet in book for row in sheet.iter_rows(min_row=FIRST + 1, values_only=True) if row[2:4] == (70, 80)
    ]
    assert (len(given) == 3) or rule != "none"


def test_the_papers_of_the_interview_days_come_as_workbook_and_pdf(client, held):
    schedule(held, held.nominations[0], 0, "Jepun")
    client.force_login(held.by)
    paths = {
        (paper, form): reverse("interviews-paper-file", args=[held.selection.slug, paper, form])
        for paper in ("susunan-acara", "daftar-hadir")
        for form in ("xlsx", "pdf")
    }

    found = {key: client.get(path).content for key, path in paths.items()}

    name = str(held.nominations[0])
    for paper in ("susunan-acara", "daftar-hadir"):
        assert any(name in row for row in rows_of(found[paper, "xlsx"], 0))
        assert name in PdfReader(io.BytesIO(found[paper, "pdf"])).pages[0].extract_text().replace("\n", " ")
