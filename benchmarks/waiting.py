"""What the backends of the database wait for, and what the processors did, while something else runs."""

import os
import threading
from collections import Counter
from pathlib import Path

import psycopg2

EVERY = 0.05
TICK = os.sysconf("SC_CLK_TCK")
AT_WORK = (
    "SELECT pid, coalesce(wait_event_type, '') FROM pg_stat_activity"
    " WHERE backend_type = 'client backend' AND state <> 'idle' AND pid <> pg_backend_pid()"
)


class Watch(threading.Thread):
    """Asks every 50 ms what each backend that is at work waits for, from ``with`` to the end of it."""

    def __init__(self, url: str, server: int) -> None:
        super().__init__(daemon=True)
        self.url, self.server, self.stopped = url, server, threading.Event()
        self.seen: Counter[str] = Counter()
        self.most = 0

    def __enter__(self) -> "Watch":
        self.asking = psycopg2.connect(self.url)
        self.asking.autocommit = True
        self.postmaster = _parent(self._asked("SELECT pg_backend_pid()")[0][0])
        self.before = self._spent()
        self.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self.spent = self._spent() - self.before
        self.stopped.set()
        self.join(10)

    def run(self) -> None:
        while not self.stopped.wait(EVERY):
            kinds = [kind for _pid, kind in self._asked(AT_WORK)]
            self.seen.update(kinds)
            self.most = max(self.most, kinds.count("Lock"))
        self.asking.close()

    def _asked(self, question: str) -> list[tuple]:
        with self.asking.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall()

    def _spent(self) -> float:
        """Seconds of processor of the app processes and of PostgreSQL, those that ended among them."""
        return sum(_seconds(root) for root in (self.server, self.postmaster) if root)

    def told(self, count: int) -> str:
        at_work = sum(self.seen.values()) or 1
        shares = {kind: round(100 * number / at_work) for kind, number in self.seen.items()}
        return (
            f"backends at work wait for a lock {shares.get('Lock', 0)} % of the time (at most {self.most} at once), "
            f"for the disk {shares.get('IO', 0)} %, for another's write {shares.get('LWLock', 0)} %; "
            f"{1000 * self.spent / count:.0f} ms of processor each"
        )


def _parent(pid: int) -> int:
    return int(_stat(pid)[1])


def _seconds(root: int) -> float:
    """Of a process, its children that live, and those it has buried."""
    fields = _stat(root)
    own = sum(int(fields[number]) for number in (11, 12, 13, 14)) / TICK
    children = Path(f"/proc/{root}/task/{root}/children").read_text().split()
    return own + sum(_seconds(int(child)) for child in children)


def _stat(pid: int) -> list[str]:
    """The fields after the name: state, parent ..."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
