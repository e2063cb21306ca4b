"""Whose turn it is: the next acts of a selection, each for whoever may do it, and awaited by the others."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from awards.models import Selection
from awards.models.appointments import appointments_of
from awards.permissions import granted_by
from awards.stages import Permission
from awards.todo import doers
from paritrana.accounts.models import User
from paritrana.todo import Task, Urgency

FOLLOWS = frozenset({Permission.SEE_PROGRESS, Permission.MAKE_DOCUMENTS, Permission.NOTIFY})
"""Who has one of these sees whose turn it is; jurors and branches do not."""


@dataclass(frozen=True)
class Turn:
    """One next act; whoever has the permission does it, except ``never_by`` (who asked cannot second)."""

    selection: Selection
    permission: Permission
    title: str
    url: str
    since: str = ""
    hint: str = ""
    count: int | None = None
    urgency: Urgency = Urgency.TURN
    never_by: int | None = None

    def is_of(self, user: User, held: frozenset[Permission]) -> bool:
        return self.permission in held and self.never_by != user.pk

    def task(self, turn: str = "") -> Task:
        """The own act; or, with whose ``turn`` it is, that of others: it leads to the selection, not to their page."""
        url = self.selection.get_absolute_url() if turn else self.url
        hint = " · ".join(filter(None, [str(self.selection), self.hint]))
        return Task(self.title, url, hint, self.count, urgency=self.urgency, since=self.since, turn=turn)


def page(selection: Selection, name: str) -> str:
    return reverse(name, args=[selection.slug])


def of(user: User, turns: Iterable[Turn]) -> list[Task]:
    mine = appointments_of(user)
    return [each.task() for each in turns if each.is_of(user, granted_by(mine, each.selection))]


def awaited(user: User, turns: Iterable[Turn]) -> list[Task]:
    """The acts of others, for those who follow this selection; what nobody waits for is left out."""
    mine = appointments_of(user)
    return [
        each.task(doers(each.permission, each.selection.level))
        for each in turns
        if each.urgency < Urgency.OPEN
        and (may := granted_by(mine, each.selection)) & FOLLOWS
        and not each.is_of(user, may)
    ]
