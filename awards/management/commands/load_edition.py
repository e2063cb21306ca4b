"""``load_edition FILE``: write the edition of a JSON document; exit code 1 with every fault."""

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from awards.editions.documents import load_edition
from paritrana.schema import DatabaseCommand


class Command(DatabaseCommand):
    help = "Load an edition (zones, categories, rubrics, titles) from a JSON document, as often as you like."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, help="the document; its format is described in awards/editions/documents.py"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            edition = load_edition(json.loads(options["file"].read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
            raise CommandError(f"{options['file']}: {error}", returncode=1) from error
        except ValidationError as error:
            raise CommandError("\n".join(error.messages), returncode=1) from error
        self.stdout.write(f"{edition.slug}: {edition.label}")
