"""Panels of any size for the benchmarks of judging: candidates, jurors, criteria, and sheets already marked."""

import datetime
from dataclasses import dataclass

from awards.models import Appointment, Candidate, Contest, Criterion, Edition, Nomination, Role, Rubric, Selection
from awards.stages import NominationState, Stage
from paritrana.accounts.models import User
from regions.models import Region
from scoring.models import Declaration, Mark, MarkVersion, Panel, ScoreSheet, Seat
from tests import builders as make

DAY = datetime.datetime(2024, 3, 1, tzinfo=datetime.UTC)


@dataclass
class Judged:
    selection: Selection
    nominations: list[Nomination]
    seats: list[Seat]
    criteria: list[Criterion]


def criteria(of: Edition, count: int) -> list[Criterion]:
    """A rubric of ``count`` marked criteria whose weights sum to 100.00, with one title."""
    weights = [10_000 // count] * count
    weights[0] += 10_000 - sum(weights)
    category = make.category(of, "perusahaan-besar", "company")
    rubric = make.rubric(category, *[(f"kriteria-{n}", "mark", weight) for n, weight in enumerate(weights, 1)])
    make.title(rubric)
    return list(Criterion.objects.filter(aspect__rubric=rubric))


def judged(of: Edition, at: Region, asked: list[Criterion], candidates: int, jurors: int) -> Judged:
    """A selection in its interviews; nobody has a conflict, nothing is marked."""
    selection = make.selection(Stage.INTERVIEW, of, at)
    rubric, by = asked[0].aspect.rubric, make.person()
    category = rubric.category
    Rubric.objects.filter(pk=rubric.pk, locked_at=None).update(locked_at=DAY, locked_by=by)
    Contest.objects.filter(selection=selection, category=category).update(rubric=rubric)
    region = make.regency(f"{at.code}.01", f"Kabupaten {at.code}", parent=at)
    named = Candidate.objects.bulk_create(
        Candidate(kind="company", region=region, name=f"Kandidat {n:04d}", name_key=f"kandidat {n:04d}")
        for n in range(candidates)
    )
    signed = {"submitted_at": DAY, "submitted_by": by, "verified_at": DAY, "verified_by": by, "nominated_by": by}
    nominations = Nomination.objects.bulk_create(
        Nomination(selection=selection, category=category, candidate=each, state=NominationState.SHORTLISTED, **signed)
        for each in named
    )
    panel = Panel.objects.create(selection=selection, quorum=1)
    seats = []
    for order in range(1, jurors + 1):
        user = User.objects.create(email=f"juri-{at.code}-{order}@contoh.example", name=f"Juri {order}")
        role = Role.JUROR if order > 1 else Role.CHAIR
        appointed = Appointment.objects.create(user=user, role=role, edition=of, selection=selection)
        seats.append(Seat.objects.create(panel=panel, appointment=appointed, element="Pakar", order=order))
    Declaration.objects.bulk_create(
        [Declaration(seat=s, nomination=n, declared_by=s.user) for s in seats for n in nominations], batch_size=2_000
    )
    return Judged(selection, nominations, seats, asked)


def mark(made: Judged, *, handed_in: bool = False) -> None:
    """A sheet of every juror for every candidate, marked through."""
    signed = [{"submitted_at": DAY, "submitted_by": seat.user} if handed_in else {} for seat in made.seats]
    sheets = ScoreSheet.objects.bulk_create(
        [
            ScoreSheet(seat=seat, nomination=each, version=1, saved_at=DAY, **sign)
            for seat, sign in zip(made.seats, signed, strict=True)
            for each in made.nominations
        ],
        batch_size=1_000,
    )
    marks = Mark.objects.bulk_create(
        [
            Mark(sheet=sheet, criterion=each, value=6_000 + (sheet.pk * 37 + n * 101) % 3_500)
            for sheet in sheets
            for n, each in enumerate(made.criteria)
        ],
        batch_size=2_000,
    )
    MarkVersion.objects.bulk_create(
        [MarkVersion(mark=one, value=one.value, version=1, written_by=one.sheet.seat.user) for one in marks],
        batch_size=2_000,
    )
