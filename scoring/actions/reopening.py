"""Opening a handed-in sheet again: by the chair, with a reason, while the panel still scores."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring import standings
from scoring.models import Panel, Reopening, ScoreSheet
from scoring.permissions import hold


@transaction.atomic
def reopen(sheet: ScoreSheet, *, reason: str, by: User) -> Reopening:
    """The sheet is a draft again; what was handed in stays readable at its version.

    PermissionDenied when ``by`` may not reopen sheets, or not now; ValidationError ``reason``, ``panel-closed``,
    ``not-handed-in``.
    """
    selection = hold(sheet.seat.panel.selection, Permission.REOPEN, by)
    if not reason.strip():
        raise ValidationError(_("Say why the sheet is opened again."), code="reason")
    if Panel.objects.filter(selection=selection).exclude(closed_at=None).exists():
        raise ValidationError(_("The panel is closed: open it again first."), code="panel-closed")
    current = ScoreSheet.objects.submitted().filter(pk=sheet.pk).first()
    opened = current and ScoreSheet.objects.filter(pk=sheet.pk, submitted_at=current.submitted_at).update(
        submitted_at=None, submitted_by=None
    )
    if current is None or not opened:
        raise ValidationError(_("This sheet is not handed in."), code="not-handed-in")
    made = Reopening.objects.create(
        sheet=sheet,
        version=current.version,
        submitted_at=current.submitted_at,
        submitted_by=current.submitted_by,
        reason=reason.strip(),
        reopened_by=by,
    )
    trail.record(by, "sheet.reopen", sheet, version=current.version, reason=made.reason)
    standings.refresh(selection)
    return made
