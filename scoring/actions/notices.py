"""Telling winners and nominees, once their result is public."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from awards.models import Letter, Selection
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring.models import Seal
from scoring.notices import Notices
from scoring.permissions import hold


@transaction.atomic
def write_notices(selection: Selection, *, by: User) -> int:
    """Write to everybody who can be reached and was not written to yet; the outbox sends. Gives how many letters.

    ValidationError ``not-public`` before the moment of the announcement. PermissionDenied: see ``hold``.
    """
    held = hold(selection, Permission.NOTIFY, by)
    if not Seal.objects.public().filter(current_of=held).exists():
        raise ValidationError(_("The result is not public yet."), code="not-public")
    letters = Notices(held).letters()
    there = set(Letter.objects.filter(key__in=[letter.key for letter in letters]).values_list("key", flat=True))
    new = [letter for letter in letters if letter.key not in there]
    Letter.objects.bulk_create(new)
    if new:
        trail.record(by, "notice.write", held, letters=len(new), digest=held.seal.digest)
    return len(new)
