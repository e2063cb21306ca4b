"""A workbook of nominations: filled in by drop-downs, read whole with all its faults, made whole or not at all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Candidate, Nomination
from awards.stages import NominationState, Stage
from paritrana.accounts.models import AuditEvent
from tests import builders as b
from tests.awards.nomination_import.books import at, blank, confirm, filled, hand_in, row

pytestmark = pytest.mark.django_db


def test_the_template_has_locked_headings_and_a_drop_down_of_the_sectors(client, staff, bali):
    sheet, lists, instructions = blank(client, bali).worksheets

    sources = [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"]
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


def test_a_known_candidate_is_matched_by_its_npp(client, staff, bali, jembrana):
    by_npp = b.company(jembrana, "PT Lama", npp="KK000001")

    confirm(client, bali, hand_in(client, bali, filled(client, bali, row())))

    assert list(Nomination.objects.values_list("candidate", flat=True)) == [by_npp.pk]
    assert Candidate.objects.count() == 1


def test_all_faults_are_told_at_once_and_nothing_is_written(client, staff, bali):
    faulty = row("", region_code="99.99", npp="?", sector="Tambang", **{"part-patuh": 13, "ticked-digital": "fax"})

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

    shown = hand_in(client, bali, filled(client, bali, row(region_code="51.02")))

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


@pytest.mark.parametrize(
    ("basis", "amount", "column"),
    [
        ("penjualan", "Rp 60.000.000.000", "scale_amount"),
        ("penjualan", "60 miliar", "scale_amount"),
        ("penjualan", 60_000_000_000.5, "scale_amount"),
        ("penjualan", 60, "scale_amount"),
        ("penjualan", None, "scale_amount"),
        (None, 60_000_000_000, "scale_basis"),
        ("laba", 60_000_000_000, "scale_basis"),
        ("penjualan", 60_000_000_000, None),
        ("penjualan", "60.000.000.000", None),
    ],
)
def test_a_fault_of_the_scale_stands_under_the_column_it_is_in(client, staff, bali, basis, amount, column):
    bali.categories.update(scales=["menengah", "besar"])

    shown = hand_in(client, bali, filled(client, bali, row(scale_basis=basis, scale_amount=amount)))

    assert [fault.column for fault in shown.context["preview"].faults] == [column] * (column is not None)


def test_a_company_may_sell_for_more_than_a_trillion_rupiah(client, staff, bali):
    amounts = {"scale_basis": "hasil penjualan tahunan", "scale_amount": 12_000_000_000_000}

    shown = hand_in(client, bali, filled(client, bali, row(**amounts)))

    assert (shown.context["preview"].faults, shown.context["preview"].new) == ([], 1)


@pytest.mark.parametrize(
    ("column", "typed", "told"),
    [
        ("npp", "KK 000001", "KK000001"),
        ("npp", "NPP 12345678", "12345678"),
        ("npp", "1.2345678E+07", "teks"),
        ("nib", "123456789012", "0123456789012"),
        ("nib", "123 456 789 0123", "1234567890123"),
        ("kbli", "4-7111", "47111"),
        ("region_code", "5101", "51.01"),
        ("name", "-", "bukan nama"),
    ],
)
def test_a_fact_written_otherwise_is_refused_with_what_was_meant(client, staff, bali, column, typed, told):
    shown = hand_in(client, bali, filled(client, bali, row(**{column: typed})))

    assert [(fault.column, told in fault.message) for fault in shown.context["preview"].faults] == [(column, True)]
