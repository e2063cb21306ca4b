"""A workbook of nominations: filled in by drop-downs, read whole with all its faults, made whole or not at all."""

import io

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from awards.models import Candidate, Criterion, Nomination, Sector
from awards.nomination_import import views
from awards.nomination_import.columns import columns_of
from awards.stages import NominationState, Stage
from paritrana.accounts.models import AuditEvent
from tests import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A busy machine must not show the progress where a test looks for the result."""
    monkeypatch.setattr(views, "PATIENCE", 60)


@pytest.fixture
def jembrana():
    return b.regency("51.01", "Kabupaten Jembrana")


@pytest.fixture
def bali(jembrana):
    category = b.category(slug="perusahaan", kind="company")
    made = b.rubric(category, ("patuh", "ratio", 4000), ("digital", "checklist", 3000), ("inovasi", "mark", 3000))
    rules = {
        "patuh": {"part": "bulan tepat", "whole": "bulan", "fixed": 12},
        "digital": {
            "items": [
                {"code": "sipp", "label": "SIPP", "points": 5000, "scales": []},
                {"code": "jmo", "label": "JMO", "points": 5000, "scales": []},
            ]
        },
    }
    for slug, each in rules.items():
        Criterion.objects.filter(slug=slug).update(rules=each)
    b.title(made)
    Sector.objects.create(category=category, slug="jasa", name="Jasa")
    return b.selection(Stage.NOMINATION)


@pytest.fixture
def staff(client, jembrana):
    user = b.branch_staff(jembrana)
    client.force_login(user)
    return user


def at(selection, name, *more):
    return reverse(name, args=[selection.slug, "perusahaan", *more])


def blank(client, selection):
    content = client.get(at(selection, "nominations-template")).content
    return openpyxl.load_workbook(io.BytesIO(content))


def filled(client, selection, *rows):
    """The template with rows given by the keys of the columns, as a person would fill it in."""
    with translation.override(settings.LANGUAGE_CODE):
        keys = [column.key for column in columns_of(selection, selection.categories.get(slug="perusahaan"))]
    book = blank(client, selection)
    for number, row in enumerate(rows, 2):
        for key, value in row.items():
            book.worksheets[0].cell(number, keys.index(key) + 1).value = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def row(name="PT Angin Timur", **more):
    given = {
        "name": name,
        "region": "51.01",
        "npp": "KK000001",
        "sector": "Jasa",
        "part-patuh": 11,
        "ticked-digital": "sipp",
    }
    return given | more


def hand_in(client, selection, content):
    file = SimpleUploadedFile("nominasi.xlsx", content)
    return client.post(at(selection, "nominations-upload"), {"file": file}, follow=True)


def confirm(client, selection, shown, **changed):
    upload, preview = shown.context["upload"], shown.context["preview"]
    sent = {"digest": upload.digest, "fingerprint": preview.fingerprint} | changed
    return client.post(at(selection, "nominations-upload-read", upload.key), sent)


def test_the_template_has_locked_headings_and_a_drop_down_of_the_sectors(client, staff, bali):
    sheet, lists, instructions = blank(client, bali).worksheets

    sources = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert sheet.protection.sheet
    assert sheet["A1"].protection.locked
    assert len(sources) == 2
    assert {cell.value for column in lists.iter_cols() for cell in column} >= {"Jasa"}
    assert instructions.max_row > 5


def test_a_filled_template_becomes_drafts_with_candidates_and_answers(client, staff, bali, jembrana):
    amounts = {"scale_basis": "modal", "scale_amount": 20_000_000_000}
    shown = hand_in(
        client, bali, filled(client, bali, row(**amounts), row("CV Laut", npp="", **{"ticked-digital": "-"}))
    )
    before = Nomination.objects.count()

    answer = confirm(client, bali, shown)

    assert (before, answer.status_code, shown.context["preview"].new) == (0, 302, 2)
    first, second = Nomination.objects.order_by("pk")
    assert (first.candidate.npp, first.candidate.scale, first.sector.slug, first.state) == (
        "KK000001",
        "besar",
        "jasa",
        NominationState.DRAFT,
    )
    assert {one.criterion.slug: one.value for one in first.answers.select_related("criterion")} == {
        "patuh": {"part": 11, "whole": 12},
        "digital": {"ticked": ["sipp"]},
    }
    assert second.answers.get(criterion__slug="digital").value == {"ticked": []}
    assert AuditEvent.objects.get(verb="nomination.upload").detail["nominations"] == 2


def test_known_candidates_are_matched_by_npp_or_by_name_in_the_same_region(client, staff, bali, jembrana):
    by_npp = b.company(jembrana, "PT Lama", npp="KK000001")
    by_name = b.company(jembrana, "PT. Contoh Jaya, Tbk")
    content = filled(client, bali, row(), row("CONTOH JAYA PT", npp=""))

    confirm(client, bali, hand_in(client, bali, content))

    assert list(Nomination.objects.order_by("pk").values_list("candidate", flat=True)) == [by_npp.pk, by_name.pk]
    assert Candidate.objects.count() == 2


def test_all_faults_are_told_at_once_and_nothing_is_written(client, staff, bali):
    faulty = row("", region="99.99", npp="?", sector="Tambang", **{"part-patuh": 13, "ticked-digital": "fax"})

    shown = hand_in(client, bali, filled(client, bali, row(), faulty, row()))
    answer = confirm(client, bali, shown)

    faults = shown.context["preview"].faults
    assert [fault.row for fault in faults] == [3, 3, 3, 3, 3, 3, 4]
    assert len({fault.column for fault in faults if fault.row == 3}) == 6
    assert answer.status_code == 409
    assert not Nomination.objects.exists()
    assert not Candidate.objects.exists()


@pytest.mark.parametrize(("column", "cell", "meant"), [("kbli", 1111, "01111"), ("npp", 1122334, "01122334")])
def test_a_number_that_lost_its_zeros_is_refused_with_what_it_should_be(client, staff, bali, column, cell, meant):
    shown = hand_in(client, bali, filled(client, bali, row(**{column: cell})))

    (fault,) = shown.context["preview"].faults
    assert (fault.row, fault.column, meant in str(fault.message)) == (2, column, True)


def test_the_same_file_again_makes_nothing(client, staff, bali):
    content = filled(client, bali, row())
    confirm(client, bali, hand_in(client, bali, content))

    again = hand_in(client, bali, content)

    assert (again.context["preview"].same, again.context["preview"].changes) == (1, [])
    assert Nomination.objects.count() == 1


def test_what_is_confirmed_is_what_was_shown(client, staff, bali, jembrana):
    shown = hand_in(client, bali, filled(client, bali, row()))
    b.company(jembrana, "PT Lama", npp="KK000001")

    stale = confirm(client, bali, shown)
    forged = confirm(client, bali, shown, digest="0" * 64)

    assert (stale.status_code, forged.status_code) == (409, 409)
    assert not Nomination.objects.exists()


def test_a_branch_nominates_from_its_own_area_only(client, staff, bali):
    b.regency("51.02", "Kabupaten Tabanan")

    shown = hand_in(client, bali, filled(client, bali, row(region="51.02")))

    assert [fault.row for fault in shown.context["preview"].faults] == [2]


def test_a_file_for_one_selection_is_taken_for_no_other_and_governments_have_none(client, staff, bali, jembrana):
    shown = hand_in(client, bali, filled(client, bali, row()))
    b.category(slug="pemerintah", kind="regency")
    other = b.selection(Stage.NOMINATION, b.edition(2024))
    other.categories.add(bali.categories.get(slug="perusahaan"))
    bali.categories.add(b.category(slug="pemerintah", kind="regency"))

    assert client.get(at(other, "nominations-upload-read", shown.context["upload"].key)).status_code == 404
    assert client.get(reverse("nominations-template", args=[bali.slug, "pemerintah"])).status_code == 404


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_looking_costs_the_same_for_one_row_and_for_many(client, staff, bali):
    def look(*rows):
        key = hand_in(client, bali, filled(client, bali, *rows)).context["upload"].key
        return queries(client, at(bali, "nominations-upload-read", key))

    assert look(row()) == look(*[row(f"PT Nomor {number}", npp=f"KK{number:06}") for number in range(30)])
