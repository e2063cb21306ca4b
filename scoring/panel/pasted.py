"""Members of a panel as people have them: pasted lines, made into the table the importer of members reads.

A line has a name and an address, as ``Name <address>`` or parted by tab or semicolon, in either order; a role and what
the member represents may follow.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from awards.models import Role
from paritrana.display.formats import ranges
from scoring.panel.seats import MOST, role_words

_ADDRESS = re.compile(r"(?<![^\s<>;,()])[^\s<>;,()]+@[^\s<>;,()]+")
NO_ADDRESS = gettext_lazy("Line %(line)d: write one e-mail address, as Name <name@office.id>.")
NO_NAME = gettext_lazy("Line %(line)d: write the name of the member.")
TOO_MUCH = gettext_lazy("Line %(line)d: “%(text)s” was not understood; write name, address, role and element alone.")
TOO_MANY = gettext_lazy("These are %(count)d lines; at most %(most)d are taken in at once.")


@dataclass
class PastedMember:
    line: int
    name: str = ""
    email: str = ""
    role: str = ""
    element: str = ""
    left: list[str] = field(default_factory=list)

    def faults(self) -> list[ValidationError]:
        missing = [NO_ADDRESS] if not self.email else []
        missing += [NO_NAME] if not self.name else []
        found = [ValidationError(words, code="line", params={"line": self.line}) for words in missing]
        if self.left:
            params = {"line": self.line, "text": "; ".join(self.left)}
            found.append(ValidationError(TOO_MUCH, code="line", params=params))
        return found


def read_members(text: str) -> list[PastedMember]:
    """One member for each line that is not empty. Raises ValidationError with every line that is not understood."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > MOST:
        raise ValidationError(TOO_MANY, code="many", params={"count": len(lines), "most": MOST})
    roles = {words.casefold(): role for words, role in role_words().items()}
    members = [_read(number, line, roles) for number, line in lines]
    if faults := [fault for member in members for fault in member.faults()]:
        raise ValidationError(faults)
    return members


def _read(number: int, line: str, roles: dict[str, str]) -> PastedMember:
    found = PastedMember(number)
    for part in re.split(r"[\t;]", line):
        text = part.strip()
        if not found.email and (address := _ADDRESS.search(text)):
            found.email = address[0].strip(".").lower()
            before, behind = text[: address.start()].rstrip(), text[address.end() :].lstrip()
            text = f"{before.removesuffix('<')} {behind.removeprefix('>')}"
        text = text.strip(" ,\"'")
        if not text:
            continue
        if not found.role and text.casefold() in roles:
            found.role = roles[text.casefold()]
        elif not found.name:
            found.name = " ".join(text.split())
        elif not found.element:
            found.element = text
        else:
            found.left.append(text)
    return found


def without_element(members: Iterable[PastedMember]) -> str:
    """The lines that say nothing of what their member represents, as text; empty for none."""
    lines = [member.line for member in members if not member.element]
    return ranges(lines) if lines else ""


def as_file(members: Iterable[PastedMember], element: str) -> bytes:
    """The table the importer reads; ``element`` is for the lines without one."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";")
    table.writerow(["email", "name", "role", "element"])
    for one in members:
        role = Role(one.role or Role.JUROR).label
        table.writerow([one.email, one.name, role, one.element or element])
    return written.getvalue().encode("utf-8-sig")
