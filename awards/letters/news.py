"""Letters about what happened to a nomination: to those who nominated it, or who mend it at their branch."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.db.models import Q
from django.dispatch import receiver
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards.models import Nomination
from awards.notices import tell
from awards.signals import nominators_notified
from paritrana.accounts.models import User
from regions.models import Posting

SUBJECTS = {
    "return": _("{candidate} was returned for repair"),
    "comment": _("A comment on {candidate}"),
    "exempt": _("{candidate}: a criterion does not apply"),
    "end-exemption": _("{candidate}: a criterion applies again"),
    "clear": _("{candidate} was cleared although not eligible"),
    "revoke-clearing": _("{candidate}: the clearing was taken back"),
    "pass-over": _("{selection}: not on the interview list"),
    "withdraw": _("{candidate} was withdrawn"),
    "disqualify": _("{candidate} was disqualified"),
    "reinstate": _("{candidate} was reinstated"),
    "closed-early": _("{selection}: the stage was closed early"),
    "brought-forward": _("{selection}: the close was brought forward"),
    "taken-back": _("{selection}: the stage is open again"),
}
"""What happened, as the subject of the letter."""


@receiver(nominators_notified)
def write(
    sender: Any,
    nominations: list[Nomination],
    event: str,
    by: User,
    reason: str = "",
    more: Iterable[Any] = (),
    **kwargs: Any,
) -> int:
    """One letter to each person concerned, in the person's language; returns their number."""
    concerned = nominators(nominations)
    concerned.pop(by, None)
    for user, theirs in concerned.items():
        subject = format_lazy(SUBJECTS[event], selection=theirs[0].selection, candidate=theirs[0])
        context = {"subject": subject, "nominations": theirs, "reason": reason, "more": list(more), "by": by}
        tell([user], f"news:{uuid4().hex}", subject, "news", context, theirs[0].selection)
    return len(concerned)


def nominators(nominations: Iterable[Nomination]) -> dict[User, list[Nomination]]:
    """The staff of the branches of the candidates, and whoever nominated or sent them and still sees them."""
    given = list(nominations)
    found: dict[User, list[Nomination]] = defaultdict(list)
    posted = _posted(given)
    for nomination in given:
        for user in posted[nomination.candidate.region_id]:
            found[user].append(nomination)
    signed: dict[int, list[Nomination]] = defaultdict(list)
    for nomination in given:
        for key in {nomination.nominated_by_id, nomination.submitted_by_id or nomination.nominated_by_id}:
            signed[key].append(nomination)
    for user in User.objects.filter(pk__in=signed, is_active=True):
        theirs = [one for one in signed[user.pk] if one not in found[user]]
        seen = Nomination.objects.visible_to(user).filter(pk__in=[one.pk for one in theirs])
        found[user] += seen.with_context()
    return {user: theirs for user, theirs in sorted(found.items(), key=lambda each: each[0].pk) if theirs}


def _posted(nominations: list[Nomination]) -> dict[int, list[User]]:
    """Per region of the candidates the staff of the branches that work there, or below it; two queries."""
    regions = {one.candidate.region_id for one in nominations if one.selection.province_id}
    here = Q(branch__working_area__in=regions) | Q(branch__working_area__parent__in=regions)
    rows = (
        Posting.objects.current()
        .filter(here, place=Posting.Place.BRANCH, user__is_active=True)
        .order_by("user__name", "user_id")
    )
    keys = list(rows.values_list("user", "branch__working_area", "branch__working_area__parent"))
    people = User.objects.in_bulk({user for user, _region, _above in keys})
    found: dict[int, list[User]] = defaultdict(list)
    for user, *places in keys:
        for region in regions.intersection(places):
            if people[user] not in found[region]:
                found[region].append(people[user])
    return found
