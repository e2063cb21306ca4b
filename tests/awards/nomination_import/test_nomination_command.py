"""The workbook of nominations on the command line: the same rows, the same questions, answered by an option."""

import io
import re

import pytest
from django.core.management import CommandError, call_command

from awards.models import Nomination
from tests import builders as b
from tests.awards.nomination_import.books import filled, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(client, staff, bali, tmp_path):
    """What the command says of a workbook with these rows."""

    def take(*rows, **options):
        path, out = tmp_path / "nominasi.xlsx", io.StringIO()
        path.write_bytes(filled(client, bali, *rows))
        call_command("import_nominations", str(path), bali.slug, "perusahaan", by=staff.email, stdout=out, **options)
        return out.getvalue().splitlines()

    return take


def test_a_dry_run_says_what_becomes_of_every_row_and_writes_nothing(run):
    said = run(row(), row("CV Laut", npp="KK000002"), dry_run=True)

    assert re.findall("[0-9]+", said[-1])[:2] == ["2", "2"]
    assert not Nomination.objects.exists()


def test_a_question_is_told_with_its_answers_and_answered_by_one(run, jembrana):
    known = b.company(jembrana, "PT Sinar Contoh")
    asked = row("PT. Sinar Contoh", npp="")

    with pytest.raises(CommandError, match=f"--answer 2={known.pk} ") as open_question:
        run(asked)
    run(asked, answer=[f"2={known.pk}"])

    assert open_question.value.returncode == 1
    assert Nomination.objects.get().candidate == known


def test_a_person_who_may_not_nominate_is_refused(client, staff, bali, tmp_path):
    path = tmp_path / "nominasi.xlsx"
    path.write_bytes(filled(client, bali, row()))

    with pytest.raises(CommandError) as refusal:
        call_command("import_nominations", str(path), bali.slug, "perusahaan", by=b.person("Budi").email)

    assert (refusal.value.returncode, Nomination.objects.exists()) == (1, False)


@pytest.mark.parametrize(("selection", "category"), [("2099-51", "perusahaan"), ("2023-51", "pemerintah")])
def test_what_there_is_not_is_said(staff, bali, selection, category):
    with pytest.raises(CommandError, match=selection):
        call_command("import_nominations", "x.csv", selection, category, by=staff.email, template=True)


def test_answers_that_were_not_used_are_told_when_it_refuses(run, jembrana):
    b.company(jembrana, "PT Sinar Contoh")

    with pytest.raises(CommandError, match="9: .*ditanyakan") as refusal:
        run(row("PT Sinar Contoh", npp=""), answer=["2=999999", "9=new"])

    assert "2: “999999” bukan" in str(refusal.value)


def test_an_answer_nobody_asked_for_is_told(run):
    said = run(row(), answer=["9=new"], dry_run=True)

    assert any("9" in line and "ditanyakan" in line for line in said[:-1])
