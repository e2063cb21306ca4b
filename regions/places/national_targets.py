"""The nation's targets as its plans publish them: PU and BPU together, in percent of the workers."""

import re
from collections.abc import Callable, Iterable

from paritrana.workbooks import Row
from regions.models import Target

SHARE = re.compile(r"[0-9]{1,2},[0-9]{2}")


def check(rows: Iterable[Row], blame: Callable[[str, Row | None, str], None]) -> None:
    for row in rows:
        if not re.fullmatch(r"20[0-9]{2}", row.text("year")):
            blame("national_targets", row, f"{row.text('year')} is not a year")
        if not SHARE.fullmatch(row.text("percent")):
            blame("national_targets", row, f"{row.text('percent')} is not a percentage such as 32,15")


def add(rows: Iterable[Row]) -> int:
    """Add the years that have no target yet: what people set in the portal stays. Answers how many."""
    known = set(Target.objects.of(None).values_list("year", flat=True))
    missing = [row for row in rows if int(row.text("year")) not in known]
    Target.objects.bulk_create(
        Target(
            year=int(row.text("year")),
            value_kind=Target.Kind.SHARE,
            value=int(row.text("percent").replace(",", "")),
            source=row.text("source"),
        )
        for row in missing
    )
    return len(missing)
