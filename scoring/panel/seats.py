"""The panel: its decree, and the rows of its seats. Who may change them: see ``seat_changes``."""

import secrets
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Appointment, Role, Selection
from awards.stages import Permission
from paritrana import uploads
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.intake.fields import in_every_language
from paritrana.uploads.keeping import proper_name, removed_if_refused
from paritrana.uploads.stored_files import StoredFile
from scoring.conflicts import assistant_letters
from scoring.edit_conflicts import EditConflict
from scoring.models import Panel, Seat
from scoring.panel.rooms import pass_on
from scoring.permissions import hold

ROLES = (Role.CHAIR, Role.SECRETARY, Role.JUROR)
_SHORT: dict[str, str] = {"ketua": Role.CHAIR, "sekretaris": Role.SECRETARY, "anggota": Role.JUROR}
ONE_ONLY = frozenset({Role.CHAIR, Role.SECRETARY})
MOST = 60
"""Members taken in at once: each one invited is sent a letter."""


RULES = (
    "decree_number",
    "decree_date",
    "presentation_minutes",
    "question_minutes",
    "changeover_minutes",
    "quorum",
    "quorum_blocks",
)


def role_words() -> dict[str, str]:
    """The roles by their labels in every language, and by the words for short."""
    return in_every_language(lambda: [(Role(role).label, role) for role in ROLES])() | _SHORT


@transaction.atomic
def set_decree(selection: Selection, *, version: int, by: User, **rules: Any) -> Panel:
    """Save the decree and the rules of the panel, any of ``RULES``; ``version`` is 0 when there is no panel yet.

    Raises EditConflict.
    """
    if unknown := set(rules) - set(RULES):
        raise TypeError(f"not a rule of the panel: {sorted(unknown)}")
    hold(selection, Permission.MANAGE_PANEL, by)
    panel, is_new = Panel.objects.get_or_create(selection=selection)
    before = {name: getattr(panel, name) for name in rules}
    moved = Panel.objects.filter(pk=panel.pk, version=panel.version if is_new else version).update(
        **rules, version=F("version") + 1
    )
    if not moved:
        raise EditConflict(panel)
    panel.refresh_from_db()
    trail.record(by, "panel.decree", panel, before=before, after=rules)
    return panel


def take_seat(
    panel: Panel, *, user: User, asked_by: User, by: User, replaces: Seat | None = None, **terms: Any
) -> Seat:
    """Create a seat on these terms (``role``, ``element``, ``is_observer``), in the caller's transaction.

    ``by`` is the person who confirmed what ``asked_by`` wanted. ValidationError codes: see ``require_vacant``.
    """
    role = terms.pop("role")
    require_vacant(panel, role, is_observer=terms.get("is_observer", False), email=user.email)
    selection = panel.selection
    appointment, _made = Appointment.objects.get_or_create(
        user=user,
        role=role,
        edition_id=selection.edition_id,
        selection=selection,
        ended_at=None,
        defaults={"granted_by": asked_by, "seconded_by": by},
    )
    last = panel.seats.aggregate(last=Max("order"))["last"] or 0
    seat = Seat.objects.create(panel=panel, appointment=appointment, order=last + 1, replaces=replaces, **terms)
    after = {"user": user.pk, "role": role, **terms, "replaces": replaces and replaces.pk}
    trail.record(by, "seat.add", seat, asked_by=asked_by.pk, after=after)
    if replaces:
        pass_on(replaces, seat)
    return seat


def require_vacant(panel: Panel, role: str, *, is_observer: bool, email: str, leaving: Seat | None = None) -> None:
    """Check that the seat is free once ``leaving`` has left.

    ValidationError: ``not-a-panel-role``, ``already-seated``, ``role-taken``, ``observer-role``.
    """
    sitting = panel.seats.sitting().exclude(pk=leaving.pk if leaving else None)
    if role not in ROLES:
        raise ValidationError(_("This is not a role in a panel."), code="not-a-panel-role")
    if is_observer and role in ONE_ONLY:
        raise ValidationError(_("An observer neither leads the panel nor keeps its records."), code="observer-role")
    if sitting.filter(appointment__user__email=email).exists():
        raise ValidationError(_("This person already has a seat in the panel."), code="already-seated")
    if role in ONE_ONLY and sitting.filter(appointment__role=role).exists():
        raise ValidationError(
            _("The panel already has one. End that seat first, then appoint the successor."), code="role-taken"
        )


def leave_seat(seat: Seat, *, reason: str, asked_by: User, by: User) -> None:
    """End a seat and its appointment, in the caller's transaction.

    Its handed-in marks no longer count, and nobody types for it any more.
    """
    ended = Appointment.objects.filter(pk=seat.appointment_id, ended_at=None).update(ended_at=timezone.now())
    if not ended:
        raise ValidationError(_("This seat has already been ended."), code="already-ended")
    address = Seat.objects.values_list("assistant_address", flat=True).get(pk=seat.pk)
    Seat.objects.filter(pk=seat.pk).update(ended_reason=reason.strip(), assistant_address="")
    assistant_letters.changed(seat, before=address, after="")
    trail.record(by, "seat.end", seat, asked_by=asked_by.pk, reason=reason.strip())


FOLDER = "sk"
"""A folder of its own, so that ``sweep_evidence`` does not remove these files."""


def attach_decree(selection: Selection, upload: UploadedFile, *, by: User) -> Panel:
    """Store a PDF as the document of the decree; older ones stay in the storage and in the trail.

    Raises ValidationError: the codes of ``uploads.sandbox.Unacceptable``, and ``not-a-pdf``.
    """
    with uploads.inspected(upload) as found:
        if found.kind != "pdf":
            raise ValidationError(_("The document of a decree is a PDF."), code="not-a-pdf")
        content = found.path.read_bytes()
    random = secrets.token_hex(20)
    key = f"{FOLDER}/{random[:2]}/{random}"
    storages["evidence"].save(key, ContentFile(content))
    with removed_if_refused(key, ValidationError, PermissionDenied):
        return _record(selection, proper_name(upload.name or "", "pdf"), key, sha256(content).hexdigest(), by)


def decree_stored(panel: Panel) -> StoredFile:
    """The stored file of the panel's decree."""
    return StoredFile(panel.decree_key, panel.decree_file, panel.decree_sha256, panel.selection.slug)


@transaction.atomic
def _record(selection: Selection, name: str, key: str, digest: str, by: User) -> Panel:
    hold(selection, Permission.MANAGE_PANEL, by)
    panel, _made = Panel.objects.get_or_create(selection=selection)
    before = {"file": panel.decree_file, "sha256": panel.decree_sha256}
    Panel.objects.filter(pk=panel.pk).update(
        decree_file=name, decree_key=key, decree_sha256=digest, version=F("version") + 1
    )
    panel.refresh_from_db()
    trail.record(by, "panel.document", panel, before=before, after={"file": name, "sha256": digest})
    return panel
