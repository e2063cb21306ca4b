"""The message and the advice of every rule, in one table."""

from collections.abc import Mapping
from math import expm1
from typing import Any

from django.utils.translation import gettext_lazy as _

from paritrana.display import formats

COLUMNS = {
    ("workers",): _("workers"),
    ("participants",): _("participants"),
    ("workers", "participants"): _("workers and participants"),
}

RETYPE = _("Enter the figure meant, or note why the one entered is right.")
EXCHANGE = _("Put the figures back in their places, or note why they are right.")
ADD_UP = _("Correct the part or the whole until they add up, or note what the difference is.")

TEXTS = {
    "impossible": (
        _("These counts cannot be: %(workers)s workers, %(participants)s participants."),
        _("Enter whole numbers: at least one worker, no participant less than none."),
    ),
    "excess": (
        _("More participants than workers: %(participants)s of %(workers)s."),
        _("Check whether the two were exchanged or one was mistyped; if it is true, note why."),
    ),
    "frozen": (
        _(
            "%(year)s repeats %(before_year)s to the last digit (%(columns)s): %(workers)s workers, "
            "%(participants)s participants."
        ),
        _("Enter this year's figure, or note why nothing changed."),
    ),
    "redefined": (
        _(
            "The figure of %(year)s counts something else than that of %(before_year)s; "
            "growth cannot be computed between them."
        ),
        _("Use the definition of the year before, or note why it changed."),
    ),
    "stale": (
        _("The figure for %(year)s is as of %(as_of)s, %(months)s months before the end of the period."),
        _("Enter a newer figure with its date, or note why there is none."),
    ),
    "slipped": (
        _("%(column)s: %(count)s looks like a digit too many or one too few; %(meant)s would fit the other years."),
        RETYPE,
    ),
    "transposed": (
        _("%(column)s: %(count)s looks like two digits exchanged; %(meant)s would fit the other years."),
        RETYPE,
    ),
    "columns-swapped": (
        _("Workers and participants look exchanged: %(workers)s workers, %(participants)s participants."),
        EXCHANGE,
    ),
    "segments-swapped": (
        _("The segments %(segments)s look exchanged (%(columns)s); the other way round they would fit other years."),
        EXCHANGE,
    ),
    "years-swapped": (
        _("The years %(before_year)s and %(year)s look exchanged (%(columns)s; segments: %(number)s)."),
        EXCHANGE,
    ),
    "jump": (
        _(
            "%(column)s: from %(before)s (%(before_year)s) to %(count)s (%(year)s), %(change)s; "
            "comparable regions moved by about %(common)s."
        ),
        _("Check both figures against their sources; if the change is real, note its cause."),
    ),
    "twin": (
        _(
            "The same %(columns)s as %(other)s, %(other_segment)s %(other_year)s: %(workers)s workers, "
            "%(participants)s participants (equal rows: %(number)s)."
        ),
        _("Find out whose figures these are and enter the other's, or note why they are equal."),
    ),
    "segment-sum": (_("%(column)s: the total is %(count)s, its segments add up to %(sum)s."), ADD_UP),
    "segment-sum-of": (
        _("%(column)s: %(suspect_segment)s is %(suspect_count)s, but the sum of the segments needs %(meant)s."),
        RETYPE,
    ),
    "province-sum": (_("%(column)s: the province has %(count)s, its kabupaten/kota add up to %(sum)s."), ADD_UP),
    "province-sum-of": (
        _("%(column)s: %(suspect)s has %(suspect_count)s, but the sum for the province needs %(meant)s."),
        RETYPE,
    ),
}

WITHOUT_PEERS = {
    "jump": _("%(column)s: from %(before)s (%(before_year)s) to %(count)s (%(year)s), %(change)s."),
}
"""The same where too few comparable regions are known to say how they moved."""

COUNTS = {"workers", "participants", "count", "before", "meant", "sum", "suspect_count"}


def message(code: str, parameters: Mapping[str, Any]) -> str:
    """The doubt in one sentence, with its figures, in the active language."""
    shown = {name: _shown(name, value) for name, value in parameters.items()}
    if "before" in parameters and "count" in parameters:
        before, count = parameters["before"], parameters["count"]
        shown["change"] = _signed(formats.quotient(count, before) - 10_000) if before else formats.DASH
    pattern = TEXTS[code][0]
    if "common" in parameters and parameters["common"] is None:
        pattern = WITHOUT_PEERS[code]
    elif "common" in parameters:
        common = round(expm1(parameters["common"]) * 100)
        shown["common"] = f"{'+' if common > 0 else ''}{formats.count(common)}{formats.NARROW}%"
    text = str(pattern) % shown
    return text[0].upper() + text[1:]


def cure(code: str) -> str:
    """What to do about the doubt."""
    return str(TEXTS[code][1])


def _shown(name: str, value: Any) -> str:
    if name in COUNTS and isinstance(value, int):
        return formats.count(value)
    if name == "columns":
        return str(COLUMNS[value])
    if name == "column":
        return str(COLUMNS[value,])
    if name == "as_of":
        return formats.day(value)
    return " – ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _signed(hundredths: int) -> str:
    return f"{formats.signed(hundredths)}{formats.NARROW}%"
