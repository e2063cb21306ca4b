"""What a region is called: by its code, its names, its nicknames, and by the code and name it had before.

A code and a name must mean one region. Where they do not, nobody chooses between them: both readings are shown. Codes
are those of the Ministry of Home Affairs (Kemendagri); the statistics office BPS numbers many regions differently.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from regions.models import Region

ALWAYS = 9999
MISSPELT = 90
"""Likeness, of 100, from which a name nobody else has is a slip of the pen."""
_WORDS = {
    "kab": "kabupaten",
    "pemkab": "kabupaten",
    "pemkot": "kota",
    "kodya": "kota",
    "kotamadya": "kota",
    "prov": "provinsi",
    "propinsi": "provinsi",
    "pemprov": "provinsi",
    "sumatra": "sumatera",
    "kep": "kepulauan",
    "adm": "",
    "administrasi": "",
    "pemerintah": "",
}
_BEHIND = re.compile(r"([^,()]+?)\s*[,(]\s*([^,()]+?)\s*\)?")
_KINDS = ("kabupaten ", "kota ", "provinsi ")


class Former(NamedTuple):
    """The code or the name a region had until a day; the law that changed it is in the file."""

    code: str
    former_code: str
    name: str
    until: date


class Called(NamedTuple):
    """A region under a name, and the last year in which the name was its own."""

    region: Region
    until: int


class Naming:
    """All regions by what they are and were called; reads no rows of its own."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self.regions = {region.code: region for region in regions}
        self._names: dict[str, set[Called]] = defaultdict(set)
        for region in self.regions.values():
            self._learn(region.code, region.name)
            self._learn(region.code, region.short_name)
        for code, name in nicknames():
            self._learn(code, name)
        for former in formers():
            self._learn(former.code, former.name, former.until.year + 1)

    def _learn(self, code: str, name: str, until: int = ALWAYS) -> None:
        """The name as it is, and with the word for its kind; alone as well, however it was given."""
        region = self.regions.get(code)
        if region is None:
            return
        full, bare = plain(name), without_kind(plain(name))
        for each in {full, bare, f"{region.kind} {bare}"}:
            self._names[_joined(each)].add(Called(region, until))

    def called(self, text: str, year: int | None = None) -> set[Region]:
        """Those called so in that year; else those ever called so."""
        known = self._names.get(_joined(plain(text)), set())
        valid = {called.region for called in known if called.until >= (year or ALWAYS)}
        return valid or {called.region for called in known}

    def province(self, text: str, year: int | None = None) -> Region | None:
        code = text.strip().removesuffix(".0")  # as programs write whole numbers
        named = self.regions[code].name if code in self.regions else text
        return next((region for region in self.called(named, year) if region.is_province), None)

    def meant(self, text: str, inside: Region | None, *, is_regency: bool, year: int | None = None) -> Region | None:
        """The region meant, or None when none or several match.

        Provinces have priority where no regency is required.
        """
        found = self.called(text, year) or self._called_within(text, year)
        if inside:
            found = {region for region in found if lay_in(region, inside, year)}
        provinces = {region for region in found if region.is_province}
        found = found - provinces if is_regency else provinces or found
        return next(iter(found)) if len(found) == 1 else None

    def _called_within(self, text: str, year: int | None) -> set[Region]:
        """Those with this name where the province follows it: ``Malang, Jawa Timur``, ``Kota Malang (Jatim)``."""
        parts = _BEHIND.fullmatch(text.strip())
        province = self.province(parts[2], year) if parts else None
        if parts is None or province is None:
            return set()
        return {region for region in self.called(parts[1], year) if lay_in(region, province, year)}

    def coded(self, code: str, year: int | None = None) -> Region | None:
        """The region with this code; a code that was given up only for a year in which it was in force."""
        if code in self.regions:
            return self.regions[code]
        for former in formers():
            if former.former_code == code and year is not None and year <= former.until.year:
                return self.regions.get(former.code)
        return None

    def agreed(self, region: Region, code: str, name: str, year: int | None = None) -> Region:
        """The region, when the name beside its code means it too. Raises ValidationError ``readings``."""
        if not plain(name):
            return region
        found = self.called(name, year)
        if region in found or not found and _is_misspelt(name, region):
            return region
        values = {"code": code, "region": region, "name": " ".join(name.split())}
        if not found:
            raise ValidationError(
                _("“%(code)s” is %(region)s, but the row names “%(name)s”. Correct one of the two.") % values,
                "readings",
            )
        values["other"] = ", ".join(f"{one.code} ({one})" for one in sorted(found, key=lambda one: one.code))
        text = _("“%(code)s” is %(region)s, but the row names “%(name)s”, which is %(other)s. Correct one of the two.")
        if self._as_bps(code) in found:
            text += " " + _("The code looks like that of BPS; the portal uses the codes of Kemendagri.")
        raise ValidationError(text % values, "readings")

    def read(self, code: str, name: str, year: int, *, column: str) -> Region:
        """The region a row means by its code, and by the name beside it. ValidationError whose code is ``column``."""
        region = self.coded(code, year)
        if region is None:
            raise ValidationError(self.hint(code) or self.unknown(code), column)
        try:
            return self.agreed(region, code, name, year)
        except ValidationError as readings:
            raise ValidationError(readings.messages[0], column) from readings

    def unknown(self, typed: str) -> str:
        """That no region has this code, and which one is spelled so."""
        if meant := self.spelled(typed):
            told = {"typed": typed, "meant": f"{meant.code} ({meant})"}
            return _("“%(typed)s” is not a region code. If you mean %(meant)s, write it so, as text.") % told
        return _("“%(typed)s” is not a region code; 51 is a province, 51.03 a kabupaten.") % {"typed": typed}

    def spelled(self, typed: str) -> Region | None:
        """The one region of a code with other marks in it, or of a name."""
        digits = re.sub(r"[.,' \-]", "", typed)
        if re.fullmatch("[0-9]{2,4}", digits, re.ASCII):
            return self.regions.get(dotted(digits.ljust(4, "0") if len(digits) == 3 else digits))
        codes = set(re.findall(r"(?<![0-9.])[0-9]{2}\.[0-9]{2}(?![0-9.])", typed, re.ASCII))
        found = {self.regions[code] for code in codes & self.regions.keys()} or self.called(typed)
        return next(iter(found)) if len(found) == 1 else None

    def hint(self, code: str) -> str:
        """What a code that is not in force may mean: the one it became, or another reading of its digits."""
        for former in formers():
            if former.former_code == code != former.code and former.code in self.regions:
                values = {
                    "code": code,
                    "now": f"{former.code} ({self.regions[former.code]})",
                    "year": former.until.year,
                }
                return _("“%(code)s” became %(now)s in %(year)s.") % values
        digits = code.replace(".", "")
        readings = {
            "Kemendagri": self.regions.get(dotted(digits)),
            "BPS": self._as_bps(digits),
        }
        shown = [f"{whose}: {region.code} ({region})" for whose, region in readings.items() if region]
        if not shown or code in self.regions or readings["BPS"] == readings["Kemendagri"]:
            return ""
        return _("“%(code)s” may mean %(readings)s. Write the code of Kemendagri.") % {
            "code": code,
            "readings": "; ".join(shown),
        }

    def _as_bps(self, code: str) -> Region | None:
        digits = code.replace(".", "")
        return self.regions.get(bps_codes().get(digits, dotted(digits)))


