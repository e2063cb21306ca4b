"""Writing a letter in words, and sending those that wait: claimed by one server, tried again after a failure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from smtplib import SMTPException
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from awards.deadlines import remaining
from awards.models import Letter, StageDate
from paritrana.accounts.models import User

WAITS = (timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4))
"""How long after each attempt the next one is made; after the last one the letter stays where it is, with its error."""


class OutstandingTask(NamedTuple):
    """One thing somebody still has to do: in words, how many or None, and the address of the page where it is done."""

    words: str | Promise
    count: int | None
    path: str


def letter_to(user: User, owed: Iterable[OutstandingTask], date: StageDate, *, key: str) -> Letter:
    """The reminder of one person before one close, not saved yet; in the person's language."""
    with translation.override(user.language):
        values = {"stage": date.get_stage_display(), "selection": date.selection}
        values["left"] = remaining(date.closes_at, timezone.now())
        context = {
            "person": user,
            "date": date,
            "selection": date.selection,
            "left": values["left"],
            "owed": owed,
            "address": settings.PARITRANA_URL.rstrip("/"),
        }
        return Letter(
            key=key,
            to=user,
            selection=date.selection,
            subject=(_("%(selection)s: “%(stage)s” %(left)s") % values)[:200],
            body=render_to_string("awards/letters/reminder.txt", context),
        )


def waiting(now: datetime) -> Q:
    """Never tried; or tried, failed or cut short, and long enough ago."""
    found = Q(attempts=0)
    for attempts, wait in enumerate(WAITS, start=1):
        found |= Q(attempts=attempts, claimed_at__lte=now - wait)
    return found


def send_waiting(now: datetime | None = None) -> tuple[int, int]:
    """Send what waits; gives how many went out and how many failed. One that fails does not hold up the others."""
    now = now or timezone.now()
    sent = failed = 0
    for letter in Letter.objects.unsent().filter(waiting(now)).select_related("to").order_by("pk"):
        if not _claim(letter, now):
            continue
        error = _post(letter)
        signed = {"error": error} if error else {"sent_at": timezone.now(), "error": ""}
        Letter.objects.filter(pk=letter.pk).update(**signed)
        sent, failed = (sent, failed + 1) if error else (sent + 1, failed)
    return sent, failed


def _claim(letter: Letter, now: datetime) -> bool:
    """Of two servers that both see it waiting one gets it."""
    mine = Letter.objects.filter(pk=letter.pk, sent_at=None, attempts=letter.attempts)
    return bool(mine.update(claimed_at=now, attempts=F("attempts") + 1))


def _post(letter: Letter) -> str:
    """Hand it to the mail server; the error in words, or nothing."""
    subject = f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{letter.subject}"
    message = EmailMessage(subject, letter.body, to=[letter.mail_address], connection=get_connection())
    # The same for every attempt, so that a letter sent just before a crash is recognised when it comes again.
    message.extra_headers["Message-ID"] = f"<{sha256(letter.key.encode()).hexdigest()[:32]}@paritrana>"
    try:
        message.send()
    except (OSError, SMTPException, ValueError) as error:  # ValueError: an address or subject no header may hold
        return str(error)[:300] or type(error).__name__
    return ""
