"""Numbers and days in the words of official papers."""

from datetime import date

from django.utils import dateformat, translation

_UNITS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
_DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
_MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni"]
_MONTHS += ["Juli", "Agustus", "September", "Oktober", "November", "Desember"]


def in_words(number: int) -> str:
    """0 to 9999: 2025 -> "dua ribu dua puluh lima", 111 -> "seratus sebelas". ValueError beyond."""
    if not 0 <= number <= 9999:
        raise ValueError(number)
    if number < 12:
        return _UNITS[number]
    if number < 20:
        return f"{_UNITS[number - 10]} belas"
    for size, name, alone in ((1000, "ribu", "seribu"), (100, "ratus", "seratus"), (10, "puluh", "sepuluh")):
        if number >= size:
            times, rest = divmod(number, size)
            words = alone if times == 1 else f"{in_words(times)} {name}"
            return f"{words} {in_words(rest)}" if rest else words
    raise AssertionError(number)


_ENGLISH = ["FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH", "SIXTH", "SEVENTH", "EIGHTH", "NINTH", "TENTH"]


def ordinal(number: int) -> str:
    """KESATU, KEDUA, KESEBELAS as the parts of a decree are called; in English FIRST, SECOND, 11TH."""
    if _is_indonesian():
        return f"ke{in_words(number)}".upper()
    return _ENGLISH[number - 1] if number <= len(_ENGLISH) else f"{number}TH"


def weekday(day: date) -> str:
    """Senin, in English Monday."""
    return _DAYS[day.weekday()] if _is_indonesian() else dateformat.format(day, "l")


def day_in_words(day: date) -> str:
    """9 March 2025 -> "tanggal sembilan bulan Maret tahun dua ribu dua puluh lima", in English "9 March 2025"."""
    if not _is_indonesian():
        return dateformat.format(day, "j F Y")
    return f"tanggal {in_words(day.day)} bulan {_MONTHS[day.month - 1]} tahun {in_words(day.year)}"


def _is_indonesian() -> bool:
    return (translation.get_language() or "id").startswith("id")
