"""What one cell may say, as form fields; each refusal says how the cell should be written."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.accounts.addresses import cleaned
from paritrana.display import days_written, formats, look_alikes
from paritrana.display.numbers import (
    LARGEST,
    CountField,
    HundredthsField,
    Percentage,
    read_count,
    read_hundredths,
    show_hundredths,
)
from paritrana.intake.questions import SeveralMeanings

MOST_LISTED = 12
"""So many choices a refusal names."""


def folded(text: object) -> str:
    """Without blanks around it and with single ones inside."""
    return " ".join(str(text).split())


class TextField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return folded(super().to_python(value))


class NameField(TextField):
    """What somebody or something is called: a dash is no name."""

    def to_python(self, value: Any) -> str:
        name = super().to_python(value)
        if name and not any(map(str.isalnum, name)):
            raise ValidationError(_("“%(typed)s” is no name.") % {"typed": name})
        return name


class PersonNameField(NameField):
    """What a person is called, in letters of one alphabet."""

    def __init__(self, **more: Any) -> None:
        super().__init__(validators=[look_alikes.no_imitation], **more)


class AddressField(forms.EmailField):
    """An e-mail address; one spelling an account."""

    def clean(self, value: Any) -> str:
        try:
            return cleaned(super().clean(value))
        except ValidationError as refusal:
            if not (typed := folded(value)):
                raise
            found = set(
                re.findall(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", look_alikes.plain(typed).removeprefix("mailto:"), re.ASCII)
            )
            text = _("“%(typed)s” is not one e-mail address. Write it like ani@contoh.id, one person a row.")
            if len(found) != 1 or typed == "".join(found):
                raise ValidationError(text % {"typed": typed}) from refusal
            raise ValidationError(look_alikes.refusal(typed, "".join(found))) from refusal


class CountedField(CountField):
    """A whole number, typed as text or as a number: 1.5 is never read as 15."""

    def to_python(self, value: Any) -> int | None:
        return None if value in self.empty_values else read_count(value, max(self.max_value, LARGEST))


_BELOW_ONE = re.compile("0?[.,][0-9]{1,15}")


class ShareField(HundredthsField):
    """A percentage with at most two decimals, in hundredths: typed as text, as a number, or shown as a percentage.

    Below one it may be a percentage whose format was lost: which of the two is asked, where nothing else tells.
    """

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        try:
            found = read_hundredths(value)
        except ValidationError as refusal:
            typed = f"{value:.15g}" if isinstance(value, float) else str(value).strip()
            if not _BELOW_ONE.fullmatch(typed):
                raise
            less = Decimal(typed.replace(",", "."))
            shown = {"less": localize(less), "more": localize((less * 100).normalize())}
            text = _("This may mean %(less)s %% or %(more)s %%. Format the cell as a percentage to say which.")
            raise ValidationError(text % shown) from refusal
        if isinstance(value, Percentage) or not 0 < found < 100:
            return found
        meant = [
            (f"{each // 100}.{each % 100:02d}", f"{show_hundredths(each)} %", each) for each in (found, found * 100)
        ]
        raise SeveralMeanings(localize(value), meant)


class VersionField(forms.Field):
    """Which version of a row the template was made from; 0 where there was none, empty where the file does not say."""

    def __init__(self) -> None:
        super().__init__(label=gettext_lazy("Version"), required=False)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", str(value), re.ASCII):
            raise ValidationError(_("This column belongs to the portal. Download the template again."))
        return int(value)


class YearField(forms.Field):
    """Four digits; ``check`` raises ValidationError for a year out of reach."""

    def __init__(self, *, check: Callable[[int], None], **options: Any) -> None:
        self.check = check
        super().__init__(**options)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        if not re.fullmatch(r"[0-9]{4}", str(value).strip(), re.ASCII):
            seen = re.sub(r"(?<=\b2)[.,' ](?=0[0-9]{2}\b)", "", unicodedata.normalize("NFKC", str(value)))
            meant = set(re.findall(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", seen))
            if len(years := [year for year in sorted(meant) if _passes(self.check, int(year))]) > 1:
                raise SeveralMeanings(str(value), [(year, year, int(year)) for year in years])
            text = _("“%(typed)s” is not a year. If you mean %(meant)s, write %(meant)s.")
            if len(meant) != 1:
                text = _("“%(typed)s” is not a year. Write four digits.")
            raise ValidationError(text % {"typed": value, "meant": "".join(meant)})
        self.check(int(value))
        return int(value)


_FULL_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")


class DayCellField(forms.Field):
    """A day as a spreadsheet stores it, as 2024-12-31, or in any order that can mean one day only, such as 31/12/2024.

    Of two days the person says which; years of two digits and numbers are refused with the day they may mean.
    """

    def __init__(self, *, check: Callable[[date], None] = lambda day: None, **options: Any) -> None:
        self.check = check
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        day = value if isinstance(value, date) else self._read(str(value).strip())
        self.check(day)
        return day

    def _read(self, typed: str) -> date:
        if match := re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]00:00(?::00(?:\.0+)?)?)?", typed, re.ASCII):
            try:
                return date.fromisoformat(match[1])
            except ValueError as error:
                raise ValidationError(_("“%(typed)s” is not a day of the calendar.") % {"typed": typed}) from error
        written = days_written.meant(typed)
        if len(written) == 1 and _FULL_YEAR.search(typed):
            return written[0]
        days = [day for day in written if _passes(self.check, day)]
        if len(days) > 1:
            raise SeveralMeanings(typed, [(day.isoformat(), formats.day(day), day) for day in days])
        meant = " / ".join(day.isoformat() for day in days or written) or "2024-12-31"
        message = _("“%(typed)s” is not read as a date. Write year-month-day, such as %(meant)s.")
        raise ValidationError(message % {"typed": typed, "meant": meant})


def _passes(check: Callable[[Any], None], value: Any) -> bool:
    try:
        check(value)
    except ValidationError:
        return False
    return True


class ChosenField(forms.Field):
    """One of what is known, written by its name; ``options`` gives what may be written and what it means.

    ``label_of`` says how a value is written in the template; with ``is_listed`` the column gets a drop-down of them.
    ``in_words`` is how the preview shows a value whose label is a code.
    """

    in_words: Callable[[Any], str] | None = None
    takes_dashes = False
    """Whether a dash or "n/a" is judged like any other text."""

    def __init__(
        self,
        *,
        options: Callable[[], Mapping[str, Any]],
        label_of: Callable[[Any], str] = str,
        is_listed: bool = True,
        **more: Any,
    ) -> None:
        self.options, self.label_of, self.is_listed = options, label_of, is_listed
        super().__init__(**more)

    @cached_property
    def known(self) -> dict[str, Any]:
        return {self.key(text): value for text, value in self.options().items()}

    def key(self, text: object) -> str:
        return folded(text).casefold()

    def listed(self) -> list[str]:
        """The texts of the drop-down, in the active language."""
        return list(dict.fromkeys(self.label_of(value) for value in self.options().values())) if self.is_listed else []

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        found = self.known.get(self.key(value))
        if found is None:
            meant = self.known.get(self.key(look_alikes.plain(str(value))))
            typed = folded(value)
            if meant is None and len(may_be := self.near(typed)) > 1:
                raise SeveralMeanings(typed, may_be)
            raise ValidationError(
                self.refusal(typed) if meant is None else look_alikes.refusal(typed, self.label_of(meant))
            )
        return found

    def near(self, typed: str) -> list[tuple[str, str, Any]]:
        """What a text that is not known may mean, see ``SeveralMeanings``; one alone is proposed by ``refusal``."""
        return []

    def refusal(self, typed: str) -> str:
        labels = self.listed()
        if 0 < len(labels) <= MOST_LISTED:
            names = {"typed": typed, "known": ", ".join(labels)}
            return _("“%(typed)s” is not known here. Use one of: %(known)s.") % names
        return _("Choose one of the list: “%(typed)s” is not among them.") % {"typed": typed}

    def prepare_value(self, value: Any) -> Any:
        return "" if value is None else self.label_of(value)


def in_every_language(options: Callable[[], Iterable[tuple[object, Any]]]) -> Callable[[], dict[str, Any]]:
    """What may be written where the words are translated: those of the active language first, then the others'."""

    def all_words() -> dict[str, Any]:
        found = {str(text): value for text, value in options()}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                found |= {str(text): value for text, value in options() if str(text) not in found}
        return found

    return all_words


class YesField(ChosenField):
    """Yes or no, or what a box to tick holds; an empty cell is a no."""

    def __init__(self, **more: Any) -> None:
        ticks = [*((sign, 1) for sign in ("TRUE", "1", "y", "v", "✓", "✔", "√")), ("FALSE", 2), ("0", 2)]
        options = in_every_language(lambda: [(_("yes"), 1), (_("no"), 2), *ticks])
        super().__init__(options=options, label_of=lambda value: _("yes") if value == 1 else _("no"), **more)

    def clean(self, value: Any) -> bool:
        return super().clean(value) == 1

    def prepare_value(self, value: Any) -> Any:
        return _("yes") if value else _("no")
