"""Branch offices with their working areas by a file: one row a branch, with all of its regions."""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.intake import Column, Intake, RowChange, WrittenBy
from paritrana.intake.description import ReadRow, Tell
from paritrana.intake.fields import DayCellField, TextField, folded
from paritrana.intake.questions import SeveralMeanings
from paritrana.workbooks import Fault
from regions import rules
from regions.imports.fields import BranchNameField, RegionalOfficeField, RegionField
from regions.models import Branch, Region, RegionalOffice
from regions.offices import actions
from regions.offices.forms import SOURCE_HELP
from regions.places import areas

OF_THE_BRANCH = ("regional_office", "source")
BETWEEN = r"[;,\n/+&•]|\s(?:(?:dan|and)\s+)?(?=[0-9])"
"""A word between two parts stands before a code only: "Pangkajene dan Kepulauan" is one name."""


class AreaField(RegionField):
    """The kabupaten and kota of a working area, by their codes; a name beside a code must agree with it."""

    in_words = None

    def to_python(self, value: Any) -> tuple[Region, ...]:
        parts = [part for part in re.split(BETWEEN, str(value)) if part.strip()]
        return tuple(sorted({self._region(part) for part in parts}, key=lambda row: row.code))

    def _region(self, part: str) -> Region:
        code, _blank, name = part.strip().partition(" ")
        try:
            region = super().to_python(code if name and code[0].isdecimal() else part)
        except SeveralMeanings as several:  # of one part of the cell
            raise ValidationError(several.messages) from several
        return self.naming.agreed(region, code, name) if name and code == region.code else region

    def prepare_value(self, value: Any) -> str:
        return "; ".join(region.code for region in value or ())


class OfficeIntake(Intake):
    """With ``offices`` only branches of these regional offices."""

    name = "kantor"
    title = gettext_lazy("Branch offices and working areas")
    consequence = gettext_lazy("A branch then has exactly these regions: those that come leave the branch they had.")
    keys = ("branch",)
    leaves = frozenset({"source"})

    def __init__(self, offices: Callable[[], Iterable[RegionalOffice]] | None = None) -> None:
        self.offices = offices or RegionalOffice.objects.open
        self.own: set[RegionalOffice] = set()
        self.held: dict[int, areas.Holder] = {}

    def columns(self) -> list[Column]:
        optional: dict[str, Any] = {"is_optional": True}
        return [
            Column("branch", _name(), ("cabang", "name"), example="Bali Denpasar", width=28),
            Column("regional_office", RegionalOfficeField(self.offices), ("kanwil",), "Bali Nusa Tenggara", width=28),
            Column("working_area", _area(), example="51.03; 51.71", width=50),
            Column("since", _since(), example="2026-01-01", width=14, **optional),
            Column("source", _source(), example="Keputusan Direksi", width=30, **optional),
        ]

    def check(self, values: dict[str, Any]) -> None:
        office = values["regional_office"]
        outside = [row.code for row in values["working_area"] if not _is_inside(row, office)]
        if outside:
            codes = {"codes": ", ".join(outside), "office": office}
            text = _("%(codes)s are no kabupaten or kota in the provinces of %(office)s.")
            raise ValidationError({"working_area": text % codes})

    def key(self, values: dict[str, Any]) -> Hashable:
        return folded(values["branch"]).casefold()

    def together(self, rows: list[ReadRow]) -> list[Fault]:
        """A region has one branch."""
        faults: list[Fault] = []
        first: dict[Any, Any] = {}
        for row in rows:
            for region in row.values["working_area"]:
                other = first.setdefault(region, row.row)
                if other != row.row:
                    text = _("%(region)s stands in row %(row)s as well. A region has one branch.")
                    faults.append(Fault(row.row, "working_area", text % {"region": region.code, "row": other}))
        return faults

    def known(self, rows: list[ReadRow]) -> Mapping[Hashable, Branch]:
        """Every branch by its name; four queries."""
        named = {region for row in rows for region in row.values["working_area"]}
        self.own = set(self.offices())
        self.held = areas.holders(named, of_provinces=False)
        found = Branch.objects.select_related("regional_office").prefetch_related("working_area")
        return {branch.name.casefold(): branch for branch in found}

    def in_force(self, before: Branch) -> dict[str, Any]:
        area = tuple(sorted(before.working_area.all(), key=lambda row: row.code))
        return {"regional_office": before.regional_office, "working_area": area, "source": before.source}

    def refusal(self, change: RowChange) -> tuple[str, str] | None:
        branch = change.before
        if branch and branch.is_closed:
            return "branch", _("%(office)s is closed.") % {"office": branch}
        if branch and branch.regional_office not in self.own:
            return "branch", _("%(office)s belongs to another regional office.") % {"office": branch}
        coming = [
            row for row in change.values["working_area"] if branch is None or row not in branch.working_area.all()
        ]
        held = [self.held[row.pk] for row in coming if row.pk in self.held]
        try:
            areas.check_day(_day(change), held)
        except ValidationError as error:
            return "since", error.messages[0]
        return None

    def write(self, changes: list[RowChange], hand: WrittenBy, tell: Tell) -> None:
        """What comes to the branches is written first: a region that only changes its branch never has none."""
        written = []
        for done, change in enumerate(changes):
            branch, values = change.before, change.values
            source = values.get("source") or ""
            if branch is None:
                office = values["regional_office"]
                branch = actions.add_branch(values["branch"], office, source=source, by=hand.person)
            else:
                fields: dict[str, Any] = {name: values[name] for name in OF_THE_BRANCH if name in change.old}
                actions.change(branch, fields, by=hand.person)
            terms = {"since": _day(change), "source": source, "by": hand.person}
            actions.set_area(branch, {*areas.area_of(branch), *values["working_area"]}, **terms)
            written.append((branch, values["working_area"], terms))
            tell(done, len(changes))
        for branch, area, terms in written:
            actions.set_area(branch, area, **terms)

    def lines(self) -> Iterable[dict[str, Any]]:
        """Every open branch as it is; three queries."""
        found = (
            Branch.objects.open().filter(regional_office__in=self.offices()).order_by("regional_office__name", "name")
        )
        for branch in found.select_related("regional_office").prefetch_related("working_area__parent"):
            yield {"branch": branch.name, **self.in_force(branch)}


def _is_inside(region: Region, office: RegionalOffice) -> bool:
    return region.parent is not None and region.parent.regional_office_id == office.pk


def _day(change: RowChange) -> Any:
    return change.values.get("since") or timezone.localdate()


def _name() -> TextField:
    help_text = gettext_lazy("Without the word “Cabang”. A name nobody knows is a new branch.")
    return BranchNameField(label=gettext_lazy("Branch office"), help_text=help_text, max_length=80)


def _area() -> AreaField:
    help_text = gettext_lazy("The codes of all its kabupaten and kota, separated by semicolons. Empty: none.")
    label = gettext_lazy("Working area")
    return AreaField(label=label, help_text=help_text, required=False)


def _since() -> DayCellField:
    help_text = gettext_lazy("Year-month-day: when it begins. Empty: today.")
    label = gettext_lazy("Since")
    return DayCellField(check=rules.check_as_of, label=label, help_text=help_text, required=False)


def _source() -> TextField:
    return TextField(label=gettext_lazy("Source"), help_text=SOURCE_HELP, max_length=500, required=False)
