"""A selection whose rubric trims, with everything that can be told wrongly, and what the kernel makes of it.

Sheets are missing, a juror keeps out, nobody came for one candidate, and two are equal.
"""

import random

import numpy as np

from awards.models import Role, Rubric, Selection
from awards.stages import Stage
from scoring import ranking
from scoring.models import Conflict, Panel
from scoring.standings import store
from tests import builders
from tests.scoring.bench import LEVELS, bench
from tests.scoring.plenary import plenary

NOBODY = {"code": "nobody", "label": "Tidak hadir", "points": 0, "absent": True}
CAME = ["head", "deputy", "head", "deputy", "nobody", "head", "head"]
ATTENDANCE = {"head": 10_000, "deputy": 8_000, "nobody": 0}
ANSWERS = ["edaran", "perda", "tidak-ada", "edaran", "perda", "edaran", "edaran"]
REGULATION = {one["code"]: one["points"] for one in plenary.REGULATIONS}
WEIGHTS = {"inovasi": 1500, "pemahaman": 1000, "komitmen": 500, "kehadiran": 500, "regulasi": 6500}
JURORS = 6
MISSING = {(1, 3), (2, 2), (2, 3)}
"""(candidate, juror): no sheet. The third candidate has too few marks left to trim."""
KEEPS_OUT = (3, 4)
TIED = (5, 6)


def drawn() -> np.ndarray:
    """[candidate, criterion, juror]: marks that need rounding, and extremes that matter."""
    chance = random.Random(20240501)
    marks = [[[chance.randrange(0, 10_001) for _j in range(JURORS)] for _c in range(3)] for _n in CAME]
    marks[TIED[1]] = marks[TIED[0]]
    return np.array(marks, dtype=np.int64)


def expected() -> tuple[dict[str, dict[str, int | None]], dict[str, int | None]]:
    """The scores and the total of each code, from the marks drawn and the kernel alone."""
    marks = drawn()
    given = np.ones((len(CAME), JURORS), dtype=bool)
    for cell in {*MISSING, KEEPS_OUT, *((CAME.index("nobody"), juror) for juror in range(JURORS))}:
        given[cell] = False
    columns = [ranking.mean(marks[:, criterion], given, trim=True) for criterion in range(3)]
    whole = np.ones(len(CAME), dtype=bool)
    columns += [(np.array([ATTENDANCE[each] for each in CAME]), whole)]
    columns += [(np.array([REGULATION[each] for each in ANSWERS]), whole)]
    scores, known = (np.stack(part, axis=1) for part in zip(*columns, strict=True))
    total = ranking.totals(scores, known, np.array(list(WEIGHTS.values()), dtype=np.int64)).total
    slugs = list(WEIGHTS)
    return (
        {code(n): dict(zip(slugs, map(figure, row), strict=True)) for n, row in enumerate(scores)},
        {code(n): figure(value) for n, value in enumerate(total)},
    )


def code(number: int) -> str:
    return f"51.{number + 1:02d}"


def figure(value: int) -> int | None:
    return None if value == ranking.MISSING else int(value)


SCORES, TOTALS = expected()
RANKED = {key: total for key, total in TOTALS.items() if total is not None}


def judged():
    """In its plenary, everything handed in as drawn."""
    made = bench(nominations=len(CAME))
    Rubric.objects.update(trims=True)
    regulation = made.nominations[0].category.current_rubric.aspects.get().criteria.get(slug="regulasi")
    regulation.rules = {"levels": plenary.REGULATIONS}
    regulation.save()
    made.attended.rules = {"levels": [*LEVELS, NOBODY]}
    made.attended.save()
    builders.title(made.nominations[0].category.current_rubric, places=len(CAME))
    seats = [made.seat(Role.JUROR if juror else Role.CHAIR) for juror in range(JURORS)]
    for n, nomination in enumerate(made.nominations):
        plenary.answer(nomination, ANSWERS[n])
        plenary.attend(nomination, CAME[n])
        for j, seat in enumerate(seats):
            if (n, j) not in MISSING:
                plenary.hand_in(seat, nomination, made.marks(*drawn()[n, :, j].tolist()))
    seat, nomination = seats[KEEPS_OUT[1]], made.nominations[KEEPS_OUT[0]]
    Conflict.objects.create(seat=seat, nomination=nomination, kind="recusal", reason="Kerabat", declared_by=seat.user)
    plenary.move_to(made.selection, Stage.PLENARY)
    Panel.objects.filter(selection=made.selection).update(closed_at=plenary.NOW, closed_by=seats[0].user)
    store.refresh(made.selection)
    return made


def published():
    """Sealed and announced, with its totals."""
    made = judged()
    Selection.objects.filter(pk=made.selection.pk).update(publishes_totals=True)
    made.selection.refresh_from_db()
    plenary.announced(made)
    return made
