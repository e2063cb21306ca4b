"""The document of a decree: judged by its content, kept apart, handed out to those who see the panel."""

import secrets
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from awards.file_names import proper_name
from awards.models import Selection
from awards.stages import Permission
from awards.stored_files import StoredFile
from paritrana import documents
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring.models import Panel
from scoring.permissions import hold

FOLDER = "sk"
"""Apart from evidence: what is swept there because no nomination points at it is not swept here."""


def attach_decree(selection: Selection, upload: UploadedFile, *, by: User) -> Panel:
    """Keep a PDF as the document of the decree; an older one stays in the storage and in the trail.

    Raises ValidationError: the codes of ``documents.Unacceptable``, and ``not-a-pdf``.
    """
    if upload.size > documents.LARGEST_FILE:
        raise documents.Unacceptable("large")
    with TemporaryDirectory(prefix="paritrana-") as folder:
        path = Path(folder) / "file"
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        found = documents.inspect(path)
        if found.kind != "pdf":
            raise ValidationError(_("The document of a decree is a PDF."), code="not-a-pdf")
        content = found.path.read_bytes()
    random = secrets.token_hex(20)
    key = f"{FOLDER}/{random[:2]}/{random}"
    storages["evidence"].save(key, ContentFile(content))
    try:
        return _record(selection, proper_name(upload.name or "", "pdf"), key, sha256(content).hexdigest(), by)
    except (ValidationError, PermissionDenied):
        storages["evidence"].delete(key)  # after any other failure the row may be there
        raise


def decree_stored(panel: Panel) -> StoredFile:
    """What the panel says of the document of its decree."""
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
