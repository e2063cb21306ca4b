"""Reminders 7, 3, 1 days and 3 hours before a stage closes: one letter to each person with tasks left to do.

Tasks at the due moment count; a person who gets a task later is reminded at the next moment. After an interruption only
the latest missed moment is made up for.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards import todo
from awards.letters.outbox import OutstandingTask, letter_to
from awards.models import Appointment, Letter, Selection, StageDate
from awards.permissions import granted_in
from awards.signals import owed_work_asked
from awards.stages import ENDS_WITH, NominationState, Permission, Stage
from paritrana.accounts import trail
from paritrana.accounts.models import AuditEvent, User
from regions.models import Posting

MOMENTS: dict[str, timedelta] = {
    "7d": timedelta(days=7),
    "3d": timedelta(days=3),
    "1d": timedelta(days=1),
    "3h": timedelta(hours=3),
}
"""How long before the close, the longest first."""


def due(closes_at: datetime, now: datetime) -> str | None:
    """The latest moment that has come, before the close, or None."""
    left = closes_at - now
    if left <= timedelta(0):
        return None
    return next((name for name, before in reversed(MOMENTS.items()) if left <= before), None)


def write(now: datetime | None = None) -> int:
    """Write every due letter that is not written yet; returns their number. Safe to repeat."""
    now = now or timezone.now()
    soon = StageDate.objects.filter(closes_at__gt=now, closes_at__lte=now + MOMENTS["7d"])
    soon = soon.exclude(stage=Stage.ANNOUNCED).exclude(selection__stage__in=[Stage.SEALED, Stage.ANNOUNCED])
    dates = soon.values_list("pk", "closes_at")
    return sum(_write_for(pk, closes_at, moment) for pk, closes_at in dates if (moment := due(closes_at, now)))


def _write_for(pk: int, closes_at: datetime, moment: str) -> int:
    mark = f"{moment} {closes_at.isoformat()}"
    if _is_written(pk, mark):
        return 0
    with transaction.atomic():
        date = StageDate.objects.select_for_update().get(pk=pk)
        if date.closes_at != closes_at or _is_written(pk, mark):
            return 0
        selection = Selection.objects.with_context().prefetch_related("dates", "categories").get(pk=date.selection_id)
        date.selection = selection
        letters = [
            letter_to(user, owed, date, key=f"{user.pk}/{selection.pk}/{date.stage}/{mark}")
            for user, owed in owers(selection, Stage(date.stage))
        ]
        Letter.objects.bulk_create(letters, ignore_conflicts=True)
        trail.record(None, "reminder.write", date, moment=mark, letters=len(letters))
    return len(letters)


def _is_written(pk: int, mark: str) -> bool:
    about = AuditEvent.objects.filter(verb="reminder.write", object_type=StageDate._meta.label_lower, object_id=str(pk))
    return any(detail.get("moment") == mark for detail in about.values_list("detail", flat=True))


def owers(selection: Selection, stage: Stage) -> list[tuple[User, list[OutstandingTask]]]:
    """Everybody with tasks before this stage closes, and the tasks; the apps above add theirs."""
    found: dict[int, list[OutstandingTask]] = defaultdict(list)
    people = {user.pk: user for user in concerned(selection)}
    for alike in _alike(people.values(), selection):
        if owed := _owed_by(alike[0], selection, stage):
            found |= {user.pk: list(owed) for user in alike}
    answers: list[tuple[Any, Any]] = owed_work_asked.send(Selection, selection=selection, stage=stage)
    for _receiver, answer in answers:
        for user, owed in answer:
            if user.is_active:
                people[user.pk] = user
                found[user.pk] += [OutstandingTask(*one) for one in owed]
    return [(people[pk], owed) for pk, owed in sorted(found.items())]


def concerned(selection: Selection) -> Iterable[User]:
    """The people who nominate, verify or open stages here: branches of the province, and the committee."""
    appointed = Appointment.objects.current().filter(
        Q(selection=selection) | Q(selection=None, edition=selection.edition_id)
    )
    posted = Posting.objects.current().filter(place=Posting.Place.BRANCH)
    posted = (
        posted.filter(branch__working_area__parent=selection.province_id) if selection.province_id else posted.none()
    )
    return User.objects.filter(
        Q(pk__in=appointed.values("user")) | Q(pk__in=posted.values("user")), is_active=True
    ).order_by("pk")


def _alike(people: Iterable[User], selection: Selection) -> Iterable[list[User]]:
    """Those of one office in one role owe the same: what they owe is asked once for all of them."""
    whose: dict[int, set[tuple[Any, ...]]] = {user.pk: {("superuser", user.is_superuser)} for user in people}
    here = Q(selection=selection) | Q(selection=None, edition=selection.edition_id)
    appointed = Appointment.objects.current().filter(here).order_by().values_list("user", "role")
    posted = Posting.objects.current().order_by().values_list("user", "place", "branch", "regional_office")
    for user, *capacity in [*appointed, *posted]:
        if user in whose:
            whose[user].add(tuple(capacity))
    groups: dict[frozenset[Any], list[User]] = defaultdict(list)
    for user in people:
        groups[frozenset(whose[user.pk])].append(user)
    return groups.values()


def _owed_by(user: User, selection: Selection, stage: Stage) -> list[OutstandingTask]:
    granted = granted_in(user, [selection])[selection.pk]
    counts = todo.count_states(user, [selection])[selection.pk]
    of_nominations = reverse("nominations", args=[selection.slug])
    owed = [
        OutstandingTask(title, counts[state], f"{of_nominations}?state={state}")
        for permission, state, title in todo.WAITING
        if permission in granted and counts[state] and ENDS_WITH.get(state, Stage.VERIFICATION) == stage
    ]
    held_up = [
        one
        for one in todo.held_up_by_figures(user, [selection])[selection.pk]
        if ENDS_WITH.get(NominationState(one.nomination.state), Stage.VERIFICATION) == stage
    ]
    owed += [OutstandingTask(todo.SEND_FIGURES, len(held_up), held_up[0].send_url)] if held_up else []
    if stage == Stage.NOMINATION and Permission.NOMINATE in granted:
        left = todo.left_to_nominate(user, [selection])[selection.pk]
        owed += [OutstandingTask(_("Nominate candidates"), left, selection.get_absolute_url())] if left else []
    if Permission.MOVE_STAGE in granted and _is_unopened(selection, stage):
        owed.append(
            OutstandingTask(_("Open the next stage"), None, reverse("selection-open-next", args=[selection.slug]))
        )
    return owed


def _is_unopened(selection: Selection, stage: Stage) -> bool:
    """The stage's date has come, but the selection is still at an earlier stage."""
    order = list(Stage)
    date = next(date for date in selection.dates.all() if date.stage == stage)
    return order.index(Stage(selection.stage)) < order.index(stage) and date.opens_at <= timezone.now()
