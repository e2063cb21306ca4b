"""The trail speaks in words, registered by the app that records them."""

import ast
from pathlib import Path

import pytest
from django.utils.translation import gettext_lazy as _

from awards.stages import MOVES
from paritrana.accounts import event_registry
from paritrana.accounts.event_registry import Event
from paritrana.accounts.models import AuditEvent
from regions.imports.intake import BranchCoverage, CoverageIntake
from regions.verification import transitions
from scoring.models import Conflict

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = ["paritrana", "regions", "awards", "scoring"]
"""From the ground up."""

RECORDERS = {"trail.record", "trail.record_all", "record", "Hand", "plan.Hand"}
COVERAGE_FILES = (CoverageIntake, BranchCoverage)
MADE = {
    "regions": {f"coverage.{verb}" for verb in transitions.MOVES} | {each.verb for each in COVERAGE_FILES},
    "awards": {f"nomination.{verb}" for verb in MOVES},
    "scoring": {f"conflict.{kind}" for kind in Conflict.Kind.values},
}
"""Codes that are put together when they are recorded."""


def calls(folder: str, *names: str):
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in names:
                yield node


def recorded(folder: str) -> set[str]:
    """Each code the folder hands to ``record`` of the trail as it stands, or to the ``Hand`` that writes for a file."""
    leaves = (leaf for call in calls(folder, *RECORDERS) for leaf in ast.walk(call.args[1]))
    found = {leaf.value for leaf in leaves if isinstance(leaf, ast.Constant)}
    return {code for code in found if not code.endswith(".")} | MADE.get(folder, set())


def registered(folder: str) -> set[str]:
    labelled = (call for call in calls(folder, "Event") if len(call.args) == 2)  # not those of threading
    return {ast.literal_eval(call.args[0]) for call in labelled}


def test_every_recorded_event_has_a_label_and_no_label_is_left_over():
    assert set().union(*map(recorded, FOLDERS)) == event_registry.codes()


def test_each_app_registers_the_events_it_is_the_lowest_to_record():
    seen: set[str] = set()
    for folder in FOLDERS:
        assert (folder, registered(folder)) == (folder, recorded(folder) - seen)
        seen |= recorded(folder)


def test_an_event_registered_twice_is_refused_with_all_that_came_with_it():
    before = event_registry.codes()

    with pytest.raises(ValueError, match="account.open"):
        event_registry.register(Event("account.new", _("Account opened")), Event("account.open", _("Account opened")))
    with pytest.raises(ValueError, match="account.new"):
        event_registry.register(*[Event("account.new", _("Account opened"))] * 2)

    assert event_registry.codes() == before


def test_an_event_nobody_registers_any_more_is_read_by_its_code():
    labels = [AuditEvent(verb=code).verb_in_words for code in ("account.open", "account.formerly")]

    assert labels == [str(_("Account opened")), "account.formerly"]
