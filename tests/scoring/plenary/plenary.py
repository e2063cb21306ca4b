"""A selection in its plenary with everything scored: what the tests of standings, seal and results start from."""

import datetime

from django.db.models import QuerySet

from awards.models import Answer, Criterion, Nomination, Role, Selection, Title
from awards.stages import Stage
from paritrana.accounts.models import User
from scoring.models import Interview, Mark, MarkVersion, Panel, ScoreSheet, Seal, SealRequest, Seat, Standing
from scoring.sealing import actions, announcing, review
from scoring.standings import store
from tests import builders
from tests.scoring.bench import Bench, bench

REGULATIONS = [
    {"code": "perda", "label": "Perda", "points": 10_000},
    {"code": "edaran", "label": "Edaran", "points": 4_000},
    {"code": "tidak-ada", "label": "Tidak ada", "points": 0},
]
NOW = datetime.datetime(2024, 5, 1, 3, tzinfo=datetime.UTC)


def hand_in(seat: Seat, nomination: Nomination, marks: dict[Criterion, int | None], at=NOW) -> ScoreSheet:
    """A sheet with these hundredths, handed in unless ``at`` is None."""
    signed = {"submitted_at": at, "submitted_by": seat.user} if at else {}
    sheet = ScoreSheet.objects.create(seat=seat, nomination=nomination, **signed)
    rows = Mark.objects.bulk_create(Mark(sheet=sheet, criterion=each, value=value) for each, value in marks.items())
    MarkVersion.objects.bulk_create(
        MarkVersion(mark=mark, value=mark.value, version=1, written_by=seat.user) for mark in rows
    )
    return sheet


def attend(nomination: Nomination, level: str = "head", online: bool = False) -> Interview:
    by = builders.person()
    return Interview.objects.create(
        nomination=nomination, starts_at=NOW, attended=level, is_online=online, attendance_at=NOW, attendance_by=by
    )


def answer(nomination: Nomination, level: str) -> Answer:
    regulation = Criterion.objects.get(aspect__rubric__category=nomination.category, slug="regulasi")
    return Answer.objects.create(nomination=nomination, criterion=regulation, value={"level": level})


def plenary(levels: tuple[str, ...] = ("perda", "edaran", "tidak-ada"), stage: str = Stage.PLENARY) -> Bench:
    """One nomination per level of regulation; two seats that gave 80.00 and 70.00 everywhere; the head came."""
    made = bench(nominations=len(levels))
    Criterion.objects.filter(slug="regulasi").update(rules={"levels": REGULATIONS})
    builders.title(made.nominations[0].category.current_rubric)
    seats = [made.seat(Role.CHAIR), made.seat()]
    for nomination, level in zip(made.nominations, levels, strict=True):
        answer(nomination, level)
        attend(nomination)
        hand_in(seats[0], nomination, made.marks(8_000, 8_000, 8_000))
        hand_in(seats[1], nomination, made.marks(7_000, 7_000, 7_000))
    move_to(made.selection, stage)
    if stage != Stage.INTERVIEW:
        Panel.objects.filter(selection=made.selection).update(closed_at=NOW, closed_by=seats[0].user)
    store.refresh(made.selection)
    return made


def tallied(title: Title, selection: Selection) -> dict[str, Standing]:
    """region code -> standing, as the rows are now"""
    ((_title, rows),) = store.fresh(selection, [title])
    return {row.nomination.candidate.region.code: row for row in rows}


def move_to(selection: Selection, stage: str) -> None:
    Selection.objects.filter(pk=selection.pk).update(stage=stage)
    selection.refresh_from_db()


def title_of(made: Bench) -> Title:
    return Title.objects.get(rubric__category=made.nominations[0].category)


def title_of_slug(made: Bench, slug: str) -> Title:
    return Title.objects.get(rubric__category=made.nominations[0].category, slug=slug)


DECREE = {"decree_number": "400.5/123/2024", "decree_date": datetime.date(2024, 5, 2)}


def asked(selection: Selection, by: User, **more) -> SealRequest:
    """A request to seal, with whatever may be passed over passed over; what a test changed counts as done by an act."""
    store.refresh(selection)
    actions.lock_rubrics(selection, by=by)
    reasons = {check.code: "Disepakati pleno" for check in review.CHECKS}
    return actions.ask_seal(selection, by=by, **DECREE | {"confirmed": True, "overrides": reasons} | more)


def seal(selection: Selection, by: User, second: User | None = None, **more) -> Seal:
    """Sealed by two people; the second is the chair of the panel, a new one unless ``second`` says who."""
    request = asked(selection, by, **more)
    made = actions.second(request, by=second or builders.appointed(Role.CHAIR, selection))
    selection.refresh_from_db()
    return made


def sealed(made: Bench, by: User | None = None) -> Seal:
    return seal(made.selection, by or builders.committee(made.selection))


def reopened(selection: Selection, by: User, second: User | None = None) -> Seal:
    request = actions.ask_reopening(selection, reason="Salah hitung", by=by)
    found = actions.second(request, by=second or builders.appointed(Role.CHAIR, selection))
    selection.refresh_from_db()
    return found


def announced(made: Bench) -> Seal:
    committee = builders.committee(made.selection)
    sealed(made, committee)
    return announcing.announce(made.selection, by=committee)


def sealed_bench() -> Bench:
    made = plenary()
    sealed(made)
    return made


def announced_bench() -> Bench:
    made = plenary()
    announced(made)
    return made


def given(marks: QuerySet[Mark], value: int) -> None:
    """These marks as if they had been given so from the first."""
    MarkVersion.objects.filter(mark__in=marks.order_by()).update(value=value)
    marks.update(value=value)
