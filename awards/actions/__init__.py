"""The verbs of the award; each signs, records and announces what it changes in one transaction."""

from awards.actions.appointments import appoint, end_appointment
from awards.actions.calendar import set_calendar
from awards.actions.clearing import clear_nomination, revoke_clearing
from awards.actions.drafts import keep_answers
from awards.actions.moves import (
    disqualify,
    move,
    pass_over,
    reinstate,
    return_for_repair,
    shortlist,
    submit,
    verify,
    withdraw,
)
from awards.actions.nominations import answer, government, lock_rubric, nominate
from awards.actions.proposals import propose
from awards.actions.selections import add_category, set_categories
from awards.actions.stages import open_next_stage, open_selection, open_selections

__all__ = [
    "add_category",
    "answer",
    "appoint",
    "clear_nomination",
    "disqualify",
    "end_appointment",
    "government",
    "keep_answers",
    "lock_rubric",
    "move",
    "nominate",
    "open_next_stage",
    "open_selection",
    "open_selections",
    "pass_over",
    "propose",
    "reinstate",
    "return_for_repair",
    "revoke_clearing",
    "set_calendar",
    "set_categories",
    "shortlist",
    "submit",
    "verify",
    "withdraw",
]
