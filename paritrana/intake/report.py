"""What became of every row of a file, in words; the sum is the file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from paritrana.display.formats import count as shown
from paritrana.display.formats import ranges
from paritrana.intake.planning import IntakePlan

MOST_NAMED = 20
"""So many runs of rows are named."""


@dataclass(frozen=True)
class Became:
    """Some rows of a file; ``which`` are their numbers."""

    code: str
    words: str
    count: int
    which: str


def became(found: IntakePlan) -> list[Became]:
    """Each row in exactly one of them. With a fault nothing is written, and the other rows wait."""
    refused = found.refused
    empty = _of("empty", _("left empty"), found.empty, is_usual=False)
    if found.faults:
        waiting = set(found.numbers) - set(refused) - set(found.empty)
        held_back = _of("held-back", _("held back by the faults"), waiting, is_usual=False)
        return [*_of("refused", _("refused"), refused), *held_back, *empty]
    return [
        *_of("new", _("new"), found.new),
        *_of("changed", _("changed"), found.altered),
        *_of("same", _("there already"), found.same),
        *_of("asked", _("to be settled by a person"), [*found.open, *(change.row for change in found.asked)]),
        *_of("left-out", _("left out as repeated"), found.left_out, is_usual=False),
        *_of("refused", _("refused"), refused),
        *empty,
    ]


def _of(code: str, words: str, rows: Iterable[int], *, is_usual: bool = True) -> Iterator[Became]:
    numbers = set(rows)
    if numbers or is_usual:
        yield Became(code, words, len(numbers), ranges(numbers, MOST_NAMED))


def total(found: IntakePlan) -> str:
    """``5 rows = 2 new (rows 2–3) + 3 there already (rows 4–6) + 0 refused``."""
    parts = [" ".join(filter(None, [shown(each.count), each.words, _named(each)])) for each in became(found)]
    of = ngettext("%(count)s row", "%(count)s rows", len(found.numbers)) % {"count": shown(len(found.numbers))}
    return f"{of} = {' + '.join(parts)}"


def _named(each: Became) -> str:
    return f"({_rows(each.count, each.which)})" if each.count else ""


def _rows(count: int, named: str) -> str:
    return ngettext("row %(which)s", "rows %(which)s", count) % {"which": named}


def which(rows: list[int]) -> str:
    """``rows 2–4``."""
    return _rows(len(rows), ranges(rows, MOST_NAMED))
