"""The process ``sandbox`` starts: ``python -m paritrana.workbooks.reader NAME LANGUAGE``. It has no database.

The file comes by standard input; on standard output each line is a list in JSON: ``["reading", rows, of]``, and last
``["read", table]`` or ``["refused", reason]``. Its time and memory are limited; exceeding them ends only this process.
"""

import gc
import io
import json
import resource
import signal
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

MEMORY = 500 * 1024 * 1024
SECONDS = 90


def main(name: str, language: str) -> None:
    _bind()
    gc.disable()  # millions of elements, none in a circle: looking for circles took a third of the time
    settings.configure(USE_I18N=True, LANGUAGE_CODE="id", LOCALE_PATHS=[Path(__file__).resolve().parents[2] / "locale"])
    django.setup()
    from paritrana.workbooks import sandbox
    from paritrana.workbooks.table import Unreadable, read_table

    with translation.override(language):
        try:
            content = io.BytesIO(sys.stdin.buffer.read())
            _say("read", sandbox.plain(read_table(content, name, lambda rows, of: _say("reading", rows, of))))
        except Unreadable as refusal:
            _say("refused", str(refusal))
        except MemoryError:
            _say("refused", _("The file needs far more memory or time than a table does; it was not read."))


def _say(*what: Any) -> None:
    print(json.dumps(what), flush=True)


def _bind() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(2 * SECONDS)


if __name__ == "__main__":
    main(*sys.argv[1:3])
