"""Logos, emblems and signatures on papers: checked and written anew like every uploaded picture, and small."""

import io
from base64 import b64encode

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

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


def inked(upload: UploadedFile) -> bytes:
    """The uploaded signature as PNG: what is darker than the paper becomes ink, the paper becomes transparent.

    ValidationError as ``cleaned``, and ``no-ink`` for a picture without anything dark in it.
    """
    with Image.open(io.BytesIO(cleaned(upload))) as opened:
        white = Image.new("RGBA", opened.size, "white")
        seen = Image.alpha_composite(white, opened.convert("RGBA")).convert("RGB")
    ink = ImageOps.autocontrast(ImageOps.invert(seen.convert("L")), cutoff=(60, 0))
    if ink.getbbox() is None:
        raise ValidationError(_("There is no ink in this picture."), code="no-ink")
    seen.putalpha(ink)
    paper = io.BytesIO()
    seen.crop(ink.getbbox()).save(paper, "PNG", optimize=True)
    return paper.getvalue()


def as_address(picture: bytes) -> str:
    """The picture as a ``data:`` address, for pages that show it to whoever may see the page."""
    return f"data:image/png;base64,{b64encode(picture).decode()}"


def as_svg(picture: bytes) -> str:
    """The picture as text, because the data of a document is JSON."""
    with Image.open(io.BytesIO(picture)) as opened:
        width, height = opened.size
    data = b64encode(picture).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    )
