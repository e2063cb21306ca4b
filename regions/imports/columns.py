"""The columns that tables of figures have in common, with the headings offices give them besides the template's."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy

from paritrana.intake import Column
from paritrana.intake.fields import CountedField, DayCellField, TextField, VersionField, YearField
from regions import rules
from regions.imports.fields import RegionField, SegmentField
from regions.models import Region

CODES = ("kode", "kode kab/kota", "kode kabupaten/kota", "province_code")
_NAMES = ("nama wilayah", "kabupaten/kota", "kab/kota", "nama kabupaten/kota")
_WORKERS = ("tenaga kerja", "jumlah tenaga kerja", "jumlah pekerja")
_DAYS = ("tanggal", "tanggal data")


def place_columns(area: Callable[[], Iterable[Region]] | None, year: YearField) -> list[Column]:
    """What a figure is about: region, year and segment."""
    fixed: dict[str, Any] = {"is_fixed": True}
    return [
        Column("region_code", RegionField(area), CODES, example="51.03", width=13, **fixed),
        name_column(**fixed),
        Column("year", year, example="2025", width=8, **fixed),
        Column("segment", SegmentField(), example="PU", width=12, **fixed),
    ]


def name_column(**more: Any) -> Column:
    """The name beside a code, which must agree with it."""
    field = TextField(label=gettext_lazy("Region"), required=False)
    return Column("region", field, _NAMES, is_for_the_eye=True, width=30, **more)


def workers_column(field: type[CountedField] = CountedField, help_text: Any = "", **more: Any) -> Column:
    workers = field(label=gettext_lazy("Workers"), help_text=help_text, **more)
    return Column("workers", workers, _WORKERS, example="70.000", width=15)


def as_of_column(example: str, *, is_optional: bool = False) -> Column:
    help_text = gettext_lazy("Year-month-day: when the workers were counted.")
    label, required = gettext_lazy("As of"), not is_optional
    field = DayCellField(check=rules.check_as_of, label=label, help_text=help_text, required=required)
    return Column("as_of", field, _DAYS, example, is_optional=is_optional, width=14)


def version_column() -> Column:
    return Column("version", VersionField(), is_optional=True, is_hidden=True, is_fixed=True, width=8)
