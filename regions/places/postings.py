"""Posting a person to an office, and ending it; rows are kept as history."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from paritrana.accounts import trail
from paritrana.accounts.models import User
from regions.models import Branch, Posting, RegionalOffice


@transaction.atomic
def post(
    user: User, place: str, *, branch: Branch | None = None, regional_office: RegionalOffice | None = None, by: User
) -> Posting:
    """Post a person to a branch, a regional office or the head office.

    Raises ValidationError: ``place`` when the office does not fit the place, ``inactive``, ``posted`` when it is held.
    """
    needed: dict[str, tuple[bool, bool]] = {Posting.Place.BRANCH: (True, False), Posting.Place.REGIONAL: (False, True)}
    if (branch is not None, regional_office is not None) != needed.get(place, (False, False)):
        raise ValidationError(_("Choose the office that belongs to this place."), code="place")
    if not user.is_active:
        raise ValidationError(_("This account is not active."), code="inactive")
    where = {"place": place, "branch": branch, "regional_office": regional_office}
    if Posting.objects.current().filter(user=user, **where).exists():
        raise ValidationError(_("This posting is held already."), code="posted")
    posting = Posting.objects.create(user=user, **where)
    trail.record(by, "posting.grant", posting, user=user.pk, place=place)
    return posting


@transaction.atomic
def end_posting(posting: Posting, *, by: User) -> None:
    """ValidationError ``ended`` when it ended before."""
    if not Posting.objects.current().filter(pk=posting.pk).update(ended_at=timezone.now()):
        raise ValidationError(_("This posting has already ended."), code="ended")
    posting.refresh_from_db()
    trail.record(by, "posting.end", posting, user=posting.user_id)
