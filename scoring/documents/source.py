"""The source of a document: the sealed document, or for a draft the same from the present rows."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from awards.models import Selection
from paritrana.display import formats
from scoring.documents.wording import common_words
from scoring.models import Seal
from scoring.sealing import document as sealing_document
from scoring.sealing.checks import Situation
from scoring.standings.rankings import Ranking, RankingLine
from scoring.standings.rewards import reward_of, rewards_of
from scoring.standings.zones import without_zones

BLANK = "." * 16
"""Printed where a value is not known yet."""


@dataclass(frozen=True)
class DocumentSource:
    """``document`` as a seal stores it; ``seal`` is None for a draft."""

    selection: Selection
    document: dict[str, Any]
    seal: Seal | None

    @property
    def sealed(self) -> Seal:
        """The seal of a source that is no draft. Raises ValueError for a draft."""
        if self.seal is None:
            raise ValueError("a draft has no seal")
        return self.seal

    def anew(self) -> "DocumentSource":
        """A copy for another language: a source caches texts in the language it was first used in."""
        return DocumentSource(self.selection, self.document, self.seal)

    @cached_property
    def rankings(self) -> list[Ranking]:
        """Rankings with contenders, as in the document."""
        found = [each for each in map(Ranking.read, self.document["outputs"]) if each.lines]
        return [without_zones(each) for each in found] if self.selection.province_id else found

    @cached_property
    def _rewards(self) -> dict[tuple[int, str, int], str]:
        return rewards_of([self.selection])

    def reward_of(self, ranking: Ranking, line: RankingLine) -> str:
        """Money and goods of a winner as text; empty where nothing is given."""
        return reward_of(self._rewards, self.selection, ranking, line) if ranking.wins(line) else ""

    def award_of(self, ranking: Ranking, line: RankingLine) -> str:
        """What was won, with what is given for it."""
        return "; ".join(filter(None, [ranking.prize_of(line), self.reward_of(ranking, line)]))

    @property
    def trail_lines(self) -> list[str]:
        """The head of the trail at the seal, as every page prints it: its number and the start of its digest."""
        sequence, found, digest = self.document.get("trail_head", "").partition(":")
        return [_("trail %(sequence)s:%(digest)s") % {"sequence": sequence, "digest": digest[:12]}] if found else []

    @property
    def is_example(self) -> bool:
        return bool(self.document["edition"]["is_example"])

    @cached_property
    def values(self) -> dict[str, str]:
        """The values that every text of the selection may use."""
        selection, decree = self.selection, self.document.get("decree")
        edition = selection.edition
        period = f"{formats.day(edition.period_start)} – {formats.day(edition.period_end)}"
        province = selection.province.name if selection.province else None
        return common_words(self.document["edition"]["label"], period, province) | {
            "decree_number": decree["number"] if decree else BLANK,
            "decree_date": formats.day(self.seal.decree_date) if self.seal else BLANK,
        }


def source_of(selection: Selection) -> DocumentSource:
    """From the seal once there is one, else from the rows."""
    if selection.is_sealed:
        return DocumentSource(selection, json.loads(selection.seal.payload), selection.seal)
    return DocumentSource(selection, sealing_document.substance(selection, Situation(selection)), None)
