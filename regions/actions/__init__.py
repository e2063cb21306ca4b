"""What is done with coverage figures. Every change is a version, an event and a signal."""

from regions.actions.corrections import decide, propose
from regions.actions.denominators import Measured, set_denominators
from regions.actions.figures import Entry, enter, lock, unlock
from regions.actions.moves import return_figures, send, verify

__all__ = [
    "Entry",
    "Measured",
    "decide",
    "enter",
    "lock",
    "propose",
    "return_figures",
    "send",
    "set_denominators",
    "unlock",
    "verify",
]
