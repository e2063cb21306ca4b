"""The announced winners as open data: under which licence, and what each column means."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LICENCE = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
ATTRIBUTION = "BPJS Ketenagakerjaan, Paritrana Award"

TEXT, NUMBER, FLAG, DAY, MOMENT = "string", "integer", "boolean", "date", "date-time"
MEANINGS: dict[str, tuple[str, bool, str | Promise]] = {
    "edition": (TEXT, False, _("name of the assessment period")),
    "period_start": (DAY, False, _("first day of the period that was judged")),
    "period_end": (DAY, False, _("last day of the period that was judged")),
    "selection": (TEXT, False, _("province, or the national selection")),
    "level": (TEXT, False, _("provincial or national")),
    "category": (TEXT, False, _("what kind of candidate competed")),
    "title": (TEXT, False, _("what was awarded")),
    "zone": (TEXT, True, _("zone, in the national selection")),
    "group": (TEXT, True, _("zone or sector of the ranking")),
    "award": (TEXT, False, _("name of the place")),
    "place": (NUMBER, True, _("place from 1; empty for special awards")),
    "shared": (FLAG, False, _("whether others have the same place")),
    "name": (TEXT, False, _("name of the winner")),
    "region_code": (TEXT, False, _("code of the region by the Ministry of Home Affairs")),
    "region": (TEXT, False, _("where the winner is at home")),
    "reward": (TEXT, True, _("money and goods given")),
    "announced_at": (MOMENT, False, _("moment of the announcement")),
    "withdrawn": (FLAG, False, _("whether the result was withdrawn and a correction follows")),
    "example": (FLAG, False, _("whether this is example data")),
    "url": (TEXT, False, _("page of the result")),
    "total": (TEXT, True, _("total, where the selection publishes totals; not a column of the CSV")),
}
"""Column -> type, whether it may be empty, and its meaning."""
OPTIONAL = frozenset({"total"})


def schema(address: str) -> dict[str, Any]:
    """The JSON Schema of the document of winners, in the active language."""
    row = {
        "type": "object",
        "properties": {name: _property(*facts) for name, facts in MEANINGS.items()},
        "required": [name for name in MEANINGS if name not in OPTIONAL],
        "additionalProperties": False,
    }
    texts = {name: {"type": "string"} for name in ("title", "language", "source", "schema", "attribution")}
    licence = {"type": "object", "properties": {"name": {"type": "string"}, "url": {"type": "string"}}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "type": "object",
        "properties": {**texts, "licence": licence, "winners": {"type": "array", "items": row}},
        "required": ["title", "licence", "winners"],
    }


def _property(kind: str, may_be_empty: bool, meaning: str | Promise) -> dict[str, Any]:
    plain = TEXT if kind in {DAY, MOMENT} else kind
    shape: dict[str, Any] = {"type": [plain, "null"] if may_be_empty else plain, "description": str(meaning)}
    return shape | ({"format": kind} if kind in {DAY, MOMENT} else {})
