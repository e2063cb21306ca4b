"""The portal with one guard taken away, for the controls of ``submit.py`` and ``crash.py``. Never for real use.

``UNGUARDED`` says which: ``hand-in`` reads the sheet, then writes without a condition; ``close`` does not hold the
stage of the selection; ``early`` answers before the marks are committed.
"""

import os
import queue
import threading
import time
from contextlib import contextmanager

from paritrana.wsgi import application as application

WITHOUT = os.environ.get("UNGUARDED", "")


def _hand_in_blindly() -> None:
    from django.db import transaction
    from django.utils import timezone

    from paritrana.accounts import trail
    from scoring.assignments.assignment import Assignment
    from scoring.models import ScoreSheet
    from scoring.sheets import actions
    from scoring.sheets import views as pages
    from scoring.sheets.lock import Opened

    @contextmanager
    def unlocked(seat, nomination, by):  # type: ignore[no-untyped-def]
        assignment = Assignment.of(seat)
        yield Opened(assignment, assignment.nomination(nomination, by), by)

    def close(opened, *, version):  # type: ignore[no-untyped-def]
        sheet = actions.open_sheet(opened)
        time.sleep(0.05)
        with transaction.atomic():
            ScoreSheet.objects.filter(pk=sheet.pk).update(submitted_at=timezone.now(), submitted_by=opened.by)
            trail.record(opened.by, "sheet.hand-in", sheet, version=version)

    pages.opened, actions.close = unlocked, close


def _answer_early() -> None:
    from django.db import connection

    from scoring.sheets import actions
    from scoring.sheets.lock import opened

    waiting: queue.Queue = queue.Queue()
    write = actions.write

    def later() -> None:
        while True:
            before, marks, terms = waiting.get()
            time.sleep(0.3)
            with opened(before.seat, before.nomination.pk, before.by) as now:
                write(now, marks, **terms)
            connection.close()

    def at_once(opened, marks, **terms):  # type: ignore[no-untyped-def]
        if not any(thread.name == "later" for thread in threading.enumerate()):
            threading.Thread(target=later, name="later", daemon=True).start()
        waiting.put((opened, marks, terms))

    actions.write = at_once


def _do_not_hold() -> None:
    from awards import permissions
    from scoring.sheets import lock

    def look(selection, permission, by):  # type: ignore[no-untyped-def]
        permissions.require(by, permission, selection)
        time.sleep(0.2)
        return selection

    lock.share = look


{"hand-in": _hand_in_blindly, "early": _answer_early, "close": _do_not_hold}.get(WITHOUT, lambda: None)()
