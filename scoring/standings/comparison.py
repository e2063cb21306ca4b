"""Compares stored standings with those computed from the rows; for checks, the seal, and pages that show standings."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from awards.models import Nomination, Selection, Title
from scoring.models import Standing
from scoring.standings import store

SECONDS = 60
"""How long a process relies on its last comparison of a selection while the stored rows do not change."""

_compared: dict[int, tuple[str, float]] = {}
"""selection -> digest of the compared rows, and until when the comparison is valid."""

MISSING, EXTRA = "missing", "extra"


@dataclass(frozen=True)
class Difference:
    """One fact of one standing.

    ``fact`` is a name of ``Standing.FACTS``, or says that the row is missing or one too many.
    """

    title: Title
    nomination: Nomination
    fact: str
    stored: Any = None
    computed: Any = None

    def __str__(self) -> str:
        if self.fact == MISSING:
            return f"{self.title} {self.nomination}: not stored, place {self.computed}"
        if self.fact == EXTRA:
            return f"{self.title} {self.nomination}: stored, place {self.stored}, not among the ranked"
        return f"{self.title} {self.nomination}: {self.fact} {self.stored} / {self.computed}"


def differences(
    selection: Selection, computed: Iterable[tuple[Title, list[Standing]]] | None = None
) -> Iterator[Difference]:
    """Every stored fact that differs from ``computed``, which is computed from the rows if not given.

    ValueError where the weights make no computation possible.
    """
    now = list(store.fresh(selection) if computed is None else computed)
    rows = Standing.objects.filter(selection=selection).order_by()
    stored = {(row.title_id, row.nomination_id): row for row in rows}
    for title, expected in now:
        for row in expected:
            yield from _of_row(title, row, stored.pop((row.title_id, row.nomination_id), None))
    for key in sorted(stored):
        row = stored[key]
        yield Difference(row.title, row.nomination, EXTRA, stored=row.place)


def _of_row(title: Title, row: Standing, known: Standing | None) -> Iterator[Difference]:
    if known is None:
        yield Difference(title, row.nomination, MISSING, computed=row.place)
        return
    for name in Standing.FACTS:
        if getattr(known, name) != getattr(row, name):
            yield Difference(title, row.nomination, name, getattr(known, name), getattr(row, name))


def are_true(selection: Selection) -> bool:
    """Whether the standings a page will show match the rows; always true where no live ranking can be read.

    Stored rows that changed since the last comparison are compared at once, and everything once a minute: a change of
    inputs made outside the application is found within a minute, one of the stored rows at the next page.
    """
    if not store.are_stored(selection):
        return True
    digest = digest_of(selection)
    known, until = _compared.get(selection.pk, ("", 0.0))
    if digest == known and time.monotonic() < until:
        return True
    # Twice: an input may have changed between its query and that of the standings.
    return _compare(selection, digest) or _compare(selection, digest_of(selection))


def places_are_true(selection: Selection) -> bool:
    """Whether every stored place matches the rows; also after the seal, when group names may have changed."""
    try:
        return not any(one.fact in {"place", MISSING, EXTRA} for one in differences(selection))
    except ValueError:
        return False


def _compare(selection: Selection, digest: str) -> bool:
    try:
        is_true = next(differences(selection), None) is None
    except ValueError:
        is_true = False
    if is_true:
        _compared[selection.pk] = (digest, time.monotonic() + SECONDS)
    return is_true


def forget() -> None:
    """Compare everything again at the next page."""
    _compared.clear()


def digest_of(selection: Selection) -> str:
    """Of the stored rows, complete and in order, computed without loading objects."""
    texts = {f"{name}_text": Cast(name, TextField()) for name in ("scores", "evidence", "reasons", "decided_by")}
    plain = ("title", "nomination", "group", "group_order", "place", "is_tied", "total")
    rows = Standing.objects.filter(selection=selection).annotate(**texts).order_by("title_id", "nomination_id")
    found = sha256()
    for row in rows.values_list(*plain, *texts).iterator():
        found.update(repr(row).encode())
    return found.hexdigest()
