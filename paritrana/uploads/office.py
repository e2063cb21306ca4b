"""Word and Excel files: their zip directory is checked; nothing is unpacked to disk or executed."""

import io
import zipfile

from defusedxml import ElementTree

from paritrana.uploads.limits import DocumentRefused
from paritrana.workbooks.archive import declares_type, is_active, is_bearable, is_one_file

_MAIN = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_LOCKED = 1
_LINK = "/hyperlink"


def kind(content: bytes) -> str:
    """``docx`` or ``xlsx``; DocumentRefused for other archives and encrypted, damaged, oversized or active files."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        names = [member.filename for member in members]
        found = [code for main, code in _MAIN.items() if main in names]
        if len(found) != 1 or "[Content_Types].xml" not in names:
            raise DocumentRefused("unknown")
        if any(member.flag_bits & _LOCKED for member in members):
            raise DocumentRefused("encrypted")
        if not is_bearable(members):
            raise DocumentRefused("greedy")
        if not is_one_file(archive, content):
            raise DocumentRefused("two")
        _refuse_active(archive)
    return found[0]


def _refuse_active(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if is_active(members) or any(declares_type(archive, member) for member in members):
        raise DocumentRefused("active")
    if b"macroenabled" in archive.read("[Content_Types].xml").lower():
        raise DocumentRefused("active")
    if any(_fetches(archive.read(member)) for member in members if member.filename.lower().endswith(".rels")):
        raise DocumentRefused("active")


def _fetches(relations: bytes) -> bool:
    """Whether opening the file would load something from elsewhere; a link to click does not."""
    return any(
        one.get("TargetMode", "").lower() == "external" and not one.get("Type", "").endswith(_LINK)
        for one in ElementTree.fromstring(relations)
    )
