"""The trail speaks in words."""

import ast
from pathlib import Path

from awards.stages import MOVES
from paritrana.accounts.event_labels import WORDS
from regions.verification import transitions
from scoring.models import Conflict

ROOT = Path(__file__).resolve().parents[3]


def recorded():
    """Every verb the code hands to ``trail.record`` as it stands, or to the ``Hand`` that writes for a file."""
    for folder in ("paritrana", "regions", "awards", "scoring"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in {"trail.record", "Hand", "plan.Hand"}:
                    yield from (leaf.value for leaf in ast.walk(node.args[1]) if isinstance(leaf, ast.Constant))


def test_every_recorded_verb_has_words_and_no_words_are_left_over():
    written = {verb for verb in recorded() if not verb.endswith(".")}
    made = {f"nomination.{verb}" for verb in MOVES} | {f"conflict.{kind}" for kind in Conflict.Kind.values}
    made |= {f"coverage.{verb}" for verb in transitions.MOVES}

    assert written | made == WORDS.keys()
