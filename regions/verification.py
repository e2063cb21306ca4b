"""How a figure comes from a draft to a verified one: the moves as data. A lock ends all of them."""

from regions.models import State
from regions.permissions import Permission

MOVES: dict[str, tuple[frozenset[State], State, Permission]] = {
    "send": (frozenset({State.DRAFT, State.RETURNED}), State.SENT, Permission.ENTER),
    "verify": (frozenset({State.SENT}), State.VERIFIED, Permission.VERIFY),
    "return": (frozenset({State.SENT}), State.RETURNED, Permission.VERIFY),
}
"""verb -> (from any of these states, to this state, by who has this permission in the region).

A figure that is entered anew becomes a draft; a verified one is entered anew only by a correction.
"""
