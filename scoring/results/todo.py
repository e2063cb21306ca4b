"""To-do items of the plenary, and the menu entries of results."""

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.lookups import selections_of
from awards.models import Selection
from awards.stages import OPEN_IN, Permission, Stage
from paritrana.accounts.models import User
from paritrana.accounts.request_cache import remembered
from paritrana.todo import MenuEntry, Source, Task, Urgency, register, since_day
from scoring.models import Seal, SealRequest
from scoring.standings.visibility import conflicts_of
from scoring.turns import Turn, awaited, of, page


def tasks_for(user: User) -> list[Task]:
    """Four queries for any number of selections."""
    return of(user, _turns(user))


def awaited_by(user: User) -> list[Task]:
    return awaited(user, _turns(user))


def _turns(user: User) -> list[Turn]:
    return remembered(user, "result-turns", lambda: _turns_read(user))


def _turns_read(user: User) -> list[Turn]:
    asked = {each.selection_id: each for each in SealRequest.objects.open()}
    waiting = [each for each in selections_of(user) if each.stage in {Stage.PLENARY, Stage.SEALED} or each.pk in asked]
    prefetch_related_objects(waiting, "panel")
    seals = {each.current_of_id: each for each in Seal.objects.filter(current_of__in=waiting)}
    kept_out = set(conflicts_of(user).values_list("seat__panel__selection", flat=True)) if asked else set()
    found = []
    for selection in waiting:
        if selection.stage == Stage.PLENARY:
            title, url = _("Look at the ranking for the plenary"), page(selection, "rankings")
            found.append(Turn(selection, Permission.SEE_RANKING, title, url, urgency=Urgency.OPEN))
        if selection.pk not in asked:
            found.append(_seal(selection))
        elif selection.pk not in kept_out:
            found.append(_answered(selection, asked[selection.pk]))
        seal = seals.get(selection.pk)
        is_asked = selection.pk in asked and asked[selection.pk].kind == SealRequest.Kind.ANNOUNCE
        if not is_asked and (seal is None or seal.public_from is None):
            since = since_day(seal.sealed_at, selection.zone_label) if seal else ""
            url = page(selection, "announce")
            found.append(Turn(selection, Permission.ANNOUNCE, _("Announce the winners"), url, since))
    return [each for each in found if each.permission in OPEN_IN[Stage(each.selection.stage)]]


def _seal(selection: Selection) -> Turn:
    """Asking for the seal: the committee's turn once the chair has closed the panel."""
    panel = getattr(selection, "panel", None)
    closed_at = panel.closed_at if panel else None
    urgency = Urgency.OPEN if panel and closed_at is None else Urgency.TURN
    since, url = since_day(closed_at, selection.zone_label), page(selection, "checks")
    return Turn(selection, Permission.SEAL, _("Seal the result"), url, since, urgency=urgency)


def _answered(selection: Selection, asked: SealRequest) -> Turn:
    """A request waits for a second person; its author waits too."""
    title = {
        SealRequest.Kind.SEAL: _("Second the seal of the result"),
        SealRequest.Kind.ANNOUNCE: _("Second the announcement of the winners"),
        SealRequest.Kind.REOPEN: _("Second the reopening of the result"),
    }[SealRequest.Kind(asked.kind)]
    since, url = since_day(asked.asked_at, selection.zone_label), page(selection, "seal-second")
    return Turn(selection, Permission.SECOND_SEAL, title, url, since, never_by=asked.asked_by_id)


def menu_for(user: User) -> list[MenuEntry]:
    return [MenuEntry(_("Results"), _("Announced winners"), reverse("public-results"), "trophy")]


register(Source(order=50, tasks_for=tasks_for, menu_for=menu_for, awaited_by=awaited_by))
