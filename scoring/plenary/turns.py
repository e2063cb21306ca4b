"""Whose turn it is while a panel is appointed, marks and deliberates, for those who run or lead it."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.lookups import selections_of
from awards.models import Selection
from awards.models.appointments import Role, appointments_of
from awards.models.selections import Level
from awards.permissions import granted_by
from awards.stages import OPEN_IN, Permission, Stage
from paritrana.accounts.models import User
from paritrana.accounts.request_cache import remembered
from paritrana.todo import Task, Urgency, since_day, urgency_before
from scoring.models import Invitation, Panel, Seat
from scoring.plenary.closing import Outlook, outlook
from scoring.plenary.ties import ties_open_to
from scoring.turns import FOLLOWS, Turn, page

RUNS = frozenset({Role.PROVINCIAL_COMMITTEE, Role.NATIONAL_COMMITTEE, Role.CHAIR, Role.SECRETARY})
STAGES = (Stage.NOMINATION, Stage.VERIFICATION, Stage.INTERVIEW, Stage.PLENARY)


def turns(user: User) -> list[Turn]:
    """Six queries for any number of selections, seven where places are shared; an outlook for each being marked."""
    return remembered(user, "panel-turns", lambda: [turn for each in _cases(user) for turn in each.turns()])


class _Case:
    """One selection with its panel, seats, invitations and shared places."""

    def __init__(self, selection: Selection, panel: Panel | None) -> None:
        self.selection, self.panel = selection, panel
        self.seats = self.expired = self.shared = 0

    def turns(self) -> Iterator[Turn]:
        selection, stage = self.selection, self.selection.stage
        may = OPEN_IN[Stage(stage)]
        if Permission.MANAGE_PANEL in may:
            yield from self._appointing()
        if self.panel and Permission.CLOSE_PANEL in may:
            if self.panel.closed_at is None:
                yield from self._closing(outlook(selection))
            elif stage == Stage.INTERVIEW and not _is_over(selection):
                since, url = self._since_closed, page(selection, "selection-open-next")
                yield Turn(selection, Permission.MOVE_STAGE, _("Open the next stage"), url, since)
        if stage == Stage.PLENARY and self.shared:
            url, title = page(selection, "deliberation"), _("Decide about shared places")
            yield Turn(selection, Permission.DELIBERATE, title, url, self._since_closed, count=self.shared)

    def _appointing(self) -> Iterator[Turn]:
        url, manage = page(self.selection, "panel"), Permission.MANAGE_PANEL
        if self.expired:
            title = _("Send expired invitations to the panel again")
            yield Turn(self.selection, manage, title, url, count=self.expired)
        elif not self.seats:
            urgency = Urgency.TURN if self.selection.stage == Stage.INTERVIEW else Urgency.OPEN
            yield Turn(self.selection, manage, _("Appoint the panel"), url, urgency=urgency)

    def _closing(self, found: Outlook) -> Iterator[Turn]:
        """The chair closes once every juror present has handed in everything; until then the chair reminds."""
        selection, close = self.selection, Permission.CLOSE_PANEL
        hint = ngettext("%(count)d juror still owes sheets", "%(count)d jurors still owe sheets", found.missing)
        hint = hint % {"count": found.missing} if found.missing else ""
        if found.is_ripe or (selection.stage == Stage.PLENARY and found.is_needed):
            url = page(selection, "panel-close")
            since = since_day(found.last, selection.zone_label)
            yield Turn(selection, close, _("Close the panel"), url, since, hint)
        elif found.sheets and found.begun:
            urgency = urgency_before(_closes(selection), Urgency.OPEN)
            title = _("Remind the jurors of outstanding sheets")
            url = page(selection, "chair-room")
            yield Turn(selection, close, title, url, hint=hint, count=found.sheets, urgency=urgency)

    @property
    def _since_closed(self) -> str:
        return since_day(self.panel.closed_at if self.panel else None, self.selection.zone_label)


def _closes(selection: Selection):
    return next((date.closes_at for date in selection.dates.all() if date.stage == selection.stage), None)


def _is_over(selection: Selection) -> bool:
    """As on the committee's list: past its planned end, or without a date; the next stage is asked for there."""
    closes_at = _closes(selection)
    return closes_at is None or closes_at <= timezone.now()


def _cases(user: User) -> list[_Case]:
    mine = [one for one in appointments_of(user) if one.role in RUNS]
    if not mine:
        return []
    here = {one.selection_id for one in mine if one.selection_id}
    national = {one.edition_id for one in mine if not one.selection_id}
    cases = {
        each.pk: _Case(each, None)
        for each in selections_of(user)
        if each.stage in STAGES and (each.pk in here or (each.level == Level.NATIONAL and each.edition_id in national))
    }
    for panel in Panel.objects.filter(selection__in=cases):
        cases[panel.selection_id].panel = panel
    for name, numbers in _numbers(user, list(cases)).items():
        for key, number in numbers.items():
            setattr(cases[key], name, number)
    return list(cases.values())


def _numbers(user: User, selections: list[int]) -> dict[str, Counter[int]]:
    """Seats, expired invitations and shared places this person may decide about, by selection."""
    seats = Seat.objects.sitting().filter(panel__selection__in=selections).order_by()
    expired = Invitation.objects.open().filter(panel__selection__in=selections, expires_at__lte=timezone.now())
    return {
        "seats": Counter(seats.values_list("panel__selection", flat=True)),
        "shared": Counter(one.selection for one in ties_open_to(user, selections)),
        "expired": Counter(expired.order_by().values_list("panel__selection", flat=True)),
    }


def invitations_awaited(user: User) -> list[Task]:
    """Invitations to a panel nobody has answered yet, for whoever appoints it."""
    mine = [one for one in appointments_of(user) if one.selection_id and one.role in RUNS]
    if not mine:
        return []
    of_mine = Invitation.objects.open().filter(panel__selection__in=[one.selection_id for one in mine])
    rows = of_mine.filter(expires_at__gt=timezone.now())
    counted = rows.order_by().values("panel__selection").annotate(number=Count("pk"), since=Min("sent_at"))
    found = {row["panel__selection"]: row for row in counted}
    return [
        Task(
            _("Answers to invitations to the panel"),
            page(each, "panel"),
            str(each),
            found[each.pk]["number"],
            turn=_("those invited"),
            since=since_day(found[each.pk]["since"], each.zone_label),
        )
        for each in selections_of(user)
        if each.pk in found and each.stage in STAGES and Permission.MANAGE_PANEL in granted_by(mine, each)
    ]


def sheets_awaited(user: User) -> list[Task]:
    """Outstanding sheets, for those who follow the panel but cannot remind it."""
    mine = appointments_of(user)
    reminding = [each for each in turns(user) if each.url == page(each.selection, "chair-room")]
    return [
        Task(_("Score sheets to hand in"), each.url, each.task().hint, each.count, turn=_("jurors"))
        for each in reminding
        if (may := granted_by(mine, each.selection)) & FOLLOWS and each.permission not in may
    ]
