import io

import openpyxl
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from awards.models import Candidate, TieRule
from awards.stages import Stage
from paritrana.accounts.models import AuditEvent
from scoring.exports import actions
from scoring.exports.workbook import HEAD_ROW, book, sheet_name
from scoring.standings import rankings
from tests import builders
from tests.once import each_once
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db
HEAD = HEAD_ROW + 1


STATES = {"made": plenary.plenary, "sealed": plenary.sealed_bench}
built, made, sealed = each_once(STATES)


def told(word: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return gettext(word)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def exported(made, values: bool = True) -> openpyxl.Workbook:
    """With the values kept beside the formulas, or else with the formulas."""
    content = actions.export_winners(made.selection, by=None)
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def table(sheet) -> list[dict]:
    head = [cell.value for cell in sheet[HEAD]]
    return [dict(zip(head, row, strict=True)) for row in sheet.iter_rows(min_row=HEAD + 1, values_only=True)]


def test_the_workbook_says_what_the_seal_says(sealed):
    seal = sealed.selection.seal
    (ranking,) = rankings.sealed(seal)

    rows = table(exported(sealed).worksheets[2])

    assert [(row[told("Place")], row[told("Code")], row[told("Name")], row[told("Total")]) for row in rows] == [
        (line.place, line.code, line.name, line.total / 100) for line in ranking.groups[0].lines
    ]


def test_the_winners_sheet_holds_the_places_and_nobody_else(made):
    title = plenary.title_of(made)
    title.places = 2
    title.save()
    plenary.sealed(made)

    rows = table(exported(made)[told("Winners")])

    assert [(row[told("Title")], row[told("Place")], row[told("Code")]) for row in rows] == [
        ("Terbaik", 1, "51.01"),
        ("Terbaik", 2, "51.02"),
    ]


def test_scores_and_totals_are_numbers_with_two_decimals_and_places_whole_numbers(sealed):
    book = exported(sealed)
    sheet = book.worksheets[2]

    columns = [cell.value for cell in sheet[HEAD]]
    total = sheet.cell(HEAD + 1, columns.index(told("Total")) + 1)
    place = sheet.cell(HEAD + 1, columns.index(told("Place")) + 1)
    scores = [sheet.cell(HEAD + 1, number) for number in range(7, 12)]
    assert (total.value, total.data_type, total.number_format) == (92.5, "n", "0.00")
    assert (place.value, place.data_type, place.number_format) == (1, "n", "0")
    assert [(cell.value, cell.number_format) for cell in scores] == [
        (75, "0.00"),
        (75, "0.00"),
        (75, "0.00"),
        (100, "0.00"),
        (100, "0.00"),
    ]


def test_every_table_is_ready_to_be_read_and_printed(made):
    made.nominations[2].answers.all().delete()
    plenary.sealed(made)

    tables = exported(made).worksheets[1:]

    assert len(tables) == 8
    for sheet in tables:
        assert sheet.freeze_panes.strip("ABCDEFG") == str(HEAD + 1)
        assert sheet.auto_filter.ref.startswith(f"A{HEAD}:")
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.print_title_rows in {f"${HEAD}:${HEAD}", f"${HEAD - 1}:${HEAD}"}
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert min(dimension.width for dimension in sheet.column_dimensions.values()) >= 8


def test_a_title_prints_on_one_page_up_to_its_total(made):
    plenary.sealed(made)

    sheet = exported(made).worksheets[2]

    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, None)  # one and one
    names = [cell.value for cell in sheet[HEAD]]
    last = f"${sheet.cell(HEAD, names.index(told('Total')) + 1).column_letter}${HEAD + 3}"
    assert sheet.print_area == f"'{sheet.title}'!$A$1:{last}"
    assert told("Award") in names[: names.index(told("Total"))]


def test_a_table_of_several_pages_has_its_title_on_each(made, monkeypatch):
    """In the first cell it would be cut on later pages, where the columns that are repeated end."""
    monkeypatch.setattr(book, "PAGE_WIDTH", 60)
    plenary.sealed(made)

    wide = [one for one in exported(made).worksheets if one.print_title_cols]

    assert len(wide) >= 2
    for sheet in wide:
        assert sheet.page_setup.fitToWidth > 1
        assert sheet["A1"].value in sheet.oddHeader.left.text
        assert sheet.print_area.split("!")[1].startswith(sheet.print_title_rows.split(":")[0].replace("$", "$A$", 1))


@pytest.mark.parametrize(
    ("text", "written"), [("Tekstil & Kulit", "Tekstil && Kulit"), ("x" * 179 + "&Roti", "x" * 179 + "&&")]
)
def test_no_ampersand_of_a_text_becomes_a_code_of_the_footer(text, written):
    assert book._printed(text) == written


def test_an_aspect_that_breaks_ties_is_called_by_its_name(made):
    title = plenary.title_of(made)
    TieRule.objects.create(title=title, order=1, aspect=title.rubric.aspects.get())
    plenary.sealed(made)

    names = {cell.value for sheet in exported(made).worksheets for cell in sheet[HEAD]}

    aspect = title.rubric.aspects.get()
    assert told("Aspect: %(name)s") % {"name": aspect.name} in names
    assert not [name for name in names if name and name.endswith(f": {aspect.slug}")]


