"""Deciding a tie as the plenary does: what the tests of ties start from."""

from awards.models import Role
from scoring import standings
from scoring.actions import settling
from scoring.models import TieDecision
from scoring.settling import tie_at
from tests import builders as b
from tests.scoring import plenary
from tests.scoring.bench import Bench


def settle(made: Bench, agreed, place=1, by=None, version=0, votes=(5, 2, 1), reason="Alasan pleno") -> TieDecision:
    """``agreed`` are numbers of the bench's nominations, best first, those that share a place together."""
    standings.refresh(made.selection)
    tie = tie_at(made.selection, plenary.title_of(made), 0, place)
    chosen = [[made.nominations[n].pk for n in sharing] for sharing in agreed]
    by = by or b.appointed(Role.CHAIR, made.selection)
    return settling.settle(
        made.selection, tie, chosen, group_order=0, votes=votes, reason=reason, version=version, by=by
    )
