"""System programs the tests need: found, installed as root, or requested from the user."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path


class Missing(Exception):
    """A program is missing and could not be installed; the text is the command to run."""


def chromium() -> Path:
    """The headless shell where there is one: the same pages for a third less processor time."""
    return _program(["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"], "chromium")


def libreoffice() -> Path:
    return _program(["soffice", "libreoffice"], "libreoffice-calc-nogui")


def nginx() -> Path:
    return _program(["nginx"], "nginx-light")


def caddy() -> Path:
    return _program(["caddy"], "caddy")


def installed(find: Callable[[], Path], *packages: str) -> Path:
    """The path of the program ``find`` looks for, after installing the first available of Debian's ``packages``."""
    try:
        return find()
    except Missing:
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            raise
    _apt_get("update")
    next((package for package in packages if _apt_get("install", "-y", "--no-install-recommends", package)), None)
    return find()


def _apt_get(*line: str) -> bool:
    print("Running apt-get", *line, "...", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command, away = ["apt-get", "-qq", *line], subprocess.DEVNULL
    return subprocess.run(command, env=quiet, stdin=away, stdout=away).returncode == 0


def _program(names: list[str], package: str) -> Path:
    for name in names:
        if path := shutil.which(name):
            return Path(path)
    raise Missing(f"{names[0]} is not installed. Type: sudo apt-get install -y {package}")
