"""Takes a selection of the world to its stage by the real verbs, gives its panel a room and an open change, and numbers
the rows of the two provinces apart."""

from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import AutoField
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from awards.models import Nomination, Role, Selection
from awards.stages import Stage
from paritrana.accounts.models import Erasure, FactorReset, User
from regions.models import Region
from scoring.models import SeatChange, SubPanel
from scoring.sealing import announcing
from scoring.standings import store
from tests import builders as make
from tests.awards.letters.letters import letter_given_up
from tests.scoring.plenary import plenary

APART = 500_000


def finish(chosen: Selection, committee: User, chair: User) -> None:
    """Seal and announce by the real verbs what the world wants sealed or announced."""
    wanted = Stage(chosen.stage)
    if wanted in {Stage.PLENARY, Stage.SEALED, Stage.ANNOUNCED}:
        Selection.objects.filter(pk=chosen.pk).update(stage=Stage.PLENARY)
        chosen.refresh_from_db()
        store.refresh(chosen)
    if wanted in {Stage.SEALED, Stage.ANNOUNCED}:
        plenary.seal(chosen, committee, chair)
    if wanted == Stage.ANNOUNCED:
        announcing.announce(chosen, by=committee)
    chosen.refresh_from_db()


def seat_change(chosen: Selection, mark: str) -> SeatChange:
    """One more juror, asked for by somebody who has left: everybody here may confirm it."""
    terms = {"user": make.person(f"{mark} baru"), "role": Role.JUROR, "element": f"Unsur {mark}"}
    return SeatChange.objects.create(panel=chosen.panel, asked_by=make.person(), **terms)


def room(of: Nomination, mark: str) -> SubPanel:
    """A room of the panel nobody is heard in."""
    made = SubPanel.objects.create(panel=of.selection.panel, room=f"Ruang {mark}", category=of.category, quorum=1)
    made.seats.set(of.selection.panel.seats.all())
    return made


def unfinished(region: Region, people: dict[str, User]) -> None:
    """What waits for an administrator: a letter, a lost factor, and under the key of the region a task given up."""
    letter_given_up(people["branch"])
    FactorReset.objects.create(user=people["juror"], reason="Telepon hilang", asked_by=people["officer"])
    Erasure.objects.create(user=people["juror"], reason="Permintaan", asked_by=people["officer"])
    given = {"args_kwargs": {"args": [], "kwargs": {}}, "task_path": "x", "backend_name": "default"}
    DBTaskResult.objects.create(pk=UUID(int=region.pk), status="FAILED", run_after=timezone.now(), **given)


def number_apart() -> None:
    """From here on rows are numbered from the next half a million, so that both provinces share no number.

    PostgreSQL does not take numbers back with the rows of an earlier world.
    """
    with connection.cursor() as cursor:
        if is_postgres := connection.vendor == "postgresql":
            cursor.execute("SELECT max(last_value) FROM pg_sequences")
        given = cursor.fetchone()[0] or 0 if is_postgres else 0
        start = (given // APART + 1) * APART
        for model in apps.get_models():
            table, key = model._meta.db_table, model._meta.pk
            if isinstance(key, AutoField) and is_postgres:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table, key.column, start])
            elif isinstance(key, AutoField):
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, start])
