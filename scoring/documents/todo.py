"""To-do items after a seal: the minutes, addenda to second; after the announcement, certificates and letters."""

from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.lookups import selections_of
from awards.models import Contact, Letter, Selection
from awards.models.appointments import appointments_of
from awards.stages import Permission, Stage
from paritrana.accounts.models import AuditEvent, User
from paritrana.accounts.request_cache import remembered
from paritrana.todo import Source, Task, register, since_day
from scoring.models import Addendum, Document
from scoring.models.seals import heavy_in
from scoring.standings.visibility import conflicts_of
from scoring.turns import Turn, awaited, of, page

KINDS = {"minutes": Document.Kind.MINUTES, "certificates": Document.Kind.CERTIFICATE}


def tasks_for(user: User) -> list[Task]:
    """The number of queries is fixed for any number of selections."""
    return of(user, _turns(user))


def awaited_by(user: User) -> list[Task]:
    return awaited(user, _turns(user))


def _turns(user: User) -> list[Turn]:
    def read() -> list[Turn]:
        return [turn for each in _unfinished(user) for turn in _steps(each)] + list(_addenda(user))

    return remembered(user, "document-turns", read)


def _steps(selection: Any) -> list[Turn]:
    found = []
    if not selection.has_minutes and (selection.seal.is_public or not selection.is_kept_out_of):
        found.append((Permission.MAKE_DOCUMENTS, "minutes-make", _("Make the minutes")))
    if selection.stage == Stage.ANNOUNCED:
        if not selection.has_certificates:
            found.append((Permission.MAKE_DOCUMENTS, "certificates-make", _("Make the certificates")))
        elif not selection.is_fetched:
            found.append((Permission.MAKE_DOCUMENTS, "documents", _("Fetch the certificates")))
        if selection.is_reachable and not selection.is_notified:
            found.append((Permission.NOTIFY, "notices", _("Write to winners and nominees")))
    announced = selection.stage == Stage.ANNOUNCED
    since = since_day(selection.seal.public_from if announced else selection.seal.sealed_at, selection.zone_label)
    return [Turn(selection, may, title, page(selection, name), since) for may, name, title in found]


def _addenda(user: User) -> Iterator[Turn]:
    """Corrections of papers that wait for a second person."""
    rows = Addendum.objects.open().filter(seal__current_of__in=_sealed(user)).defer(*heavy_in("seal"))
    hidden = Q(seal__current_of__stage=Stage.SEALED) & Q(
        Exists(conflicts_of(user).filter(seat__panel__selection=OuterRef("seal__current_of")))
    )
    rows = rows.exclude(hidden)
    for one in rows.select_related("seal__selection__edition", "seal__selection__province"):
        selection = one.seal.selection
        url = reverse("addendum-second", args=[selection.slug, one.pk])
        since = since_day(one.asked_at, selection.zone_label)
        yield Turn(selection, Permission.SECOND_SEAL, _("Confirm the addendum"), url, since, never_by=one.asked_by_id)


def _sealed(user: User) -> list[int]:
    """The keys of sealed selections this person is appointed to."""
    mine = appointments_of(user)
    own, whole = {one.selection_id for one in mine}, {one.edition_id for one in mine if one.selection_id is None}
    of_mine = (each for each in selections_of(user) if each.pk in own or each.edition_id in whole)
    return [each.pk for each in of_mine if each.is_sealed]


def _unfinished(user: User) -> Any:
    """Selections with a seal in force this person is appointed to, where one of these is not done yet."""
    papers = Document.objects.filter(seal__current_of=OuterRef("pk"))
    taken = AuditEvent.objects.filter(
        verb="document.take-all",
        object_type=Selection._meta.label_lower,
        object_id=Cast(OuterRef("pk"), CharField()),
        at__gte=OuterRef("seal__sealed_at"),
    )
    letters = Letter.objects.filter(selection=OuterRef("pk"), key__startswith="notice:")
    letters = letters.filter(created_at__gte=OuterRef("seal__sealed_at"))
    contacts = Contact.objects.exclude(email="").filter(candidate__nominations__selection=OuterRef("pk"))
    found = (
        Selection.objects.filter(pk__in=_sealed(user), seal__isnull=False)
        .select_related("edition", "province", "seal")
        .defer(*heavy_in("seal"))
        .annotate(
            **{f"has_{name}": Exists(papers.filter(kind=kind)) for name, kind in KINDS.items()},
            is_fetched=Exists(taken),
            is_kept_out_of=Exists(conflicts_of(user).filter(seat__panel__selection=OuterRef("pk"))),
            is_notified=Exists(letters),
            is_reachable=Exists(contacts),
        )
    )
    open_papers = Q(has_minutes=False) | Q(stage=Stage.ANNOUNCED, has_certificates=False)
    open_acts = Q(stage=Stage.ANNOUNCED) & (Q(is_fetched=False) | Q(is_notified=False, is_reachable=True))
    return found.filter(open_papers | open_acts)


register(
    Source(order=60, tasks_for=tasks_for, awaited_by=awaited_by)
)  # documents are found on the page of their selection
