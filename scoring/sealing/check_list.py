"""Every check before a seal: whether it blocks, what it means, who cures it, and how its cases are found."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from awards.gravity import Gravity
from scoring.sealing import checks, record_checks
from scoring.sealing.checks import Item

BLOCKS, NOTE = Gravity.BLOCKS, Gravity.NOTE


@dataclass(frozen=True)
class Check:
    """One kind of problem: its name, what it does to the result, and who can lift it.

    One that does not ``bind`` says nothing about the result: it is not in the sealed document, and a request to seal
    stays valid when its cases change.
    """

    code: str
    gravity: Gravity
    text: Any
    meaning: Promise
    cure: Promise
    find: Callable[[Any], list[Item]]
    needs_only_a_reason: bool = False
    """Overridden with a reason whatever the panel's rules say."""
    binds: bool = True


CHECKS = [
    Check(
        *("nothing-ranked", BLOCKS, _("No title has a single ranked candidate, so there is nothing to seal.")),
        _("Nobody would win anything."),
        _("Committee: look at the ranking and at what its candidates lack."),
        checks.nothing_ranked,
    ),
    Check(
        *("before-plenary", BLOCKS, _("The published day of the plenary has not come")),
        _("The calendar told everybody that nothing is decided before that day."),
        _("Committee: wait for the day, or move it in the calendar; two people may seal before it with a reason."),
        record_checks.before_plenary,
        needs_only_a_reason=True,
    ),
    Check(
        *("panel-open", BLOCKS, _("The panel is not closed")),
        _("Marks can still be handed in and would change the ranking."),
        _("Chair: close the panel, and say of every juror who owes sheets why."),
        checks.panel_open,
    ),
    Check(
        *("sheets-open", BLOCKS, _("Score sheets not handed in; their marks do not count")),
        _("The mean is made of the marks handed in, without these."),
        _("Juror: hand the sheet in while the panel scores. Chair: record who was absent."),
        checks.sheets_open,
    ),
    Check(
        *("assistant-entries", BLOCKS, _("Marks an assistant typed that the juror has not confirmed")),
        _("Nobody can say that they are the juror's own marks; they do not count."),
        _("Juror: hand the sheet in while the panel scores. Chair: record who was absent."),
        checks.assistant_entries,
    ),
    Check(
        *("below-quorum", BLOCKS, _("Candidates scored by fewer jurors than the quorum")),
        _("Their score rests on fewer jurors than the rules of the panel ask for."),
        _("Committee: appoint a substitute while the panel scores."),
        checks.below_quorum,
    ),
    Check(
        *("spread-open", BLOCKS, _("Marks that lie far apart and were not discussed")),
        _("The jurors saw these candidates very differently, and no record says why."),
        _("Chair or secretary: discuss the candidate, and record what was decided and who said so."),
        checks.spread_open,
    ),
    Check(
        *("conflicts-undeclared", BLOCKS, _("Jurors who have not declared on a candidate")),
        _("Nobody can say that these jurors were free to judge."),
        _("Juror: declare. Chair or secretary: recuse."),
        checks.conflicts_undeclared,
    ),
    Check(
        *("conflicts-suspected", BLOCKS, _("Suspected conflicts of interest nobody has answered")),
        _("The data tie this juror to this candidate; the marks may not be free."),
        _("Juror: declare. Chair or secretary: recuse."),
        checks.conflicts_suspected,
    ),
    Check(
        *("coverage-unsent", BLOCKS, _("Coverage figures nobody has sent; they do not count")),
        _("The candidate is not ranked for want of this figure, and the seal would lock it as it is."),
        _("Branch: check the figure and send it; without it the candidate is not ranked."),
        checks.coverage_unsent,
    ),
    Check(
        *("coverage-unverified", BLOCKS, _("Coverage figures nobody has verified")),
        _("A place would depend on a figure that only its branch has checked."),
        _("Regional or head office: verify the figure, or return it to the branch."),
        checks.coverage_unverified,
    ),
    Check(
        *("coverage-flagged", BLOCKS, _("Doubtful coverage figures nobody has explained")),
        _("A place would depend on a figure that looks wrong."),
        _("Branch: mend the figure or note why it is right. Office: verify it."),
        checks.coverage_flagged,
    ),
    Check(
        *("shared-places", BLOCKS, _("Places that are shared")),
        _("These candidates would share one place for good."),
        _("Chair or secretary: record the plenary's decision on the tie."),
        checks.shared_places,
    ),
    Check(
        *("rubric-open", BLOCKS, _("Rubrics that can still be changed")),
        _("The rules could be changed after the result they led to."),
        _("Committee: lock the rubric below."),
        checks.rubric_open,
    ),
    Check(
        *("not-ranked", NOTE, _("Candidates that are not ranked and win nothing")),
        _("They have no total and no place, and stay so for good."),
        _("Committee: complete what they lack, or confirm it."),
        checks.not_ranked,
    ),
    Check(
        *("files-missing", NOTE, _("Evidence whose file is missing or is not what was stored")),
        _("The answer it belongs to could no longer be proved."),
        _("Administrator: restore the files from the backup; verify_evidence names them."),
        record_checks.files_missing,
    ),
    Check(
        *("winners-unreachable", NOTE, _("Winners without an e-mail address")),
        _("The letter after the announcement would not reach them."),
        _("Committee or branch: enter a contact with an e-mail address on the page of the candidate."),
        record_checks.winners_unreachable,
        binds=False,
    ),
]
STANDINGS = Check(
    *("standings-differ", BLOCKS, _("Stored standings are not what a new computation gives")),
    _("Something was changed outside this portal; the places cannot be trusted."),
    _("Tell administrator and auditor before anything is computed again: check_invariants names every figure."),
    checks.standings_differ,
)
"""Nobody passes this over, whatever the rules of the panel say."""
INTEGRITY = [
    Check(
        *("trail-broken", BLOCKS, _("The trail is broken")),
        _("What was recorded may have been changed afterwards."),
        _("Administrator and auditor: find out who changed it, with verify_trail."),
        record_checks.trail_broken,
    ),
    Check(
        *("invariants-broken", BLOCKS, _("What must always hold does not")),
        _("Records contradict each other; the result may rest on the wrong ones."),
        _("Administrator and auditor: see check_invariants."),
        record_checks.invariants_broken,
    ),
]
"""These read what is new in the trail: outside the transaction that seals, so that nobody waits for them."""
