"""Seven colour steps for a value, the same for every year and segment, so that maps can be compared."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from paritrana.display import formats
from regions.atlas.readings import CoverageReading


class Shown(TextChoices):
    """What the colour of a map stands for."""

    COVERAGE = "cakupan", gettext_lazy("Coverage")
    GROWTH = "pertumbuhan", gettext_lazy("Growth on the year before")
    GAP = "target", gettext_lazy("Distance to the target")
    QUALITY = "mutu", gettext_lazy("Data quality")


STEPS = 7
BREAKS: dict[str, list[int]] = {
    Shown.COVERAGE: [1000, 2000, 3000, 4000, 5000, 6000],
    Shown.GROWTH: [0, 100, 200, 400, 600, 1000],
    Shown.GAP: [-2000, -1500, -1000, -500, -200, 0],
    Shown.QUALITY: [5000, 7000, 8000, 9000, 9500, 10_000],
}
"""Where steps 2 to 7 begin, in hundredths."""
UNITS = {Shown.GROWTH: gettext_lazy("percentage points"), Shown.GAP: gettext_lazy("percentage points")}


@dataclass(frozen=True)
class LegendStep:
    """One line of the legend; step 0 is for regions without a value."""

    number: int
    label: str
    regions: int


def value(shown: str, reading: CoverageReading) -> int | None:
    """The value that decides the colour, in hundredths."""
    return {
        Shown.COVERAGE: reading.share,
        Shown.GROWTH: reading.growth.value,
        Shown.GAP: reading.gap,
        Shown.QUALITY: reading.quality,
    }[Shown(shown)]


def step(shown: str, number: int | None) -> int:
    return 0 if number is None else bisect_right(BREAKS[shown], number) + 1


def written(shown: str, number: int | None) -> str:
    """The value on a tile: two decimals, with a sign where it is a difference."""
    return formats.signed(number) if shown in UNITS else formats.hundredths(number)


def legend(shown: str, numbers: Iterable[int | None]) -> list[LegendStep]:
    """The seven steps in ascending order, then the step for regions without a value."""
    steps = [step(shown, number) for number in numbers]
    labels = [_("No value"), *_ranges(shown)]
    found = [LegendStep(number, label, steps.count(number)) for number, label in enumerate(labels)]
    return [*found[1:], found[0]]


def _ranges(shown: str) -> list[str]:
    breaks = [written(shown, one) for one in BREAKS[shown]]
    between = [
        _("%(low)s to below %(high)s") % {"low": low, "high": high}
        for low, high in zip(breaks, breaks[1:], strict=False)
    ]
    last = {Shown.GAP: _("Target reached"), Shown.QUALITY: breaks[-1]}.get(Shown(shown))
    return [_("below %(high)s") % {"high": breaks[0]}, *between, last or _("%(low)s and more") % {"low": breaks[-1]}]


def in_words(shown: str, reading: CoverageReading) -> str:
    """The value as text with its computation: shown on hover, and for readers who cannot see the colour."""
    return {Shown.COVERAGE: _share, Shown.GROWTH: _growth, Shown.GAP: _gap, Shown.QUALITY: _quality}[Shown(shown)](
        reading
    )


def _share(reading: CoverageReading) -> str:
    if reading.now is None:
        return _("not reported")
    return _("%(share)s, %(participants)s of %(workers)s workers") % {
        "share": formats.percent(reading.share),
        "participants": formats.count(reading.now.participants),
        "workers": formats.count(reading.now.workers),
    }


def _growth(reading: CoverageReading) -> str:
    growth = reading.growth
    if growth.value is None:
        return str(growth.reason)
    return _("%(growth)s percentage points") % {"growth": formats.signed(growth.value)}


def _gap(reading: CoverageReading) -> str:
    if reading.goal is None:
        return _("no target set")
    if reading.now is None:
        return _("not reported")
    return distance(reading)


def distance(reading: CoverageReading) -> str:
    """“12.480 more participants needed”, or that the target is reached; the reading has figure and target."""
    lacking = reading.lacking or 0
    if reading.is_reached:
        return _("target reached")
    if not lacking:
        enough = _("enough by the figures of %(year)s; reached only by figures of the target's own year")
        return enough % {"year": reading.earlier}
    return ngettext("%(people)s more participant needed", "%(people)s more participants needed", lacking) % {
        "people": formats.count(lacking)
    }


def _quality(reading: CoverageReading) -> str:
    if not reading.examined:
        return _("not reported")
    return ngettext(
        "%(clean)s of %(examined)s figure without doubt",
        "%(clean)s of %(examined)s figures without doubt",
        reading.examined,
    ) % {"clean": formats.count(reading.clean), "examined": formats.count(reading.examined)}
