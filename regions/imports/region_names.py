"""The code of a region in a row, judged with the name beside it and the year the row is about."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from regions.models import Region
from regions.naming import Naming

_PROVINCE = re.compile(r"[0-9]{2}\.0", re.ASCII)
"""How programs write the code of a province, a whole number to them, into a text table."""


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
        region = self._naming.coded(code, of)
        if region is None:
            if hint := self._naming.hint(code):
                raise ValidationError({"region_code": hint})
            return cells
        try:
            self._naming.agreed(region, code, str(shown.get("region") or ""), of)
        except ValidationError as readings:
            raise ValidationError({"region_code": readings.messages}) from readings
        return cells | {"region_code": region.code}

    def year_of(self, cells: Mapping[str, Any]) -> int | None:
        """The year the row is about, where it can be read."""
        year = re.match(r"[0-9]{4}", str(cells.get("year") or ""))
        return int(year[0]) if year else None
