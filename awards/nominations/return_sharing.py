"""Why a nomination was returned, in the hand of whoever returned it: to copy, or to send by WhatsApp."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from awards.models import Nomination, StageDate
from awards.permissions import require_on
from awards.stages import ENDS_WITH, NominationState, Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.display.links import absolute


@transaction.atomic
def share_return(nomination: Nomination, *, by: User) -> str:
    """The message about a return; the trail says who took it. ValidationError ``moved-on`` when it is mended."""
    require_on(by, Permission.VERIFY, nomination)
    if nomination.state != NominationState.RETURNED:
        raise ValidationError(_("Nothing of this nomination waits to be mended."), code="moved-on")
    closing = StageDate.objects.filter(selection=nomination.selection, stage=ENDS_WITH[NominationState.RETURNED])
    date = closing.select_related("selection__province").first()
    trail.record(by, "nomination.share-return", nomination)
    context = {
        "nomination": nomination,
        "remarks": nomination.return_remarks.values_list("criterion__name", "text"),
        "until": date.opening_text if date else "",
        "address": absolute(nomination.get_absolute_url()),
    }
    return render_to_string("awards/nominations/return_message.txt", context).strip()
