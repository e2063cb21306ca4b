from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from paritrana.display import formats

AT = datetime(2025, 3, 9, 6, 30, tzinfo=UTC)


@pytest.fixture(params=["id", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


def told(language, indonesian, english):
    return {"id": indonesian, "en": english}[language]


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (5868, "58,68", "58.68"),
        (5, "0,05", "0.05"),
        (0, "0,00", "0.00"),
        (-120, "-1,20", "-1.20"),
        (-5, "-0,05", "-0.05"),
        (123456789, "1.234.567,89", "1,234,567.89"),
    ],
)
def test_hundredths_show_two_decimals_of_the_language(language, value, indonesian, english):
    assert formats.hundredths(value) == told(language, indonesian, english)


def test_counts_are_grouped_by_thousands(language):
    assert formats.count(1234567) == told(language, "1.234.567", "1,234,567")
    assert formats.count(999) == "999"


def test_percentages_keep_their_sign_on_the_same_line(language):
    assert formats.percent(5868) == told(language, "58,68\N{NO-BREAK SPACE}%", "58.68\N{NO-BREAK SPACE}%")


def test_growth_shows_its_sign_and_zero_has_none(language):
    assert formats.signed(327) == told(language, "+3,27", "+3.27")
    assert formats.signed(-327) == told(language, "-3,27", "-3.27")
    assert formats.signed(0) == told(language, "0,00", "0.00")


@pytest.mark.parametrize("zone, hour, minute", [("WIB", 13, 30), ("WITA", 14, 30), ("WIT", 15, 30)])
def test_a_moment_names_its_zone(language, zone, hour, minute):
    written = f"{hour}{told(language, '.', ':')}{minute}"
    month = told(language, "Maret", "March")
    assert formats.moment(AT, zone) == f"9 {month} 2025 {written} {zone}"
    assert formats.clock(AT, formats.ZONES[zone].key) == f"{written} {zone}"


def test_a_moment_late_in_the_day_falls_on_the_next_day_further_east():
    late = datetime(2025, 3, 9, 16, 30, tzinfo=UTC)
    with translation.override("id"):
        assert formats.moment(late, "WIB") == "9 Maret 2025 23.30 WIB"
        assert formats.moment(late, "WITA") == "10 Maret 2025 00.30 WITA"


def test_a_day_is_written_out(language):
    assert formats.day(date(2025, 8, 17)) == told(language, "17 Agustus 2025", "17 August 2025")


def test_a_missing_figure_is_a_dash_never_a_zero():
    for name, show in vars(formats).items():
        of_the_house = getattr(show, "__module__", "") == formats.__name__ and not name.startswith("_")
        if of_the_house and show is not formats.quotient:
            assert show(None) == formats.DASH


def test_a_float_is_refused_because_it_has_lost_exactness():
    with pytest.raises(TypeError):
        formats.hundredths(58.68)


def test_an_unknown_zone_is_refused():
    with pytest.raises(KeyError):
        formats.moment(AT, "CET")


@pytest.mark.parametrize(
    "part, whole, shown", [(935079, 1873899, 4990), (1, 8, 1250), (1, 3, 3333), (2, 3, 6667), (1, 800, 13)]
)
def test_a_share_is_rounded_half_up_to_two_decimals(part, whole, shown):
    assert formats.quotient(part, whole) == shown
