"""Letters to the contact of a candidate when something happened to the one nomination: what, and where to read it.

They contain no reason, remark or name of an officer: the contact reads that on the page after signing in.
"""

from typing import Any
from uuid import uuid4

from django.dispatch import receiver
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards.models import CandidateDoor, Nomination
from awards.models.doors import is_insider
from awards.notices import tell
from awards.signals import nominators_notified
from paritrana.accounts.models import User

SUBJECTS = {
    "return": _("{candidate} was returned for repair"),
    "pass-over": _("{candidate} is not on the interview list"),
}
"""What a contact is told of; everything else is the branch's business."""


@receiver(nominators_notified)
def write(sender: Any, nominations: list[Nomination], event: str, by: User, **kwargs: Any) -> None:
    """One letter for each open door somebody has entered by."""
    if event not in SUBJECTS:
        return
    doors = CandidateDoor.objects.open().filter(nomination__in=nominations, entered_at__isnull=False)
    for door in doors.select_related("user", "nomination__selection", "nomination__candidate"):
        if door.user == by or is_insider(door.user):
            continue
        subject = format_lazy(SUBJECTS[event], candidate=door.nomination)
        context = {"subject": subject, "path": reverse("my-nomination", args=[door.nomination_id])}
        tell([door.user], f"door-news:{uuid4().hex}", subject, "door_news", context, door.nomination.selection)
