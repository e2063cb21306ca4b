"""Files nobody honest sends, and a small process that measures what reading them takes."""

import io
import zipfile

import openpyxl


def workbook(*rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def with_member(name, data):
    """A workbook with one member added or replaced."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(["a"], [1]))) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member, old.read(member))
        new.writestr(name, data)
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
ROW = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HOSTILE = {
    "bomb": with_member(SHEET, b"\0" * 60_000_000),
    "macro": with_member("xl/vbaProject.bin", b"x"),
    "entity": with_member(SHEET, b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'),
    "dimension": with_member(SHEET, f"<worksheet {SPACE}><sheetData>{ROW}</sheetData></worksheet>"),
    "encrypted": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096,
    "renamed": b"a,b\n1,2\n",
    "picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 500,
    "empty": b"",
}

MEASURE = """
import pathlib, resource, sys, time, django
django.setup()
from paritrana.workbooks import Unreadable, sandbox
longest, ended = 0, "read"
for path in map(pathlib.Path, sys.argv[1:]):
    started = time.monotonic()
    try:
        sandbox.read(path.read_bytes(), "a.xlsx")
    except Unreadable:
        ended = "refused"
    longest = max(longest, time.monotonic() - started)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, longest, ended)
"""
"""Prints the most kilobytes and seconds of any. A small process: a child's peak counts the memory of its parent."""
