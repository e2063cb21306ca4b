"""The portal with one guard taken away, for the controls of ``submit.py`` and ``crash.py``. Never for real use.

``UNGUARDED`` says which: ``hand-in`` reads the sheet, then writes without a condition; ``close`` does not hold the
stage of the selection; ``early`` answers before the marks are committed.
"""

import os
import queue
import threading
import time

from paritrana.wsgi import application as application

WITHOUT = os.environ.get("UNGUARDED", "")


def _hand_in_blindly() -> None:
    from django.db import transaction
    from django.utils import timezone

    from paritrana.accounts import trail
    from scoring.actions import sheets
    from scoring.models import ScoreSheet

    def hand_in(sheet, *, version, by):  # type: ignore[no-untyped-def]
        if sheet.submitted_at is None:
            time.sleep(0.05)
            with transaction.atomic():
                ScoreSheet.objects.filter(pk=sheet.pk).update(submitted_at=timezone.now(), submitted_by=by)
                trail.record(by, "sheet.hand-in", sheet, version=version)

    sheets.hand_in = hand_in


def _answer_early() -> None:
    from django.db import connection

    from scoring.actions import sheets

    waiting: queue.Queue = queue.Queue()
    save = sheets.save_marks

    def later() -> None:
        while True:
            args, terms = waiting.get()
            time.sleep(0.3)
            save(*args, **terms)
            connection.close()

    def at_once(*args, **terms):  # type: ignore[no-untyped-def]
        if not any(thread.name == "later" for thread in threading.enumerate()):
            threading.Thread(target=later, name="later", daemon=True).start()
        waiting.put((args, terms))

    sheets.save_marks = at_once


def _do_not_hold() -> None:
    from awards import permissions
    from scoring.actions import sheets

    def look(selection, permission, by):  # type: ignore[no-untyped-def]
        permissions.require(by, permission, selection)
        time.sleep(0.2)
        return selection

    sheets.hold = look


{"hand-in": _hand_in_blindly, "early": _answer_early, "close": _do_not_hold}.get(WITHOUT, lambda: None)()
