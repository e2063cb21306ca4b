from datetime import date

import pytest

from scoring.documents import numerals

WRITTEN = {
    0: "nol",
    1: "satu",
    10: "sepuluh",
    11: "sebelas",
    12: "dua belas",
    19: "sembilan belas",
    20: "dua puluh",
    31: "tiga puluh satu",
    100: "seratus",
    111: "seratus sebelas",
    999: "sembilan ratus sembilan puluh sembilan",
    1000: "seribu",
    1100: "seribu seratus",
    2025: "dua ribu dua puluh lima",
    9999: "sembilan ribu sembilan ratus sembilan puluh sembilan",
}


@pytest.mark.parametrize(("number", "words"), WRITTEN.items())
def test_numbers_are_written_as_indonesian_papers_write_them(number, words):
    assert numerals.in_words(number) == words


def test_no_two_numbers_are_written_alike():
    assert len({numerals.in_words(number) for number in range(10_000)}) == 10_000


@pytest.mark.parametrize("number", [-1, 10_000])
def test_what_no_date_needs_is_refused(number):
    with pytest.raises(ValueError, match=str(number)):
        numerals.in_words(number)


def test_a_day_is_written_in_words():
    day = date(2025, 3, 9)

    assert numerals.weekday(day) == "Minggu"
    assert numerals.day_in_words(day) == "tanggal sembilan bulan Maret tahun dua ribu dua puluh lima"
