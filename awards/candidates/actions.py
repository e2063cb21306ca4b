"""Candidates: creating, changing and merging them, and their contacts' personal data."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards import masks
from awards.legal_scale import scale_of
from awards.models import Candidate, Contact, Nomination, PastAward, Selection
from awards.models.editions import GOVERNMENTS
from awards.signals import selection_changed
from awards.stages import Stage
from paritrana.accounts import trail
from paritrana.accounts.models import User

FACTS = ("name", "region", "npp", "nib", "npwp", "kbli", "scale_basis", "scale_amount", "is_day_labour")
_TAKEN_OVER = (("npp",), ("nib",), ("npwp",), ("kbli",), ("scale", "scale_basis", "scale_amount", "is_day_labour"))
"""What a candidate takes over from one merged into it, where it has nothing itself; a scale together with its basis."""


@transaction.atomic
def create(kind: str, given: Mapping[str, Any], *, by: User) -> Candidate:
    """Create a candidate that is not a government."""
    candidate = Candidate(kind=kind, created_by=by)
    _put(candidate, given)
    candidate.save()
    trail.record(by, "candidate.create", candidate, after=_recorded(facts_of(candidate)))
    return candidate


@transaction.atomic
def change(candidate: Candidate, given: Mapping[str, Any], *, version: int, by: User) -> bool:
    """Change a candidate's facts; True if any changed. ValidationError ``conflict``: it is no longer at ``version``."""
    present = _step(candidate, version)
    before = facts_of(present)
    _put(present, given)
    after = facts_of(present)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return False
    present.version = version + 1
    present.save()
    trail.record(
        by,
        "candidate.change",
        present,
        before=_recorded({name: before[name] for name in changed}),
        after=_recorded({name: after[name] for name in changed}),
    )
    if "region" in changed:
        _announce(Nomination.objects.filter(candidate=present), by)
    return True


def _step(candidate: Candidate, version: int) -> Candidate:
    """The row to change, locked until the transaction ends; ValidationError ``conflict``."""
    rows = Candidate.objects.current().filter(pk=candidate.pk, version=version)
    if not rows.update(version=F("version")):
        raise ValidationError(_("Somebody changed this candidate meanwhile."), code="conflict")
    return rows.get()


def _put(candidate: Candidate, given: Mapping[str, Any]) -> None:
    for name in FACTS:
        if name in given:
            setattr(candidate, name, given[name])
    basis, amount = candidate.scale_basis, candidate.scale_amount
    candidate.scale = scale_of(basis, amount) if basis and amount is not None else ""


def facts_of(candidate: Candidate) -> dict[str, Any]:
    """The facts as plain values, the region by its code."""
    facts = {name: getattr(candidate, name) for name in FACTS} | {"region": candidate.region.code}
    return facts | {"scale": candidate.scale}


def _recorded(facts: dict[str, Any]) -> dict[str, Any]:
    """As the trail keeps them: a number of a person is personal data."""
    return {name: masks.npwp(value) if name == "npwp" else value for name, value in facts.items()}


@transaction.atomic
def merge(candidate: Candidate, into: Candidate, *, by: User) -> None:
    """Merge ``candidate`` into ``into``: what belongs to it moves over; its row stays and refers to ``into``.

    Raises ValidationError: ``kind`` for governments and different kinds, ``merged`` when one of them was merged before,
    ``both-nominated`` when both compete in one category of a selection.
    """
    if candidate.kind != into.kind or candidate.kind in GOVERNMENTS or candidate.pk == into.pk:
        raise ValidationError(_("Only two candidates of one kind can be merged, and no governments."), code="kind")
    locked = {row.pk: row for row in Candidate.objects.select_for_update().filter(pk__in=[candidate.pk, into.pk])}
    source, target = locked[candidate.pk], locked[into.pk]
    if clashes(source, target):
        raise ValidationError(_("Both are nominated in the same category of a selection."), code="both-nominated")
    signs = {"merged_into": target, "merged_at": timezone.now(), "merged_by": by, "version": F("version") + 1}
    if target.merged_into_id or not Candidate.objects.current().filter(pk=source.pk).update(**signs):
        raise ValidationError(_("One of them has been merged already."), code="merged")
    moved = _move(source, target)
    taken = [names for names in _TAKEN_OVER if not getattr(target, names[0]) and getattr(source, names[0])]
    for name in (name for names in taken for name in names):
        setattr(target, name, getattr(source, name))
    target.version += 1
    target.save()
    trail.record(by, "candidate.merge", source, into=target.pk, **moved)
    facts = [name for names in taken for name in names]
    trail.record(by, "candidate.take-over", target, merged=source.pk, name=source.name, facts=facts, **moved)
    _announce(Nomination.objects.filter(pk__in=moved["nominations"]), by)


def clashes(one: Candidate, other: Candidate) -> list[Nomination]:
    """The nominations of ``one`` in a category of a selection where ``other`` is nominated as well."""
    places = set(other.nominations.values_list("selection", "category"))
    return [row for row in one.nominations.with_context() if (row.selection_id, row.category_id) in places]


def _move(source: Candidate, target: Candidate) -> dict[str, list[int]]:
    """Move what belongs to a candidate; returns the primary keys of what was moved."""
    Candidate.objects.filter(merged_into=source).update(merged_into=target)
    found = {
        "nominations": Nomination.objects.filter(candidate=source),
        "contacts": Contact.objects.filter(candidate=source),
        "past_awards": PastAward.objects.of(source),
    }
    moved = {}
    for name, rows in found.items():
        moved[name] = sorted(rows.values_list("pk", flat=True))
        rows.model.objects.filter(pk__in=moved[name]).update(candidate=target)
    return moved


def _announce(nominations: Any, by: User) -> None:
    """In selections that are not sealed, a nomination moves to the region its candidate now belongs to."""
    touched = Selection.objects.filter(nominations__in=nominations).exclude(stage__in=[Stage.SEALED, Stage.ANNOUNCED])
    for selection in touched.distinct():
        selection_changed.send(sender=Candidate, selection=selection, by=by)


@transaction.atomic
def read_contacts(candidate: Candidate, *, by: User) -> list[Contact]:
    """The unmasked contacts; the trail records the reading but not the content."""
    trail.record(by, "candidate.read-contacts", candidate)
    return list(candidate.contacts.all())


@transaction.atomic
def save_contacts(
    candidate: Candidate, contacts: Iterable[Contact], removed: Iterable[Contact], *, version: int, by: User
) -> bool:
    """Save contacts; the trail records how many and which fields, never values.

    Raises ValidationError ``conflict`` when the candidate is no longer at ``version``.
    """
    present = _step(candidate, version)
    contacts, removed = list(contacts), list(removed)
    if not contacts and not removed:
        return False
    for contact in contacts:
        contact.candidate = present
        contact.save()
    for contact in removed:
        contact.delete()
    Candidate.objects.filter(pk=present.pk).update(version=version + 1)
    trail.record(by, "candidate.contacts", present, written=len(contacts), removed=len(removed))
    return True
