"""Tables of marks, of a panel or one juror, and the lists of the interview days."""

from collections import defaultdict
from collections.abc import Collection

from django.utils.translation import gettext as _

from awards.models import Category, Criterion, Nomination, Selection
from paritrana.display import formats
from scoring import ranking
from scoring.assignments import rooms
from scoring.assignments.criteria import criteria_in_force, marked_nominations
from scoring.exports.tables import ExportTable
from scoring.interviews.clashes import slot_of
from scoring.interviews.scheduling import scheduled
from scoring.models import Conflict, Interview, Mark, Seat
from scoring.standings.inputs import counting_marks

Rows = list[list[str | int | None]]


def of_panel(selection: Selection, *, closed: Collection[int] = ()) -> list[ExportTable]:
    """By category and criterion: every juror's counting marks, and the mean.

    Without the nominations in ``closed``, in which the reader has a conflict of interest.
    """
    seats = list(Seat.objects.counting().filter(panel__selection=selection).with_people().order_by("order"))
    kept_out = set(Conflict.objects.filter(seat__in=seats).values_list("seat", "nomination"))
    outside = rooms.elsewhere(selection, seats)
    found = []
    for category, nominations, criteria in _judged(selection):
        marks = counting_marks(criteria, nominations)
        for criterion in criteria:
            rows: Rows = []
            for each in (one for one in nominations if one.pk not in closed):
                given = marks.get((each.pk, criterion.pk), {})
                cells = [
                    given[one.order] if one.order in given else _gap((one.pk, each.pk), kept_out, outside)
                    for one in seats
                ]
                score = ranking.score(list(given.values()), trim=criterion.aspect.rubric.trims)
                rows.append([str(each), *cells, score])
            head = [_("Candidate"), *(str(seat.user) for seat in seats), _("Score")]
            means = {len(seats) + 1: (1, len(seats))} if seats and not criterion.aspect.rubric.trims else {}
            widths = ["3fr"] + ["1fr"] * (len(seats) + 1)
            found.append(ExportTable(f"{criterion.name} · {category}", head, rows, means, widths))
    return found


def _gap(cell: tuple[int, int], kept_out: set[tuple[int, int]], outside: set[tuple[int, int]]) -> str:
    """Why this seat has no mark for this nomination."""
    if cell in kept_out:
        return _("keeps out")
    return _("another room") if cell in outside else formats.DASH


def of_juror(seat: Seat) -> list[ExportTable]:
    """The juror's own marks, with drafts labelled; without conflicts of interest and candidates of other rooms."""
    own = Mark.objects.filter(sheet__seat=seat, value__isnull=False).order_by()
    marks = {
        (nomination, criterion): value
        for nomination, criterion, value in own.values_list("sheet__nomination", "criterion", "value")
    }
    handed_in = set(seat.sheets.submitted().values_list("nomination", flat=True))
    kept_out = set(Conflict.objects.filter(seat=seat).values_list("nomination", flat=True))
    kept_out |= {nomination for _seat, nomination in rooms.elsewhere(seat.panel.selection, [seat])}
    found = []
    for category, nominations, criteria in _judged(seat.panel.selection):
        rows: Rows = [
            [str(each), *(marks.get((each.pk, criterion.pk)) for criterion in criteria)]
            + [_("handed in") if each.pk in handed_in else _("not handed in")]
            for each in nominations
            if each.pk not in kept_out
        ]
        head = [_("Candidate"), *(criterion.name for criterion in criteria), _("Sheet")]
        found.append(ExportTable(str(category), head, rows, {}, ["3fr"] + ["1fr"] * (len(criteria) + 1)))
    return found


def _judged(selection: Selection) -> list[tuple[Category, list[Nomination], list[Criterion]]]:
    """The categories whose candidates jurors mark, with their candidates and criteria."""
    by_category: dict[Category, list[Nomination]] = defaultdict(list)
    for nomination in marked_nominations(selection):
        by_category[nomination.category].append(nomination)
    criteria = criteria_in_force(selection, Criterion.Kind.MARK)
    return [
        (category, found, criteria[category.pk]) for category, found in by_category.items() if criteria[category.pk]
    ]


def rundown(selection: Selection) -> list[ExportTable]:
    """Day by day, in the time zone of the selection."""
    length, zone = slot_of(selection), selection.zone_label
    head = [_("Begins"), _("Ends"), _("Room"), _("Candidate"), _("Category"), _("Note")]
    return [
        ExportTable(
            day,
            head,
            [
                [
                    *(formats.clock(one.starts_at, zone), formats.clock(one.starts_at + length, zone), one.room),
                    *(str(one.nomination), str(one.nomination.category), ""),
                ]
                for one in held
            ],
            {},
            ["auto", "auto", "1fr", "3fr", "2fr", "2fr"],
        )
        for day, held in _days(selection).items()
    ]


def attendance_list(selection: Selection) -> list[ExportTable]:
    """To be signed at the interview: three lines for each candidate."""
    head = [_("Time"), _("Candidate"), _("Name and office held"), _("Signature")]
    found = []
    for day, held in _days(selection).items():
        rows: Rows = []
        for one in held:
            rows.append([formats.clock(one.starts_at, selection.zone_label), str(one.nomination), "1.", ""])
            rows += [["", "", "2.", ""], ["", "", "3.", ""]]
        found.append(ExportTable(day, head, rows, {}, ["auto", "2fr", "3fr", "2fr"]))
    return found


def _days(selection: Selection) -> dict[str, list[Interview]]:
    found: dict[str, list[Interview]] = defaultdict(list)
    for interview in scheduled(selection):
        found[formats.day(interview.starts_at.astimezone(selection.tzinfo).date())].append(interview)
    return dict(found)
