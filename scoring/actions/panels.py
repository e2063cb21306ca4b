"""Appointing the panel: its decree, its seats."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Appointment, Role, Selection
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring import standings
from scoring.actions.versions import Overtaken
from scoring.models import Panel, ScoreSheet, Seat
from scoring.permissions import hold

ROLES = (Role.CHAIR, Role.SECRETARY, Role.JUROR)
ONE_ONLY = frozenset({Role.CHAIR, Role.SECRETARY})


RULES = (
    "decree_number",
    "decree_date",
    "presentation_minutes",
    "question_minutes",
    "changeover_minutes",
    "quorum",
    "quorum_blocks",
)


@transaction.atomic
def set_decree(selection: Selection, *, version: int, by: User, **rules: Any) -> Panel:
    """Write the decree and the rules the panel works by, any of ``RULES``; ``version`` 0 when there is no panel yet.

    Raises Overtaken.
    """
    if unknown := set(rules) - set(RULES):
        raise TypeError(f"not a rule of the panel: {sorted(unknown)}")
    hold(selection, Permission.MANAGE_PANEL, by)
    panel, is_new = Panel.objects.get_or_create(selection=selection)
    before = {name: getattr(panel, name) for name in rules}
    moved = Panel.objects.filter(pk=panel.pk, version=panel.version if is_new else version).update(
        **rules, version=F("version") + 1
    )
    if not moved:
        raise Overtaken(panel)
    panel.refresh_from_db()
    trail.record(by, "panel.decree", panel, before=before, after=rules)
    return panel


@transaction.atomic
def add_seat(selection: Selection, *, user: User, role: str, element: str, by: User) -> Seat:
    """Appoint a person to the panel and give them the next seat; one chair, one secretary, one seat a person."""
    hold(selection, Permission.MANAGE_PANEL, by)
    panel, _made = Panel.objects.get_or_create(selection=selection)
    sitting = panel.seats.filter(appointment__ended_at=None)
    if role not in ROLES:
        raise ValidationError(_("This is not a role in a panel."), code="not-a-panel-role")
    if sitting.filter(appointment__user=user).exists():
        raise ValidationError(_("This person already has a seat in the panel."), code="already-seated")
    if role in ONE_ONLY and sitting.filter(appointment__role=role).exists():
        raise ValidationError(
            _("The panel already has one. End that seat first, then appoint the successor."), code="role-taken"
        )
    appointment, _made = Appointment.objects.get_or_create(
        user=user, role=role, edition_id=selection.edition_id, selection=selection, ended_at=None
    )
    last = panel.seats.aggregate(last=Max("order"))["last"] or 0
    seat = Seat.objects.create(panel=panel, appointment=appointment, element=element, order=last + 1)
    trail.record(by, "seat.add", seat, after={"user": user.pk, "role": role, "element": element})
    return seat


@transaction.atomic
def end_seat(seat: Seat, *, by: User) -> None:
    """End a seat and the appointment with it; marks handed in from it stop counting."""
    selection = hold(seat.panel.selection, Permission.MANAGE_PANEL, by)
    ended = Appointment.objects.filter(pk=seat.appointment_id, ended_at=None).update(ended_at=timezone.now())
    if not ended:
        raise ValidationError(_("This seat has already been ended."), code="already-ended")
    trail.record(by, "seat.end", seat)
    standings.refresh(selection)


@transaction.atomic
def set_rules(
    selection: Selection,
    *,
    visibility: str,
    comment_below: int | None,
    comment_above: int | None,
    version: int,
    by: User,
) -> Panel:
    """How the panel scores: who sees what when, and beyond which marks (hundredths) a juror says why. Raises Overtaken.

    ValidationError ``already-scoring`` once a sheet is begun: nobody scores by rules that change under the hand.
    """
    hold(selection, Permission.MANAGE_PANEL, by)
    panel, is_new = Panel.objects.get_or_create(selection=selection)
    if ScoreSheet.objects.filter(seat__panel=panel).exists():
        raise ValidationError(_("The rules stay as they are once scoring has begun."), code="already-scoring")
    after = {"visibility": visibility, "comment_below": comment_below, "comment_above": comment_above}
    before = {name: getattr(panel, name) for name in after}
    known = Panel.objects.filter(pk=panel.pk, version=panel.version if is_new else version)
    if not known.update(**after, version=F("version") + 1):
        raise Overtaken(panel)
    panel.refresh_from_db()
    trail.record(by, "panel.rules", panel, before=before, after=after)
    return panel
