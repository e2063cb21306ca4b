"""The secret key: made on first use, never in the repository."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def secret_key(path: Path) -> str:
    """Read the key of this installation, making it (mode 0600) on first use; safe when two processes start at once."""
    if not path.exists():
        descriptor, fresh = tempfile.mkstemp(dir=path.parent, prefix=".secret-")  # mkstemp gives mode 0600
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        with suppress(FileExistsError):
            os.link(fresh, path)  # atomic, and never replaces a key another process made meanwhile
        Path(fresh).unlink()
    return path.read_text()
