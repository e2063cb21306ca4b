"""Agreement of the panel over the candidates every juror marked: Kendall's W of the orders, ICC of the marks."""

from dataclasses import dataclass

import numpy as np

from scoring.ranking.agreement.severity import FEWEST, Flags, Floats


@dataclass(frozen=True)
class Agreement:
    """``w`` is 1 for equal orders and 0 for none; ``icc_one`` and ``icc_mean`` are reliabilities.

    Those of one juror's mark and of the panel's mean (two-way random effects, absolute agreement). None where they
    cannot be computed. Based on the ``candidates`` marked by all of the ``jurors`` who gave any mark.
    """

    w: float | None
    icc_one: float | None
    icc_mean: float | None
    candidates: int
    jurors: int


def agreement(marks: Floats, given: Flags) -> Agreement:
    """``marks`` [n candidates, m jurors] where ``given`` [n, m]; needs three complete candidates and two jurors."""
    marks, given = np.asarray(marks, dtype=np.float64), np.asarray(given, dtype=np.bool_)
    active = given.any(axis=0)
    complete = given[:, active].all(axis=1)
    block = marks[np.ix_(complete, active)]
    candidates, jurors = block.shape
    if candidates < FEWEST or jurors < 2:
        return Agreement(None, None, None, candidates, jurors)
    return Agreement(kendall_w(block), *intraclass(block), candidates, jurors)


def kendall_w(block: Floats) -> float | None:
    """Kendall's W of a full block [n, m], corrected for ties; None when every juror gives only ties."""
    candidates, jurors = block.shape
    ranks = np.column_stack([_ranks(column) for column in block.T])
    sums = ranks.sum(axis=1)
    deviation = float(((sums - sums.mean()) ** 2).sum())
    ties = sum(_tie_correction(column) for column in block.T)
    largest = jurors**2 * (candidates**3 - candidates) - jurors * ties
    return 12 * deviation / largest if largest else None


def _ranks(column: Floats) -> Floats:
    """Average ranks, 1 for the smallest."""
    _values, place, count = np.unique(column, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return np.asarray((last - (count - 1) / 2)[place], dtype=np.float64)


def _tie_correction(column: Floats) -> int:
    _values, count = np.unique(column, return_counts=True)
    return int((count**3 - count).sum())


def intraclass(block: Floats) -> tuple[float | None, float | None]:
    """ICC(A,1) and ICC(A,k) of a full block [n, m], by the mean squares of Shrout and Fleiss (1979)."""
    n, k = block.shape
    grand = block.mean()
    rows = k * float(((block.mean(axis=1) - grand) ** 2).sum()) / (n - 1)
    columns = n * float(((block.mean(axis=0) - grand) ** 2).sum()) / (k - 1)
    total = float(((block - grand) ** 2).sum())
    error = max(total - rows * (n - 1) - columns * (k - 1), 0.0) / ((n - 1) * (k - 1))
    one = rows + (k - 1) * error + k * (columns - error) / n
    mean = rows + (columns - error) / n
    return ((rows - error) / one if one > 0 else None, (rows - error) / mean if mean > 0 else None)
