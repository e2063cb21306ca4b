"""The outcome of all checks before a seal at one moment, and its fingerprint."""

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from awards.gravity import Gravity
from awards.models import Selection, StageDate
from awards.stages import Stage
from paritrana.accounts import trail
from paritrana.display.listing import beyond, listed
from scoring.models import Panel
from scoring.sealing import checks
from scoring.sealing.check_list import CHECKS, INTEGRITY, STANDINGS, Check
from scoring.sealing.checks import Item, Situation
from scoring.standings import comparison
from scoring.standings import rankings as standing_rankings
from scoring.standings.scores import Field


@dataclass(frozen=True)
class CheckResult:
    """One check with its cases."""

    check: Check
    gravity: Gravity
    items: list[Item]
    is_overridable: bool = False
    left_out: int = 0
    """Cases that are counted alone."""

    @property
    def code(self) -> str:
        return self.check.code

    @property
    def shown(self) -> Sequence[Item]:
        return listed(self.items)

    @property
    def further(self) -> int:
        """How many cases a page only counts."""
        return beyond(self.items) + self.left_out

    @property
    def count(self) -> int:
        return len(self.items) + self.left_out

    @property
    def text(self) -> str:
        return str(self.check.text)

    @property
    def meaning(self) -> str:
        return str(self.check.meaning)

    @property
    def cure(self) -> str:
        return str(self.check.cure)


@dataclass(frozen=True)
class Review:
    rankings: list[standing_rankings.Ranking]
    fields: list[Field]
    remarks: list[CheckResult]
    kept_fingerprint: str = ""
    """The fingerprint, where some of what it was taken of is left out."""

    @property
    def blockers(self) -> list[CheckResult]:
        return [remark for remark in self.remarks if remark.gravity == Gravity.BLOCKS]

    @property
    def notes(self) -> list[CheckResult]:
        return [remark for remark in self.remarks if remark.gravity == Gravity.NOTE]

    @property
    def fixed(self) -> list[CheckResult]:
        """Blocking checks nobody may pass over."""
        return [remark for remark in self.blockers if not remark.is_overridable]

    @property
    def overridable(self) -> list[CheckResult]:
        return [remark for remark in self.blockers if remark.is_overridable]

    def left(self, overrides: Mapping[str, str]) -> list[CheckResult]:
        """Blocking checks neither resolved nor overridden with a reason."""
        reasons = {code for code, reason in overrides.items() if reason.strip()}
        return [one for one in self.blockers if not (one.is_overridable and one.code in reasons)]

    @property
    def fingerprint(self) -> str:
        """A hash of everything the review shows, independent of the language."""
        if self.kept_fingerprint:
            return self.kept_fingerprint
        shown = {
            "rankings": [ranking.document() for ranking in self.rankings],
            "remarks": [
                (one.code, one.gravity, one.is_overridable, sorted(item.key for item in one.items))
                for one in self.remarks
                if one.check.binds
            ],
        }
        return hashlib.sha256(canonical(shown).encode()).hexdigest()

    def for_a_page(self) -> "Review":
        """The winners, and of each check the cases a page lists: that of thousands of candidates stays small."""
        remarks = [replace(one, items=list(one.shown), left_out=one.further) for one in self.remarks]
        return Review([each.bare() for each in self.rankings], [], remarks, self.fingerprint)


def canonical(document: Any) -> str:
    """Canonical JSON, so that equal documents have equal digests."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def review(selection: Selection, integrity: list[CheckResult] | None = None) -> Review:
    """The present ranking and the results of all checks.

    ``integrity`` skips the trail and the invariants where they were just checked.
    """
    now = Situation(selection)
    found = [_remark(check, now.panel, check.find(now)) for check in CHECKS]
    found.append(CheckResult(STANDINGS, STANDINGS.gravity, STANDINGS.find(now)))
    found += examine_integrity(selection) if integrity is None else integrity
    return Review(now.rankings, now.fields, [remark for remark in found if remark.items])


SECONDS = 60
"""How long a page shows what it found while nothing is recorded and no stored standing changes."""
_MOST_REVIEWS = 20
_reviewed: dict[tuple[int, str | None], tuple[object, float, Review]] = {}
"""(selection, language) -> the state reviewed, until when the review is shown, and the review."""


def recent_review(selection: Selection, *, anew: bool = False) -> Review:
    """For a page: what this process found within the last minute, unless something was recorded since.

    ``anew`` checks now, as for whoever asks for the seal, and shows that for the next minute; seconding checks anew as
    well. So a change made outside the portal is noticed then at the latest.
    """
    key = selection.pk, get_language()
    state = trail.length(), comparison.digest_of(selection)
    known = None if anew else _reviewed.get(key)
    if known and known[0] == state and time.monotonic() < known[1]:
        return known[2]
    seconds = _seconds_valid(selection)
    found = review(selection).for_a_page()
    _reviewed.pop(key, None)
    _reviewed[key] = state, time.monotonic() + seconds, found
    for oldest in list(_reviewed)[:-_MOST_REVIEWS]:
        _reviewed.pop(oldest, None)  # another thread may have been quicker
    return found


def _seconds_valid(selection: Selection) -> float:
    """A minute, or until the published moment of the plenary, which is a check that time alone resolves."""
    dates = StageDate.objects.filter(selection=selection, stage=Stage.PLENARY).to_open()
    until_open = [(moment - timezone.now()).total_seconds() for moment in dates.values_list("opens_at", flat=True)]
    return min([SECONDS, *until_open])


def forget() -> None:
    """Check everything again at the next page."""
    _reviewed.clear()


def examine_integrity(selection: Selection) -> list[CheckResult]:
    return [CheckResult(check, check.gravity, check.find(selection)) for check in INTEGRITY]


def _remark(check: Check, panel: Panel, items: list[Item]) -> CheckResult:
    """Below the quorum is a note, or blocks if the panel's rules say so."""
    is_only_a_note = check.code == "below-quorum" and not panel.quorum_blocks
    is_overridable = check.needs_only_a_reason or check.code in panel.overridable
    return CheckResult(check, Gravity.NOTE if is_only_a_note else check.gravity, items, is_overridable)


def below_quorum(selection: Selection) -> tuple[list[Item], bool]:
    """Candidates below the quorum with the number of counting jurors, and whether that blocks. Never a mark."""
    now = Situation(selection)
    return checks.below_quorum(now), now.panel.quorum_blocks


def open_panel(selection: Selection) -> list[Item]:
    return checks.panel_open(Situation(selection))


def open_sheets(selection: Selection) -> list[Item]:
    return checks.sheets_open(Situation(selection))
