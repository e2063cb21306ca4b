"""Whether a selection's totals are published with its winners: said before the announcement, and not changed after."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from awards.models import Selection
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring.models import Seal
from scoring.permissions import hold


@transaction.atomic
def set_publishing(selection: Selection, *, totals: bool, by: User) -> bool:
    """True if it was otherwise. ValidationError: ``example`` for invented figures, ``public`` once winners are."""
    held = hold(selection, Permission.ANNOUNCE, by)
    if totals and held.edition.is_example:
        raise ValidationError(_("Invented figures are never published beside real names."), code="example")
    if Seal.objects.public().filter(selection=held).exists():
        raise ValidationError(_("The winners are public already; what is told of them stays."), code="public")
    if not Selection.objects.filter(pk=held.pk, publishes_totals=not totals).update(publishes_totals=totals):
        return False
    trail.record(by, "result.publishing", held, before=not totals, after=totals)
    return True
