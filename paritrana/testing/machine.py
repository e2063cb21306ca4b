"""Programs of the system that the browser journeys need: found, installed as root, or asked for."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path


class Missing(Exception):
    """A program is not there and could not be installed; the text is the line to type."""


def chromium() -> Path:
    return _program(["chromium", "chromium-browser", "google-chrome"], "chromium")


def libreoffice() -> Path:
    return _program(["soffice", "libreoffice"], "libreoffice-calc-nogui")


def installed(find: Callable[[], Path], package: str) -> Path:
    """The program ``find`` looks for, after installing Debian's ``package`` where that is possible."""
    try:
        return find()
    except Missing:
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            raise
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for line in (["update"], ["install", "-y", "--no-install-recommends", package]):
        print("Running apt-get", *line, "...", flush=True)
        subprocess.run(["apt-get", "-qq", *line], env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return find()


def _program(names: list[str], package: str) -> Path:
    for name in names:
        if path := shutil.which(name):
            return Path(path)
    raise Missing(f"{names[0]} is not installed. Type: sudo apt-get install -y {package}")
