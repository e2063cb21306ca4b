"""Runs ``pass_announcements`` and ``send_reminders`` once a minute, in a child process of the server.

It is forked before gunicorn starts, so it shares no sockets or connections with it and needs no second start of Django.
"""

import logging
import os
import signal
import time
from contextlib import suppress

EVERY = 60.0
FIRST_AFTER = 10.0
"""Seconds before the first round, so that the first requests after a start come first."""


def begin() -> int:
    """Fork the scheduler; the parent gets its process id."""
    parent = os.getpid()
    child = os.fork()
    if child:
        return child
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # ends at once: an interrupted round is done again by the next
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
    """Run both commands; an error is logged and the next round tries again, as the database may have been away."""
    from django.core.management import call_command
    from django.db import connections

    try:
        call_command("pass_announcements", verbosity=0)
        call_command("send_reminders", verbosity=0)
    except Exception:
        logging.getLogger("paritrana.setup.scheduler").exception("Reminders could not be written or sent.")
    finally:
        connections.close_all()


def rest_until(moment: float, parent: int) -> None:
    """Sleep in short steps, and return as soon as the server has ended."""
    while time.monotonic() < moment:
        if os.getppid() != parent:
            os._exit(0)
        time.sleep(0.5)
