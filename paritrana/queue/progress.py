"""Progress of the tasks of this process: kept in memory, written with the worker's heartbeat.

So a task inside a long transaction is seen to move by others, and telling each row costs nothing.
"""

from paritrana.queue.models import WorkPhase

_latest: dict[tuple[str, str], tuple[int, int]] = {}
_written: dict[tuple[str, str], tuple[int, int]] = {}


def tell(key: str, token: str, done: int, of: int) -> None:
    _latest[key, token] = (done, of)


def forget(key: str, token: str) -> None:
    _latest.pop((key, token), None)
    _written.pop((key, token), None)


def write() -> None:
    for (key, token), (done, of) in list(_latest.items()):
        if _written.get((key, token)) != (done, of):
            WorkPhase.objects.filter(key=key, run=token, is_working=True).update(done=done, of=of)
            _written[key, token] = (done, of)
