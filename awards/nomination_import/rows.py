"""A workbook of nominations read whole: every row that can be believed, and every fault with row, column and cure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from awards.candidates.duplicates import Found, Register
from awards.candidates.permissions import CandidatePermission, candidate_area
from awards.legal_scale import ScaleBasis, scale_of
from awards.models import Candidate, Category, Criterion, Nomination, Sector, Selection
from awards.models.selections import Level
from awards.names import LONGEST, tidy
from awards.nomination_import import columns as named
from awards.nomination_import.columns import TemplateColumn
from awards.nominations.actions import Given
from awards.nominations.entry import require_scale
from awards.permissions import branch_area
from paritrana.accounts.models import User
from paritrana.display.numbers import read_code, read_count
from paritrana.workbooks import Fault, Row, Table
from regions.models import Region
from regions.naming import Naming

MOST = 500
"""Nominations in one file: more than any branch has, and still one request."""
DIGITS = {named.NPP: 8, named.NIB: 13, named.KBLI: 5}
"""So many a code has that is written in full."""


@dataclass
class NominationRow:
    """One believable row: its candidate, not saved yet, its sector and its answers, and who the candidate is already.

    ``asked`` are those a person must tell it from: candidates of the portal, and rows of the file by their number.
    """

    row: int
    facts: dict[str, Any]
    sector: Sector | None
    answers: dict[Criterion, Given]
    candidate: Candidate
    match: Candidate | None = None
    asked: list[Candidate] = field(default_factory=list)
    asked_rows: list[int] = field(default_factory=list)

    @property
    def is_asked(self) -> bool:
        return bool(self.asked or self.asked_rows)


@dataclass
class ImportedNominations:
    """``already`` are rows whose candidate is nominated here already: nothing is done about them."""

    rows: int = 0
    wanted: list[NominationRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    already: list[NominationRow] = field(default_factory=list)


class NominationReader:
    """Everything a row is held against, read once: regions, candidates, nominations; eight queries."""

    def __init__(self, selection: Selection, category: Category, columns: list[TemplateColumn], user: User) -> None:
        self.selection, self.category, self.columns = selection, category, columns
        self.sectors = {sector.name.casefold(): sector for sector in category.sectors.all()}
        self.naming = Naming(Region.objects.all())
        self.area = {region.pk for region in _area(selection, user)}
        self.known = Register(Candidate.objects.current().select_related("region"))
        self.in_file = Register()
        self.row_of: dict[int, int] = {}
        nominated = Nomination.objects.filter(selection=selection, category=category)
        self.nominated = set(nominated.values_list("candidate", flat=True))
        self.by_key = {column.key: column for column in columns}

    def read(self, table: Table) -> ImportedNominations:
        known = [column.read_as for column in self.columns]
        table.require([self.by_key[named.NAME].read_as, self.by_key[named.REGION].read_as], known)
        found = ImportedNominations(len(table.rows), faults=list(table.faults))
        if len(table.rows) > MOST:
            values = {"most": MOST}
            found.faults.append(
                Fault(table.header, "", _("At most %(most)s nominations in one file. Divide it.") % values)
            )
        if any(fault.row == table.header for fault in found.faults):
            return found
        for row in table.rows:
            wanted = self._row(row, found.faults)
            if wanted is None:
                continue
            if wanted.match and wanted.match.pk in self.nominated:
                found.already.append(wanted)
            else:
                found.wanted.append(wanted)
        found.faults.sort(key=lambda fault: fault.row)
        return found

    def _row(self, row: Row, faults: list[Fault]) -> NominationRow | None:
        """The row, or None with all of its faults noted."""
        before = len(faults)
        cells = {key: row.cells.get(column.read_as) for key, column in self.by_key.items()}

        def attempt(key: str, read: Any) -> Any:
            try:
                return read()
            except ValidationError as error:
                faults.append(Fault(row.number, self.by_key[key].read_as, error.messages[0]))
                return None

        facts = self._facts(cells, attempt)
        sector = attempt(named.SECTOR, lambda: self._sector(cells)) if self.sectors else None
        candidate = Candidate(kind=self.category.candidate_kind, **facts)
        if basis := facts.get("scale_basis"):
            candidate.scale = scale_of(basis, facts["scale_amount"])
        found = attempt(named.NAME, lambda: self._find(candidate, row.number)) or Found()
        judged, column = (found.same, named.NAME) if found.same and found.same.scale else (candidate, named.BASIS)
        attempt(column, lambda: require_scale(self.selection, self.category, judged))
        answers = self._answers(cells, found.same or candidate, attempt)
        if len(faults) > before or row.refused:
            return None
        asked = [one for one in found.asked if one.pk]
        rows = [self.row_of[id(one)] for one in found.asked if not one.pk]
        return NominationRow(row.number, facts, sector, answers, candidate, found.same, asked, rows)

    def _facts(self, cells: dict[str, Any], attempt: Any) -> dict[str, Any]:
        facts: dict[str, Any] = {
            "name": attempt(named.NAME, lambda: _name(_text(cells.get(named.NAME)))) or "",
            "region": attempt(named.REGION, lambda: self._region(cells)),
        }
        for key in (named.NPP, named.NIB, named.KBLI):
            facts[key] = attempt(key, lambda key=key: _checked(key, cells.get(key))) or ""
        if named.BASIS in self.by_key:
            facts |= attempt(named.BASIS, lambda: _scale(cells)) or {}
        return facts

    def _region(self, cells: dict[str, Any]) -> Region:
        """The region of the code; a name beside it must mean the same."""
        code, name = _text(cells.get(named.REGION)), _text(cells.get(named.REGION_NAME))
        year = self.selection.edition.period_end.year
        region = self.naming.coded(code)
        if region is None and (hint := self.naming.hint(code)):
            raise ValidationError(hint)
        if region is not None:
            self.naming.agreed(region, code, name, year)
        if region is None or region.pk not in self.area:
            raise ValidationError(_("“%(typed)s” is not the code of a region you nominate from.") % {"typed": code})
        return region

    def _sector(self, cells: dict[str, Any]) -> Sector:
        text = _text(cells.get(named.SECTOR)).casefold()
        if text not in self.sectors:
            raise ValidationError(_("Choose one of the sectors of the list."))
        return self.sectors[text]

    def _find(self, candidate: Candidate, number: int) -> Found:
        """Who it is already by its number, and whom a person must tell it from, in the portal and in the file."""
        if candidate.region_id is None:
            return Found()
        found = self.known.find(candidate)
        if found.same:
            self._must_fit(candidate, found.same)
        before = self.in_file.find(found.same or candidate)
        twin = before.same or next((one for one in before.asked if one is found.same), None)
        if twin is not None:
            told = {"row": self.row_of[id(twin)]}
            raise ValidationError(_("Row %(row)s already names this candidate. Keep one of the two.") % told)
        self.row_of[id(found.same or candidate)] = number
        self.in_file.add(found.same or candidate)
        if found.same is None:
            found.asked += [one for one in before.asked if not one.pk]
        return found

    def _must_fit(self, candidate: Candidate, match: Candidate) -> None:
        told = {"name": match.name, "npp": match.npp, "nib": match.nib}
        if match.region_id not in self.area:
            raise ValidationError(_("This NPP belongs to a candidate outside your area."))
        if match.kind not in self.category.kinds:
            told["kind"] = match.get_kind_display()
            raise ValidationError(_("The number belongs to %(name)s, which is of the kind “%(kind)s”.") % told)
        if candidate.nib and match.nib and candidate.nib != match.nib:
            text = _("The NPP %(npp)s belongs to %(name)s with the NIB %(nib)s. Correct the NPP or the NIB.")
            raise ValidationError(text % told)

    def _answers(self, cells: dict[str, Any], candidate: Candidate, attempt: Any) -> dict[Criterion, Given]:
        parts: dict[Criterion, dict[str, Any]] = {}
        first: dict[Criterion, str] = {}
        for key, column in self.by_key.items():
            if column.criterion:
                parts.setdefault(column.criterion, {})[key.removesuffix(f"-{column.criterion.slug}")] = cells[key]
                first.setdefault(column.criterion, key)
        found: dict[Criterion, Given] = {}
        for criterion, given in parts.items():
            value = attempt(first[criterion], lambda c=criterion, g=given: named.answer_of(c, g, candidate))
            if value is not None:
                found[criterion] = (value, _text(given.get("note"))[:300])
        return found


def _area(selection: Selection, user: User) -> Any:
    """A branch's working area within the province, and the province itself; the national committee's whole country."""
    regions = candidate_area(user, CandidatePermission.EDIT)
    if selection.level == Level.PROVINCIAL:
        own = branch_area(user).filter(code__startswith=cast(Region, selection.province).code)
        return Region.objects.filter(Q(pk__in=own) | Q(pk__in=own.values("parent")))
    return regions


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else " ".join(str(cell).split())


def _name(text: str) -> str:
    name = tidy(text)
    if not name or len(name) > LONGEST:
        raise ValidationError(_("Write the name, in at most 200 characters."))
    return name


def _checked(key: str, cell: Any) -> str:
    """The fact as the candidate's own field takes it."""
    text = read_code(cell, DIGITS[key]).upper()
    if text:
        cast(models.Field, Candidate._meta.get_field(key)).run_validators(text)
    return text


def _scale(cells: dict[str, Any]) -> dict[str, Any]:
    text, amount = _text(cells.get(named.BASIS)).casefold(), cells.get(named.AMOUNT)
    if not text and amount in (None, ""):
        return {}
    basis = next((one for one in ScaleBasis if text in (one.value, str(one.label).casefold())), None)
    if basis is None or amount in (None, ""):
        raise ValidationError(_("Give both: the basis of the scale as in the list, and the amount in rupiah."))
    return {"scale_basis": basis.value, "scale_amount": read_count(amount)}
