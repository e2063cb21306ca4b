"""``prepare``: tables, reference data and, on an empty database, the example; idempotent and quick the second time."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from awards.models import Edition
from paritrana import example, schema
from paritrana.accounts.models import User
from paritrana.bootstrap import alone


class Command(BaseCommand):
    help = "Prepare the database: migrations, reference data and, when it is empty, the example data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--empty", action="store_true", help="no example data and no accounts")

    def handle(self, *args: Any, **options: Any) -> None:
        with alone(settings.DATA_DIR / "prepare.lock"):
            self.prepare(**options)

    def prepare(self, **options: Any) -> None:
        self.migrate()
        if not schema.is_newer(connection):
            call_command("createcachetable", verbosity=0)
        self.check_all()
        if schema.is_newer(connection):
            return  # what the newer release has written is not written over
        call_command("load_reference", stdout=self.stdout, verbosity=0)
        if options["empty"]:
            if not User.objects.exists():
                self.stdout.write("Make the first administrator with: python3 manage.py createsuperuser")
        elif not User.objects.exists() and not Edition.objects.exists():
            example.load(settings.DATA_DIR / "example-accounts.txt", report=self.stdout.write)

    def check_all(self) -> None:
        """Refuse what is serious; tell what merely weakens the database."""
        faults = checks.run_checks(databases=["default"], include_deployment_checks=False)
        if serious := [fault for fault in faults if fault.is_serious()]:
            raise CommandError("\n".join(str(fault) for fault in serious))
        for fault in faults:
            self.stderr.write(f"{fault.msg} {fault.hint or ''}")

    def migrate(self) -> None:
        """Run ``migrate`` only when something is unapplied: the command alone costs half a warm start."""
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            schema.demand_upgradable(connection)
            self.stdout.write(f"Preparing the database: {len(plan)} migrations …")
            call_command("migrate", interactive=False, verbosity=0)
