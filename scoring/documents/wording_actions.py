"""Changes the wording of documents and the logo of certificates, version by version."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from awards.editions.permissions import may_design, require
from awards.models import Edition
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring.documents import wording
from scoring.edit_conflicts import EditConflict
from scoring.models import CertificateLogo, DocumentText


@transaction.atomic
def write_text(
    edition: Edition,
    kind: str,
    parts: dict[str, str],
    *,
    version: int,
    by: User,
    language: str = settings.LANGUAGE_CODE,
) -> DocumentText:
    """Save the next version of the wording in a language, after ``version``.

    ``EditConflict`` when somebody saved first. ValidationError ``unknown-word``, ``brace``; PermissionDenied for people
    who may not design the edition.
    """
    require(may_design(by, edition))
    for text in parts.values():
        wording.check(kind, text)
    of = {"edition": edition, "kind": kind, "language": language}
    made = _next(DocumentText, of, version, {"parts": parts, "written_by": by})
    trail.record(by, "document.text", edition, kind=kind, language=language, version=made.version)
    return made


@transaction.atomic
def set_logo(edition: Edition, picture: bytes, *, version: int, by: User) -> CertificateLogo:
    """Save the cleaned PNG of the logo; empty removes it. ``EditConflict`` when somebody saved first."""
    require(may_design(by, edition))
    made = _next(CertificateLogo, {"edition": edition}, version, {"picture": picture, "set_by": by})
    trail.record(by, "document.logo", edition, version=made.version, bytes=len(picture))
    return made


def _next(model: Any, of: dict[str, Any], version: int, values: dict[str, Any]) -> Any:
    last = model.objects.filter(**of).first()
    if (last.version if last else 0) != version:
        raise EditConflict(_current(last))
    try:
        with transaction.atomic():
            return model.objects.create(**of, **values, version=version + 1)
    except IntegrityError as error:
        raise EditConflict(model.objects.filter(**of).get(version=version + 1)) from error


def _current(last: models.Model | None) -> models.Model:
    if last is None:
        raise ValidationError(_("This page is out of date. Please open it again."), code="version")
    return last
