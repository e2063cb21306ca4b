"""The photo of a winner: checked like evidence, then drawn anew as one small picture for pages and the stage."""

import io
import secrets
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image

from paritrana import uploads
from paritrana.uploads import stored_files
from paritrana.uploads.stored_files import StoredFile
from scoring.models import WinnerStory

FOLDER = "foto"
"""A folder of its own, so that ``sweep_evidence`` does not remove these files."""
LARGEST = (1200, 1200)
QUALITY = 78


def store(upload: UploadedFile) -> tuple[str, str]:
    """Key and sha256 of the picture. ValidationError: the codes of ``uploads.sandbox.Unacceptable``, ``not-a-photo``.

    Only a picture the sandbox has written anew is decoded here.
    """
    with uploads.inspected(upload) as found:
        if found.kind not in {"jpeg", "png"}:
            raise ValidationError(_("The photo is a JPEG or PNG picture."), code="not-a-photo")
        content = _drawn(found.path)
    random = secrets.token_hex(20)
    key = f"{FOLDER}/{random[:2]}/{random}"
    storages["evidence"].save(key, ContentFile(content))
    return key, sha256(content).hexdigest()


def _drawn(path: Path) -> bytes:
    with Image.open(path) as opened:
        seen = opened.convert("RGBA") if opened.mode not in {"RGB", "L"} else opened.convert("RGB")
        ground = Image.new("RGB", seen.size, "white")
        ground.paste(seen, mask=seen if seen.mode == "RGBA" else None)
    ground.thumbnail(LARGEST)
    paper = io.BytesIO()
    ground.save(paper, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return paper.getvalue()


STAGE = (420, 420)


def inline(story: WinnerStory | None) -> str:
    """The photo as a small ``data:`` address, for a page that needs no network later; empty without one."""
    if story is None or not story.photo_key:
        return ""
    try:
        with stored_files.opened(stored_photo(story)) as content, Image.open(io.BytesIO(content.read())) as opened:
            opened.thumbnail(STAGE)
            paper = io.BytesIO()
            opened.save(paper, "JPEG", quality=QUALITY)
    except (stored_files.Damaged, OSError):  # missing, altered, or no picture: the stage goes on without it
        return ""
    return f"data:image/jpeg;base64,{b64encode(paper.getvalue()).decode()}"


def stored_photo(story: WinnerStory) -> StoredFile:
    owner = f"{story.nomination.selection.slug} {story.nomination}"
    return StoredFile(story.photo_key, "foto.jpg", story.photo_sha256, owner)
