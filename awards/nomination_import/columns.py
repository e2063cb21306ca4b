"""The columns of a workbook of nominations: the facts of the candidate, then the answers its rubric asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from awards.criteria import answers
from awards.criteria.completeness import rubric_criteria
from awards.legal_scale import ScaleBasis
from awards.models import Candidate, Category, Criterion, Selection
from awards.models.editions import ENTERPRISES
from paritrana.display.numbers import parse_hundredths, read_count

NAME, REGION, NPP, NIB, KBLI, BASIS, AMOUNT, SECTOR = (
    *("name", "region", "npp", "nib", "kbli"),
    *("scale_basis", "scale_amount", "sector"),
)
NONE_OF_THEM = "-"


@dataclass(frozen=True)
class TemplateColumn:
    """``key`` is what it is to the portal, ``heading`` what the sheet says, ``choices`` the texts of its drop-down."""

    key: str
    heading: str
    choices: tuple[str, ...] = ()
    criterion: Criterion | None = None
    hint: str = ""

    @property
    def read_as(self) -> str:
        """The heading as the reader of sheets names it."""
        return self.heading.lower()


def columns_of(selection: Selection, category: Category) -> list[TemplateColumn]:
    """In the language that is active; three queries."""
    found = [TemplateColumn(NAME, _("Name")), TemplateColumn(REGION, _("Region code"), hint=_("such as 51.03"))]
    if category.candidate_kind in ENTERPRISES:
        bases = tuple(str(label) for label in ScaleBasis.labels)
        found += [TemplateColumn(NPP, _("NPP")), TemplateColumn(NIB, _("NIB")), TemplateColumn(KBLI, _("KBLI"))]
        found += [TemplateColumn(BASIS, _("Basis of the scale"), bases), TemplateColumn(AMOUNT, _("Amount in rupiah"))]
    sectors = tuple(sector.name for sector in category.sectors.all())
    if sectors:
        found.append(TemplateColumn(SECTOR, _("Sector"), sectors))
    for criterion in rubric_criteria(selection, category):
        if criterion.is_answered:
            found += _of_criterion(criterion)
    return found


def _of_criterion(criterion: Criterion) -> list[TemplateColumn]:
    """The columns of one answer, and one for what it rests on; the short name keeps headings apart."""

    def column(part: str, words: str, choices: tuple[str, ...] = (), hint: str = "") -> TemplateColumn:
        heading = f"{criterion.name}: {words} [{criterion.slug}]" if words else f"{criterion.name} [{criterion.slug}]"
        return TemplateColumn(f"{part}-{criterion.slug}", heading, choices, criterion, hint)

    kinds = Criterion.Kind
    if criterion.kind == kinds.BAND:
        own = [column("level", "", tuple(level["label"] for level in criterion.rules["levels"]))]
    elif criterion.kind == kinds.RATIO:
        own = [column("part", criterion.rules["part"])]
        if not criterion.rules.get("fixed"):
            own.append(column("whole", criterion.rules["whole"]))
    elif criterion.kind == kinds.CHECKLIST:
        codes = ", ".join(f"{item['code']} = {item['label']}" for item in criterion.rules["items"])
        own = [column("ticked", "", hint=_("codes apart by commas, “-” for none: %(codes)s") % {"codes": codes})]
    else:
        own = [column("amount", criterion.rules["unit"])]
    return [*own, column("note", _("what it rests on"))]


def answer_of(criterion: Criterion, cells: dict[str, Any], candidate: Candidate) -> dict[str, Any] | None:
    """The answer the cells give, by part; None when they are all empty. Raises ValidationError."""
    given = {part: value for part, value in cells.items() if part != "note" and value not in (None, "")}
    if not given:
        return None
    return answers.checked(criterion, _READ[criterion.kind](criterion, given), candidate)


def _level(criterion: Criterion, cells: dict[str, Any]) -> dict[str, Any]:
    text = str(cells["level"]).strip().casefold()
    levels = criterion.rules["levels"]
    code = next((one["code"] for one in levels if text in (one["code"].casefold(), one["label"].casefold())), text)
    return {"level": code}


def _counts(criterion: Criterion, cells: dict[str, Any]) -> dict[str, Any]:
    return {part: read_count(value) for part, value in cells.items()}


def _ticked(criterion: Criterion, cells: dict[str, Any]) -> dict[str, Any]:
    typed = str(cells["ticked"]).strip()
    items = {one["code"].casefold(): one["code"] for one in criterion.rules["items"]}
    items |= {one["label"].casefold(): one["code"] for one in criterion.rules["items"]}
    named = [] if typed == NONE_OF_THEM else [text.strip() for text in typed.split(",") if text.strip()]
    return {"ticked": [items.get(text.casefold(), text) for text in named]}


def _amount(criterion: Criterion, cells: dict[str, Any]) -> dict[str, Any]:
    value = cells["amount"]
    if isinstance(value, int | float):
        hundredths = round(value * 100)
        if abs(value * 100 - hundredths) > 1e-6 or hundredths < 0:
            raise ValidationError(_("Write an amount of at most two decimals, not below zero."), code="amount")
        return {"amount": hundredths}
    return {"amount": parse_hundredths(str(value))}


_READ: dict[str, Callable[[Criterion, dict[str, Any]], dict[str, Any]]] = {
    Criterion.Kind.BAND: _level,
    Criterion.Kind.RATIO: _counts,
    Criterion.Kind.CHECKLIST: _ticked,
    Criterion.Kind.AMOUNT: _amount,
}
