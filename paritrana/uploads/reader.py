"""The process ``sandbox`` starts: ``python -m paritrana.uploads.reader inspect FILE CLEAN`` or ``draw FILE PAGE OUT``.

It has no database and no secrets, prints one line of JSON, and its time and memory are limited.
"""

import json
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from paritrana.uploads.limits import DocumentRefused

MEMORY = 1024 * 1024 * 1024
SECONDS = 20
LARGEST_WRITTEN = 200 * 1024 * 1024
WIDTH = 1200


def inspect(path: Path, clean: Path) -> dict[str, Any]:
    """Kind and pages; a picture, and a PDF without its links, is written anew to ``clean``."""
    content = path.read_bytes()
    if content.startswith(b"%PDF-"):
        from paritrana.uploads import pdf

        return {"kind": "pdf", "pages": pdf.pages(content, clean)}
    if content.startswith(b"PK\x03\x04"):
        from paritrana.uploads import office

        return {"kind": office.kind(content)}
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise DocumentRefused("encrypted")
    for start, kind in ((b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png")):
        if content.startswith(start):
            from paritrana.uploads import pictures

            pictures.rewrite(path, kind, clean)
            return {"kind": kind}
    raise DocumentRefused("unknown")


def draw(path: Path, page: int, out: Path) -> dict[str, Any]:
    from paritrana.uploads import pdf

    pdf.picture(str(path), page, WIDTH).save(out, format="PNG")
    return {}


def main(verb: str, *given: str) -> None:
    _bind()
    try:
        if verb == "inspect":
            result = inspect(Path(given[0]), Path(given[1]))
        else:
            result = draw(Path(given[0]), int(given[1]), Path(given[2]))
    except DocumentRefused as refusal:
        result = {"code": str(refusal)}
    except (MemoryError, RecursionError):
        result = {"code": "greedy"}
    except Exception:  # the libraries raise any of a hundred exceptions for a damaged file
        result = {"code": "damaged"}
    print(json.dumps(result))


def _bind() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_WRITTEN, LARGEST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(2 * SECONDS)


if __name__ == "__main__":
    main(*sys.argv[1:])
