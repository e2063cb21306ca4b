"""The portal in processes of its own over a throwaway PostgreSQL, and browsers that only send what they are told."""

import atexit
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from paritrana.setup.server import GUNICORN

ROOT = Path(__file__).resolve().parents[1]
PORT = int(os.environ.get("BENCHMARK_PORT", "8133"))
PATIENCE = 300
"""Seconds a browser waits for its answer."""


def prepared(url: str) -> None:
    """Django in this process over the database of ``url``, its tables made."""
    folder = tempfile.mkdtemp(prefix="paritrana-benchmark-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    own = {"DATABASE_URL": url, "PARITRANA_DATA": folder, "PARITRANA_URL": f"http://127.0.0.1:{PORT}"}
    os.environ.update(own, DJANGO_SETTINGS_MODULE="paritrana.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from paritrana.accounts import installation

    installation.bind()


@contextmanager
def served(without: str = "", workers: int | None = None) -> Iterator[subprocess.Popen]:
    """The app processes and threads of production; ``without`` names a guard: see ``unguarded.py``."""
    named = ["workers", "threads", "worker_class", "worker_connections", "timeout"]
    wanted = {**GUNICORN, **({"workers": workers} if workers else {})}
    options = [part for name in named for part in (f"--{name.replace('_', '-')}", str(wanted[name]))]
    command = [sys.executable, "-m", "gunicorn", "benchmarks.unguarded:application", *options]
    command += ["--bind", f"127.0.0.1:{PORT}", "--log-level", "critical", "--no-control-socket", "--preload"]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "UNGUARDED": without})
    try:
        wait_for_answer()
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def wait_for_answer(seconds: float = 300, port: int = PORT) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/akun/login/")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.2)
    raise RuntimeError("the portal does not answer")


def workers_of(server: subprocess.Popen) -> list[int]:
    """The process numbers of the app processes."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
    return [int(number) for number in children.split()]


@dataclass
class Visitor:
    """Signed in by the cookies of a session, with the token of its forms."""

    cookies: str
    token: str

    def post(self, path: str, typed: dict[str, object], port: int = PORT) -> tuple[int, str]:
        """Status and address led to; 0 when the answer never came."""
        body = urlencode(typed | {"csrfmiddlewaretoken": self.token})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookies}
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.getheader("Location") or ""
        except (OSError, HTTPException):
            return 0, ""
        finally:
            connection.close()


class Browser(Visitor):
    """Signed in as one person; the session is laid into the database, so that no password is asked for."""

    def __init__(self, user) -> None:  # type: ignore[no-untyped-def]
        from django.conf import settings
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.sessions.backends.db import SessionStore

        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session.create()
        token = secrets.token_hex(16)
        super().__init__(f"session={session.session_key}; csrf={token}", token)
