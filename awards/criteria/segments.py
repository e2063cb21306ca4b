"""Sums of participants and workers over the segments of a criterion, for the kinds coverage and growth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria.exchange import Count, CriterionInputs, Facts, Reason

if TYPE_CHECKING:
    from awards.models import Nomination
    from regions.models import Coverage, Definition, Segment

REASONS = {
    "coverage-missing": gettext_lazy("No coverage figure: %(items)s"),
    "coverage-unsent": gettext_lazy("Coverage figure not sent: %(items)s"),
    "segments-missing": gettext_lazy("The criterion names no segment"),
}


@dataclass(frozen=True)
class Counted:
    """One region's figures in one year by segment; ``count`` is the sum of participants and of workers."""

    figures: list[Coverage | None]
    missing: list[Reason]

    @property
    def count(self) -> Count:
        """The sums; without workers, and so without a percentage, as soon as one segment is missing."""
        if self.missing:
            return 0, 0
        known = [figure for figure in self.figures if figure]
        return sum(figure.participants for figure in known), sum(figure.workers for figure in known)

    def facts(self, year: int) -> Facts:
        definitions = sorted({untranslated(figure.definition) for figure in self.figures if figure})
        participants, workers = self.count
        counts = {} if self.missing else {"participants": participants, "workers": workers}
        return {"year": year, "definitions": definitions} | counts


def count(evidence: CriterionInputs, nomination: Nomination, segments: list[Segment], year: int) -> Counted:
    region = nomination.candidate.region_id
    places = [(region, year, segment.pk) for segment in segments]
    figures = [evidence.coverage.get(place) for place in places]
    missing: list[Any] = [
        ["coverage-unsent" if place in evidence.unsent else "coverage-missing", segment.code, year]
        for segment, place in zip(segments, places, strict=True)
        if place not in evidence.coverage
    ]
    return Counted(figures, missing if segments else [["segments-missing"]])


def untranslated(definition: Definition) -> str:
    """A definition in its stored form: stored and sealed data must not depend on the active language."""
    return " · ".join(filter(None, [definition.territory, definition.denominator]))


def translated(definition: str) -> str:
    """A stored definition in the reader's language, part by part, with the labels of ``regions``."""
    return " · ".join(_(part) for part in definition.split(" · "))
