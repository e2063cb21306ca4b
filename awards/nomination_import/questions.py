"""What a person says of rows whose name proves nothing: another candidate, one the portal knows, or an earlier row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from awards.models import Candidate
from awards.nomination_import.rows import NominationRow

NEW = "new"
FIELD = "candidate-"
"""An answer is sent as ``candidate-ROW``: ``new``, the key of a candidate, or ``row-N``."""
Answers = Mapping[int, str]


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    url: str = ""


@dataclass
class Question:
    row: int
    name: str
    region: str
    options: list[Option]
    answer: str = ""
    is_hidden: bool = False
    """Whether a candidate this person does not see has the same number."""


@dataclass
class AnsweredRows:
    """``made`` are the drafts to be made, ``already`` rows whose candidate is nominated, ``left_out`` repeated rows."""

    made: list[NominationRow] = field(default_factory=list)
    already: list[NominationRow] = field(default_factory=list)
    left_out: list[NominationRow] = field(default_factory=list)
    open: list[NominationRow] = field(default_factory=list)


def given_answers(sent: Mapping[str, str]) -> Answers:
    found = {}
    for key in sent:
        row = key.removeprefix(FIELD)
        if key.startswith(FIELD) and row.isdecimal() and len(row) < 7:
            found[int(row)] = sent[key]
    return found


def answered(wanted: Iterable[NominationRow], answers: Answers, nominated: set[int]) -> AnsweredRows:
    """The rows as they were answered; what is not answered, or names one candidate twice, stays open."""
    found = AnsweredRows()
    wanted = list(wanted)
    taken = {one.match.pk for one in wanted if one.match}
    for one in wanted:
        answer = answers.get(one.row, "")
        chosen = next((each for each in one.asked if str(each.pk) == answer), None)
        if not one.is_asked or answer == NEW:
            found.made.append(one)
        elif answer in {f"row-{row}" for row in one.asked_rows}:
            found.left_out.append(one)
        elif chosen is None or chosen.pk in taken or chosen.kind != one.candidate.kind:
            found.open.append(one)
        else:
            taken.add(chosen.pk)
            (found.already if chosen.pk in nominated else found.made).append(replace(one, match=chosen))
    return found


def questions(wanted: Iterable[NominationRow], answers: Answers, seen: Iterable[Candidate]) -> list[Question]:
    """The questions of a file with their options; candidates this person does not see are no option."""
    visible = {candidate.pk for candidate in seen}
    return [_question(one, answers, visible) for one in wanted if one.is_asked]


def _question(wanted: NominationRow, answers: Answers, visible: set[int]) -> Question:
    options = [
        Option(str(each.pk), _told(each), each.get_absolute_url())
        for each in wanted.asked
        if each.pk in visible and each.kind == wanted.candidate.kind
    ]
    options += [
        Option(f"row-{row}", _("the same as row %(row)s; leave it out") % {"row": row}) for row in wanted.asked_rows
    ]
    options.append(Option(NEW, _("another candidate, not known yet")))
    return Question(
        wanted.row,
        wanted.facts["name"],
        wanted.facts["region"].name,
        options,
        answers.get(wanted.row, ""),
        any(each.pk not in visible or each.kind != wanted.candidate.kind for each in wanted.asked),
    )


def _told(candidate: Candidate) -> str:
    numbers = [f"{label} {number}" for label, number in (("NPP", candidate.npp), ("NIB", candidate.nib)) if number]
    return " · ".join([candidate.name, candidate.region.name, *numbers])
