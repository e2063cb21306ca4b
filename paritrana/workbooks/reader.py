"""The process ``sandbox`` starts: ``python -m paritrana.workbooks.reader FOLDER NAME LANGUAGE``. It has no database.

Its time and memory are limited; exceeding them ends only this process.
"""

import json
import resource
import signal
import sys
from pathlib import Path

import django
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

MEMORY = 500 * 1024 * 1024
SECONDS = 90


def main(folder: Path, name: str, language: str) -> None:
    _bind()
    settings.configure(USE_I18N=True, LANGUAGE_CODE="id", LOCALE_PATHS=[Path(__file__).resolve().parents[2] / "locale"])
    django.setup()
    from paritrana.workbooks import sandbox
    from paritrana.workbooks.table import Unreadable, read_table

    def tell(rows: int, of: int) -> None:
        sandbox.say(folder, sandbox.ReadingProgress("reading", rows, of))

    with translation.override(language):
        try:
            with (folder / sandbox.FILE).open("rb") as file:
                found = sandbox.plain(read_table(file, name, tell))
            (folder / sandbox.RESULT).write_text(json.dumps(found))
            last = sandbox.ReadingProgress("read", len(found["rows"]), len(found["rows"]))
        except Unreadable as refusal:
            last = sandbox.ReadingProgress("refused", reason=str(refusal))
        except MemoryError:
            last = sandbox.ReadingProgress(
                "refused", reason=_("The file needs far more memory or time than a table does; it was not read.")
            )
        sandbox.say(folder, last)


def _bind() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(2 * SECONDS)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:4])
