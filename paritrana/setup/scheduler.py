"""Beside the server: once a minute what is due, in a child of the prepared process.

Forked before gunicorn begins, so it shares neither sockets nor connections with it, and costs no second boot.
"""

import logging
import os
import signal
import time
from contextlib import suppress

EVERY = 60.0
FIRST_AFTER = 10.0
"""Seconds; the first requests after a start come first."""


def begin() -> int:
    """Fork the companion; gives its process id to the parent."""
    parent = os.getpid()
    child = os.fork()
    if child:
        return child
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # ends at once: a round cut short is taken up again
    rest_until(time.monotonic() + FIRST_AFTER, parent)
    while True:
        began = time.monotonic()
        one_round()
        rest_until(began + EVERY, parent)


def end(companion: int) -> None:
    with suppress(ProcessLookupError, ChildProcessError):
        os.kill(companion, signal.SIGTERM)
        os.waitpid(companion, 0)


def one_round() -> None:
    """A round that fails is told and tried again a minute later: the database may have been away."""
    from django.core.management import call_command
    from django.db import connections

    try:
        call_command("pass_announcements", verbosity=0)
        call_command("send_reminders", verbosity=0)
        call_command("verify_trail", in_turn=True, verbosity=0)
    except Exception:
        logging.getLogger("paritrana.setup.scheduler").exception("What is due each minute could not be done.")
    finally:
        connections.close_all()


def rest_until(moment: float, parent: int) -> None:
    """Sleep in short naps, and leave as soon as the server is gone."""
    while time.monotonic() < moment:
        if os.getppid() != parent:
            os._exit(0)
        time.sleep(0.5)
