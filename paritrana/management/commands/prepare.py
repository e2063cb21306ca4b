"""``prepare``: create tables, reference data and, in an empty database, the example; safe to repeat and then fast."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from django.conf import settings
from django.core import checks
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from awards.models import Edition
from paritrana import example, schema, triggers
from paritrana.accounts import installation
from paritrana.accounts.models import User
from paritrana.setup.bootstrap import SetupRefused, alone

T = TypeVar("T")

_LOCK = 7_303_014_621_583_201
"""The number of the advisory lock; no other program on the same database server uses it."""


@contextmanager
def alone_in_database() -> Iterator[None]:
    """Let one server at a time prepare a shared database; with SQLite the data folder is locked already."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        yield
    finally:
        connection.close()  # releases the lock, also after an error


def make_bucket() -> None:
    """The place of attached documents, where they lie in an object store; a data folder is made when settings load."""
    if settings.OBJECT_STORE:
        try:
            storages["evidence"].make_bucket()  # type: ignore[attr-defined]
        except OSError as error:
            raise CommandError(f"{error}\nSTORAGE_URL says which store and bucket are meant.") from None


TURNS = [700] * 3 + [1_000, 1_500, 2_200, 3_300] + [5_000] * 30
"""Milliseconds a statement waits for a table, try by try: at first less than the second after which PostgreSQL ends one
side of a deadlock, so that no server's save is the one; then longer, for a server that is busy throughout."""
PAUSE = 0.5
HELD = {"55P03", "40P01"}  # lock not available, deadlock detected


def giving_way(work: Callable[[], T]) -> T:
    """Run what alters tables while other servers use them: it lets them go first and tries again, for some minutes.

    ``work`` continues where it stopped. OperationalError when a table stayed in use throughout.
    """
    if connection.vendor != "postgresql":
        return work()
    try:
        for turn in TURNS[:-1]:
            _wait_at_most(turn)
            try:
                return work()
            except OperationalError as error:
                if getattr(error.__cause__, "pgcode", None) not in HELD:
                    raise
                time.sleep(PAUSE)
        _wait_at_most(TURNS[-1])
        return work()
    finally:
        _wait_at_most(None)


def _wait_at_most(milliseconds: int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout" if milliseconds is None else f"SET lock_timeout = {milliseconds}")


EACH = 0.15
"""Seconds a migration usually takes on an empty database."""


class Command(BaseCommand):
    help = "Prepare the database: migrations, reference data and, when it is empty, the example data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--empty", action="store_true", help="no example data and no accounts")
        parser.add_argument(
            "--adopt-data-folder",
            action="store_true",
            help="bind this data folder to this database although their ids differ or one is missing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with alone(settings.DATA_DIR / "prepare.lock"), alone_in_database():
                self.prepare(**options)
        except SetupRefused as refusal:
            raise CommandError(str(refusal)) from None
        except OperationalError as error:
            cure = "DATABASE_URL says which database is meant."
            raise CommandError(f"the database does not answer: {error}\n{cure}") from None

    def prepare(self, **options: Any) -> None:
        make_bucket()
        if not options["adopt_data_folder"]:
            installation.demand_before_preparing()
        self.migrate()
        installation.bind()
        if not schema.is_newer(connection):
            self.put_up_guards()
            call_command("createcachetable", verbosity=0)
        self.check_all()
        if schema.is_newer(connection):
            return  # what a newer release has written is not overwritten
        call_command("load_reference", stdout=self.stdout, verbosity=0)
        if options["empty"]:
            if not User.objects.exists():
                self.stdout.write("Make the first administrator with: python3 manage.py createsuperuser")
        elif not User.objects.exists() and not Edition.objects.exists():
            self.stdout.write("Filling it with the example, usually 10 s …")
            example.load(settings.DATA_DIR / "example-accounts.txt", report=self.stdout.write)

    def check_all(self) -> None:
        """Run Django's checks: errors end the command, warnings are printed."""
        faults = checks.run_checks(databases=["default"], include_deployment_checks=False)
        if serious := [fault for fault in faults if fault.is_serious()]:
            raise CommandError("\n".join(str(fault) for fault in serious))
        for fault in faults:
            self.stderr.write(f"{fault.msg} {fault.hint or ''}")

    def put_up_guards(self) -> None:
        try:
            renewed = giving_way(partial(triggers.put_up, connection))
        except DatabaseError as error:
            names = ", ".join(triggers.missing(connection))
            raise CommandError(f"The guards {names} are missing and cannot be put up: {error}") from None
        if renewed:
            self.stderr.write(f"Guards of the database were missing or altered, and stand again: {', '.join(renewed)}")

    def migrate(self) -> None:
        """Run ``migrate`` only when a migration is unapplied: the command alone costs half a warm start."""
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            schema.demand_upgradable(connection)
            seconds = 1 + int(len(plan) * EACH)
            self.stdout.write(f"Preparing the database: {len(plan)} migrations, usually {seconds} s …")
            giving_way(partial(call_command, "migrate", interactive=False, verbosity=0))
