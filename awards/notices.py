"""Letters about acts of insiders, to whoever is touched by them and to whoever watches: chair and auditors."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise

from awards.models import Appointment, Letter, Role, Selection
from paritrana.accounts.models import User


def watching(edition: int, selection: Selection | None) -> set[User]:
    """The auditors of an edition (by primary key), and the chair of the selection; one query."""
    held = Appointment.objects.current().filter(edition=edition, role__in=[Role.AUDITOR, Role.CHAIR])
    return {
        one.user
        for one in held.select_related("user")
        if one.role == Role.AUDITOR or (selection and one.selection_id == selection.pk)
    }


def tell(
    people: Iterable[User],
    key: str,
    subject: str | Promise,
    template: str,
    context: dict[str, Any],
    selection: Selection | None = None,
) -> None:
    """Write one letter to each active person, in their language; ``key`` says what it is about."""
    known = {"address": settings.PARITRANA_URL.rstrip("/"), "selection": selection}
    letters = []
    for person in sorted({one for one in people if one.is_active}, key=lambda one: one.pk):
        with translation.override(person.language):
            body = render_to_string(f"awards/notices/{template}.txt", known | context | {"person": person})
            written = {"subject": str(subject)[:200], "body": body}
        letters.append(Letter(key=f"{key}:{person.pk}", to=person, selection=selection, **written))
    Letter.objects.bulk_create(letters, ignore_conflicts=True)
