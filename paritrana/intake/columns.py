"""One column of a table that is handed in: what its cells may say is a form field, its heading the field's label."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from paritrana.display import formats
from paritrana.display.numbers import NOTHING, CountField
from paritrana.intake.fields import ChosenField, DayCellField, NameField, TextField, YearField

_DAY_ZERO = date(1899, 12, 30)
"""From which spreadsheets count days."""
_LATEST_YEAR = 2200
EXACT = 10**15
"""Whole numbers of a spreadsheet are exact below this."""


def _says_nothing(cell: Any) -> bool:
    return isinstance(cell, str) and NOTHING.fullmatch(cell.strip()) is not None


@dataclass(frozen=True)
class Column:
    """``name`` is what it is to the code, and a heading that is read as well; so are the ``aliases``.

    A column that ``is_optional`` may be absent from a file. ``is_fixed`` cells are written by the portal and locked,
    ``is_for_the_eye`` ones are never read, ``is_hidden`` ones are not shown, ``is_extra`` ones are read and not in the
    template, ``is_aside`` ones are not in the preview. Numbers with decimals of their own are ``is_number``.
    """

    name: str
    field: forms.Field
    aliases: tuple[str, ...] = ()
    example: str | Promise = ""
    is_optional: bool = False
    is_fixed: bool = False
    is_for_the_eye: bool = False
    is_hidden: bool = False
    is_extra: bool = False
    is_aside: bool = False
    is_number: bool = False
    width: int = 18

    @property
    def heading(self) -> str:
        return str(self.field.label)

    @property
    def help(self) -> str:
        return str(self.field.help_text)

    @property
    def choices(self) -> list[str]:
        return self.field.listed() if isinstance(self.field, ChosenField) else []

    @property
    def is_count(self) -> bool:
        return isinstance(self.field, CountField)

    @property
    def is_shown(self) -> bool:
        """Whether the preview has it."""
        return not (self.is_for_the_eye or self.is_hidden or self.is_extra or self.is_aside)

    def spellings(self) -> set[str]:
        """How a file may call it, in lower case: the heading in every language, the name, the aliases."""
        found = {self.name, *self.aliases}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                found.add(self.heading)
        return {" ".join(name.split()).lower() for name in found}

    def said(self, cell: Any) -> Any:
        """The cell; a dash or "n/a" says nothing in a column that may be empty, unless it is among the choices."""
        if self.field.required or not _says_nothing(cell):
            return cell
        is_chosen = isinstance(self.field, ChosenField) and (
            self.field.takes_dashes or self.field.key(cell) in self.field.known
        )
        return cell if is_chosen else None

    def read(self, cell: Any) -> Any:
        """What the cell says. Raises ValidationError."""
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        if isinstance(cell, date) and not isinstance(self.field, DayCellField | forms.CharField):
            raise ValidationError(self._as_a_day(cell), code="a-day")
        if isinstance(cell, int) and abs(cell) >= EXACT and not self.is_count:
            text = _("A spreadsheet keeps only 15 digits of a number. Format the column as text and type it again.")
            raise ValidationError(text, code="lost-digits")
        if cell is None and self.field.required:
            raise ValidationError(_("This cell is empty."), code="required")
        is_told = isinstance(self.field, TextField) and not isinstance(self.field, NameField)
        if is_told and _says_nothing(cell):
            raise ValidationError(_("“%(typed)s” says nothing. Fill in this cell.") % {"typed": cell}, code="required")
        return self.field.clean("" if cell is None else cell)

    def _as_a_day(self, cell: date) -> str:
        """A number a spreadsheet shows as a day, because the column was formatted so."""
        number = (cell - _DAY_ZERO).days
        is_year = isinstance(self.field, YearField) and number > _LATEST_YEAR
        told = {"typed": cell.isoformat(), "meant": cell.year if is_year else number}
        if isinstance(self.field, CountField | YearField):
            return _("“%(typed)s” is a day. If you mean %(meant)s, format the column as a number.") % told
        return _("“%(typed)s” is a day. Format the column as text and type it again.") % told

    def shown(self, value: Any) -> str:
        """A value as the preview shows it."""
        if value is None or value == "":
            return ""
        if isinstance(value, date):
            return formats.day(value)
        if isinstance(self.field, ChosenField) and self.field.in_words:
            return self.field.in_words(value)
        return str(self.field.prepare_value(value))
