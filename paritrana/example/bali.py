"""Bali: period 2023 up to its interviews, period 2024 open for nomination. Real regions, invented figures."""

import csv
import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings

from awards.models import Category, Criterion, Edition, Nomination, Role, Selection
from awards.models.selections import Level
from awards.nominations import actions as nomination_actions
from awards.nominations import transitions
from awards.nominations.actions import Given
from awards.people import appointments
from awards.selections import actions
from awards.stages import Stage
from paritrana.accounts.models import User
from paritrana.example import calendar
from regions.coverage import actions as coverage
from regions.models import Definition, Region, Segment
from regions.verification import transitions as verification_transitions
from scoring.conflicts import actions as conflict_actions
from scoring.interviews import actions as interview_actions
from scoring.models import Interview, Seat
from scoring.panel import invitations, seat_changes
from scoring.panel import seats as panel_seats
from scoring.sheets import actions as sheet_actions

COVERAGE = "fixtures/example/coverage_bali.csv"
REGULATIONS = ["perda", "peraturan-kepala-daerah", "keputusan", "peraturan-kepala-daerah", "edaran"]
BUDGETS = ["terealisasi", "dianggarkan", "terealisasi"]
ATTENDED = ["kepala", "wakil", "kepala", "sekretaris", "asisten"]
JURORS = 7
HANDED_IN_BY_THE_LAST_BUT_ONE = 5

Cast = dict[str, User]


def play(cast: Cast) -> None:
    figures(cast)
    judged = selection("2023", cast)
    panel(judged, cast)
    actions.open_next_stage(judged, by=cast["panitia.bali"])
    nominate(judged, Region.objects.filter(parent__code="51"), cast)
    to_interview(judged, cast)
    judge(judged, cast)
    calendar.plan(judged, Stage.INTERVIEW)  # last, because these dates end the time for nominating
    fresh = selection("2024", cast)
    calendar.plan(fresh, Stage.NOMINATION)
    actions.open_next_stage(fresh, by=cast["panitia.bali"])
    nominate(fresh, Region.objects.filter(code="51.04"), cast)


def selection(year: str, cast: Cast) -> Selection:
    edition = Edition.objects.get(slug=year)
    made = Selection.objects.create(
        edition=edition, slug=f"{year}-bali", level=Level.PROVINCIAL, province=Region.objects.get(code="51")
    )
    made.categories.add(edition.categories.get(slug="pemerintah-kabupaten-kota"))
    for account in ("panitia.bali", "panitia2.bali"):
        appointments.appoint(cast[account], Role.PROVINCIAL_COMMITTEE, made, by=cast["admin"])
    return made


def branch_of(region: Region, cast: Cast) -> User:
    name = region.branches.get().name
    return cast["cabang.denpasar" if name == "Bali Denpasar" else "cabang.gianyar"]


def figures(cast: Cast) -> None:
    """Invented coverage of the nine kabupaten/kota, entered by their branches and verified by the regional office."""
    segments = {segment.code: segment for segment in Segment.objects.all()}
    entries: dict[tuple[str, int], list[coverage.FigureEntry]] = defaultdict(list)
    with (settings.BASE_DIR / COVERAGE).open(newline="") as file:
        for row in csv.DictReader(file):
            definition, _is_new = Definition.objects.get_or_create(
                territory=row["territory"], denominator=row["definition"]
            )
            entries[row["region_code"], int(row["year"])].append(
                coverage.FigureEntry(
                    segment=segments[row["segment"]],
                    workers=int(row["workers"]),
                    participants=int(row["participants"]),
                    definition=definition,
                    source=row["source"],
                    as_of=datetime.date.fromisoformat(row["as_of"]),
                )
            )
    regions = {region.code: region for region in Region.objects.filter(parent__code="51").select_related("parent")}
    written = {
        (code, year): coverage.enter(regions[code], year, of_year, by=branch_of(regions[code], cast), origin=COVERAGE)
        for (code, year), of_year in entries.items()
    }
    for (code, year), of_year in written.items():
        versions = {figure.segment.code: figure.version for figure in of_year}
        verification_transitions.send(regions[code], year, versions, notes={}, by=branch_of(regions[code], cast))
        verification_transitions.verify(regions[code], year, versions, by=cast["kanwil.banuspa"])


