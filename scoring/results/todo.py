"""To-do items of the plenary, and the menu entries of results."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import Selection
from awards.models.appointments import Appointed, appointments_of
from awards.permissions import ROLE_TABLE
from awards.stages import OPEN_IN, Permission, Stage
from paritrana.accounts.models import User
from paritrana.todo import MenuEntry, Source, Task, register
from scoring.models import Seal, SealRequest


def tasks_for(user: User) -> list[Task]:
    """Four queries for any number of selections."""
    appointments = appointments_of(user)
    requests = SealRequest.objects.filter(outcome="")
    asked = {each.selection_id: each for each in requests}
    is_waiting = Q(stage__in=[Stage.PLENARY, Stage.SEALED]) | Q(pk__in=list(asked))
    waiting = Selection.objects.visible_to(user).filter(is_waiting)
    planned = set(
        Seal.objects.filter(current_of__in=waiting, public_from__isnull=False).values_list("current_of", flat=True)
    )
    found = []
    for selection in waiting.select_related("edition", "province"):
        held = _held(appointments, selection)
        if selection.stage == Stage.PLENARY and Permission.SEE_RANKING in held:
            found.append(_task(selection, "rankings", _("Look at the ranking for the plenary")))
        found += _steps(selection, held, asked.get(selection.pk), user)
        if Permission.ANNOUNCE in held and selection.pk not in planned:
            found.append(_task(selection, "announce", _("Announce the winners")))
    return found


def _steps(selection: Selection, held: frozenset[Permission], asked: SealRequest | None, user: User) -> list[Task]:
    """Requesting the seal, or answering a request; its author waits."""
    if asked is None:
        return [_task(selection, "seal", _("Seal the result"))] if Permission.SEAL in held else []
    if Permission.SECOND_SEAL not in held or asked.asked_by_id == user.pk:
        return []
    is_seal = asked.kind == SealRequest.Kind.SEAL
    title = _("Second the seal of the result") if is_seal else _("Second the reopening of the result")
    return [_task(selection, "seal-second", title)]


def _held(appointments: list[Appointed], selection: Selection) -> frozenset[Permission]:
    """The permissions by the person's appointments here and now; as ``awards.permissions``, without queries."""
    held: frozenset[Permission] = frozenset()
    for each in appointments:
        if each.edition_id == selection.edition_id and each.selection_id in (None, selection.pk):
            held |= ROLE_TABLE.get((each.role, selection.level), frozenset())
    return held & OPEN_IN[Stage(selection.stage)]


def _task(selection: Selection, url_name: str, title: str) -> Task:
    return Task(title, reverse(url_name, args=[selection.slug]), str(selection))


def menu_for(user: User) -> list[MenuEntry]:
    return [MenuEntry(_("Results"), _("Announced winners"), reverse("public-results"), "trophy")]


register(Source(order=50, tasks_for=tasks_for, menu_for=menu_for))
