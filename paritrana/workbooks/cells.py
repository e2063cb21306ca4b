"""A cell as it may be believed: characters nobody sees are named, with what was meant."""

import re
import unicodedata

from django.utils.translation import gettext as _

from paritrana.display import invisible
from paritrana.workbooks.book import ERROR
from paritrana.workbooks.grid import LONGEST_CELL, RefusedCell, Value

_WHOLE = re.compile(r"[0-9]{3,15}\.0")
"""How programs write a whole number they hold as a decimal one; of fewer digits it may be a code, such as 51.0."""
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[1-9][0-9]")
"""What is left of a code of more than eleven digits in a text table."""
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")
_APOSTROPHE = re.compile("'[0-9][0-9.,]*")
"""How people make a spreadsheet leave a number alone; in a text table it stands in the cell."""
_NUMERIC = re.compile(r"[-+]?[0-9][0-9.,'/:%+ -]*")


def taken(cell: Value | RefusedCell) -> Value | RefusedCell:
    if not isinstance(cell, str) or type(cell) is not str:
        return cell
    if len(cell) > LONGEST_CELL:
        return RefusedCell(_("The text is longer than %(most)s characters.") % {"most": LONGEST_CELL})
    if _SHORTENED.fullmatch(cell):
        text = _("“%(typed)s” is a long number, shortened by a spreadsheet. Format the column as text, type it again.")
        return RefusedCell(text % {"typed": cell})
    if cell.startswith("'") and _APOSTROPHE.fullmatch(cell):
        return cell[1:]
    if cell.startswith("#") and _ERROR.fullmatch(cell):
        return RefusedCell(ERROR)
    if cell.isascii() and cell.isprintable():
        return cell.removesuffix(".0") if _WHOLE.fullmatch(cell) else cell
    if any(unicodedata.category(letter) == "Cc" and letter not in "\t\r\n" for letter in cell):
        return RefusedCell(_("The text holds characters that cannot be shown."))
    return _seen(cell)


def _seen(cell: str) -> Value | RefusedCell:
    """Odd spaces in prose are spaces; in a number or code, and whatever has no width, they are named."""
    characters = invisible.named(cell)
    if not characters:
        return cell
    meant = invisible.without(cell)
    if not meant:
        return None
    if _NUMERIC.fullmatch(meant) or any(map(invisible.is_zero_width, cell)):
        values = {"characters": characters, "meant": meant}
        return RefusedCell(
            _("The cell contains %(characters)s, which nobody sees. If you mean “%(meant)s”, type it again.") % values
        )
    return "".join(" " if invisible.is_odd_space(letter) else letter for letter in cell).strip()
