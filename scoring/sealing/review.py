"""The outcome of all checks before a seal at one moment, and its fingerprint."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from awards.gravity import Gravity
from awards.models import Selection
from paritrana.display.listing import beyond, listed
from scoring.models import Panel
from scoring.sealing import checks
from scoring.sealing.check_list import CHECKS, INTEGRITY, STANDINGS, Check
from scoring.sealing.checks import Item, Situation
from scoring.standings import rankings as standing_rankings
from scoring.standings.scores import Field


@dataclass(frozen=True)
class CheckResult:
    """One check with its cases."""

    check: Check
    gravity: Gravity
    items: list[Item]
    is_overridable: bool = False

    @property
    def code(self) -> str:
        return self.check.code

    @property
    def shown(self) -> Sequence[Item]:
        return listed(self.items)

    @property
    def further(self) -> int:
        """How many cases a page only counts."""
        return beyond(self.items)

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
        shown = {
            "rankings": [ranking.document() for ranking in self.rankings],
            "remarks": [
                (one.code, one.gravity, one.is_overridable, sorted(item.key for item in one.items))
                for one in self.remarks
                if one.check.binds
            ],
        }
        return hashlib.sha256(canonical(shown).encode()).hexdigest()


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
