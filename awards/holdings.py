"""What the award holds about a person: appointments, letters, and the candidate's side."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.models import AnswerDraft, Appointment, CandidateDoor, Contact, Letter, Nomination
from awards.stages import Stage
from paritrana.accounts.holdings import nowhere
from paritrana.accounts.models import User
from paritrana.accounts.personal_data import Holding, Rows, register, rows_of_one

OVER = [Stage.SEALED, Stage.ANNOUNCED]


def _appointments(user: User) -> Rows:
    held = Appointment.objects.filter(user=user).select_related("edition", "selection__edition", "selection__province")
    for one in held:
        yield {"role": one.role, "scope": str(one.selection or one.edition), "ended_at": one.ended_at}


def _still_needed(user: User) -> str:
    """A selection that runs needs whoever judges in it by name."""
    held = Appointment.objects.current().filter(user=user).exclude(selection=None).exclude(selection__stage__in=OVER)
    names = [str(one.selection) for one in held.select_related("selection__edition", "selection__province")]
    return gettext("End the appointments first: %(where)s.") % {"where": ", ".join(names)} if names else ""


def _end_appointments(user: User) -> None:
    """Except of seats in selections that are over: who judged stays seated, under the pseudonym."""
    current = Appointment.objects.filter(user=user, ended_at=None)
    current.filter(selection=None).update(ended_at=timezone.now())


def _letters_of(user: User) -> Q:
    return Q(to=user) | Q(address__iexact=user.email)


def _letters(user: User) -> Rows:
    return Letter.objects.filter(_letters_of(user)).order_by("pk").values("subject", "body", "created_at", "sent_at")


def _erase_letters(user: User) -> None:
    """One that waits is not sent any more, but for the last, which says that the data is gone."""
    Letter.objects.filter(to=user, sent_at=None).delete()
    sent = Letter.objects.filter(_letters_of(user)).exclude(sent_at=None)
    sent.filter(to=None).update(address=nowhere(user.pk))
    Letter.objects.filter(Q(to=user) | Q(address=nowhere(user.pk))).update(body="", addressee="")


def _sweep_letters(before: datetime) -> int:
    """The text of letters sent long ago, and the address of those to somebody without an account."""
    old = Letter.objects.filter(sent_at__lt=before)
    old.filter(to=None).exclude(address=nowhere("surat")).update(address=nowhere("surat"), addressee="")
    return int(old.exclude(body="").update(body=""))


def _sweep_links(before: datetime) -> int:
    """Whom a link invited that nobody used; and to whom a letter with a link went, once it is sent."""
    unused = CandidateDoor.objects.filter(user=None, expires_at__lt=before).exclude(email=nowhere("tautan"))
    links = Letter.objects.filter(is_private=True, sent_at__lt=before).exclude(address=nowhere("surat"))
    links.update(address=nowhere("surat"), addressee="")
    return int(unused.update(email=nowhere("tautan"), name="–", office=""))


def _doors(user: User) -> Rows:
    doors = CandidateDoor.objects.filter(Q(user=user) | Q(email__iexact=user.email))
    return doors.values("nomination__candidate__name", "name", "office", "email", "sent_at", "entered_at", "closed_at")


def _erase_doors(user: User) -> None:
    doors = CandidateDoor.objects.filter(Q(user=user) | Q(email__iexact=user.email))
    doors.filter(closed_at=None).update(closed_at=timezone.now(), closed_by=user)
    doors.update(name=user.trail_label, office="", email=nowhere(user.pk), note="")


def _contacts(user: User) -> Rows:
    rows = Contact.objects.filter(email__iexact=user.email)
    return rows.values("candidate__name", "name", "office", "phone", "email", "nik")


def _erase_contacts(user: User) -> None:
    Contact.objects.filter(email__iexact=user.email).delete()


def _nominations(user: User) -> Rows:
    rows = Nomination.objects.filter(Q(nominated_by=user) | Q(submitted_by=user) | Q(verified_by=user))
    return rows.order_by("pk").values(
        "candidate__name", "selection__slug", "nominated_by", "submitted_by", "verified_by"
    )


register(
    Holding(
        "appointments",
        _("Appointments: committee, panel, auditor"),
        _("Who may do what, and who judged"),
        _("For good, under the number of the account: a result rests on who judged"),
        _appointments,
        end=_end_appointments,
        hindrance=_still_needed,
    ),
    Holding(
        "nominations",
        _("Nominations made, sent or verified"),
        _("Who nominated does not judge"),
        _("For good, under the number of the account"),
        _nominations,
    ),
    Holding(
        "letters",
        _("Letters of the portal to the person"),
        _("To prove what was said and when"),
        _("Their text for a time, then only that one was sent; erased on request"),
        _letters,
        _erase_letters,
        keep="letters",
        sweep=_sweep_letters,
    ),
    Holding(
        "doors",
        _("Access of a candidate: name, office, e-mail address"),
        _("A contact fills in the own nomination"),
        _("As long as the nomination; a link nobody used for a time; erased on request"),
        _doors,
        _erase_doors,
        keep="links",
        sweep=_sweep_links,
    ),
    Holding(
        "contacts",
        _("Contact of a candidate: name, office, telephone, e-mail address, NIK"),
        _("Reaching the candidate"),
        _("Until removed on the candidate's page; erased on request"),
        _contacts,
        _erase_contacts,
    ),
    Holding(
        "answer-drafts",
        _("Answers typed and not saved"),
        _("Nothing typed is lost"),
        _("Until they are saved"),
        **rows_of_one(AnswerDraft, "saved_at", "nomination__candidate__name", "texts", "saved_at"),
        keep="drafts",
    ),
)
