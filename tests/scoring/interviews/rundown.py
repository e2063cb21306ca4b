"""Steps the tests of the rundown share: slots from nine o'clock on, planning and scheduling in them."""

import datetime

from scoring.interviews import actions, scheduling
from scoring.interviews.slots import Slot
from scoring.models import Seat, SubPanel
from tests import builders
from tests.scoring.bench import Bench, bench

NINE = datetime.datetime(2024, 5, 6, 1, 0, tzinfo=datetime.UTC)
MINUTES = datetime.timedelta(minutes=1)
DRAWN = {"seed": "IHSG 7.164,41", "seed_source": "Bursa, 6 Mei 2024"}


def four_to_hear() -> Bench:
    """Four candidates on the interview list, and a committee as ``by``."""
    made = bench(nominations=4)
    made.by = builders.committee(made.selection)
    return made


def slots(*minutes, room="Ruang"):
    return [Slot(NINE + each * MINUTES, room) for each in minutes]


def plan(held, *minutes, **how):
    seen = how.pop("seen", None) or scheduling.fingerprint(held.selection)
    return scheduling.plan(held.selection, slots(*minutes), seen=seen, by=held.by, **how)


def schedule(held, nomination, minutes, room):
    at = NINE + minutes * MINUTES
    return actions.schedule(nomination, starts_at=at, room=room, version=0, by=held.by)


def divide(held: Bench, **rooms: int) -> dict[str, list[Seat]]:
    """Rooms with so many jurors of their own, quorum 1; returns their seats."""
    category = held.nominations[0].category
    found = {}
    for room, jurors in rooms.items():
        found[room] = [held.seat() for _juror in range(jurors)]
        made = SubPanel.objects.create(panel=found[room][0].panel, room=room, category=category, quorum=1)
        made.seats.set(found[room])
    return found
