"""Text tables as spreadsheets save them: by comma, semicolon, tab or bar, in UTF-8, UTF-16 or Windows-1252."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from paritrana.display.numbers import PADDING
from paritrana.workbooks.grid import Cells, FileLine, FileSheet, Unreadable

DELIMITERS = ",;\t|"
SAMPLE = 40
"""So many lines decide what separates the cells."""
_SEPARATOR = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_QUOTED = re.compile(r'"[^"]*"')
_AS_TEXT = re.compile(r'="([^"]*)"')
"""How programs write a text of digits so that a spreadsheet leaves its zeros alone."""
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def opened(content: bytes) -> FileSheet:
    text, notes = _decoded(content)
    if separator := _SEPARATOR.match(text):
        text = text[separator.end() :]
    delimiter = separator[1] if separator else _delimiter(text)
    return FileSheet(_lines(text, delimiter), claimed=text.count("\n"), notes=notes)


def _lines(text: str, delimiter: str) -> Iterator[FileLine]:
    """Every record that holds something, numbered as a spreadsheet shows it."""
    try:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)
        for number, record in enumerate(records, 1):
            cells: Cells = [_AS_TEXT.sub(r"\1", cell.strip(PADDING)) or None for cell in record]
            if any(cells):
                yield FileLine(number, cells, parts=len(cells))
    except csv.Error as error:
        raise Unreadable(_("The file is not proper CSV: a quotation mark is opened and not closed.")) from error


def _decoded(content: bytes) -> tuple[str, list[str]]:
    """The text, and what is to be known about how it was read."""
    encoding = _MARKS.get(content[:2]) or _unmarked_utf16(content)
    try:
        text = content.decode(encoding or "utf-8-sig")
    except UnicodeDecodeError as error:
        if encoding or _UTF8_LETTER.search(content):
            raise Unreadable(_encoding_refusal(content, error)) from error
        return _from_windows(content)
    if "\x00" in text:
        raise Unreadable(_("The file is not text. Save it as “CSV UTF-8” or as .xlsx."))
    return text.removeprefix("\ufeff"), []


def _unmarked_utf16(content: bytes) -> str:
    """UTF-16 without its mark: every other byte of a Latin text is zero."""
    start = content[:200]
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if len(zeros) > 3 and zeros.count(0) > 0.8 * len(zeros):
            return encoding
    return ""


def _from_windows(content: bytes) -> tuple[str, list[str]]:
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Unreadable(_encoding_refusal(content, error)) from error
    return text, [_("The file is in Windows-1252 and was read so. Look whether letters with accents are right.")]


def _encoding_refusal(content: bytes, error: UnicodeDecodeError) -> str:
    line = content[: error.start].count(b"\n") + 1
    return _(
        "The file mixes encodings (line %(line)s). Open it in Excel and choose "
        "“File > Save As > CSV UTF-8 (Comma delimited) (*.csv)”."
    ) % {"line": line}


def _delimiter(text: str) -> str:
    """What divides most lines into the same number of cells; between equals what makes more of them."""
    sample = [_QUOTED.sub("", line) for line in text[:20_000].split("\n")[:SAMPLE] if line.strip()]

    def weight(delimiter: str) -> tuple[int, int]:
        counts = Counter(found for line in sample if (found := line.count(delimiter)))
        return max(((lines, number) for number, lines in counts.items()), default=(0, 0))

    return max(DELIMITERS, key=weight)
