"""The plausibility doubts about stored figures, and which of them a justification answers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from paritrana.accounts.models import User
from regions import plausibility
from regions.models import Coverage, Justification, Region, State


@dataclass(frozen=True)
class Doubt:
    """One doubt about figures of a region and year; ``note`` is the justification valid for these versions."""

    code: str
    severity: str
    figures: tuple[Coverage, ...]
    messages: tuple[str, ...]
    cure: str
    note: Justification | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Segment and code, which identify the doubt a justification is for."""
        return self.figures[0].segment.code, self.code

    @property
    def field(self) -> str:
        return "note-{}-{}".format(*self.key)

    @property
    def segments(self) -> str:
        return ", ".join(figure.segment.code for figure in self.figures)


def doubts(figures: Iterable[Coverage], *, reader: User) -> list[Doubt]:
    """Every doubt about these figures in the order of the segments, examined with all figures of their provinces.

    Five queries. A given figure counts with its given values, whatever is stored. Other regions are named only to
    readers who may see their figures.
    """
    given = {_key(figure): figure for figure in figures}
    if not given:
        return []
    provinces = {figure.region.parent_id or figure.region_id for figure in given.values()}
    known = Coverage.objects.filter(Q(region__in=provinces) | Q(region__parent__in=provinces)).with_context()
    series = {_key(figure): figure for figure in known.select_related("region__parent")} | given
    flags = plausibility.examine(map(_figure, series.values()), date(2000, 12, 31), children=_children(provinces))
    readable = set(Region.objects.worked_by(reader).values_list("code", flat=True))
    found = _returned(given.values())
    for flag in flags:
        found += _doubts(_discreet(flag, readable), given)
    return sorted(_answered(_merged(found)), key=_place)


def _place(doubt: Doubt) -> tuple[str, int, int]:
    first = doubt.figures[0]
    return first.region.code, -first.year, first.segment.order


def _key(figure: Coverage) -> plausibility.Key:
    return plausibility.Key(figure.region.code, figure.year, figure.segment.code)


def _figure(figure: Coverage) -> plausibility.CheckedFigure:
    region = figure.region
    return plausibility.CheckedFigure(
        *_key(figure),
        workers=figure.workers,
        participants=figure.participants,
        parent="" if region.is_province else region.province_code,
        definition=figure.definition_id,
        as_of=figure.as_of,
        name=region.name,
    )


def _children(provinces: set[int]) -> dict[str, int]:
    return dict(Region.objects.filter(pk__in=provinces).annotate(of=Count("children")).values_list("code", "of"))


def _discreet(flag: plausibility.FigureDoubt, readable: set[str]) -> plausibility.FigureDoubt:
    """The doubt without the name of a region whose figures the reader may not see."""
    if "other" in flag.parameters and not {key.region for key in (*flag.keys, *flag.compared)} <= readable:
        return replace(flag, parameters={**flag.parameters, "other": _("another region")})
    return flag


def _returned(figures: Iterable[Coverage]) -> list[Doubt]:
    cure = _("Mend the figure, or answer the office with a note.")
    return [
        Doubt(Justification.RETURNED, "error", (figure,), (figure.return_reason,), cure)
        for figure in figures
        if figure.state == State.RETURNED
    ]


def _doubts(flag: plausibility.FigureDoubt, given: dict[plausibility.Key, Coverage]) -> list[Doubt]:
    """One doubt for each region and year it concerns."""
    together: dict[tuple[str, int], list[Coverage]] = {}
    for key in flag.keys:
        if key in given:
            together.setdefault((key.region, key.year), []).append(given[key])
    return [
        Doubt(flag.code, flag.severity.value, tuple(found), (flag.message,), flag.cure) for found in together.values()
    ]


def _merged(found: list[Doubt]) -> list[Doubt]:
    """Joins doubts of one code about the same figures, e.g. about both columns, so that one note answers them."""
    merged: dict[tuple[str, tuple[plausibility.Key, ...]], Doubt] = {}
    for doubt in found:
        place = doubt.code, tuple(map(_key, doubt.figures))
        before = merged.get(place)
        merged[place] = replace(doubt, messages=before.messages + doubt.messages) if before else doubt
    return list(merged.values())


def _answered(found: list[Doubt]) -> list[Doubt]:
    figures = {figure.pk for doubt in found for figure in doubt.figures}
    notes = {
        (note.coverage_id, note.code, note.version): note
        for note in Justification.objects.filter(coverage__in=figures).select_related("by")
    }
    return [replace(doubt, note=_note(doubt, notes)) for doubt in found]


def _note(doubt: Doubt, notes: dict[tuple[int, str, int], Justification]) -> Justification | None:
    """The justification that covers every figure of the doubt; after a return a newer one is needed."""
    found = [notes.get((figure.pk, doubt.code, figure.version)) for figure in doubt.figures]
    given = [note for note in found if note is not None]
    if len(given) < len(found):
        return None
    returned_at = doubt.figures[0].returned_at
    if doubt.code == Justification.RETURNED and returned_at and given[0].at < returned_at:
        return None
    return given[0]
