"""What is typed into the form of a nomination is kept: as answers where it can be read, as typed where it cannot."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from awards.actions.nominations import Given, answer
from awards.models import AnswerDraft, Criterion, Nomination
from paritrana.accounts.models import User

Texts = Mapping[str, list[str]]
"""Fields of the form, and what was typed there."""

LARGEST_TEXT = 2_000


def keep_answers(
    nomination: Nomination,
    given: Mapping[Criterion, Given],
    *,
    unreadable: Texts,
    typed: Texts,
    version: int,
    by: User,
) -> None:
    """Write the answers that can be read; what cannot stays this person's draft. A refusal makes a draft of it all.

    Raises the ValidationErrors of ``answer``, after everything typed has been kept.
    """
    try:
        with transaction.atomic():
            answer(nomination, given, version=version, by=by)
            _draft(nomination, unreadable, nomination.version, by)
    except ValidationError:
        _draft(nomination, typed, version, by)
        raise


def discard(nomination: Nomination, *, by: User) -> None:
    AnswerDraft.objects.filter(nomination=nomination, user=by).delete()


def _draft(nomination: Nomination, texts: Texts, version: int, by: User) -> None:
    if not texts:
        discard(nomination, by=by)
        return
    cut = {name: [text[:LARGEST_TEXT] for text in given] for name, given in texts.items()}
    now = {"texts": cut, "based_on": max(version, 0), "saved_at": timezone.now()}
    AnswerDraft.objects.update_or_create(nomination=nomination, user=by, defaults=now)
