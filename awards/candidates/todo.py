"""The menu entries and the to-do item about candidates and past awards."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from awards.candidates.permissions import CandidatePermission, awards_to_settle, held_somewhere
from awards.models import Candidate
from paritrana.accounts.models import User
from paritrana.todo import MenuEntry, Source, Task, register


def menu_for(user: User) -> list[MenuEntry]:
    """No entry for a list that would always be empty for this role."""
    entries = []
    held = held_somewhere(user)
    if CandidatePermission.EDIT in held or Candidate.objects.visible_to(user).exists():
        entries.append((_("Candidates"), "candidates", "building-community"))
    if CandidatePermission.SETTLE in held:
        entries.append((_("Past winners"), "past-questions", "medal"))
    return [MenuEntry(_("Award"), label, reverse(name), icon) for label, name, icon in entries]


def tasks_for(user: User) -> list[Task]:
    waiting = awards_to_settle(user).questionable().count()
    if not waiting:
        return []
    return [
        Task(
            title=_("Settle open questions about past winners"),
            url=reverse("past-questions"),
            hint=_("What a published list left open"),
            count=waiting,
        )
    ]


register(Source(order=20, tasks_for=tasks_for, menu_for=menu_for))