def lay_in(region: Region, province: Region, year: int | None = None) -> bool:
    """Whether the region is or lies in the province, or did so in that year."""
    if region.lies_in(province):
        return True
    return any(
        former.code == region.code and former.former_code.startswith(province.code)
        for former in formers()
        if year is not None and year <= former.until.year
    )


def plain(text: str) -> str:
    """Small letters and digits without accents, one space between words, the words for a kind written out."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each)).casefold()
    words = re.findall(r"[a-z0-9]+", re.sub("['’‘ʻʼ`´]", "", bare))
    return " ".join(filter(None, (_WORDS.get(word, word) for word in words)))


def without_kind(name: str) -> str:
    for kind in _KINDS:
        if name.startswith(kind):
            return name.removeprefix(kind)
    return name


def dotted(digits: str) -> str:
    return f"{digits[:2]}.{digits[2:]}" if len(digits) > 2 else digits


@cache
def formers() -> tuple[Former, ...]:
    return tuple(
        Former(row["code"], row["former_code"], row["former_name"], date.fromisoformat(row["until"]))
        for row in _rows("former")
    )


@cache
def nicknames() -> tuple[tuple[str, str], ...]:
    return tuple((row["code"], row["name"]) for row in _rows("nicknames"))


@cache
def bps_codes() -> dict[str, str]:
    """The Kemendagri code by the code of BPS, where they differ by more than the dot."""
    return {row["bps_code"]: row["code"] for row in _rows("bps")}


def _rows(name: str) -> list[dict[str, str]]:
    with (settings.BASE_DIR / "fixtures" / "regions" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _joined(text: str) -> str:
    return text.replace(" ", "")


def _is_misspelt(name: str, region: Region) -> bool:
    own = plain(region.name)
    return max(fuzz.token_sort_ratio(plain(name), own), fuzz.ratio(plain(name), without_kind(own))) >= MISSPELT
