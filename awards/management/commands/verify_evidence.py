"""``manage.py verify_evidence``: compare every stored file byte for byte with its row; exit code 0, or 1.

Every file is read once, in chunks. Files without a row are listed only: see ``sweep_evidence``.
"""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from awards.models import Selection
from awards.nominations import file_rows
from paritrana.schema import DatabaseCommand
from paritrana.uploads import stored_files

STEP = 200
"""The progress is printed on the error stream after each batch of this many files."""


class Command(DatabaseCommand):
    help = "Compare every stored file with the size and the sha256 in its row: evidence and documents of decrees."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--selection", metavar="SLUG", help="only the files of this selection")

    def handle(self, *args: Any, **options: Any) -> None:
        selection = self._selection(options["selection"])
        total = sum(1 for _file in file_rows.every(selection))
        faults = self._compare(selection, total)
        if selection is None:
            for key in file_rows.without_a_row():
                self.stdout.write(_("without a row: %(key)s") % {"key": key})
        if faults:
            values = {"count": faults, "total": total}
            raise CommandError(_("%(count)d of %(total)d files are missing or are not what was stored.") % values)
        self.stdout.write(_("%(total)d files are what was stored.") % {"total": total})

    def _selection(self, slug: str | None) -> Selection | None:
        if not slug:
            return None
        try:
            return Selection.objects.get(slug=slug)
        except Selection.DoesNotExist as error:
            raise CommandError(_("There is no selection “%(slug)s”.") % {"slug": slug}) from error

    def _compare(self, selection: Selection | None, total: int) -> int:
        """Print every file that differs; returns how many."""
        faults = size = 0
        last: tuple[stored_files.StoredFile | None, stored_files.StorageFault | None] = (None, None)
        for number, file in enumerate(file_rows.every(selection), start=1):
            before, fault = last
            if before is None or (before.key, before.size, before.sha256) != (file.key, file.size, file.sha256):
                fault, size = stored_files.fault_of(file), size + (file.size or 0)
            last = file, fault
            if fault:
                faults += 1
                self.stdout.write(f"{fault.value}: {file}")
            if number % STEP == 0:
                values = {"count": number, "total": total, "size": filesizeformat(size)}
                self.stderr.write(_("%(count)d of %(total)d files, %(size)s read") % values)
        return faults
