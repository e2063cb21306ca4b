"""What candidates have handed to their branch; and the menu of whoever has a door."""

from django.urls import reverse
from django.utils.translation import gettext as _

from awards.doors.gate import is_contact_only
from awards.models import CandidateDoor, Nomination
from awards.stages import EDITABLE
from paritrana.accounts.models import User
from paritrana.todo import MenuEntry, Source, Task, register
from regions.models.places import postings_of


def tasks_for(user: User) -> list[Task]:
    """Handed over by the contact, and not sent yet: the branch checks it. One query, for branch staff only."""
    if not postings_of(user):
        return []
    handed = CandidateDoor.objects.open().filter(handed_at__isnull=False)
    seen = Nomination.objects.visible_to(user).filter(state__in=EDITABLE)
    rows = handed.filter(nomination__in=seen).exclude(handed_by=user).select_related("nomination__candidate")
    return [
        Task(
            _("Check what the candidate filled in"),
            reverse("nomination", args=[row.nomination_id]),
            hint=str(row.nomination),
        )
        for row in rows[:10]
    ]


def menu_for(user: User) -> list[MenuEntry]:
    if not is_contact_only(user):
        return []
    return [MenuEntry(_("Award"), _("My nominations"), reverse("doors"), "file-text")]


register(Source(order=12, tasks_for=tasks_for, menu_for=menu_for))
