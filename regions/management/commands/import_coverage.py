"""``import_coverage FILE``: import coverage figures from a CSV or Excel file, all of them or none."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from paritrana.accounts.models import User
from paritrana.schema import DatabaseCommand
from paritrana.workbooks import Unreadable, read_path
from regions.imports import plan
from regions.imports.rows import ImportedFigures, read_coverage


class Command(DatabaseCommand):
    help = (
        "Import coverage figures. Columns: year, province_code or region_code, segment, workers, participants, "
        "territory; optional: definition, source, as_of. With a fault anywhere nothing is written. Whoever may run "
        "commands on the server may import for every region; --by only signs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
        parser.add_argument("--by", metavar="EMAIL", help="the person who answers for the figures")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            by = self._person(options["by"])
            reading, digest = self._read(options["file"])
            found = self._done(reading, options["file"].name, digest, by=by, dry_run=options["dry_run"])
            if options["verbosity"]:
                self._report(reading, found, dry_run=options["dry_run"])

    def _report(self, reading: ImportedFigures, found: plan.ImportPlan, *, dry_run: bool) -> None:
        for warning in reading.warnings:
            self.stdout.write(_("Warning: %(warning)s") % {"warning": warning})
        counts = {"new": len(found.new), "changed": len(found.changed), "same": found.same}
        message = _("%(new)s new, %(changed)s changed, %(same)s unchanged") % counts
        self.stdout.write(_("Dry run, nothing written: %(told)s") % {"told": message} if dry_run else message)

    def _person(self, email: str | None) -> User | None:
        if email is None:
            return None
        person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
        if person is None:
            raise CommandError(_("Nobody with an active account has the address %(email)s.") % {"email": email})
        return person

    def _read(self, path: Path) -> tuple[ImportedFigures, str]:
        """The file's content and sha256; CommandError with every fault."""
        try:
            table = read_path(path)
        except Unreadable as error:
            raise CommandError(f"{path.name}: {error}") from error
        reading = read_coverage(table)
        if reading.faults:
            raise self._refusal(reading.faults)
        return reading, table.digest

    def _done(
        self, reading: ImportedFigures, name: str, digest: str, *, by: User | None, dry_run: bool
    ) -> plan.ImportPlan:
        if not dry_run:
            try:
                return plan.carry_out(reading.figures, by=by, name=name, digest=digest)
            except plan.PlanRefused as refusal:
                raise self._refusal(refusal.faults) from refusal
        found = plan.plan(reading.figures)
        if found.faults:
            raise self._refusal(found.faults)
        return found

    def _refusal(self, faults: list[Any]) -> CommandError:
        lines = [str(fault) for fault in faults]
        return CommandError("\n".join([*lines, _("%(count)s faults, nothing written") % {"count": len(lines)}]))
