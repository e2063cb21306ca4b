"""The region meant by the words of a published list: with its kind, without it, by an abbreviation; or nobody knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from awards.past_winners.terms import plain
from regions.models import Region

_ALSO = {
    "dki": "31",
    "jakarta": "31",
    "provinsi jakarta": "31",
    "diy": "34",
    "yogyakarta": "34",
    "ntb": "52",
    "ntt": "53",
    "babel": "19",
    "bangka belitung": "19",
    "kepri": "21",
}
"""What provinces are called besides their names."""


class Places:
    """All regions by what they may be called; built from one query."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._by_name: dict[str, set[Region]] = defaultdict(set)
        known = {region.code: region for region in regions}
        for region in known.values():
            for name in self._names(region):
                self._by_name[_joined(name)].add(region)
        for name, code in _ALSO.items():
            if code in known:
                self._by_name[_joined(name)].add(known[code])

    @staticmethod
    def _names(region: Region) -> set[str]:
        bare = plain(region.name)
        if region.is_province:
            return {bare, plain(region.short_name), f"provinsi {bare}", f"provinsi {plain(region.short_name)}"}
        short = bare.removeprefix("kota ").removeprefix("kabupaten ").removeprefix("administrasi ")
        kind = "kota" if region.kind == Region.Kind.KOTA else "kab"
        return {bare, short, f"{kind} {short}"}

    def province(self, text: str) -> Region | None:
        return next((region for region in self.called(text) if region.is_province), None)

    def called(self, text: str) -> set[Region]:
        return self._by_name.get(_joined(plain(text)), set())

    def meant(self, text: str, inside: Region | None, *, is_regency: bool) -> Region | None:
        """The one region meant, else None. Where no regency must be meant, a province comes before its namesakes."""
        found = self.called(text)
        if inside:
            found = {region for region in found if region.code.startswith(inside.code)}
        provinces = {region for region in found if region.is_province}
        found = found - provinces if is_regency else provinces or found
        return next(iter(found)) if len(found) == 1 else None


def _joined(text: str) -> str:
    return text.replace(" ", "")
