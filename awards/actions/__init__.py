"""The verbs of the award; each signs, records and announces what it changes in one transaction."""

from awards.actions.appointments import appoint, end_appointment
from awards.actions.moves import move, pass_over, return_for_repair, shortlist, submit, verify
from awards.actions.nominations import answer, government, lock_rubric, nominate
from awards.actions.stages import open_next_stage, open_selection

__all__ = [
    "answer",
    "appoint",
    "end_appointment",
    "government",
    "lock_rubric",
    "move",
    "nominate",
    "open_next_stage",
    "open_selection",
    "pass_over",
    "return_for_repair",
    "shortlist",
    "submit",
    "verify",
]
