"""The logo of certificates: checked and written anew like every uploaded picture, and small enough to print."""

from __future__ import annotations

import io
from base64 import b64encode

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image

from paritrana import uploads

LARGEST = (900, 450)
"""Pixels: 18 mm high at 600 dots per inch."""


def cleaned(upload: UploadedFile) -> bytes:
    """The uploaded picture as PNG.

    ValidationError: the codes of ``uploads.sandbox.Unacceptable``, and ``not-a-picture``.
    """
    with uploads.inspected(upload) as found:
        if found.kind not in {"png", "jpeg"}:
            raise ValidationError(_("The logo is a picture, PNG or JPEG."), code="not-a-picture")
        with Image.open(found.path) as opened:
            seen = opened.convert("RGBA")
    seen.thumbnail(LARGEST)
    paper = io.BytesIO()
    seen.save(paper, "PNG", optimize=True)
    return paper.getvalue()


def as_svg(picture: bytes) -> str:
    """The picture as text, because the data of a document is JSON."""
    with Image.open(io.BytesIO(picture)) as opened:
        width, height = opened.size
    data = b64encode(picture).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    )
