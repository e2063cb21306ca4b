"""The code of a region in a row, judged with the name beside it and the year the row is about."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from regions.models import Region
from regions.naming import Naming, plain

_PROVINCE = re.compile(r"[0-9]{2}\.0", re.ASCII)
"""How programs write the code of a province, a whole number to them, into a text table."""
_SECOND_YEAR = re.compile(r"[0-9]{4}\s*[/–-]\s*(?:[0-9]{4}|[0-9]{2})\s*$", re.ASCII)
"""2024/2025: which of the two is meant, a person is asked."""


class NamedRegions:
    """What a table description with ``region_code`` does before its cells are read; one query a file."""

    _naming: Naming | None = None

    def prepare(self, cells: dict[str, Any], shown: Mapping[str, Any]) -> dict[str, Any]:
        """The cells, a code that was given up by the one it became. ValidationError by column."""
        code = str(cells.get("region_code") or "").strip()
        if not code:
            return cells
        if _PROVINCE.fullmatch(code):
            code = code[:2]
            cells = cells | {"region_code": code}
        self._naming = self._naming or Naming(Region.objects.all())
        of = self.year_of(cells)
        name = str(shown.get("region") or "")
        region = self._naming.coded(code, of)
        if region is None:
            if hint := self._naming.hint(code):
                raise ValidationError({"region_code": hint})
            meant = self._meant(self._naming, code, name, of)
            return cells | {"region_code": meant.code} if meant else cells
        try:
            self._naming.agreed(region, code, name, of)
        except ValidationError as readings:
            raise ValidationError({"region_code": readings.messages}) from readings
        return cells | {"region_code": region.code}

    def _meant(self, naming: Naming, text: str, name: str, of: int | None) -> Region | None:
        """Of several regions called so, the one the name beside it means. ValidationError where it means none."""
        called, fitting, refused = naming.called(text, of), [], []
        for region in sorted(called, key=lambda one: one.code) if len(called) > 1 and plain(name) else ():
            try:
                fitting.append(naming.agreed(region, text, name, of))
            except ValidationError as readings:
                refused += readings.messages
        if refused and not fitting:
            raise ValidationError({"region_code": refused[0]})
        return fitting[0] if len(fitting) == 1 else None

    def year_of(self, cells: Mapping[str, Any]) -> int | None:
        """The year the row is about, where the cell names one and no other."""
        text = str(cells.get("year") or "")
        year = re.match(r"[0-9]{4}", text)
        return int(year[0]) if year and not _SECOND_YEAR.match(text) else None
