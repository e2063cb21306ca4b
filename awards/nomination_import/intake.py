"""Nominations of companies, enterprises, universities and villages by a file: one row a candidate, with its answers."""

from collections.abc import Hashable, Mapping
from functools import cached_property
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from awards.candidates import actions as entering
from awards.candidates.permissions import CandidatePermission, candidate_area
from awards.legal_scale import scale_of
from awards.models import Candidate, Category, Criterion, Nomination, Selection
from awards.models.selections import Level
from awards.nomination_import.columns import DIGITS, NOTE, answer_columns, answer_of, fact_columns
from awards.nomination_import.identity import Identities
from awards.nominations.actions import answer, nominate
from awards.nominations.entry import require_scale
from awards.permissions import branch_area
from awards.signals import sent_once
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.intake import Column, Intake, RowChange, WrittenBy
from paritrana.intake.description import ReadRow, RowOutcome, Tell
from paritrana.intake.questions import Question
from paritrana.workbooks import Fault
from regions.imports.region_names import NamedRegions
from regions.models import Region

MOST = 500
"""Nominations in one file: more than any branch has, and still one request."""
FACTS = ("name", "region", *DIGITS, "scale_basis", "scale_amount")


class CandidateColumns(NamedRegions, Intake):
    """What every workbook of nominations asks; the rubric of the category adds its answers."""

    name = "nominasi"
    title = gettext_lazy("Nominations")
    consequence = gettext_lazy("Each becomes a draft; it takes part once it is complete and sent.")
    most_rows = MOST

    def columns(self) -> list[Column]:
        return fact_columns(None, Region.objects.all)


class NominationIntake(CandidateColumns):
    """Of one category of a selection, from the area of the person who nominates."""

    def __init__(self, selection: Selection, category: Category, by: User) -> None:
        self.selection, self.category, self.by = selection, category, by

    @cached_property
    def asked_for(self) -> dict[Criterion, list[tuple[str, Column]]]:
        return answer_columns(self.selection, self.category)

    def columns(self) -> list[Column]:
        answered = [column for columns in self.asked_for.values() for _part, column in columns]
        return [*fact_columns(self.category, lambda: self.area), *answered]

    @cached_property
    def area(self) -> list[Region]:
        """A branch's working area within the province, and the province itself; for the nation, all of it."""
        if self.selection.level != Level.PROVINCIAL:
            return list(candidate_area(self.by, CandidatePermission.EDIT))
        own = branch_area(self.by).filter(code__startswith=cast(Region, self.selection.province).code)
        return list(Region.objects.filter(Q(pk__in=own) | Q(pk__in=own.values("parent"))))

    def year_of(self, cells: Mapping[str, Any]) -> int:
        return self.selection.edition.period_end.year

    def hold(self) -> None:
        Selection.objects.select_for_update(no_key=True).get(pk=self.selection.pk)

    def check_parts(self, values: dict[str, Any]) -> None:
        """The scale needs both of its cells, each answer all of its own."""
        basis, amount = values.get("scale_basis"), values.get("scale_amount")
        refused = {}
        if {"scale_basis", "scale_amount"} <= values.keys() and (basis is None) != (amount is None):
            text = _("Give both: the basis of the scale as in the list, and the amount in rupiah.")
            refused["scale_basis" if basis is None else "scale_amount"] = text
        facts = {"region": values.get("region_code"), **{name: values.get(name) or "" for name in ("name", *DIGITS)}}
        if basis and amount is not None:
            facts |= {"scale_basis": basis.value, "scale_amount": amount, "scale": scale_of(basis, amount)}
        candidate = values["candidate"] = Candidate(kind=self.category.candidate_kind, **facts)
        same = self.identities.portal.find(candidate).same if facts["region"] else None
        values["answers"], faults = self._answers(values, same or candidate)
        if refused or faults:
            raise ValidationError(refused | faults)

    def _answers(self, values: dict[str, Any], candidate: Candidate) -> tuple[dict[Criterion, Any], dict[str, Any]]:
        """The answers the cells give, and what is wrong by the first column of each."""
        found: dict[Criterion, Any] = {}
        faults = {}
        for criterion, columns in self.asked_for.items():
            cells = {part: values.get(column.name) for part, column in columns}
            try:
                value = answer_of(criterion, cells, candidate)
            except ValidationError as refusal:
                faults[columns[0][1].name] = refusal.messages
            else:
                if value is not None:
                    note = "" if cells[NOTE] is None else " ".join(str(cells[NOTE]).split())
                    found[criterion] = value, note[:300]
        return found, faults

    @cached_property
    def identities(self) -> Identities:
        nominated = Nomination.objects.filter(selection=self.selection, category=self.category)
        self.nominations = {row.candidate_id: row for row in nominated}
        area = {region.pk for region in self.area}
        return Identities(self.selection, self.category, area, set(self.nominations), self.by)

    def together(self, rows: list[ReadRow]) -> list[Fault]:
        """Who each row is, and whether its scale belongs into the category."""
        faults = []
        for row in rows:
            column = "name"
            try:
                self.identities.meet(row)
                match = self.identities.rows[row.row].match
                is_known = match is not None and bool(match.scale)
                column = "name" if is_known else "scale_amount"
                require_scale(self.selection, self.category, cast(Candidate, match if is_known else _of(row)))
            except ValidationError as refusal:
                faults.append(Fault(row.row, column, refusal.messages[0]))
        return faults

    def known(self, rows: list[ReadRow]) -> Mapping[Hashable, Nomination]:
        """The nominations there are of those a number proves; candidates are never changed by a file."""
        found: dict[Hashable, Nomination] = {}
        for row in rows:
            known = self.identities.rows.get(row.row)
            if known and known.match and known.match.pk in self.nominations:
                found[row.row] = self.nominations[known.match.pk]
        return found

    def question(self, change: RowChange) -> Question | None:
        return self.identities.question(change.row, change.values["candidate"]) if change.is_new else None

    def settle(self, change: RowChange) -> RowOutcome:
        return self.identities.settle(change.row, change.answer)

    def remark(self, change: RowChange) -> tuple[str, str]:
        match, given = self.identities.rows[change.row].match, len(change.values["answers"])
        remarks = [_("in the portal: %(name)s") % {"name": match}] if match else []
        if given:
            remarks.append(ngettext("%(count)s answer", "%(count)s answers", given) % {"count": given})
        return " · ".join(remarks), match.get_absolute_url() if match else ""

    def write(self, changes: list[RowChange], hand: WrittenBy, tell: Tell) -> None:
        by = hand.person
        with sent_once():
            for done, change in enumerate(changes):
                self._make(change, by)
                tell(done, len(changes))
        detail = {"file": hand.name, "sha256": hand.digest, "category": self.category.slug}
        trail.record(by, "nomination.upload", self.selection, **detail, nominations=len(changes))

    def _make(self, change: RowChange, by: User) -> None:
        match, given = self.identities.rows[change.row].match, _of(change)
        facts = {name: getattr(given, name) for name in FACTS}
        candidate = match or entering.create(given.kind, facts, by=by)
        sector = change.values.get("sector")
        nomination = nominate(self.selection, self.category, candidate, sector=sector, by=by)
        if change.values["answers"]:
            answer(nomination, change.values["answers"], by=by)

    def instructions(self) -> list[str]:
        return [_("One row a candidate. The region may be given by its code alone; a name beside it must agree.")]


def _of(row: ReadRow | RowChange) -> Candidate:
    return row.values["candidate"]
