"""The additive model of jurors and candidates: mark = general level + candidate + juror + error.

Fitted by least squares over the marks given, so missing marks need no imputation. A juror's effect is relative to the
mean of the panel, with its standard error and a 95 percent interval of Student's t.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FEWEST = 3
"""With fewer jurors or candidates severity cannot be estimated."""

LEAST_FREEDOM = 4
"""With fewer degrees of freedom the intervals are wider than the scale."""

STANDS_OUT = 2.5
"""A studentised residual beyond this is shown as an outlier."""

T_975 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
"""Student's t at 97.5 percent for 1 to 30 degrees of freedom, from the usual table."""


class TooLittle(ValueError):
    """The model cannot be fitted: ``code`` is ``too-small`` or ``not-linked``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class JurorSeverity:
    """One juror:

    ``effect`` in points relative to the panel's mean, negative is severe; error and 95 percent interval.
    """

    effect: float
    error: float
    low: float
    high: float
    marks: int

    @property
    def is_telling(self) -> bool:
        """The interval excludes 0: chance alone would rarely make a juror so severe or lenient."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, eq=False)
class SeverityReport:
    """``jurors`` [m] in the caller's order; ``candidates`` [n] are levels as if everybody had marked everybody.

    ``outliers`` are (candidate, juror, studentised residual), the largest first; ``spread`` is the standard deviation
    of the error in points, with ``freedom`` degrees of freedom.
    """

    jurors: list[JurorSeverity]
    candidates: Floats
    outliers: list[tuple[int, int, float]]
    spread: float
    freedom: int


def severity(marks: Floats, given: Flags) -> SeverityReport:
    """Fit ``marks`` [n candidates, m jurors] (points) where they are ``given`` [n, m].

    Raises TooLittle ``too-small`` with fewer than three candidates or jurors who gave marks or too few marks for their
    number, ``not-linked`` when no chain of common candidates connects all jurors.
    """
    # In one layout: sums of the same numbers agree to the last digit however they came.
    marks, given = np.ascontiguousarray(marks, dtype=np.float64), np.ascontiguousarray(given, dtype=np.bool_)
    rows, columns = np.nonzero(given)
    candidates, jurors = given.shape
    freedom = len(rows) - (candidates + jurors - 1)
    if given.any(axis=1).sum() < FEWEST or given.any(axis=0).sum() < FEWEST or freedom < LEAST_FREEDOM:
        raise TooLittle("too-small")
    if not _is_linked(given):
        raise TooLittle("not-linked")
    levels, tau, leverage, inverse = _fitted(marks, given)
    residuals = marks[given] - levels[rows] - tau[columns]
    spread = float(np.sqrt(max(residuals @ residuals, 0.0) / freedom))
    centre = np.eye(jurors) - 1 / jurors
    effects = centre @ tau
    errors = spread * np.sqrt(np.clip(np.diag(centre @ inverse @ centre.T), 0, None))
    reach = quantile(freedom) * errors
    return SeverityReport(
        jurors=[
            JurorSeverity(float(effect), float(error), float(effect - far), float(effect + far), int(count))
            for effect, error, far, count in zip(effects, errors, reach, given.sum(axis=0), strict=True)
        ],
        candidates=levels + tau.mean(),
        outliers=_outliers(rows, columns, residuals, spread, leverage[given]),
        spread=spread,
        freedom=freedom,
    )


def of_group(effects: list[float]) -> float | None:
    """How severe some jurors are together: the mean of their effects; None without any."""
    return float(np.mean(effects)) if effects else None


def _fitted(marks: Floats, given: Flags) -> tuple[Floats, Floats, Floats, Floats]:
    """The least squares: candidates [n], jurors [m], leverages [n, m] where given, jurors' generalised inverse [m, m].

    A candidate meets no other in the normal equations, so all of them are eliminated by a division each, and what is
    solved is as small as the panel, however many candidates it judged.
    """
    cells = given.astype(np.float64)
    counts = cells.sum(axis=1, keepdims=True)
    values = np.where(given, marks, 0.0)
    part = cells / counts
    inverse = np.linalg.pinv(np.diag(cells.sum(axis=0)) - cells.T @ part, hermitian=True)
    tau = inverse @ (values.sum(axis=0) - part.T @ values.sum(axis=1))
    levels = (values.sum(axis=1) - cells @ tau) / counts[:, 0]
    shared = part @ inverse
    own = 1 / counts + (shared * part).sum(axis=1, keepdims=True)
    return levels, tau, own - 2 * shared + np.diag(inverse), inverse


def quantile(freedom: int) -> float:
    """Student's t at 97.5 percent; beyond the table within 0.01 of it."""
    return T_975[freedom - 1] if freedom <= len(T_975) else 1.96 + 2.4 / freedom


def _is_linked(given: Flags) -> bool:
    """Whether common candidates connect all jurors, and every candidate has a mark."""
    reached = np.zeros(given.shape[1], dtype=bool)
    reached[0] = True
    while True:
        rows = given[:, reached].any(axis=1)
        further = given[rows].any(axis=0) | reached
        if (further == reached).all():
            return bool(reached.all() and rows.all())
        reached = further


def _outliers(
    rows: NDArray[np.intp], columns: NDArray[np.intp], residuals: Floats, spread: float, leverage: Floats
) -> list[tuple[int, int, float]]:
    if spread < 1e-9:  # a perfect fit: what remains is floating-point error
        return []
    free = np.clip(1 - leverage, 1e-12, None)
    studentised = np.where(1 - leverage > 1e-9, residuals / (spread * np.sqrt(free)), 0.0)
    found = [
        (int(row), int(column), float(value))
        for row, column, value in zip(rows, columns, studentised, strict=True)
        if abs(value) > STANDS_OUT
    ]
    return sorted(found, key=lambda one: (-abs(one[2]), one[0], one[1]))
