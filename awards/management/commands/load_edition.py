"""``load_edition FILE``: write the edition of a JSON document; exit codes as of every importer."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from awards.editions.document_files import has_mark, read_document_file
from awards.editions.documents import load_edition
from paritrana.intake.command import FAULTY, UNREADABLE
from paritrana.schema import DatabaseCommand


class Command(DatabaseCommand):
    help = "Load an edition (zones, categories, rubrics, titles) from a JSON document, as often as you like."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, help="the document; its format is described in awards/editions/documents.py"
        )

        parser.add_argument("--dry-run", action="store_true", help="say whether it can be loaded, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"]
        try:
            content = file.read_bytes()
            with transaction.atomic():
                edition = load_edition(read_document_file(content))
                transaction.set_rollback(options["dry_run"])
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}", returncode=UNREADABLE) from error
        except ValidationError as error:
            is_unreadable = getattr(error, "code", "") == "not-json"
            where, returncode = (f"{file}: ", UNREADABLE) if is_unreadable else ("", FAULTY)
            raise CommandError(where + "\n".join(error.messages), returncode=returncode) from error
        if has_mark(content):
            self.stderr.write(_("%(file)s begins with a byte order mark, which was left out.") % {"file": file})
        said = f"{edition.slug}: {edition.label}"
        self.stdout.write(_("Dry run, nothing written: %(sums)s") % {"sums": said} if options["dry_run"] else said)
