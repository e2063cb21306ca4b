"""Letters: written in the transaction of what they are about, sent afterwards, tried again after a failure.

Whatever is mailed by Django's own means, by the portal or a library, comes through ``Outbox``. So no page waits for a
mail server, and nothing fails because one is away.
"""

import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from smtplib import SMTPException
from uuid import uuid4

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_tasks import task

from awards.deadlines import remaining
from awards.models import Letter, Selection, StageDate
from awards.models.letters import WAITS
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.queue import schedule

LONGEST = 20.0
"""Seconds; with a mail server that hangs no further letter is begun after them, and other work has its turn."""


class Outbox(BaseEmailBackend):
    """The e-mail backend of the portal: a message becomes one private letter for each of its recipients."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for address in message.recipients():
                named = User.objects.filter(email__iexact=address).values_list("name", flat=True).first()
                post(address, named or "", str(message.subject), str(message.body))
        return len(email_messages)


def note(user: User, key: str, subject: str, body: str) -> None:
    """Put a letter into the outbox that holds no secret and stays readable after it was sent."""
    Letter.objects.create(key=key, to=user, subject=subject[:200], body=body)
    send_soon()


def post(address: str, addressee: str, subject: str, body: str, selection: Selection | None = None) -> None:
    """Put a private letter into the outbox; it goes out if the transaction is committed.

    Its text may hold a link that opens an account: in the database it is encrypted.
    """
    subject = subject.removeprefix(settings.ACCOUNT_EMAIL_SUBJECT_PREFIX)[:200]
    written = {
        "address": address,
        "addressee": addressee[:120],
        "subject": subject,
        "body": _cipher().encrypt(body.encode()).decode(),
    }
    Letter.objects.create(key=f"mail:{uuid4().hex}", selection=selection, is_private=True, **written)
    send_soon()


def invite(address: str, addressee: str, subject: Promise, written: Callable[[], str], selection: Selection) -> str:
    """Post an invitation by a link; returns its text as whoever invites may pass it on.

    ``written`` gives the text in the active language. The letter speaks that of the address's account, if there is one;
    the list of letters and the returned text do not, for whoever invites reads them and would learn of the account.
    """
    known = User.objects.filter(email=address).values_list("language", flat=True).first()
    with translation.override(known or settings.LANGUAGE_CODE):
        body = written()
    with translation.override(settings.LANGUAGE_CODE):
        post(address, addressee, str(subject), body, selection)
    return written()


def _cipher() -> MultiFernet:
    keys: list[str] = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(key.encode()).digest())) for key in keys])


@transaction.atomic
def retry(letter: Letter, *, by: User) -> None:
    """Send a letter that was given up as if it were new. ValidationError ``moved-on``."""
    if not Letter.objects.given_up().filter(pk=letter.pk).update(attempts=0, error=""):
        raise ValidationError(_("This letter waits to be sent or was sent already."), code="moved-on")
    trail.record(by, "letter.retry", letter, attempts=letter.attempts, error=letter.error)
    send_soon()


@transaction.atomic
def share(letter: Letter, *, by: User) -> str:
    """The text of a letter, in the hand of whoever runs its selection; the trail says who took it."""
    trail.record(by, "letter.share", letter, to=letter.to_id)
    return str(letter.body).strip()


@dataclass(frozen=True)
class OutstandingTask:
    """One task of a person: its text, how many or None, and the address of the page for it."""

    words: str | Promise
    count: int | None
    path: str


def letter_to(user: User, owed: Iterable[OutstandingTask], date: StageDate, *, key: str) -> Letter:
    """The unsaved reminder of one person before one close, in the person's language."""
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
    """Never tried; or failed or interrupted, and the time for the next attempt has come."""
    found = Q(attempts=0)
    for attempts, wait in enumerate(WAITS, start=1):
        found |= Q(attempts=attempts, claimed_at__lte=now - wait)
    return found


@task(priority=10)
def send_letters() -> None:
    send_waiting()


def send_soon() -> None:
    """Let a worker send what waits once this transaction is committed."""
    transaction.on_commit(lambda: schedule.queue_once(send_letters), robust=True)  # the clock queues it as well


def send_waiting(now: datetime | None = None) -> tuple[int, int]:
    """Send waiting letters; returns how many were sent and failed. A failure does not delay the others."""
    now = now or timezone.now()
    began, sent, failed = time.monotonic(), 0, 0
    for letter in Letter.objects.unsent().filter(waiting(now)).select_related("to").order_by("pk"):
        if failed and time.monotonic() - began > LONGEST:
            break
        if not _claim(letter, now):
            continue
        error = _deliver(letter)
        signed = {"error": error} if error else {"sent_at": timezone.now(), "error": ""}
        erased = {"body": ""} if letter.is_private and not error else {}
        Letter.objects.filter(pk=letter.pk).update(**signed, **erased)
        sent, failed = (sent, failed + 1) if error else (sent + 1, failed)
    return sent, failed


def _claim(letter: Letter, now: datetime) -> bool:
    """True for one of two servers that see it waiting."""
    mine = Letter.objects.filter(pk=letter.pk, sent_at=None, attempts=letter.attempts)
    return bool(mine.update(claimed_at=now, attempts=F("attempts") + 1))


def _deliver(letter: Letter) -> str:
    """Hand it to the mail server; the error in words, or nothing."""
    subject = f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{letter.subject}"
    try:
        body = _cipher().decrypt(letter.body).decode() if letter.is_private else letter.body
    except InvalidToken:
        return _("The secret key of the portal has changed since this letter was written.")
    message = EmailMessage(subject, body, to=[letter.mail_address], connection=get_connection(settings.MAIL_DELIVERY))
    # The same for every attempt, so that a letter sent just before a crash is recognised when it comes again.
    message.extra_headers["Message-ID"] = f"<{sha256(letter.key.encode()).hexdigest()[:32]}@paritrana>"
    try:
        message.send()
    except (OSError, SMTPException, ValueError) as error:  # ValueError: an address or subject no header may hold
        return str(error)[:300] or type(error).__name__
    return ""
