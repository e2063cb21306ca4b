"""Strict reading of typed numbers: what could mean two values is refused, with the value it seems to mean.

Counts are whole (``1234567``, ``1.234.567``); hundredths have at most two decimals (``85,5``, ``85.5``, ``1.234,56``).
A refusal is a ValidationError with code ``ambiguous`` (a value is suggested), ``not-whole``, ``negative``,
``too-large`` or ``not-a-number``. The active language changes how a figure is shown, never how it is read.
"""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from paritrana.display import invisible

LARGEST = 999_999_999_999
LONGEST = 40

_COUNT = re.compile(r"(0|[1-9][0-9]*|[1-9][0-9]{0,2}(\.[0-9]{3})+)")
_HUNDREDTHS = re.compile(r"(0|[1-9][0-9]*|[1-9][0-9]{0,2}(\.[0-9]{3})+(?=,))(?:[.,]([0-9]{1,2}))?")
_PLAIN, _GROUPED = r"[0-9]+", r"[0-9]{1,3}(?:(?P<mark>[.,' ])[0-9]{3}(?:(?P=mark)[0-9]{3})*)"
_REST = r"(?:(?P<point>[.,])(?P<rest>[0-9]*))?(?P<power>[eE][+]?[0-9]{1,2})?"
_DECIMALS_FIRST = re.compile(f"(?P<whole>{_PLAIN}|{_GROUPED}){_REST}")
_THOUSANDS_FIRST = re.compile(f"(?P<whole>{_GROUPED}|{_PLAIN}){_REST}")
_WHOLE = re.compile(r"[0-9]{1,15}\.0")
"""How programs write a whole number into a text table."""
_UNITS = re.compile(
    r"^['=]|(?:rp|idr)\.? ?|[±~*]|,-"
    r"| ?\b(?:orang|org|jiwa|pekerja|peserta|tenaga kerja|tk|pkj|rupiah|people|persons?|workers?|participants?)\.?$",
    re.IGNORECASE,
)
"""What people write around a number."""
_MAGNITUDES = {"ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6, "miliar": 10**9, "milyar": 10**9, "m": 10**9}
_MAGNITUDES |= {"triliun": 10**12, "trilyun": 10**12, "t": 10**12}
_SPELLED = re.compile(rf"(?P<figure>.*[0-9]) ?(?P<magnitude>{'|'.join(_MAGNITUDES)})", re.IGNORECASE)
_LOOKALIKES = str.maketrans("OolI|\N{MINUS SIGN}", "00111-")
NOTHING = re.compile(
    r"[-‐‑‒–—―−]+|n/?a|n\.a\.|nil|nihil|null|none|kosong|tidak ada|belum ada|tidak tersedia", re.IGNORECASE
)
"""What people write into a cell that holds nothing."""
_PERCENT_SIGN = re.compile(r"(?<!\s)\s*(?:%|persen|percent)$", re.IGNORECASE)
_PERCENTAGE = re.compile(r"[0-9][0-9.,]{0,20} ?%")
PADDING = " \t\r\n"
"""What may stand around a figure; any other space is named like every character nobody sees."""


class Percentage(str):
    """A number a spreadsheet shows as a percentage, as it is shown: ``"31%"`` for a cell that holds 0.31."""

    @classmethod
    def of(cls, value: float) -> "Percentage":
        """The 15 significant digits that spreadsheets use; further digits of a float are noise."""
        return cls(f"{(Decimal(f'{value:.15g}') * 100).normalize():f}%")

    @property
    def number(self) -> str:
        return self[:-1]


def parse_count(text: str, largest: int = LARGEST) -> int:
    """A number of people: ``"1.234.567"`` and ``"1234567"`` are 1234567; ambiguous text raises ValidationError."""
    text = text.strip(PADDING)
    if len(text) > LONGEST or not _COUNT.fullmatch(text):
        raise _count_refusal(text)
    return _within_reach(int(text.replace(".", "")), text, largest)


def parse_hundredths(text: str, largest: int = LARGEST) -> int:
    """A figure with up to two decimals, times 100: ``"85,5"`` and ``"85.5"`` are 8550; ``"85.125"`` raises."""
    text = text.strip(PADDING)
    match = _HUNDREDTHS.fullmatch(text)
    if len(text) > LONGEST or not match:
        raise _hundredths_refusal(text)
    whole, decimals = match[1].replace(".", ""), match[3] or ""
    return _within_reach(int(whole + decimals.ljust(2, "0")), text, largest)


def read_count(cell: object, largest: int = LARGEST) -> int:
    """The count in a spreadsheet cell: a whole number, or text that ``parse_count`` accepts."""
    if isinstance(cell, str) and _WHOLE.fullmatch(cell):
        cell = cell.removesuffix(".0")
    if cell is None:
        raise ValidationError(_("This cell is empty."), code="required")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) <= largest:
        cell = int(cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        if cell < 0:
            raise _negative(str(cell))
        return _within_reach(cell, str(cell), largest)
    return parse_count(str(cell).replace(".", ",") if isinstance(cell, float) else str(cell), largest)


def read_hundredths(cell: object) -> int:
    """The figure in a sheet's cell, times 100: a number, a number shown as a percentage, or text."""
    if isinstance(cell, Percentage):
        return parse_hundredths(cell.number)
    if isinstance(cell, float):
        return parse_hundredths(f"{Decimal(f'{cell:.15g}'):f}")
    return parse_hundredths(str(cell))


def read_code(cell: object, digits: int) -> str:
    """A code of usually so many digits in a sheet's cell, as text; a number with fewer has lost its zeros."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else " ".join(str(cell).split())
    if isinstance(cell, int) and len(text) < digits:
        meant = text.zfill(digits if digits - len(text) < 4 else len(text) + 1)
        raise ValidationError(
            _(
                "“%(typed)s” is stored as a number, which loses zeros at its beginning. Format the column as text and "
                "write the code in full, such as %(meant)s."
            ),
            code="lost-zeros",
            params={"typed": text, "meant": meant},
        )
    return text


def show_count(value: int) -> str:
    """A count in the form it may be typed: grouped in Indonesian, plain digits in other languages."""
    return f"{value:,}".replace(",", ".") if _in_indonesian() else str(value)


def show_hundredths(value: int) -> str:
    """A figure in the form it may be typed: 8550 -> "85,50" in Indonesian, "85.50" in other languages."""
    text = f"{value // 100}.{value % 100:02d}"
    return text.replace(".", ",") if _in_indonesian() else text


def _in_indonesian() -> bool:
    return (translation.get_language() or "id").startswith("id")


def _within_reach(value: int, text: str, largest: int = LARGEST) -> int:
    if value > largest:
        raise ValidationError(_("“%(typed)s” is too large."), code="too-large", params={"typed": text})
    return value


def _count_refusal(text: str) -> ValidationError:
    if _PERCENTAGE.fullmatch(text):
        message = _("“%(typed)s” is a percentage. Type a whole number.")
        return ValidationError(message, code="not-whole", params={"typed": text})
    value = _value_meant(text, _THOUSANDS_FIRST)
    if value is None or value == value.to_integral_value():
        return _refusal(text, None if value is None else show_count(int(value)))
    meant = f"{value:f}".replace(".", ",") if _in_indonesian() else f"{value:f}"
    if meant == text:
        message = _("“%(typed)s” has decimals. Type a whole number.")
        return ValidationError(message, code="not-whole", params={"typed": text, "meant": meant})
    return ValidationError(
        _("“%(typed)s” seems to mean %(meant)s. Type a whole number, without decimals."),
        code="not-whole",
        params={"typed": text, "meant": meant},
    )


def _hundredths_refusal(text: str) -> ValidationError:
    value = _value_meant(_PERCENT_SIGN.sub("", text), _DECIMALS_FIRST)
    if value is None:
        return _refusal(text, None)
    return _refusal(text, show_hundredths(int((value * 100).to_integral_value(ROUND_HALF_UP))))


def _refusal(text: str, meant: str | None) -> ValidationError:
    typed = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    if re.match(r"[-(‐‑‒–\N{MINUS SIGN}] ?(?:Rp\.? ?)?[0-9]", text):
        return _negative(typed)
    if NOTHING.fullmatch(text):
        message = _("“%(typed)s” is not a number. Type 0 where there are none; leave out what is not known.")
        return ValidationError(message, code="not-a-number", params={"typed": typed})
    if meant is None:
        return ValidationError(
            _("“%(typed)s” is not a number. Type digits."), code="not-a-number", params={"typed": typed}
        )
    if characters := invisible.named(text):
        return ValidationError(
            _("“%(typed)s” contains %(characters)s, which nobody sees. If you mean %(meant)s, type %(meant)s."),
            code="ambiguous",
            params={"typed": typed, "characters": characters, "meant": meant},
        )
    return ValidationError(
        _("“%(typed)s” is not read as a number here. If you mean %(meant)s, type %(meant)s."),
        code="ambiguous",
        params={"typed": typed, "meant": meant},
    )


def _negative(typed: str) -> ValidationError:
    return ValidationError(_("“%(typed)s” is below zero."), code="negative", params={"typed": typed})


def _value_meant(text: str, pattern: re.Pattern[str]) -> Decimal | None:
    """The value a refused text seems to mean (similar letters, foreign grouping, powers of ten), or None."""
    if len(text) > LONGEST:
        return None
    seen = _UNITS.sub("", unicodedata.normalize("NFKC", invisible.without(text))).strip()
    if spelled := _SPELLED.fullmatch(seen):
        figure = _value_meant(spelled["figure"], _DECIMALS_FIRST)
        spelled_out = None if figure is None else figure * _MAGNITUDES[spelled["magnitude"].lower()]
        return None if spelled_out is None or spelled_out > LARGEST else spelled_out
    match = pattern.fullmatch(seen.translate(_LOOKALIKES).strip("+ "))
    if not match or (match["point"] and match["point"] == match["mark"]):
        return None
    whole = re.sub(r"[.,' ]", "", match["whole"])
    value = Decimal(f"{whole}.{match['rest'] or 0}{match['power'] or ''}")
    return value if value <= LARGEST else None


class _StrictField(forms.Field):
    """A text box whose figure ``parse`` reads; after an error it shows exactly what was typed."""

    widget = forms.TextInput
    inputmode: str

    def __init__(self, *, min_value: int = 0, max_value: int = LARGEST, **options: Any) -> None:
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**options)

    def parse(self, text: str) -> int:
        raise NotImplementedError

    def show(self, value: int) -> str:
        raise NotImplementedError

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or not str(value).strip():
            return None
        return value if isinstance(value, int) else self.parse(str(value))

    def prepare_value(self, value: Any) -> Any:
        return self.show(value) if isinstance(value, int) else value

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is not None and not self.min_value <= value <= self.max_value:
            raise ValidationError(
                _("Type a value from %(least)s to %(most)s."),
                code="out-of-range",
                params={"least": self.show(self.min_value), "most": self.show(self.max_value)},
            )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"inputmode": self.inputmode, "autocomplete": "off"}


class CountField(_StrictField):
    """A number of people; cleans to an int."""

    inputmode = "numeric"
    parse = staticmethod(parse_count)
    show = staticmethod(show_count)


class HundredthsField(_StrictField):
    """A mark or a percentage with two decimals; cleans to int hundredths. Bounds are hundredths too."""

    inputmode = "decimal"
    parse = staticmethod(parse_hundredths)
    show = staticmethod(show_hundredths)