def panel(of: Selection, cast: Cast) -> None:
    committee = cast["panitia.bali"]
    panel_seats.set_decree(
        of, decree_number="Contoh/SK/2024", decree_date=datetime.date(2024, 1, 15), version=0, by=committee
    )
    seats = [("ketua.bali", Role.CHAIR), ("sekretaris.bali", Role.SECRETARY)]
    seats += [(f"juri{number}.bali", Role.JUROR) for number in range(1, JURORS + 1)]
    for account, role in seats:  # asked for by the other member: chair and secretary may second what this one asks
        user = cast[account]
        terms = {"email": user.email, "name": user.name, "role": role, "element": user.office}
        invitation = invitations.invite(of, **terms, by=cast["panitia2.bali"])
        seat_changes.second(invitations.accept(invitation, by=user), by=cast["panitia.pusat"])


def nominate(into: Selection, regions: Iterable[Region], cast: Cast) -> None:
    """Each branch nominates its regions and answers; in a selection that is being scored all are sent."""
    category = into.categories.get()
    for number, region in enumerate(regions):
        branch = branch_of(region, cast)
        nomination = nomination_actions.nominate(into, category, nomination_actions.government(region), by=branch)
        nomination_actions.answer(nomination, answers(category, number), by=branch)
        if into.edition.slug == "2023":
            transitions.submit(nomination, by=branch)


def answers(category: Category, number: int) -> dict[Criterion, Given]:
    bands = {criterion.slug: criterion for criterion in Criterion.objects.filter(aspect__rubric__category=category)}
    return {
        bands["regulasi"]: ({"level": REGULATIONS[number % len(REGULATIONS)]}, "Data contoh"),
        bands["anggaran"]: ({"level": BUDGETS[number % len(BUDGETS)]}, "Data contoh"),
    }


def to_interview(of: Selection, cast: Cast) -> None:
    committee = cast["panitia.bali"]
    actions.open_next_stage(of, by=committee)
    for nomination in of.nominations.all():
        transitions.verify(nomination, by=committee)
        transitions.shortlist(nomination, by=committee)
    actions.open_next_stage(of, by=committee)
    yesterday = datetime.datetime.now(of.tzinfo).date() - datetime.timedelta(days=1)  # over at every hour of today
    first = datetime.datetime.combine(yesterday, datetime.time(9), of.tzinfo)
    for number, nomination in enumerate(of.nominations.all()):
        starts_at = first + datetime.timedelta(minutes=35 * number + 60 * (number > 4))  # an hour of break for lunch
        interview_actions.schedule(nomination, starts_at=starts_at, room="Ruang contoh", version=0, by=committee)
    for number, interview in enumerate(Interview.objects.filter(nomination__selection=of)):
        level = ATTENDED[number % len(ATTENDED)]
        interview_actions.record_attendance(
            interview, level=level, is_online=False, version=interview.version, by=cast["sekretaris.bali"]
        )


def judge(of: Selection, cast: Cast) -> None:
    """Most jurors have handed in everything, the last but one is half way, the last has not begun."""
    seats = list(Seat.objects.filter(panel__selection=of))
    shortlisted = list(of.nominations.all())
    for seat in seats[:-1]:
        own = {shortlisted[-1].pk: "Contoh: pernah menjadi penasihat"} if seat.order == 5 else {}
        conflict_actions.declare(seat, reasons=own, by=seat.user)
        is_half_way = seat is seats[-2]
        for number, nomination in enumerate(shortlisted):
            if nomination.pk in own or (is_half_way and number > HANDED_IN_BY_THE_LAST_BUT_ONE):
                continue
            sheet = sheet_actions.save_marks(seat, nomination, marks(nomination, seat, number), version=0, by=seat.user)
            if sheet and not (is_half_way and number == HANDED_IN_BY_THE_LAST_BUT_ONE):
                sheet_actions.hand_in(sheet, version=sheet.version, by=seat.user)


def marks(nomination: Nomination, seat: Seat, number: int) -> dict[Criterion, int | None]:
    """Invented marks between 65 and 92, the same in every installation."""
    criteria = Criterion.objects.filter(aspect__rubric__category=nomination.category, kind=Criterion.Kind.MARK)
    return {
        criterion: 6500 + (seat.order * 370 + number * 530 + order * 290 + seat.order * number * 70) % 2700
        for order, criterion in enumerate(criteria.select_related("aspect__rubric"))
    }
