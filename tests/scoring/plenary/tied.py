"""Deciding a tie as the plenary does: what the tests of ties start from."""

from awards.models import Role
from scoring.models import TieDecision
from scoring.plenary import ties
from scoring.plenary.ties import tie_at
from scoring.standings import store
from tests import builders as b
from tests.scoring.bench import Bench
from tests.scoring.plenary import plenary


def settle(made: Bench, agreed, place=1, by=None, version=0, votes=(5, 2, 1), reason="Alasan pleno") -> TieDecision:
    """``agreed`` are numbers of the bench's nominations, best first, those that share a place together."""
    store.refresh(made.selection)
    tie = tie_at(made.selection, plenary.title_of(made), 0, place)
    chosen = [[made.nominations[n].pk for n in sharing] for sharing in agreed]
    by = by or b.appointed(Role.CHAIR, made.selection)
    return ties.settle(made.selection, tie, chosen, group_order=0, votes=votes, reason=reason, version=version, by=by)
