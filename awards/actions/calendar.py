"""Setting the dates of a selection, and extending a deadline with its reason."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.calendar import Plan, Span, dates_of, faults, fingerprint, is_extension, is_free
from awards.models import Selection, StageDate
from awards.stages import DATED, OPEN_IN, Permission, Stage
from paritrana.accounts import trail
from paritrana.accounts.models import User


@transaction.atomic
def set_calendar(selection: Selection, plan: Plan, *, seen: str, by: User) -> bool:
    """Write the dates; ``seen`` is the fingerprint of the calendar the person had before their eyes. True if any moved.

    Raises ValidationError: ``stage`` when dates are no longer set here, ``conflict`` when somebody was faster, or by
    field what ``calendar.faults`` finds. A close moved later after the preparation is an extension, kept as such.
    """
    present = Selection.objects.with_context().select_for_update(no_key=True, of=("self",)).get(pk=selection.pk)
    if Permission.SET_CALENDAR not in OPEN_IN[Stage(present.stage)]:
        raise ValidationError(_("The dates are no longer changed at the present stage."), code="stage")
    dates = dates_of(present)
    if fingerprint(dates) != seen:
        raise ValidationError(_("Somebody changed the calendar meanwhile."), code="conflict")
    if found := faults(present, plan, timezone.now()):
        raise ValidationError(found)
    before, after = {}, {}
    for stage in DATED:
        span, date = plan.get(stage, Span()), dates.get(stage)
        if _differs(span, date):
            before[stage.value] = _told(date)
            after[stage.value] = _told(_write(present, stage, span, date, by))
    if after:
        trail.record(by, "calendar.set", present, before=before, after=after)
    return bool(after)


def _differs(span: Span, date: StageDate | None) -> bool:
    if date is None or span.opens_at is None:
        return (date is None) != (span.opens_at is None)
    has_new_reason = date.is_extended and span.reason.strip() not in {"", date.extension_reason}
    return (span.opens_at, span.closes_at) != (date.opens_at, date.closes_at) or has_new_reason


def _write(selection: Selection, stage: Stage, span: Span, date: StageDate | None, by: User) -> StageDate | None:
    if span.opens_at is None or span.closes_at is None:
        StageDate.objects.filter(selection=selection, stage=stage).delete()
        return None
    values: dict[str, Any] = {"opens_at": span.opens_at, "closes_at": span.closes_at}
    is_extended = not is_free(selection) and is_extension(date, span)
    if date is not None and is_extended:
        values |= {"planned_close": date.planned_close or date.closes_at, "extension_reason": span.reason.strip()}
    elif date is not None and span.closes_at != date.closes_at:
        values |= {"planned_close": None, "extension_reason": ""}
    elif date is not None and date.is_extended and span.reason.strip():
        values |= {"extension_reason": span.reason.strip()}
    written, _is_new = StageDate.objects.update_or_create(selection=selection, stage=stage, defaults=values)
    if date is not None and is_extended:
        moved = {"before": date.closes_at, "after": span.closes_at}
        trail.record(by, "calendar.extend", written, **moved, reason=span.reason.strip())
    return written


def _told(date: StageDate | None) -> dict[str, Any] | None:
    if date is None:
        return None
    return {"opens_at": date.opens_at, "closes_at": date.closes_at, "reason": date.extension_reason}
