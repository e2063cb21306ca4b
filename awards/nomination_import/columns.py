"""The columns of a workbook of nominations: the facts of the candidate, then the answers its rubric asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from awards.criteria import answers
from awards.criteria.answered import AskedColumn
from awards.criteria.completeness import rubric_criteria
from awards.criteria.kinds import answered_kind
from awards.legal_scale import ScaleBasis
from awards.models import Candidate, Category, Criterion, Selection
from awards.models.editions import ENTERPRISES

NAME, REGION, REGION_NAME, NPP, NIB, KBLI, BASIS, AMOUNT, SECTOR = (
    *("name", "region", "region_name", "npp", "nib", "kbli"),
    *("scale_basis", "scale_amount", "sector"),
)


@dataclass(frozen=True)
class TemplateColumn:
    """``key`` is what it is to the portal, ``heading`` what the sheet says, ``choices`` the texts of its drop-down."""

    key: str
    heading: str
    choices: tuple[str, ...] = ()
    criterion: Criterion | None = None
    hint: str = ""
    is_number: bool = False

    @property
    def read_as(self) -> str:
        """The heading as the reader of sheets names it."""
        return self.heading.lower()


def columns_of(selection: Selection, category: Category) -> list[TemplateColumn]:
    """In the language that is active; three queries."""
    found = [TemplateColumn(NAME, _("Name")), TemplateColumn(REGION, _("Region code"), hint=_("such as 51.03"))]
    found.append(
        TemplateColumn(REGION_NAME, _("Region"), hint=_("may be left empty; it must mean the same region as the code"))
    )
    if category.candidate_kind in ENTERPRISES:
        bases = tuple(str(label) for label in ScaleBasis.labels)
        found += [TemplateColumn(NPP, _("NPP")), TemplateColumn(NIB, _("NIB")), TemplateColumn(KBLI, _("KBLI"))]
        found += [
            TemplateColumn(BASIS, _("Basis of the scale"), bases),
            TemplateColumn(AMOUNT, _("Amount in rupiah"), is_number=True),
        ]
    sectors = tuple(sector.name for sector in category.sectors.all())
    if sectors:
        found.append(TemplateColumn(SECTOR, _("Sector"), sectors))
    for criterion in rubric_criteria(selection, category):
        if criterion.is_answered:
            found += _of_criterion(criterion)
    return found


def _of_criterion(criterion: Criterion) -> list[TemplateColumn]:
    """The columns of one answer, and one for what it rests on; the short name keeps headings apart."""

    def column(asked: AskedColumn) -> TemplateColumn:
        name = f"{criterion.name}: {asked.words}" if asked.words else criterion.name
        key, heading = f"{asked.part}-{criterion.slug}", f"{name} [{criterion.slug}]"
        return TemplateColumn(key, heading, asked.choices, criterion, asked.hint, asked.is_number)

    own = [column(one) for one in answered_kind(criterion.kind).columns(criterion)]
    return [*own, column(AskedColumn("note", _("what it rests on")))]


def answer_of(criterion: Criterion, cells: dict[str, Any], candidate: Candidate) -> dict[str, Any] | None:
    """The answer the cells give, by part; None when they are all empty. Raises ValidationError."""
    given = {part: value for part, value in cells.items() if part != "note" and value not in (None, "")}
    if not given:
        return None
    return answers.checked(criterion, answered_kind(criterion.kind).read_cells(criterion, given), candidate)
