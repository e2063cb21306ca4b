"""All checks before a seal as one table: severity, and who can resolve them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from awards.models import Selection
from scoring.models import Panel
from scoring.sealing import checks, record_checks
from scoring.sealing.checks import Item, Situation
from scoring.standings import rankings as standing_rankings
from scoring.standings.scores import Field

BLOCKS, CONFIRM = "blocks", "confirm"
MOST_SHOWN = 50


@dataclass(frozen=True)
class Check:
    """One kind of problem. A blocking one must be resolved, or overridden where the panel's rules allow it."""

    code: str
    severity: str
    text: Any
    cure: Promise
    find: Callable[[Any], list[Item]]
    needs_only_a_reason: bool = False
    """Overridden with a reason whatever the panel's rules say."""


CHECKS = [
    Check(
        *("nothing-ranked", BLOCKS, _("No title has a single ranked candidate, so there is nothing to seal.")),
        _("Committee: look at the ranking and at what its candidates lack."),
        checks.nothing_ranked,
    ),
    Check(
        *("before-plenary", BLOCKS, _("The published day of the plenary has not come")),
        _("Committee: wait for the day, or move it in the calendar; two people may seal before it with a reason."),
        record_checks.before_plenary,
        needs_only_a_reason=True,
    ),
    Check(
        *("panel-open", BLOCKS, _("The panel is not closed")),
        _("Chair: close the panel, and say of every juror who owes sheets why."),
        checks.panel_open,
    ),
    Check(
        *("sheets-open", BLOCKS, _("Score sheets not handed in; their marks do not count")),
        _("Juror: hand the sheet in while the panel scores. Chair: record who was absent."),
        checks.sheets_open,
    ),
    Check(
        *("assistant-entries", BLOCKS, _("Marks an assistant typed that the juror has not confirmed")),
        _("Juror: hand the sheet in while the panel scores. Chair: record who was absent."),
        checks.assistant_entries,
    ),
    Check(
        *("below-quorum", BLOCKS, _("Candidates scored by fewer jurors than the quorum")),
        _("Committee: appoint a substitute while the panel scores."),
        checks.below_quorum,
    ),
    Check(
        *("spread-open", BLOCKS, _("Marks that lie far apart and were not discussed")),
        _("Chair or secretary: discuss the candidate, and record what was decided and who said so."),
        checks.spread_open,
    ),
    Check(
        *("conflicts-undeclared", BLOCKS, _("Jurors who have not declared on a candidate")),
        _("Juror: declare. Chair or secretary: recuse."),
        checks.conflicts_undeclared,
    ),
    Check(
        *("conflicts-suspected", BLOCKS, _("Suspected conflicts of interest nobody has answered")),
        _("Juror: declare. Chair or secretary: recuse."),
        checks.conflicts_suspected,
    ),
    Check(
        *("coverage-unsent", BLOCKS, _("Coverage figures nobody has sent; they do not count")),
        _("Branch: check the figure and send it; without it the candidate is not ranked."),
        checks.coverage_unsent,
    ),
    Check(
        *("coverage-unverified", BLOCKS, _("Coverage figures nobody has verified")),
        _("Regional or head office: verify the figure, or return it to the branch."),
        checks.coverage_unverified,
    ),
    Check(
        *("coverage-flagged", BLOCKS, _("Doubtful coverage figures nobody has explained")),
        _("Branch: mend the figure or note why it is right. Office: verify it."),
        checks.coverage_flagged,
    ),
    Check(
        *("shared-places", BLOCKS, _("Places that are shared")),
        _("Chair or secretary: record the plenary's decision on the tie."),
        checks.shared_places,
    ),
    Check(
        *("rubric-open", BLOCKS, _("Rubrics that can still be changed")),
        _("Committee: lock the rubric below."),
        checks.rubric_open,
    ),
    Check(
        *("not-ranked", CONFIRM, _("Candidates that are not ranked and win nothing")),
        _("Committee: complete what they lack, or confirm it."),
        checks.not_ranked,
    ),
    Check(
        *("files-missing", CONFIRM, _("Evidence whose file is missing or is not what was stored")),
        _("Administrator: restore the files from the backup; verify_evidence names them."),
        record_checks.files_missing,
    ),
]
STANDINGS = Check(
    *("standings-differ", BLOCKS, _("Stored standings are not what a new computation gives")),
    _("Tell administrator and auditor before anything is computed again: check_invariants names every figure."),
    checks.standings_differ,
)
"""Nobody passes this over, whatever the rules of the panel say."""
INTEGRITY = [
    Check(
        *("trail-broken", BLOCKS, _("The trail is broken")),
        _("Administrator and auditor: find out who changed it, with verify_trail."),
        record_checks.trail_broken,
    ),
    Check(
        *("invariants-broken", BLOCKS, _("What must always hold does not")),
        _("Administrator and auditor: see check_invariants."),
        record_checks.invariants_broken,
    ),
]
"""These read what is new in the trail: outside the transaction that seals, so that nobody waits for them."""


@dataclass(frozen=True)
class CheckResult:
    """One check with its cases."""

    check: Check
    severity: str
    items: list[Item]
    is_overridable: bool = False

    @property
    def code(self) -> str:
        return self.check.code

    @property
    def shown(self) -> list[Item]:
        return self.items[:MOST_SHOWN]

    @property
    def further(self) -> int:
        """How many cases a page only counts."""
        return max(len(self.items) - MOST_SHOWN, 0)

    @property
    def text(self) -> str:
        return str(self.check.text)

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
        return [remark for remark in self.remarks if remark.severity == BLOCKS]

    @property
    def warnings(self) -> list[CheckResult]:
        return [remark for remark in self.remarks if remark.severity == CONFIRM]

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
                (one.code, one.severity, one.is_overridable, sorted(item.key for item in one.items))
                for one in self.remarks
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
    found.append(CheckResult(STANDINGS, BLOCKS, STANDINGS.find(now)))
    found += examine_integrity(selection) if integrity is None else integrity
    return Review(now.rankings, now.fields, [remark for remark in found if remark.items])


def examine_integrity(selection: Selection) -> list[CheckResult]:
    return [CheckResult(check, check.severity, check.find(selection)) for check in INTEGRITY]


def _remark(check: Check, panel: Panel, items: list[Item]) -> CheckResult:
    """Below the quorum is a remark to confirm, or blocks if the panel's rules say so."""
    told_only = check.code == "below-quorum" and not panel.quorum_blocks
    is_overridable = check.needs_only_a_reason or check.code in panel.overridable
    return CheckResult(check, CONFIRM if told_only else check.severity, items, is_overridable)


def below_quorum(selection: Selection) -> tuple[list[Item], bool]:
    """Candidates below the quorum with the number of counting jurors, and whether that blocks. Never a mark."""
    now = Situation(selection)
    return checks.below_quorum(now), now.panel.quorum_blocks


def open_panel(selection: Selection) -> list[Item]:
    return checks.panel_open(Situation(selection))


def open_sheets(selection: Selection) -> list[Item]:
    return checks.sheets_open(Situation(selection))
