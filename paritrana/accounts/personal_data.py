"""What the portal holds about a person: each app registers its holdings in its module ``holdings``.

One list is the page "My data", the file a person takes along, what an erasure does, and docs/data-protection.md.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from paritrana.accounts.models import User

Rows = Iterable[Mapping[str, object]]


@dataclass(frozen=True)
class Holding:
    """``rows`` are those about the person; without ``erase`` they stay, under the pseudonym alone.

    A ``confidential`` one is given to nobody but the person: others may not know it yet. ``hindrance`` says why the
    person cannot be erased now, or nothing.
    """

    code: str
    what: Promise
    why: Promise
    kept: Promise
    rows: Callable[[User], Rows]
    erase: Callable[[User], None] | None = None
    end: Callable[[User], None] | None = None
    """What an erasure does to a holding that stays."""
    hindrance: Callable[[User], str] | None = None
    is_confidential: bool = False
    keep: str = ""
    """The entry of ``settings.RETENTION`` after whose days ``sweep`` clears away what is older than this moment."""
    sweep: Callable[[datetime], int] | None = None

    @property
    def is_erased(self) -> bool:
        return self.erase is not None

    @property
    def days(self) -> int | None:
        return settings.RETENTION[self.keep] if self.keep else None

    def count(self, user: User) -> int:
        rows = self.rows(user)
        return rows.count() if isinstance(rows, QuerySet) else sum(1 for _row in rows)


def rows_of_one(model: type[Model], moment: str, *fields: str) -> dict[str, Any]:
    """``rows``, ``erase`` and ``sweep`` of a holding whose rows belong to one ``user`` and are needed for a time.

    ``moment`` is the field that says since when, ``fields`` are those the person is shown.
    """
    table = model._default_manager
    return {
        "rows": lambda user: table.filter(user=user).values(*fields),
        "erase": lambda user: table.filter(user=user).delete(),
        "sweep": lambda before: table.filter(**{f"{moment}__lt": before}).delete()[0],
    }


_holdings: dict[str, Holding] = {}


def register(*holdings: Holding) -> None:
    """ValueError when a code is registered already."""
    for each in holdings:
        if each.code in _holdings:
            raise ValueError(f"holding registered twice: {each.code}")
        _holdings[each.code] = each


def holdings() -> list[Holding]:
    return list(_holdings.values())


def hindrances(user: User) -> Iterator[str]:
    for each in holdings():
        found = each.hindrance(user) if each.hindrance else ""
        if found:
            yield found


def erase(user: User) -> None:
    """Inside the caller's transaction; accounts come last, so that others still find the person by address."""
    for each in reversed(holdings()):
        for verb in filter(None, (each.erase, each.end)):
            verb(user)


def sweep() -> dict[str, int]:
    """Clear away what has been kept long enough; how much, by the code of the holding."""
    now = timezone.now()
    due = [(each.code, each.sweep, each.days) for each in holdings()]
    return {code: clear(now - timedelta(days=days)) for code, clear, days in due if clear and days}
