"""Leading the stage of the announcement from another device."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring.models import CeremonyPosition
from scoring.permissions import hold
from scoring.standings import visibility


@transaction.atomic
def lead(
    selection: Selection, *, is_rehearsal: bool, slide: int, step: int, is_dark: bool, by: User
) -> CeremonyPosition:
    """Move the stage to a position; the same one sent twice is the same move made twice, and harms nothing.

    The trail records who takes the lead, not each of the hundred steps of an evening.
    """
    held = hold(selection, Permission.LEAD_CEREMONY, by)
    visibility.require_shown(by, held)
    signs = {"led_at": timezone.now(), "led_by": by}
    position, is_new = CeremonyPosition.objects.get_or_create(seal=held.seal, is_rehearsal=is_rehearsal, defaults=signs)
    if is_new or position.led_by_id != by.pk:
        trail.record(by, "ceremony.lead", selection, rehearsal=is_rehearsal)
    there = {"slide": slide, "step": step, "is_dark": is_dark}
    CeremonyPosition.objects.filter(pk=position.pk).update(**there, **signs, number=F("number") + 1)
    position.refresh_from_db()
    return position


def answer(position: CeremonyPosition, *, number: int) -> None:
    """A stage has shown this move. An answer that comes late never undoes a later one."""
    CeremonyPosition.objects.filter(pk=position.pk, shown__lt=number, number__gte=number).update(shown=number)
