"""The portal's side: start the reader process, wait for its answer, and explain what it refused."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from paritrana.uploads.limits import LARGEST_FILE, MOST_PAGES, MOST_PIXELS

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
"""Seconds until the reader is ended; normally it ends itself earlier."""

REASONS = {
    "unknown": _("Only PDF, JPEG, PNG, DOCX and XLSX are taken; what is in this file is none of them."),
    "empty": _("The file is empty."),
    "large": _("The file is larger than %(megabytes)s MB. Scan it at a lower resolution, or split it."),
    "pages": _("The document has more than %(pages)s pages. Attach the pages that matter."),
    "pixels": _("The picture has more than %(megapixels)s megapixels. Save it smaller."),
    "encrypted": _("The file is protected by a password, or in an old format. Save it without a password."),
    "active": _("The file carries scripts, macros, or other files inside it. Print it to a new PDF and attach that."),
    "links": _("The document is signed and has links to web addresses. Take the links out before signing it."),
    "two": _("Something else lies before, behind or twice in this file. Save or print it anew, and attach that."),
    "damaged": _("The file is damaged and cannot be opened. Make it again and attach it once more."),
    "greedy": _("Opening the file takes far more memory or time than a document does; it was not taken."),
}
_LIMITS = {
    "megabytes": LARGEST_FILE // 1024 // 1024,
    "pages": MOST_PAGES,
    "megapixels": MOST_PIXELS // 1_000_000,
}


@dataclass(frozen=True)
class InspectedFile:
    """``kind`` is pdf, jpeg, png, docx or xlsx; ``pages`` those of a PDF; ``path`` the content to store."""

    kind: str
    pages: int | None
    path: Path


class Unacceptable(ValidationError):
    """The document is refused; the code is one of ``REASONS``."""

    def __init__(self, code: str) -> None:
        super().__init__(REASONS[code], code=code, params=_LIMITS)


@contextmanager
def inspected(upload: UploadedFile) -> Iterator[InspectedFile]:
    """What somebody attached, judged before anything is written; its content lies there as long as the block lasts."""
    if (upload.size or 0) > LARGEST_FILE:
        raise Unacceptable("large")
    with TemporaryDirectory(prefix="paritrana-") as folder:
        path = Path(folder) / "file"
        path.write_bytes(upload.read())
        yield inspect(path)


def inspect(path: Path) -> InspectedFile:
    """What the file is, by its content alone. What was cleaned, pictures and links, is at ``InspectedFile.path``."""
    size = path.stat().st_size
    if size == 0 or size > LARGEST_FILE:
        raise Unacceptable("large" if size else "empty")
    clean = path.with_name(f"{path.name}.clean")
    result = _read("inspect", path, clean)
    return InspectedFile(result["kind"], result.get("pages"), clean if clean.exists() else path)


def draw(path: Path, page: int, out: Path) -> None:
    """Draw one page (from 1) of an inspected PDF to ``out`` as PNG. Raises Unacceptable."""
    _read("draw", path, page, out)


def _read(*arguments: Any) -> dict[str, Any]:
    command = [sys.executable, "-m", "paritrana.uploads.reader", *map(str, arguments)]
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=True,
            start_new_session=True,
        )
        result = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise Unacceptable("greedy") from error
    if "code" in result:
        raise Unacceptable(result["code"])
    return result
