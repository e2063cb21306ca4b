"""Letters about regions that another office answers for from now on: to the people of both offices."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.db.models import Q
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from awards.notices import tell
from paritrana.accounts.models import User
from regions.models import Branch, Posting, Region, RegionalOffice
from regions.places.areas import AnOffice
from regions.signals import area_moved


@receiver(area_moved)
def write(
    sender: Any,
    regions: list[Region],
    former: dict[int, AnOffice],
    to: AnOffice | None,
    since: date,
    by: User | None,
    **kwargs: Any,
) -> None:
    """One letter to everybody posted at an office that gains or loses regions, except to whoever moved them."""
    if not regions:
        return
    people = _posted({*former.values(), to} - {None}) - {by}
    moves = [{"region": region, "from": former.get(region.pk)} for region in regions]
    subject = _("Regions change their office")
    context = {"subject": subject, "moves": moves, "to": to, "since": since, "by": by} | kwargs
    tell(people, f"areas:{uuid4().hex}", subject, "areas", context)


def _posted(offices: set[Any]) -> set[User]:
    branches = [office.pk for office in offices if isinstance(office, Branch)]
    regional = [office.pk for office in offices if isinstance(office, RegionalOffice)]
    here = Q(branch__in=branches) | Q(regional_office__in=regional)
    return {one.user for one in Posting.objects.current().filter(here).select_related("user")}
