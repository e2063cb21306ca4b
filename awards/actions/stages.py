"""Opening the next stage of a selection, up to the plenary; sealing and announcing belong to the results."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from awards.models import Selection
from awards.signals import selection_changed
from awards.stages import NEXT, Stage
from paritrana.accounts import trail
from paritrana.accounts.models import User


@transaction.atomic
def open_next_stage(selection: Selection, *, by: User, present: str | None = None) -> Stage:
    """Move on from the stage the person saw (``present``); the stage that is open now is returned.

    Raises ValidationError: ``last-stage`` when nothing follows here, ``moved-on`` when somebody was faster.
    """
    seen = Stage(selection.stage if present is None else present)
    following = NEXT.get(seen)
    if following is None:
        raise ValidationError(_("No further stage is opened from here."), code="last-stage")
    if not Selection.objects.filter(pk=selection.pk, stage=seen).update(stage=following):
        raise ValidationError(_("Somebody has already opened the next stage."), code="moved-on")
    selection.refresh_from_db()
    trail.record(by, "selection.open-stage", selection, before=seen.value, after=following.value)
    selection_changed.send(sender=Selection, selection=selection, by=by)
    return following
