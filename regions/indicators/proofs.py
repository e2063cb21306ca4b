"""Attaching a document to an answer, taking it back, handing it out: each recorded in the trail.

An answer whose documents change is another answer: its version moves on, and it has to be verified again.
"""

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.uploads import stored_files
from paritrana.uploads.keeping import removed_if_refused, require_room, stored
from regions.models import Indicator, IndicatorAnswer, IndicatorFile, Region

MOST_FILES = 20
MOST_BYTES = 50 * 1024 * 1024


def attach(indicator: Indicator, region: Region, year: int, upload: UploadedFile, *, by: User) -> IndicatorFile:
    """Check, clean and store a document; the checks run before the transaction.

    Raises ValidationError: the codes of ``uploads.sandbox.Unacceptable``, ``unanswered``, ``quota``, and ``twice``.
    """
    row = IndicatorFile(indicator=indicator, region=region, year=year, uploaded_by=by, **stored(upload))
    with removed_if_refused(row.key, ValidationError):
        _record(row)
    return row


@transaction.atomic
def _record(row: IndicatorFile) -> None:
    if not _change_proof(row):
        raise ValidationError(_("Answer yes or no first; a file alone is no answer."), code="unanswered")
    of_answer = IndicatorFile.objects.filter(indicator=row.indicator, region=row.region, year=row.year)
    message = _("An answer holds %(files)s files and %(megabytes)s MB at most, those taken back included.")
    require_room(of_answer, row.size, files=MOST_FILES, size_in_all=MOST_BYTES, message=message)
    if same := of_answer.current().filter(sha256=row.sha256).first():
        raise ValidationError(_("This file is attached already: %(file)s."), code="twice", params={"file": same.name})
    row.save()
    trail.record(row.uploaded_by, "indicator.attach", row.region, **_detail(row))


@transaction.atomic
def take_back(row: IndicatorFile, *, by: User) -> None:
    """Hide a document; row and content stay. ValidationError ``gone``."""
    _change_proof(row)
    signs = {"removed_at": timezone.now(), "removed_by": by}
    if not IndicatorFile.objects.current().filter(pk=row.pk).update(**signs):
        raise ValidationError(_("This file has already been taken back."), code="gone")
    trail.record(by, "indicator.take-back", row.region, **_detail(row))


@transaction.atomic
def hand_out(row: IndicatorFile, *, by: User) -> File:
    """The content, compared with its digest; the download is recorded. Raises ``stored_files.Damaged``."""
    content = stored_files.opened(row.stored)
    trail.record(by, "indicator.download", row.region, **_detail(row))
    return content


def _change_proof(row: IndicatorFile) -> bool:
    """Whether there is an answer; it is locked, so that two files at once do not pass the limit together."""
    answers = IndicatorAnswer.objects.filter(indicator=row.indicator, region=row.region, year=row.year)
    return bool(answers.update(version=F("version") + 1, verified_at=None, verified_by=None))


def _detail(row: IndicatorFile) -> dict[str, object]:
    named = {"file": row.name, "evidence": row.pk, "sha256": row.sha256}
    return {"indicator": row.indicator.code, "year": row.year, **named}
