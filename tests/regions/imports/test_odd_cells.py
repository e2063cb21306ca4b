"""Cells as people and programs write them: taken as they are meant, or refused with what was probably meant."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from paritrana.display.numbers import read_count
from paritrana.intake import Column
from paritrana.intake.fields import ChosenField, CountedField, DayCellField, ShareField, TextField
from paritrana.workbooks import grid
from paritrana.workbooks.cells import taken
from paritrana.workbooks.headings import likened
from regions.imports.definitions import TerritoryField
from regions.imports.fields import BranchField, RegionField, SegmentField, SegmentSetField
from regions.imports.region_names import NamedRegions
from tests import builders as b


@pytest.fixture(autouse=True)
def indonesian():
    with translation.override("id"):
        yield


def said(field, cell):
    """What the cell is taken for, or the refusal."""
    try:
        return Column("x", field).read(cell)
    except ValidationError as refusal:
        return refusal.messages[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("52 ribu", "52.000"),
        ("1,5 juta", "1.500.000"),
        ("60 miliar", "60.000.000.000"),
        ("5.000 orang", "5.000"),
        ("5 jiwa", "5"),
        ("±5000", "5.000"),
        ("5000*", "5.000"),
        ("Rp 60.000.000.000", "60.000.000.000"),
        ("Rp60.000,-", "60.000"),
        ("1.234 TK", "1.234"),
        ("1.234 org", "1.234"),
        ("24.080 tenaga kerja", "24.080"),
    ],
)
def test_a_number_with_words_around_it_is_refused_with_the_number_meant(typed, meant):
    assert f" {meant}," in said(CountedField(), typed)


@pytest.mark.parametrize(("cell", "count"), [("10.0", 10), ("5.0", 5), ("1000.0", 1000), (10.0, 10)])
def test_a_whole_number_with_a_zero_behind_the_point_is_whole(cell, count):
    assert read_count(cell) == count


@pytest.mark.parametrize("cell", ["10.5", "5.00", "1.0.0", "-5.0"])
def test_any_other_decimal_is_no_count(cell):
    with pytest.raises(ValidationError):
        read_count(cell)


@pytest.mark.parametrize(("cell", "is_taken"), [(0.31, False), (31.5, True), (0, True), ("0,31", False), (1.0, True)])
def test_a_number_below_one_may_be_a_percentage_without_its_format(cell, is_taken):
    assert isinstance(said(ShareField(max_value=10_000), cell), int) is is_taken


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 Agt 2019", "2024-12-31"),
        ("43830", "2019-12-31"),
        ("01/02/2019", "1 Februari 2019; 2 Januari 2019"),
        ("20190831", "2019-08-31"),
        ("31-08-19", "2019-08-31"),
        ("31-Agu-19", "2019-08-31"),
        ("Des-2016", "2024-12-31"),
    ],
)
def test_a_day_in_another_order_is_refused_with_the_day_meant(typed, meant):
    assert meant in said(DayCellField(), typed)


def test_a_day_with_midnight_behind_it_is_that_day():
    days = {said(DayCellField(), f"2021-12-31{rest}") for rest in ("", " 00:00:00", "T00:00:00", " 00:00")}

    assert days == {date(2021, 12, 31)}


@pytest.mark.parametrize("cell", [198001012005011008, 10**15])
def test_a_long_code_as_a_number_has_lost_digits_and_is_refused(cell):
    assert "15" in said(TextField(), cell)


@pytest.mark.parametrize(
    ("text", "is_taken"), [("1.98001E+17", False), ("1,2E+15", False), ("E+10", True), ("1E+5", True)]
)
def test_a_long_code_a_text_table_shortened_is_refused(text, is_taken):
    assert isinstance(taken(text), grid.RefusedCell) is not is_taken


def test_a_word_in_letters_of_another_alphabet_is_refused_with_the_letters():
    field = ChosenField(options=lambda: {"PU": 1, "BPU": 2}, label_of={1: "PU", 2: "BPU"}.get)

    refused = said(field, "РU")

    assert "U+0420" in refused
    assert "“PU”" in refused


@pytest.mark.parametrize("heading", ["Kode wilayah*", "Kode wilayah :", "kode_wilayah *"])
def test_the_star_of_a_needed_column_is_no_part_of_its_heading(heading):
    assert likened(heading.lower()) == "kode wilayah"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Provinsi", "province"),
        ("province", "province"),
        ("kabupaten/kota", "regency or city"),
        ("Kab./Kota", "regency or city"),
        ("Kabupaten atau kota", "regency or city"),
        ("before the 2022 split", "before the 2022 split"),
    ],
)
def test_the_usual_territories_are_one_however_they_are_written(written, read):
    assert said(TerritoryField(), written) == read


@pytest.mark.parametrize(("typed", "meant"), [("provnsi", "provinsi"), ("kabupten/kota", "kabupaten/kota")])
def test_a_misspelt_territory_makes_no_new_one(typed, meant):
    assert f" {meant};" in said(TerritoryField(), typed)


class TestRegionsAndSegments:
    @pytest.fixture(autouse=True)
    def badung(self, db):
        b.segment("PU")
        return b.regency("51.03", "Kabupaten Badung")

    @pytest.mark.parametrize(
        "typed",
        ["51,03", "51 03", "51.03.", "'51.03", "5103", "Kabupaten Badung", "51-03", "51.03 Badung", "Badung (51.03)"],
    )
    def test_a_code_with_other_marks_or_a_name_is_refused_with_the_code(self, typed):
        assert "51.03 (Kabupaten Badung)" in said(RegionField(), typed)

    @pytest.mark.parametrize("typed", ["51.99", "Badung City", "519", "x", "51.03.01"])
    def test_of_anything_else_nothing_is_proposed(self, typed):
        assert "Badung" not in said(RegionField(), typed).replace("Badung City", "")

    def test_a_segment_is_known_by_its_name_too(self):
        field = SegmentField()
        names = {segment.name for segment in field.known.values()}

        assert {
            said(field, name).code
            for name in [*names, "pu", *(f"PU ({name})" for name in names), f"Pekerja {next(iter(names))}"]
        } == {"PU"}


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["Denpasar", "KC Denpasar", "Kantor Cabang Denpasar"])
def test_a_branch_called_by_a_part_of_its_name_is_proposed(typed):
    b.branch("Bali Denpasar")

    assert "Bali Denpasar" in said(BranchField(), typed)
    assert said(BranchField(), "Cabang Bali Denpasar").name == "Bali Denpasar"


@pytest.mark.parametrize("typed", ["PU dan BPU", "PU/BPU", "BPU + PU", "PU, BPU"])
@pytest.mark.django_db
def test_segments_between_any_usual_signs_are_the_same_set(typed):
    for code in ("PU", "BPU"):
        b.segment(code)

    assert said(SegmentSetField(), typed) == "PU+BPU"


@pytest.mark.parametrize("cell", [0.31456, "0,31456", ",31456"])
def test_of_a_share_below_one_with_many_decimals_both_readings_are_told(cell):
    assert {"0,31456", "31,456"} <= set(said(ShareField(), cell).replace("%", "").split())


def test_a_percentage_in_words_is_refused_with_the_figure_meant():
    assert "31,50" in said(ShareField(), "31,5 persen")


def test_a_negative_number_of_bookkeepers_is_below_zero():
    assert said(CountedField(), "(52.300)") == said(CountedField(), "-52.300").replace("-52.300", "(52.300)")


@pytest.mark.parametrize(("cell", "year"), [("2025", 2025), ("2025.0", 2025), ("2024/2025", None), ("2024-25", None)])
def test_of_two_years_in_a_cell_none_is_taken_before_a_person_says_which(cell, year):
    assert NamedRegions().year_of({"year": cell}) == year
