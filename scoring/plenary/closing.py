"""The chair closes the panel:

no more marks, and jurors with sheets due count as absent for them, not as giving zero.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Nomination, Selection
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring.assignments import criteria, progress
from scoring.assignments.progress import Strength
from scoring.models import Panel, ScoreSheet, Seat
from scoring.permissions import hold
from scoring.standings import store


@transaction.atomic
def close(selection: Selection, *, reasons: dict[int, str], by: User) -> dict[Seat, list[Nomination]]:
    """Close the panel, so that marks can no longer change and the seal is possible.

    The open sheets of the seats in ``reasons`` (pk -> reason) are recorded as absent. Marks in a draft stay and do not
    count. Returns the absent seats and their candidates. ValidationError: ``no-panel``, ``closed``, ``changed`` when
    other seats have sheets due than those in ``reasons``, ``no-reason``.
    """
    selection = hold(selection, Permission.CLOSE_PANEL, by)
    panel = Panel.objects.filter(selection=selection).first()
    if panel is None:
        raise ValidationError(_("This selection has no panel yet."), code="no-panel")
    missing = missing_sheets(selection).sheets
    if {seat.pk for seat in missing} != reasons.keys():
        raise ValidationError(_("Sheets were handed in or opened meanwhile. Please look again."), code="changed")
    if not all(reason.strip() for reason in reasons.values()):
        raise ValidationError(_("Say of every juror why sheets are missing."), code="no-reason")
    now = timezone.now()
    if not Panel.objects.filter(pk=panel.pk, closed_at=None).update(closed_at=now, closed_by=by):
        raise ValidationError(_("The panel has been closed already."), code="closed")
    for seat, nominations in missing.items():
        signs = {"absent_at": now, "absent_by": by, "absent_reason": reasons[seat.pk].strip()}
        for nomination in nominations:
            ScoreSheet.objects.update_or_create(seat=seat, nomination=nomination, defaults=signs)
    trail.record(by, "panel.close", panel, after={"absent": _recorded(missing, reasons)})
    store.refresh(selection)
    return missing


def _recorded(missing: dict[Seat, list[Nomination]], reasons: dict[int, str]) -> list[dict[str, object]]:
    return [
        {"seat": seat.pk, "nominations": [each.pk for each in nominations], "reason": reasons[seat.pk].strip()}
        for seat, nominations in missing.items()
    ]


@transaction.atomic
def reopen(selection: Selection, *, reason: str, by: User) -> None:
    """Let the panel score again; absences are cleared, the trail keeps what closing recorded.

    ValidationError: ``no-reason``, ``not-closed``.
    """
    selection = hold(selection, Permission.REOPEN, by)
    if not reason.strip():
        raise ValidationError(_("Say why the panel is opened again."), code="no-reason")
    closed = Panel.objects.filter(selection=selection).exclude(closed_at=None)
    panel = closed.first()
    if panel is None or not closed.update(closed_at=None, closed_by=None):
        raise ValidationError(_("The panel is not closed."), code="not-closed")
    absent = ScoreSheet.objects.filter(seat__panel=panel).exclude(absent_at=None)
    count = absent.count()
    absent.filter(saved_at=None).delete()  # closing created these; nobody had begun them
    absent.update(absent_at=None, absent_by=None, absent_reason="")
    trail.record(by, "panel.reopen", panel, reason=reason.strip(), absent=count)
    store.refresh(selection)


BEGUN = {progress.Progress.DRAFT, progress.Progress.HANDED_IN}


@dataclass(frozen=True)
class MissingSheets:
    """``sheets``: seat (no observers) -> candidates without a handed-in sheet; ``below``: candidates below the quorum.

    Of the candidates only the keys are loaded.
    """

    sheets: dict[Seat, list[Nomination]]
    below: list[tuple[Nomination, Strength]]
    begun: frozenset[int]
    """The seats with a sheet begun or handed in: jurors who are present."""
    is_needed: bool
    """Whether there are candidates and criteria to mark, and jurors to mark them."""

    @property
    def is_ripe(self) -> bool:
        """Every juror who is present has handed in everything."""
        return bool(self.begun) and self.begun.isdisjoint(seat.pk for seat in self.sheets)


@dataclass(frozen=True)
class Outlook:
    """As ``MissingSheets``, in numbers alone; ``missing`` are the jurors who owe ``sheets``.

    ``last`` is when the last sheet was handed in.
    """

    missing: int
    sheets: int
    begun: int
    is_ripe: bool
    is_needed: bool
    last: datetime | None


def outlook(selection: Selection) -> Outlook:
    """For a line on the home page: the database counts."""
    counts = progress.counted(selection, Seat.objects.counting().filter(panel__selection=selection)).values()
    begun = [one for one in counts if one.begun]
    return Outlook(
        missing=sum(one.owed > 0 for one in counts),
        sheets=sum(one.owed for one in counts),
        begun=len(begun),
        is_ripe=bool(begun) and not any(one.owed for one in begun),
        is_needed=any(one.due for one in counts),
        last=max((one.last for one in counts if one.last), default=None),
    )


def missing_sheets(selection: Selection) -> MissingSheets:
    panel = Panel.objects.filter(selection=selection).first() or Panel()
    seats = list(Seat.objects.counting().with_people().filter(panel__selection=selection))
    nominations = progress.keys_of(criteria.marked_nominations(selection))
    states = progress.progress(seats, nominations)
    found = {seat: [each for each in nominations if states[seat.pk, each.pk] in progress.WAITING] for seat in seats}
    strengths = progress.strengths(seats, nominations, states, panel.quorum)
    return MissingSheets(
        sheets={seat: left for seat, left in found.items() if left},
        below=[(each, strengths[each.pk]) for each in nominations if strengths[each.pk].is_below],
        begun=frozenset(seat for (seat, _nomination), how in states.items() if how in BEGUN),
        is_needed=bool(seats) and any(how != progress.Progress.NOBODY_CAME for how in states.values()),
    )
