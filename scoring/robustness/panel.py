"""What the first place would be without one juror."""

import numpy as np

from scoring.ranking import MISSING
from scoring.ranking.guards import Flags, Ints

from .leaders import leaders, shown_totals
from .marks import remade


def without_each_juror(scores: Ints, weights: Ints, marks: Ints, given: Flags, criteria: Ints) -> list[Flags | None]:
    """Who would stand first [n] with each juror's marks left out, juror by juror; arguments as in ``marks.py``.

    None where somebody would be left without any mark on a criterion that carries weight: nothing can be said then.
    """
    found: list[Flags | None] = []
    for juror in range(marks.shape[2]):
        kept = given.copy()
        kept[:, :, juror] = False
        made = remade(scores, marks, kept, criteria)
        lacking = (made[:, weights > 0] == MISSING).any()
        found.append(None if lacking else leaders(shown_totals(made, weights)))
    return found


def changes_first(scores: Ints, weights: Ints, first: Flags | None) -> bool:
    return first is not None and bool(np.any(first != leaders(shown_totals(scores, weights))))
