"""Attaching a document to a criterion, withdrawing it, downloading it: each recorded in the trail.

The content is written before the row, so a row never refers to a missing file. A file without a row is removed after a
day.
"""

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards import deadlines
from awards.models import Criterion, Evidence, Nomination
from awards.nominations import file_rows
from awards.refusals import require_turn
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.uploads import stored_files
from paritrana.uploads.keeping import removed_if_refused, require_room, stored

MOST_FILES = 60
MOST_BYTES = 200 * 1024 * 1024


def attach(nomination: Nomination, criterion: Criterion, upload: UploadedFile, *, by: User) -> Evidence:
    """Check, clean and store a document; the checks run before the transaction.

    Raises ValidationError: the codes of ``uploads.sandbox.Unacceptable``, ``not-editable``, ``deadline``, ``quota``,
    and ``twice`` for a file this criterion has already.
    """
    row = Evidence(nomination=nomination, criterion=criterion, uploaded_by=by, **stored(upload))
    with removed_if_refused(row.key, ValidationError):
        _record(row)
    return row


@transaction.atomic
def _record(row: Evidence) -> None:
    nomination = _mendable(row.nomination, row.uploaded_by)
    held = Evidence.objects.filter(nomination=nomination)
    message = _("A nomination holds %(files)s files and %(megabytes)s MB at most, those taken back included.")
    require_room(held, row.size, files=MOST_FILES, size_in_all=MOST_BYTES, message=message)
    same = Evidence.objects.current().filter(nomination=nomination, criterion=row.criterion, sha256=row.sha256).first()
    if same:
        raise ValidationError(_("This file is attached already: %(file)s."), code="twice", params={"file": same.name})
    row.save()
    detail = {"file": row.name, "criterion": row.criterion.slug, "sha256": row.sha256}
    trail.record(row.uploaded_by, "evidence.attach", nomination, evidence=row.pk, **detail)


@transaction.atomic
def take_back(evidence: Evidence, *, by: User) -> None:
    """Hide a document while the nomination may be changed; row and content stay.

    ValidationError as ``attach``, and ``gone``.
    """
    nomination = _mendable(evidence.nomination, by)
    signs = {"removed_at": timezone.now(), "removed_by": by}
    if not Evidence.objects.current().filter(pk=evidence.pk).update(**signs):
        raise ValidationError(_("This file has already been taken back."), code="gone")
    trail.record(by, "evidence.take-back", nomination, evidence=evidence.pk, file=evidence.name, sha256=evidence.sha256)


@transaction.atomic
def hand_out(evidence: Evidence, *, by: User) -> File:
    """The content, opened and compared with its digest, for a download, which is recorded in the trail.

    Raises ``stored_files.Damaged``, and records nothing, where it is missing or altered.
    """
    content = stored_files.opened(file_rows.of_evidence(evidence))
    trail.record(by, "evidence.download", evidence, nomination=evidence.nomination_id, sha256=evidence.sha256)
    return content


def _mendable(nomination: Nomination, by: User) -> Nomination:
    """The nomination, locked until the transaction ends, if this person may still change it."""
    present = (
        Nomination.objects.select_for_update(no_key=True, of=("self",))
        .select_related("selection")
        .get(pk=nomination.pk)
    )
    if not Nomination.objects.filter(pk=present.pk).mendable().exists():
        if date := deadlines.missed(present):
            raise deadlines.too_late(date)
        raise ValidationError(_("Evidence can be changed only before the nomination is sent."), code="not-editable")
    require_turn(present, by)
    return present