def test_figures_of_a_column_align_at_the_comma(sealed):
    sheet = exported(sealed).worksheets[2]

    formats = {sheet.cell(HEAD + 1, column).number_format for column in range(7, sheet.max_column)}

    assert formats == {"0.00", "0.00????"}


def test_the_cover_lists_every_sheet_and_leads_to_it(sealed):
    cover, *others = exported(sealed).worksheets

    named = {row[0].value: row[0].hyperlink.location for row in cover.iter_rows() if row[0].hyperlink}

    assert named == {sheet.title: f"'{sheet.title}'!A1" for sheet in others}


def test_text_of_users_never_becomes_a_formula_or_a_link(made):
    names = ['=HYPERLINK("http://x","y")', "+1", "https://contoh.example"]
    for nomination, name in zip(made.nominations, names, strict=True):
        Candidate.objects.filter(pk=nomination.candidate_id).update(name=name, kind="company")
    plenary.sealed(made)

    sheet = exported(made).worksheets[2]

    cells = [sheet.cell(row, 4) for row in range(HEAD + 1, HEAD + 4)]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [(name, "s", None) for name in names]


def test_the_cover_names_selection_stage_digest_and_exporter(sealed):
    seal = sealed.selection.seal
    user = builders.person("Ni Luh", office="Kanwil Banuspa")

    cover = opened(actions.export_winners(sealed.selection, by=user)).worksheets[0]

    values = {cover.cell(row, 2).value for row in range(1, 15)}
    assert {sealed.selection.edition.label, seal.digest, "Ni Luh, Kanwil Banuspa"} <= values
    assert any(str(value).endswith("WITA") for value in values)


def labels(book) -> list[bool]:
    """Whether the cover says: example data, provisional."""
    words = {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    return [told("Example data") in words, told("PROVISIONAL - not sealed") in words]


def test_example_data_and_provisional_figures_are_labelled(made):
    assert labels(exported(made)) == [False, True]
    made.selection.edition.is_example = True
    made.selection.edition.save()
    assert labels(exported(made)) == [True, True]
    plenary.sealed(made)
    assert labels(exported(made)) == [True, False]


def test_who_is_not_ranked_stands_on_a_sheet_of_its_own_with_the_reason(made):
    made.nominations[2].answers.all().delete()

    rows = table(exported(made)[told("Not ranked")])

    assert [(row[told("Code")], bool(row[told("Reason")])) for row in rows] == [("51.03", True)]


def test_every_download_is_in_the_trail(client, sealed):
    seal = sealed.selection.seal
    user = builders.committee(sealed.selection)
    client.force_login(user)
    address = reverse("export-winners", args=[sealed.selection.slug])

    client.get(address)
    assert AuditEvent.objects.filter(verb="result.export").count() == 0
    answer = client.post(address)

    event = AuditEvent.objects.get(verb="result.export")
    assert (event.actor, event.detail["digest"]) == (user, seal.digest)
    assert answer["Content-Disposition"] == f'attachment; filename="pemenang-{sealed.selection.slug}.xlsx"'
    assert opened(answer.content)[told("Winners")].max_row == HEAD + 3


def test_the_page_exports_nothing_before_the_seal(client, made):
    client.force_login(builders.committee(made.selection))

    assert client.post(reverse("export-winners", args=[made.selection.slug])).status_code == 403
    assert AuditEvent.objects.filter(verb="result.export").count() == 0


def test_the_command_writes_the_file_and_the_trail(made, tmp_path):
    target = tmp_path / "pemenang.xlsx"

    call_command("export_winners", made.selection.slug, "--output", str(target), stdout=io.StringIO())

    assert labels(opened(target.read_bytes())) == [False, True]
    assert AuditEvent.objects.get(verb="result.export").actor is None


@pytest.mark.parametrize("name", ["pemenang.xls", "tidak-ada/pemenang.xlsx"])
def test_a_file_that_cannot_be_written_is_refused_without_a_trace(made, tmp_path, name):
    with pytest.raises(CommandError) as refusal:
        call_command("export_winners", made.selection.slug, "--output", str(tmp_path / name))

    assert (refusal.value.returncode, AuditEvent.objects.filter(verb="result.export").count()) == (1, 0)


def test_an_unknown_selection_is_refused(made, tmp_path):
    with pytest.raises(CommandError, match=made.selection.slug):
        call_command("export_winners", "tidak-ada", "--output", str(tmp_path / "x.xlsx"))


def test_a_selection_that_is_announced_exports_its_seal(made):
    plenary.announced(made)

    rows = table(exported(made).worksheets[2])

    assert (made.selection.stage, [row[told("Code")] for row in rows]) == (Stage.ANNOUNCED, ["51.01", "51.02", "51.03"])


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("Terbaik Sumatera", set(), "Terbaik Sumatera"),
        ("A/B: C*D?[E]\\", set(), "A B C D E"),
        ("x" * 40, set(), "x" * 31),
        ("Terbaik", {"terbaik"}, "Terbaik (2)"),
        ("x" * 40, {"x" * 31}, "x" * 27 + " (2)"),
        ("'kutip'", set(), "kutip"),
        ("History", set(), "History (2)"),
        ("///", set(), "-"),
    ],
)
def test_names_of_sheets_are_legal_and_unique(wanted, taken, name):
    assert sheet_name(wanted, taken) == name
