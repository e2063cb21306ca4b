"""Adding a kind of criterion is adding one class: every page and file of the portal then knows it."""

import io

import openpyxl
import pytest
from django.urls import reverse

from awards.criteria.kinds import KINDS
from awards.editions.export import spelled
from awards.editions.rubric_actions import read_document
from awards.editions.rubric_documents import present, write_rubric
from awards.editions.rubric_forms import RubricForm, tree_of
from awards.models import Answer, Criterion
from awards.nomination_import.columns import answer_columns, answer_of
from awards.stages import NominationState, Stage
from scoring import verify_seal
from scoring.exports import actions
from scoring.exports.workbook import HEAD_ROW
from scoring.standings import store
from tests import builders
from tests.awards.criteria.new_kind import Days

pytestmark = pytest.mark.django_db
HEAD = HEAD_ROW + 1
TITLE = ["pemerintah-kabupaten-kota", "terbaik"]
TRAINING = {"slug": "pelatihan", "name": "Pelatihan", "kind": "days", "weight": "100.00", "most": 8}
DOCUMENT = {"rubric": [{"slug": "aspek", "name": "Aspek", "criteria": [TRAINING]}], "titles": []}
"""Eight days earn 100, so five earn 62.50."""


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    monkeypatch.setitem(KINDS, Days.name, Days())


@pytest.fixture
def jembrana():
    return builders.regency("51.01", "Kabupaten Jembrana")


@pytest.fixture
def rubric():
    made = write_rubric(builders.category(), read_document(DOCUMENT), version=1)
    builders.title(made)
    return made


@pytest.fixture
def training(rubric):
    return Criterion.objects.get(slug="pelatihan")


@pytest.fixture
def ranked(training, jembrana):
    """A selection in its plenary with one candidate, who trained for five days."""
    selection = builders.selection(Stage.PLENARY)
    nomination = builders.nomination(selection, jembrana, NominationState.VERIFIED)
    Answer.objects.create(nomination=nomination, criterion=training, value={"days": 5})
    store.refresh(selection)
    return nomination


def page(client, user, name, *arguments, **sent):
    client.force_login(user)
    url = reverse(name, args=arguments)
    return client.post(url, sent) if sent else client.get(url)


def test_a_document_with_the_kind_is_read_written_and_spelled_again(rubric):
    again = spelled(read_document(DOCUMENT))

    assert present(rubric.category).aspects.get().criteria.get().rules == {"most": 8}
    assert again["rubric"][0]["criteria"] == [TRAINING]


def test_the_editor_has_the_fields_of_the_rule_and_reads_them_back():
    document = read_document(DOCUMENT)

    form = RubricForm(tree_of(document), before=document, is_sent=True)

    assert form["rubric-0-criteria-0-most"].label == "Days that earn 100"
    assert ("days", "days of training") in form.fields["rubric-0-criteria-0-kind"].choices
    assert (form.errors, form.wanted) == ({}, document)


def test_the_page_of_the_rubric_tells_the_rule(client, rubric):
    designer = builders.appointed("national-committee", rubric.category.edition)

    shown = page(client, designer, "rubric-version", rubric.category.edition.slug, rubric.category.slug, 1)

    assert "days of training" in shown.content.decode()
    assert "8 days earn 100" in shown.content.decode()


def test_the_form_of_a_nomination_asks_it_and_stores_the_answer(client, training, jembrana):
    staff = builders.branch_staff(jembrana)
    nomination = builders.nomination(builders.selection(Stage.NOMINATION), jembrana, by=staff)
    box = f"days-{training.pk}"

    shown = page(client, staff, "nomination-answers", nomination.pk)
    page(client, staff, "nomination-answers-keep", nomination.pk, **{box: "5", "version": "1"})

    assert f'name="{box}"' in shown.content.decode()
    assert Answer.objects.get().value == {"days": 5}


def test_the_workbook_of_nominations_has_its_column_and_reads_it(training, jembrana):
    columns = answer_columns(builders.selection(Stage.NOMINATION), builders.category())

    [column] = [one for _part, one in columns[training] if one.name == "days-pelatihan"]

    assert (column.heading, column.is_number) == ("Pelatihan: days [pelatihan]", True)
    assert answer_of(training, {"days": 5}, builders.candidate(jembrana)) == {"days": 5}


def test_the_standings_have_its_score(ranked):
    [row] = ranked.standings.all()

    assert (row.place, row.scores, row.total) == (1, {"pelatihan": 6_250}, 6_250)


def test_the_trace_explains_it_and_calculates_it(client, ranked):
    reader = builders.committee(ranked.selection)

    shown = page(client, reader, "trace", ranked.selection.slug, *TITLE, ranked.pk)

    [step] = shown.context["steps"]
    assert (step.text, step.score) == ("5 days", 6_250)
    assert "62,50" in step.sum


def test_who_gave_no_answer_is_listed_with_the_reason(ranked):
    Answer.objects.all().delete()

    store.refresh(ranked.selection)

    [row] = ranked.standings.all()
    assert (row.place, row.reasons) == (None, [["answer-missing", "Pelatihan"]])


def test_the_winners_workbook_has_its_rule_its_figure_and_its_formula(ranked):
    content = actions.export_winners(ranked.selection, by=None)

    formulas, values = (openpyxl.load_workbook(io.BytesIO(content), data_only=only) for only in (False, True))
    [scores] = [sheet.title for sheet in values if "Pelatihan: days" in {cell.value for cell in sheet[HEAD]}]
    [rules] = [sheet.title for sheet in values if sheet["C7"].value == "days"]
    assert (values[scores]["D5"].value, values[scores]["E5"].value, values[rules]["F7"].value) == (5, 62.5, 8)
    most = f"'{rules}'!$F$7"
    assert formulas[scores]["E5"].value == f'=IF(COUNT(D5)=0,"",ROUND(MIN(D5,{most})*10000/{most},0)/100)'


def test_no_migration_follows_a_kind():
    assert Criterion._meta.get_field("kind").choices is None


def test_the_name_of_every_kind_fits_its_column_on_every_database():
    longest = Criterion._meta.get_field("kind").max_length

    assert [name for name in KINDS if len(name) > longest] == []


def test_the_verifier_on_its_own_knows_every_kind_of_the_portal():
    assert set(verify_seal.SCORES) == set(KINDS) - {Days.name}
