"""What the page of answers shows around the form: aspects with progress, missing items, attachments."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import deadlines
from awards.criteria.completeness import AskedFigure, Completeness, completeness, rubric_criteria, senders
from awards.criteria.kinds import answered_kind
from awards.legal_scale import required_programmes
from awards.models import Aspect, Criterion, Evidence, Nomination, Selection
from awards.models.doors import doors_of
from awards.nominations.answer_forms import AnswersForm
from awards.nominations.eligibility import Eligibility, eligibility
from awards.stage_history import StageHistory, history_of
from awards.stages import EDITABLE, ENDS_WITH, NominationState
from paritrana.accounts.models import User
from regions import permissions as coverage
from regions.models import Region

OF_THE_BRANCH = frozenset({"figure", "unsent"})
"""What is missing and no contact of a candidate can give: coverage figures."""


@dataclass(frozen=True)
class Asked:
    """One criterion in the form: its fields with units, its attachments, and whether something is missing."""

    criterion: Criterion
    fields: list[tuple[Any, str]]
    files: list[Evidence]
    is_answered: bool
    lacks_evidence: bool
    obstacle: Any = None
    remark: str = ""
    taken_over: Sequence[str] = ()
    """Counts asked at an earlier criterion by the same words."""

    @property
    def anchor(self) -> str:
        """Its anchor on the page; messages about its files have the same."""
        return f"criterion-{self.criterion.pk}"

    @property
    def is_by_scale(self) -> bool:
        """Whether the law has additional requirements for larger enterprises here."""
        return self.criterion.is_answered and answered_kind(self.criterion.kind).is_by_scale(self.criterion.rules)

    @property
    def is_settled(self) -> bool:
        """Complete: answered, with the required evidence, and without open remarks."""
        is_faulty = any(field.errors for field, _unit in self.fields)
        return self.is_answered and not (self.lacks_evidence or self.obstacle or self.remark or is_faulty)


@dataclass(frozen=True)
class AnswerSection:
    aspect: Aspect
    asked: list[Asked]

    @property
    def done(self) -> int:
        return sum(one.is_answered for one in self.asked if one.fields)

    @property
    def total(self) -> int:
        return sum(bool(one.fields) for one in self.asked)

    @property
    def is_settled(self) -> bool:
        return all(one.is_settled for one in self.asked)


class Answering:
    """Needs ``Nomination.objects.with_context()``."""

    def __init__(self, nomination: Nomination, reader: User) -> None:
        self.nomination, self.reader = nomination, reader
        self.criteria = rubric_criteria(nomination.selection, nomination.category)

    @cached_property
    def lacking(self) -> Completeness:
        return completeness([self.nomination])[self.nomination.pk]

    @cached_property
    def eligibility(self) -> Eligibility:
        return eligibility([self.nomination])[self.nomination.pk]

    @cached_property
    def missing(self) -> list[dict[str, str]]:
        may_enter = coverage.may(self.reader, coverage.RegionPermission.ENTER, self.nomination.candidate.region)
        found = missing(self.nomination, self.lacking, may_answer=True, may_enter=may_enter)
        if may_enter or self.nomination.pk not in doors_of(self.reader):
            return found
        return [one for one in found if one["kind"] not in OF_THE_BRANCH]

    @property
    def programmes(self) -> str:
        """The programmes required by law for this scale of enterprise; empty without a scale."""
        candidate = self.nomination.candidate
        if not candidate.scale:
            return ""
        return ", ".join(required_programmes(candidate.scale, day_labour=candidate.is_day_labour))

    def sections(self, form: AnswersForm) -> list[AnswerSection]:
        """Aspects with an answer or evidence to give, in the order of the rubric."""
        attached = defaultdict(list)
        for file in self.nomination.evidence.current().select_related("uploaded_by"):
            attached[file.criterion_id].append(file)
        doubts = {one.criterion.pk: one for one in self.eligibility.obstacles}
        remarks = self.nomination.open_remarks()
        found: dict[int, AnswerSection] = {}
        for criterion in self.criteria:
            if not (criterion.is_answered or criterion.evidence):
                continue
            names = form.names(criterion)
            section = found.setdefault(criterion.aspect_id, AnswerSection(criterion.aspect, []))
            section.asked.append(
                Asked(
                    criterion,
                    [(form[name], _unit(name, criterion)) for name in names if name not in form.taken_over],
                    attached[criterion.pk],
                    is_answered=criterion not in self.lacking.unanswered,
                    lacks_evidence=criterion in self.lacking.missing_evidence,
                    obstacle=doubts.get(criterion.pk),
                    remark=remarks.get(criterion.pk, ""),
                    taken_over=[str(form[name].label) for name in names if name in form.taken_over],
                )
            )
        return list(found.values())


def _unit(name: str, criterion: Criterion) -> str:
    return answered_kind(criterion.kind).unit(criterion, name.partition("-")[0])


def missing(
    nomination: Nomination, lacking: Completeness, *, may_answer: bool, may_enter: bool
) -> list[dict[str, str]]:
    """What is missing, each with the page where it is given: ``kind``, ``label``, ``url``.

    For an existing figure ``state`` and ``state_label`` are its state; ``unsent`` are those that can be sent, and
    ``hint`` says by whom.
    """
    form = reverse("nomination-answers", args=[nomination.pk]) if may_answer else nomination.get_absolute_url()
    kinds = [
        ("answer", _("Answer: %(criterion)s"), lacking.unanswered),
        ("note", _("Basis of the answer: %(criterion)s"), lacking.missing_notes),
        ("evidence", _("Evidence: %(criterion)s"), lacking.missing_evidence),
    ]
    found = [
        {"kind": kind, "label": words % {"criterion": one}, "url": f"{form}#criterion-{one.pk}"}
        for kind, words, criteria in kinds
        for one in criteria
    ]
    return found + _missing_figures(nomination.candidate.region, lacking, may_enter=may_enter)


def _missing_figures(region: Region, lacking: Completeness, *, may_enter: bool) -> list[dict[str, str]]:
    """Figures not entered, then those not sent, each with the page for it."""

    def page(name: str, figure: AskedFigure) -> str:
        return reverse(name, args=[region.code, figure.year]) if may_enter else region.get_absolute_url()

    words = _("Coverage figure: %(segment)s %(year)s")
    hint = "" if may_enter or not lacking.unsent_figures else senders(region)
    return [
        {
            "kind": "unsent" if figure.is_to_send else "figure",
            "label": words % {"segment": figure.segment, "year": figure.year},
            "url": page("coverage-send" if figure.is_to_send else "coverage-edit", figure),
            "state": figure.state,
            "state_label": figure.state_label,
            "hint": hint if figure.is_to_send else "",
        }
        for figure in (*lacking.missing_figures, *lacking.unsent_figures)
    ]


def deadlines_of(selection: Selection, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """``counts``: nominations by state. Until when those not sent yet can be sent, state by state: ``state``,
    ``count``, ``is_open`` and, in words, ``when`` it closes, or closed and why."""
    numbers = sorted((state, number) for state, number in counts.items() if state in EDITABLE)
    dates = {date.stage: date for date in selection.dates.all()} if numbers else {}
    history, found = history_of(selection) if numbers else StageHistory(), []
    for state, number in numbers:
        stage = ENDS_WITH[NominationState(state)]
        if date := dates.get(stage):
            date.selection = selection
        is_open, when = deadlines.closing_words(selection, stage, date, history, timezone.now())
        found.append({"state": NominationState(state), "count": number, "is_open": is_open, "when": when})
    return found


def faults(form: AnswersForm) -> list[dict[str, str]]:
    """Values that cannot be read: the field's name and label, and the reason."""
    return [
        {"name": name, "label": str(form.fields[name].label), "message": str(message)}
        for name, errors in form.errors.items()
        if name in form.fields
        for message in errors
    ]
