"""How many kabupaten and kota of each province say yes: tiles of the map, and the rows of the table."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from regions import rules
from regions.atlas import scales, tiles
from regions.atlas.readings import CoverageReading
from regions.atlas.scales import LegendStep, Shown
from regions.atlas.tiles import Tile
from regions.models import Indicator, IndicatorAnswer, IndicatorFile, Region

YES, NO, UNKNOWN = scales.STEPS, 1, 0


@dataclass(frozen=True)
class ProvinceCount:
    """``met`` of the ``of`` kabupaten/kota say yes; ``answered`` have an answer, ``verified`` of them are verified."""

    province: Region
    met: int
    answered: int
    verified: int
    of: int

    @property
    def text(self) -> str:
        return _("%(met)s of %(of)s") % {"met": self.met, "of": self.of}

    @property
    def step(self) -> int:
        return scales.step(Shown.QUALITY, rules.share(self.met, self.of)) if self.answered and self.of else UNKNOWN


def by_province(indicator: Indicator, year: int, provinces: Iterable[Region]) -> list[ProvinceCount]:
    """Two queries."""
    rows = IndicatorAnswer.objects.filter(indicator=indicator, year=year).order_by().values("region__parent")
    counted = {
        row["region__parent"]: (row["met"], row["answered"], row["verified"])
        for row in rows.annotate(
            met=Count("pk", filter=Q(is_met=True)),
            answered=Count("pk"),
            verified=Count("pk", filter=Q(verified_at__isnull=False)),
        )
    }
    parts = Region.objects.regencies().order_by().values_list("parent").annotate(of=Count("pk"))
    of = dict(parts)
    return [
        ProvinceCount(province, *counted.get(province.pk, (0, 0, 0)), of.get(province.pk, 0)) for province in provinces
    ]


def files(indicator: Indicator, year: int, regions: Iterable[int]) -> dict[int, int]:
    """How many documents prove the answer of each region that has any."""
    rows = IndicatorFile.objects.current().filter(indicator=indicator, year=year, region__in=regions)
    return dict(rows.order_by().values_list("region").annotate(Count("pk")))


def country(counts: Iterable[ProvinceCount], query: str) -> list[Tile]:
    """The provinces on the map, west to east."""
    known = {one.province.code: one for one in counts}
    return [
        Tile(
            region=known[code].province,
            reading=CoverageReading(),
            step=known[code].step,
            value=f"{known[code].met}/{known[code].of}" if known[code].answered else "–",
            value_text=known[code].text if known[code].answered else _("not answered"),
            url=f"{reverse('indicator-province', args=[code])}?{query}",
            place=place,
        )
        for code, place in tiles.places().items()
        if code in known
    ]


def inside(regions: Iterable[Region], answers: dict[int, IndicatorAnswer], visible: set[int]) -> list[Tile]:
    """The kabupaten and kota of a province; those not visible show no answer."""
    return [_tile(region, answers.get(region.pk), is_open=region.pk in visible) for region in regions]


def _tile(region: Region, row: IndicatorAnswer | None, *, is_open: bool) -> Tile:
    answer = row if is_open else None
    step = UNKNOWN if answer is None else YES if answer.is_met else NO
    words = {UNKNOWN: _("not answered"), YES: _("yes"), NO: _("no")}[step]
    proof = answer.evidence if answer else ""
    url = region.get_absolute_url()
    return Tile(region, CoverageReading(), step, words, proof, url, is_open=is_open)


def legend(drawn: Iterable[Tile]) -> list[LegendStep]:
    """The steps of a map of provinces."""
    steps = [tile.step for tile in drawn]
    labels = scales.legend(Shown.QUALITY, [])
    return [LegendStep(one.number, one.label, steps.count(one.number)) for one in labels]
