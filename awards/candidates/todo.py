"""The menu entries and the to-do item about candidates and past awards."""

from django.urls import reverse
from django.utils.translation import gettext as _

from awards.candidates.duplicates import with_several
from awards.candidates.permissions import CandidatePermission, awards_to_settle, held_somewhere, mergeable_by
from awards.models import Candidate
from paritrana.accounts.models import User
from paritrana.todo import MenuEntry, Source, Task, register


def menu_for(user: User) -> list[MenuEntry]:
    """No entry for a list that would always be empty for this role."""
    entries = []
    held = held_somewhere(user)
    if CandidatePermission.EDIT in held or Candidate.objects.visible_to(user).exists():
        entries.append((_("Candidates"), "candidates", "building-community"))
    if CandidatePermission.MERGE in held:
        entries.append((_("Numbers held twice"), "candidate-numbers", "id-badge-2"))
    if CandidatePermission.SETTLE in held:
        entries.append((_("Past winners"), "past-questions", "medal"))
    return [MenuEntry(_("Award"), label, reverse(name), icon) for label, name, icon in entries]


def tasks_for(user: User) -> list[Task]:
    found = []
    among = mergeable_by(user)
    if among is not None and (twice := with_several(among, "npp").count()):
        hint = _("Two candidates have one NPP")
        found.append(Task(_("Settle whose a number is"), reverse("candidate-numbers"), hint=hint, count=twice))
    if waiting := awards_to_settle(user).questionable().count():
        hint = _("What a published list left open")
        title = _("Settle open questions about past winners")
        found.append(Task(title, reverse("past-questions"), hint=hint, count=waiting))
    return found


register(Source(order=20, tasks_for=tasks_for, menu_for=menu_for))
