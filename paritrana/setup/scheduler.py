"""Beside the server: each minute announcements, reminders and what is new in the trail, every two seconds letters.

A child of the prepared process, forked before gunicorn begins: it shares neither sockets nor connections with it, and
costs no second boot.
"""

import logging
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress

EVERY = 60.0
LETTERS_EVERY = 2.0
FIRST_AFTER = 10.0
"""Seconds; the first requests after a start come first."""


def begin() -> int:
    """Fork the scheduler; the parent gets its process id."""
    parent = os.getpid()
    child = os.fork()
    if child:
        return child
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # ends at once: a round cut short is taken up again
    rest_until(time.monotonic() + FIRST_AFTER, parent)
    while True:
        began = time.monotonic()
        works = one_round()
        while time.monotonic() < began + EVERY:
            rest_until(time.monotonic() + LETTERS_EVERY, parent)
            works = works and send_letters()  # after a failure not before the next round


def end(companion: int) -> None:
    with suppress(ProcessLookupError, ChildProcessError):
        os.kill(companion, signal.SIGTERM)
        os.waitpid(companion, 0)


def one_round() -> bool:
    from django.core.management import call_command

    def due() -> None:
        for name in ("pass_announcements", "send_reminders"):
            call_command(name, verbosity=0)
        call_command("verify_trail", in_turn=True, verbosity=0)

    return _attempt(due)


def send_letters() -> bool:
    from awards.letters import outbox

    return _attempt(outbox.send_waiting)


def _attempt(work: Callable[[], object]) -> bool:
    """Whether it worked; a failure is logged and tried again a minute later: the database may have been away."""
    from django.db import connections

    try:
        work()
    except Exception:
        logging.getLogger("paritrana.setup.scheduler").exception("What is due each minute could not be done.")
        return False
    finally:
        connections.close_all()
    return True


def rest_until(moment: float, parent: int) -> None:
    """Sleep in short steps, and return as soon as the server has ended."""
    while time.monotonic() < moment:
        if os.getppid() != parent:
            os._exit(0)
        time.sleep(0.5)
