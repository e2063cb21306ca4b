"""What is typed is read strictly: one meaning, or a refusal that names the value it seems to mean."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from paritrana.display.numbers import (
    LARGEST,
    CountField,
    HundredthsField,
    Percentage,
    parse_count,
    parse_hundredths,
    read_code,
    read_count,
    read_hundredths,
    show_count,
    show_hundredths,
)


@pytest.fixture(autouse=True)
def in_indonesian():
    with translation.override("id"):
        yield


def refusal(parse, value):
    with pytest.raises(ValidationError) as caught:
        parse(value)
    return caught.value.code, (caught.value.params or {}).get("meant")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("12", 12),
        ("1234567", 1234567),
        ("1.234", 1234),
        ("1.234.567", 1234567),
        (" 850 ", 850),
        ("999999999999", LARGEST),
    ],
)
def test_a_plain_or_indonesian_count_is_read(text, value):
    assert parse_count(text) == value


@pytest.mark.parametrize(
    ("text", "code", "meant"),
    [
        ("1,234", "ambiguous", "1.234"),
        ("1,234,567", "ambiguous", "1.234.567"),
        ("1 234 567", "ambiguous", "1.234.567"),
        ("1.234,00", "ambiguous", "1.234"),
        ("12.0", "ambiguous", "12"),
        ("1e3", "ambiguous", "1.000"),
        ("12O", "ambiguous", "120"),
        ("l2", "ambiguous", "12"),
        ("\uff11\uff12", "ambiguous", "12"),
        ("007", "ambiguous", "7"),
        ("+5", "ambiguous", "5"),
        ("1.23", "not-whole", "1,23"),
        ("0,5", "not-whole", "0,5"),
        ("-5", "negative", None),
        ("\N{MINUS SIGN}5", "negative", None),
        ("1000000000000", "too-large", None),
        ("9" * 5000, "not-a-number", None),
        ("1.2.3", "not-a-number", None),
        ("NaN", "not-a-number", None),
        ("Infinity", "not-a-number", None),
        ("1_000", "not-a-number", None),
        ("\u0663", "not-a-number", None),
        ("\u00bd", "not-a-number", None),
        ("", "not-a-number", None),
        ("1\x00", "not-a-number", None),
    ],
)
def test_a_count_that_is_not_plain_is_refused_with_the_value_it_seems_to_mean(text, code, meant):
    assert refusal(parse_count, text) == (code, meant)


@pytest.mark.parametrize(
    ("text", "value"),
    [("85,5", 8550), ("85.5", 8550), ("85,50", 8550), ("85", 8500), ("0,05", 5), ("100", 10000), ("1.234,56", 123456)],
)
def test_up_to_two_decimals_are_read_with_comma_or_point(text, value):
    assert parse_hundredths(text) == value


@pytest.mark.parametrize(
    ("text", "code", "meant"),
    [
        ("85.125", "ambiguous", "85,13"),
        ("85,124", "ambiguous", "85,12"),
        ("1.234", "ambiguous", "1,23"),
        ("1,234.56", "ambiguous", "1234,56"),
        ("1e3", "ambiguous", "1000,00"),
        ("12O", "ambiguous", "120,00"),
        ("\uff18\uff15", "ambiguous", "85,00"),
        ("085", "ambiguous", "85,00"),
        ("85,", "ambiguous", "85,00"),
        ("-1", "negative", None),
        ("NaN", "not-a-number", None),
        ("85,,5", "not-a-number", None),
        (".5", "not-a-number", None),
        ("", "not-a-number", None),
    ],
)
def test_a_figure_that_is_not_plain_is_refused_with_the_value_it_seems_to_mean(text, code, meant):
    assert refusal(parse_hundredths, text) == (code, meant)


@pytest.mark.parametrize("language", ["id", "en"])
@given(value=st.integers(min_value=0, max_value=LARGEST))
def test_what_is_shown_in_a_box_is_read_back_as_the_same_value(language, value):
    with translation.override(language):
        assert parse_count(show_count(value)) == value
        assert parse_hundredths(show_hundredths(value)) == value


def outcome(parse, text, language):
    with translation.override(language):
        try:
            return parse(text)
        except ValidationError as error:
            return error.code


@given(text=st.text(alphabet="0123456789.,- eO", max_size=12))
def test_the_language_never_changes_what_a_text_means_or_whether_it_is_refused(text):
    for parse in (parse_count, parse_hundredths):
        assert outcome(parse, text, "en") == outcome(parse, text, "id")


@given(text=st.text(max_size=60))
def test_no_text_makes_the_reader_fail_otherwise_than_by_refusing(text):
    for parse in (parse_count, parse_hundredths):
        try:
            assert parse(text) >= 0
        except ValidationError as error:
            assert error.messages


@pytest.mark.parametrize(("cell", "value"), [(12, 12), (12.0, 12), ("1.234", 1234)])
def test_a_whole_number_in_a_cell_is_a_count(cell, value):
    assert read_count(cell) == value


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (12.5, "not-whole"),
        (1.234, "ambiguous"),
        (-3, "negative"),
        (-3.0, "negative"),
        (True, "not-a-number"),
        (float("nan"), "not-a-number"),
        (float("inf"), "not-a-number"),
        (10**12, "too-large"),
    ],
)
def test_a_cell_that_is_no_whole_number_is_refused(cell, code):
    assert refusal(read_count, cell)[0] == code


class Form(forms.Form):
    people = CountField(min_value=1)
    mark = HundredthsField(max_value=10000)


def test_a_form_cleans_to_integers():
    form = Form({"people": "1.234", "mark": "85,5"})

    assert form.is_valid()
    assert form.cleaned_data == {"people": 1234, "mark": 8550}


def test_a_refused_box_keeps_exactly_what_was_typed():
    form = Form({"people": "1,234", "mark": "85.125"})

    assert {name: errors[0].code for name, errors in form.errors.as_data().items()} == {
        "people": "ambiguous",
        "mark": "ambiguous",
    }
    assert [form["people"].value(), form["mark"].value()] == ["1,234", "85.125"]


def test_bounds_are_checked_and_told_in_shown_figures():
    form = Form({"people": "0", "mark": "100,01"})

    error = form.errors.as_data()["mark"][0]
    assert (error.code, error.params) == ("out-of-range", {"least": "0,00", "most": "100,00"})
    assert form.errors.as_data()["people"][0].code == "out-of-range"


def test_an_untouched_box_has_not_changed():
    form = Form({"people": "1.234", "mark": "85,50"}, initial={"people": 1234, "mark": 8550})

    assert form.changed_data == []
    assert form["people"].field.prepare_value(1234) == "1.234"


@pytest.mark.parametrize(
    ("typed", "named"),
    [("\u200b52300", "U+200B"), ("52300\u00a0", "U+00A0"), ("52\u202f300", "U+202F"), ("5\u00ad2300", "U+00AD")],
)
def test_characters_nobody_sees_are_named_with_the_number_that_was_meant(typed, named):
    for parse, meant in ((parse_count, "52.300"), (parse_hundredths, "52300,00")):
        with pytest.raises(ValidationError) as caught:
            parse(typed)

        assert (caught.value.code, caught.value.params["meant"]) == ("ambiguous", meant)
        assert named in caught.value.messages[0]


@pytest.mark.parametrize(("typed", "meant"), [("31,5%", "31,50"), ("31 %", "31,00"), ("100%", "100,00")])
def test_a_percent_sign_is_refused_with_the_number_in_front_of_it(typed, meant):
    assert refusal(parse_hundredths, typed) == ("ambiguous", meant)


def test_a_text_of_great_length_is_read_in_one_go():
    """Searched from each of its spaces anew, this one would take a day."""
    with pytest.raises(ValidationError) as caught:
        parse_hundredths("1" + " " * 1_000_000 + "x")

    assert caught.value.code == "not-a-number"
    assert len(caught.value.messages[0]) < 200


@pytest.mark.parametrize("read", [parse_count, read_count])
def test_a_percentage_is_no_count(read):
    assert refusal(read, Percentage.of(0.31)) == ("not-whole", None)


@pytest.mark.parametrize(
    ("cell", "hundredths"),
    [(Percentage.of(0.31), 3100), (31, 3100), (31.5, 3150), (0.1 + 0.2, 30), (56.99999999999999, 5700), ("31,5", 3150)],
)
def test_a_figure_of_a_sheet_is_what_the_sheet_shows(cell, hundredths):
    assert read_hundredths(cell) == hundredths


@pytest.mark.parametrize(
    ("cell", "digits", "meant"), [(1111, 5, "01111"), (1122334.0, 8, "01122334"), (11, 5, "00011"), (1, 8, "01")]
)
def test_a_code_that_lost_its_zeros_is_refused_with_them(cell, digits, meant):
    assert refusal(lambda value: read_code(value, digits), cell) == ("lost-zeros", meant)


@pytest.mark.parametrize(
    ("cell", "text"), [("01111", "01111"), (46419.0, "46419"), ("111", "111"), (None, ""), (" 1  2 ", "1 2")]
)
def test_a_code_in_full_or_as_text_is_that_code(cell, text):
    assert read_code(cell, 5) == text
