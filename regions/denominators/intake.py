"""Denominators by a file: one row a region, year and segment. On a page for one province and year."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.accounts import trail
from paritrana.intake import Column, Intake, RowChange, WrittenBy
from paritrana.intake.description import ReadRow, Tell
from paritrana.intake.fields import TextField, YearField
from regions import rules
from regions.denominators import actions
from regions.imports.columns import as_of_column, place_columns, version_column, workers_column
from regions.imports.definitions import CountedAsField, usual
from regions.imports.region_names import NamedRegions
from regions.models import Definition, Denominator, Region, Segment


class DenominatorIntake(NamedRegions, Intake):
    """Everywhere, as the command sets them; there the definition may be given by its denominator alone."""

    name = "penyebut"
    title = gettext_lazy("Denominators")
    consequence = gettext_lazy(
        "Figures not verified yet take the new workers over; verified ones wait for a correction."
    )
    keys = ("region_code", "year", "segment")
    regions = None

    def columns(self) -> list[Column]:
        return [
            *place_columns(self.regions, self.year_field()),
            workers_column(help_text=gettext_lazy("A whole number of people, at least one."), min_value=1),
            *self.definition_columns(),
            Column("source", TextField(label=gettext_lazy("Source"), max_length=300), example="BPS", width=30),
            as_of_column("2025-08-31"),
            version_column(),
        ]

    def year_field(self) -> YearField:
        return YearField(check=rules.check_year, label=gettext_lazy("Year"))

    def definition_columns(self) -> list[Column]:
        help_text = gettext_lazy("What the workers are, such as those employed.")
        text = TextField(label=gettext_lazy("Definition"), max_length=160, help_text=help_text, required=False)
        return [
            Column("counted_as", _counted_as(), is_optional=True),
            Column("definition", text, is_optional=True, is_extra=True),
        ]

    def check(self, values: dict[str, Any]) -> None:
        region = values["region_code"]
        counted = values.setdefault("counted_as", usual(region, values.get("definition") or ""))
        if counted[0] != usual(region)[0]:
            raise ValidationError({"counted_as": _("This counts another kind of region. Choose another.")})

    def known(self, rows: list[ReadRow]) -> Mapping[Hashable, Denominator]:
        """One query."""
        regions, years = ({row.values[name] for row in rows} for name in ("region_code", "year"))
        found = Denominator.objects.filter(region__in=regions, year__in=years)
        return {(row.region, row.year, row.segment): row for row in found.select_related(*_CONTEXT)}

    def in_force(self, before: Denominator) -> dict[str, Any]:
        counted = before.definition.counted
        return {"workers": before.workers, "counted_as": counted, "source": before.source, "as_of": before.as_of}

    def refusal(self, change: RowChange) -> tuple[str, str] | None:
        seen = change.values.get("version")
        if seen is None or seen == (change.before.version if change.before else 0):
            return None
        return "", _("Somebody changed this figure after you downloaded the file. Download it again.")

    def write(self, changes: list[RowChange], hand: WrittenBy, tell: Tell) -> None:
        together: dict[tuple[Region, int], list[actions.Measured]] = defaultdict(list)
        for change in changes:
            together[change.values["region_code"], change.values["year"]].append(_measured(change))
        for (region, year), measured in together.items():
            actions.set_denominators(region, year, measured, by=hand.by, origin=hand.name)


class ProvinceDenominators(DenominatorIntake):
    """Of one province, its kabupaten/kota and one year."""

    def __init__(self, province: Region, year: int) -> None:
        self.province, self.year = province, year
        self.title = _("Denominators of %(name)s in %(year)s") % {"name": province.name, "year": year}

    def regions(self) -> list[Region]:
        own = Region.objects.filter(Q(pk=self.province.pk) | Q(parent=self.province))
        return list(own.select_related("parent").order_by("code"))

    def year_field(self) -> YearField:
        return YearField(check=self._check_year, label=gettext_lazy("Year"))

    def definition_columns(self) -> list[Column]:
        return [Column("counted_as", _counted_as(), width=38)]

    def is_left_empty(self, cells: Mapping[str, Any]) -> bool:
        return cells.get("workers") is None and str(cells.get("version")) in ("0", "0.0")

    def write(self, changes: list[RowChange], hand: WrittenBy, tell: Tell) -> None:
        super().write(changes, hand, tell)
        detail = {"file": hand.name, "sha256": hand.digest, "year": self.year, "denominators": len(changes)}
        trail.record(hand.by, "denominator.upload", self.province, **detail)

    def lines(self) -> Iterable[dict[str, Any]]:
        """Every region and segment, with what is set so far; three queries."""
        regions, segments = self.regions(), list(Segment.objects.all())
        rows = Denominator.objects.filter(region__in=regions, year=self.year).select_related(*_CONTEXT)
        known = {(row.region_id, row.segment_id): row for row in rows}
        for region in regions:
            for segment in segments:
                row = known.get((region.pk, segment.pk))
                content = self.in_force(row) if row else {"counted_as": usual(region)}
                fixed = {"region_code": region, "region": region.name, "year": self.year, "segment": segment}
                yield {**fixed, **content, "version": row.version if row else 0}

    def instructions(self) -> list[str]:
        return [
            _("Fill in only the white cells of the first sheet. Grey cells are fixed."),
            _("Workers are whole numbers of people. Each says what is counted, its source and its date."),
            _("Leave a row empty to leave the figure to the branches. An empty row changes nothing."),
        ]

    def _check_year(self, year: int) -> None:
        if year != self.year:
            years = {"year": self.year, "said": year}
            raise ValidationError(
                _("This page is for %(year)s. Hand the rows of %(said)s in on the page of that year.") % years
            )


_CONTEXT = ("region", "segment", "definition")


def _counted_as() -> CountedAsField:
    plain = [(territory, "") for territory in rules.TERRITORIES[:2]]
    return CountedAsField(plain, help_text=gettext_lazy("Territory and definition, as in the list of the template."))


def _measured(change: RowChange) -> actions.Measured:
    values = change.values
    territory, denominator = values["counted_as"]
    definition, _is_new = Definition.objects.get_or_create(territory=territory, denominator=denominator)
    content = values["workers"], definition, values["source"], values["as_of"]
    return actions.Measured(values["segment"], *content, based_on=change.before.version if change.before else 0)
