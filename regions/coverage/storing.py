"""Storing figures, whether a form or a file has them: the rows in force and their history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from paritrana.accounts.models import User
from regions.models import Coverage, CoverageVersion, Region, Segment


@dataclass(frozen=True)
class FigureRow:
    """One figure to store: the values of ``Coverage.FIELDS`` as columns, and the figure they replace, if any."""

    region: Region
    year: int
    segment: Segment
    before: Coverage | None
    columns: dict[str, Any]
    origin: str
    """The form or file for the history, with its row."""

    def figure(self, signs: dict[str, Any]) -> Coverage:
        """As it will be stored; one in force gets its next version."""
        if self.before is None:
            return Coverage(region=self.region, year=self.year, segment=self.segment, **signs, **self.columns)
        for name, value in {**signs, **self.columns, "version": self.before.version + 1}.items():
            setattr(self.before, name, value)
        return self.before


def store(rows: Sequence[FigureRow], *, by: User | None, signs: dict[str, Any]) -> list[Coverage]:
    """The figures in the order of the rows, stored with ``signs`` as further columns; at most three statements.

    The caller has locked the figures to be replaced, and checked them (``Coverage.obstacle``).
    """
    figures = [row.figure(signs) for row in rows]
    Coverage.objects.bulk_create([figure for figure in figures if figure.pk is None])
    replaced = [figure for figure, row in zip(figures, rows, strict=True) if row.before]
    names = [*signs, *Coverage.FIELDS, "version"]
    Coverage.objects.bulk_create(replaced, update_conflicts=True, unique_fields=["id"], update_fields=names)
    CoverageVersion.objects.bulk_create(
        _version(figure, by, row.origin) for figure, row in zip(figures, rows, strict=True)
    )
    return figures


def keep_version(figure: Coverage, *, by: User | None, origin: str) -> None:
    """Store the present values of a figure as a version of its history."""
    _version(figure, by, origin).save(force_insert=True)


def _version(figure: Coverage, by: User | None, origin: str) -> CoverageVersion:
    content = figure.content()
    content["definition_id"] = content.pop("definition")
    return CoverageVersion(coverage=figure, version=figure.version, written_by=by, origin=origin[:200], **content)
