"""Comments of the committee on a nomination, with a private file: never changed, read by both sides, sent by letter."""

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from awards import permissions
from awards.criteria.completeness import rubric_criteria
from awards.models import Comment, Criterion, Nomination
from awards.nominations import file_rows
from awards.signals import nominators_notified
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.uploads import stored_files
from paritrana.uploads.keeping import removed_if_refused, stored

MOST_BYTES = 100 * 1024 * 1024


def write(
    nomination: Nomination,
    *,
    text: str,
    by: User,
    criterion: Criterion | None = None,
    upload: UploadedFile | None = None,
) -> Comment:
    """Write a comment to the nominator, on one criterion or on the whole; the file is checked before the transaction.

    PermissionDenied, or ValidationError: ``text``, ``criterion`` for one its rubric has not, ``quota``, and the codes
    of ``uploads.sandbox.Unacceptable``.
    """
    if not text.strip():
        raise ValidationError(_("Write the comment: the nominator reads it."), code="text")
    if criterion and criterion not in rubric_criteria(nomination.selection, nomination.category):
        raise ValidationError(_("The rubric of this nomination has no such criterion."), code="criterion")
    row = Comment(nomination=nomination, criterion=criterion, text=text.strip(), written_by=by)
    for name, value in (stored(upload) if upload else {}).items():
        setattr(row, name, value)
    with removed_if_refused(row.key, Exception):
        _record(row)
    return row


@transaction.atomic
def _record(row: Comment) -> None:
    nomination = Nomination.objects.select_for_update(no_key=True).get(pk=row.nomination_id)
    permissions.require_on(row.written_by, Permission.VERIFY, row.nomination)
    held = Comment.objects.filter(nomination=nomination).aggregate(size=Sum("size"))["size"] or 0
    if held + row.size > MOST_BYTES:
        words = _("The files of comments on a nomination hold %(megabytes)s MB at most.")
        raise ValidationError(words, code="quota", params={"megabytes": MOST_BYTES // 1024 // 1024})
    row.save()
    detail = {"comment": row.pk, "text": row.text, "file": row.name, "sha256": row.sha256}
    detail["criterion"] = row.criterion.slug if row.criterion else ""
    trail.record(row.written_by, "nomination.comment", nomination, **detail)
    more = [str(row.criterion)] if row.criterion else []
    news = {"event": "comment", "reason": row.text, "more": more, "by": row.written_by}
    nominators_notified.send(sender=Nomination, nominations=[row.nomination], **news)


@transaction.atomic
def hand_out(comment: Comment, *, by: User) -> File:
    """The content of the file, compared with its digest; the download is recorded. Raises ``stored_files.Damaged``."""
    content = stored_files.opened(file_rows.of_comment(comment))
    trail.record(by, "nomination.comment-file", comment.nomination, comment=comment.pk, sha256=comment.sha256)
    return content
