"""The columns of a workbook of nominations: the facts of the candidate, then the answers its rubric asks for."""

import re
from collections.abc import Callable, Iterable
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import masks, taxpayer_number
from awards.candidates.forms import LARGEST_AMOUNT
from awards.criteria import answers
from awards.criteria.answered import AskedColumn
from awards.criteria.completeness import rubric_criteria
from awards.criteria.kinds import answered_kind
from awards.legal_scale import ScaleBasis
from awards.models import Candidate, Category, Criterion, Selection
from awards.models.editions import ENTERPRISES
from awards.names import LONGEST, tidy
from paritrana.display import look_alikes
from paritrana.display.numbers import read_code
from paritrana.intake import Column
from paritrana.intake.fields import ChosenField, CountedField, NameField, TextField, in_every_language
from regions.imports.fields import RegionField
from regions.models import Region

DIGITS = {"npp": 8, "nib": 13, "npwp": 15, "kbli": 5}
"""So many a code has that is written in full."""
NOTE = "note"
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{2}")
_WIDTH = 22


class NameCell(NameField):
    """A name as it is written down, without characters nobody sees."""

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value))


class CodeCell(TextField):
    """A number of a candidate as its own field takes it; one that lost its zeros in a spreadsheet is refused."""

    def __init__(self, name: str) -> None:
        self.name, self.fact = name, _fact(name)
        super().__init__(label=self.fact.verbose_name, required=False, validators=self.fact.validators)

    def to_python(self, value: Any) -> str:
        text = read_code(None if value == "" else value, DIGITS[self.name]).upper()
        if _SHORTENED.fullmatch(text):
            said = _(
                "“%(typed)s” is a long number, shortened by a spreadsheet. Format the column as text, type it again."
            )
            raise ValidationError(said % {"typed": text})
        return taxpayer_number.read(text) if self.name == "npwp" else text

    def run_validators(self, value: Any) -> None:
        """A number with other marks in it, or with too few digits, is refused with the number it may mean."""
        try:
            super().run_validators(value)
        except ValidationError as refusal:
            if meant := self._meant(value):
                raise ValidationError(look_alikes.refusal(value, meant)) from refusal
            raise

    def _meant(self, value: str) -> str:
        seen = look_alikes.plain(value).removesuffix(".0")
        bare = re.sub(rf"^{self.name}|[^0-9A-Z]", "", seen, flags=re.IGNORECASE)
        found = bare.zfill(DIGITS[self.name]) if self.name == "nib" and bare.isdecimal() else bare
        try:
            super().run_validators(found)
        except ValidationError:
            return ""
        return found if found != value else ""

    def prepare_value(self, value: Any) -> Any:
        return masks.npwp(value) if self.name == "npwp" else value


class NominatedRegion(RegionField):
    outside = gettext_lazy("“%(typed)s” is not the code of a region you nominate from.")


class AnswerCell(ChosenField):
    """One part of an answer as it stands in the cell; the kind of the criterion judges all of them together."""

    takes_dashes = True

    def __init__(self, label: Any, asked: AskedColumn) -> None:
        choices = {choice: choice for choice in asked.choices}
        super().__init__(label=label, help_text=asked.hint, required=False, options=lambda: choices)

    def to_python(self, value: Any) -> Any:
        return value


def fact_columns(category: Category | None, area: Callable[[], Iterable[Region]]) -> list[Column]:
    """Who is nominated; without a category, an enterprise."""
    fixed: dict[str, Any] = {"is_for_the_eye": True, "width": 30}
    found = [
        Column("name", NameCell(label=gettext_lazy("Name"), max_length=LONGEST), example="PT Contoh Jaya", width=30),
        Column("region_code", NominatedRegion(area), ("region",), "51.03", width=13),
        Column("region", TextField(label=gettext_lazy("Region"), required=False), ("region_name",), **fixed),
    ]
    if category is None or category.candidate_kind in ENTERPRISES:
        optional: dict[str, Any] = {"is_optional": True}
        amount = CountedField(label=gettext_lazy("Amount in rupiah"), max_value=LARGEST_AMOUNT, required=False)
        found += [Column(name, CodeCell(name), example=_EXAMPLES[name], **optional) for name in DIGITS]
        found.append(Column("scale_basis", _basis(), example=ScaleBasis.labels[0], width=26, **optional))
        found.append(Column("scale_amount", amount, example="12.000.000.000", **optional))
    if category is None or category.sectors.exists():
        found.append(Column("sector", _sector(category), width=26))
    return found


def answer_columns(selection: Selection, category: Category) -> dict[Criterion, list[tuple[str, Column]]]:
    """By criterion the parts of its answer, the note last, each with its column; the slug makes headings unique."""
    return {
        criterion: [
            (asked.part, _answer(criterion, asked))
            for asked in (*answered_kind(criterion.kind).columns(criterion), AskedColumn(NOTE, _NOTED))
        ]
        for criterion in rubric_criteria(selection, category)
        if criterion.is_answered
    }


def answer_of(criterion: Criterion, cells: dict[str, Any], candidate: Candidate) -> dict[str, Any] | None:
    """The answer the cells give, by part; None when they are all empty. Raises ValidationError."""
    given = {part: value for part, value in cells.items() if part != NOTE and value not in (None, "")}
    if not given:
        return None
    return answers.checked(criterion, answered_kind(criterion.kind).read_cells(criterion, given), candidate)


_NOTED: Any = gettext_lazy("what it rests on")
_EXAMPLES = {"npp": "KK000001", "nib": "1234567890123", "npwp": "01.234.567.8-901.000", "kbli": "01111"}


def _answer(criterion: Criterion, asked: AskedColumn) -> Column:
    name = format_lazy("{}: {}", criterion.name, asked.words) if asked.words else criterion.name
    cell = AnswerCell(format_lazy("{} [{}]", name, criterion.slug), asked)
    more: dict[str, Any] = {"is_optional": True, "is_aside": True, "is_number": asked.is_number, "width": _WIDTH}
    return Column(f"{asked.part}-{criterion.slug}", cell, **more)


def _fact(name: str) -> models.Field[Any, Any]:
    return cast("models.Field[Any, Any]", Candidate._meta.get_field(name))


def _basis() -> ChosenField:
    def options() -> list[tuple[object, ScaleBasis]]:
        return [*((basis.label, basis) for basis in ScaleBasis), *((basis.value, basis) for basis in ScaleBasis)]

    return ChosenField(
        label=gettext_lazy("Basis of the scale"),
        options=in_every_language(options),
        label_of=lambda basis: str(ScaleBasis(basis).label),
        required=False,
    )


def _sector(category: Category | None) -> ChosenField:
    def options() -> dict[str, Any]:
        return {sector.name: sector for sector in category.sectors.all()} if category else {}

    return ChosenField(label=gettext_lazy("Sector"), options=options)
