"""The secret keys of sessions and of the trail: generated on first use, never in the repository."""

import os
import secrets
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from paritrana.setup.bootstrap import SetupRefused

SHORTEST, FEWEST_DIFFERENT = 50, 5
"""What ``check --deploy`` asks of a key."""


def demand_strong(key: str, name: str) -> str:
    """A key given by the environment. Raises SetupRefused."""
    if _is_weak(key):
        raise SetupRefused(f"{name} or one of {name}_FALLBACKS can be guessed: make one with openssl rand -base64 64")
    return key


def _is_weak(key: str) -> bool:
    return len(key.strip()) < SHORTEST or len(set(key)) < FEWEST_DIFFERENT or key.startswith("django-insecure-")


def secret_key(path: Path) -> str:
    """Read the key of this installation, creating it (mode 0600) on first use; safe when two processes start at once.

    Raises SetupRefused when the file is not a key, or others can read it.
    """
    if not os.path.lexists(path):
        descriptor, fresh = tempfile.mkstemp(dir=path.parent, prefix=".secret-")  # mkstemp creates it with mode 0600
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        with suppress(FileExistsError):
            os.link(fresh, path)  # atomic, and never replaces a key another process created meanwhile
        Path(fresh).unlink()
    return _checked(path)


def _checked(path: Path) -> str:
    try:
        mode = path.lstat().st_mode
        key = path.read_text() if stat.S_ISREG(mode) else ""
    except (OSError, UnicodeDecodeError) as error:
        raise SetupRefused(f"the secret key {path} cannot be read ({type(error).__name__}). {_CURE}") from None
    if not stat.S_ISREG(mode):
        raise SetupRefused(f"the secret key {path} is a link or no file at all. Put the file itself there.")
    if mode & 0o077:
        raise SetupRefused(
            f"the secret key {path} can be read by others (mode {mode & 0o777:o}). Type: chmod 600 {path}"
        )
    if _is_weak(key):
        raise SetupRefused(f"the secret key {path} is empty or can be guessed. {_CURE}")
    return key


_CURE = (
    "Restore it from a backup, or remove the file: a new key is made. After a new secret key everybody signs in again, "
    "after a new trail key type: manage.py verify_trail --accept REASON"
)
