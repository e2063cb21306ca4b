"""Verifying several nominations in one act: those without any remark, all of the chosen ones or none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from awards.criteria.completeness import completeness, criteria_of
from awards.models import Nomination, ReturnRemark, Selection
from awards.nominations.eligibility import eligibility
from awards.nominations.entry import misfit, rivals
from awards.nominations.four_eyes import was_handled_by
from awards.nominations.row_checks import unticked
from awards.nominations.transitions import move
from awards.signals import sent_once
from awards.stages import MOVES
from paritrana.accounts.models import User
from regions.models import Coverage, Segment
from regions.verification.doubts import doubts

MOST_AT_ONCE = 50
"""Nominations verified by one act: as many as somebody can still look through."""

Remarks = dict[int, list[str]]
"""Why a nomination has to be looked at by itself, by primary key; empty where it may be verified with others."""


def remarks_on(selection: Selection, nominations: Iterable[Nomination], *, by: User) -> Remarks:
    """The reasons against verifying each of these nominations of one selection together with others.

    Needs ``with_context`` and ``carried_from``; the number of queries depends on the categories alone.
    """
    rows = list(nominations)
    found: Remarks = {row.pk: _own_remarks(row, by) for row in rows}
    for look in (_incomplete, _ineligible, _doubted, _returned, _excluded, _unticked):
        for pk, text in look(rows, by).items():
            found[pk].append(text)
    prefetch_related_objects([selection], "categories")
    for row in rows:
        if misfit(selection, row.category, row.candidate):
            scale = {"scale": row.candidate.get_scale_display()}
            found[row.pk].append(_("its scale (%(scale)s) does not fit its category") % scale)
    return found


@transaction.atomic
def verify_together(selection: Selection, seen: Mapping[int, int], *, by: User) -> list[Nomination]:
    """Verify each nomination at the version seen (by primary key) and return them.

    Raises ValidationError with one message for every nomination when one has a remark or changed; then none is changed.
    """
    asked = Nomination.objects.filter(selection=selection, pk__in=seen)
    list(asked.order_by("pk").select_for_update(no_key=True))
    rows = list(asked.with_context().select_related("carried_from"))
    remarks = remarks_on(selection, rows, by=by)
    for row in rows:
        if row.version != seen[row.pk]:
            remarks[row.pk] = [_("It has changed since you opened it; please look again.")]
    if any(remarks.values()):
        raise ValidationError([_line(row, remarks[row.pk]) for row in rows], code="remarked")
    with sent_once():
        for row in rows:
            move("verify", row, by=by, version=seen[row.pk])
    return rows


def _line(row: Nomination, remarks: list[str]) -> ValidationError:
    """What happened to one nomination in an act that was refused."""
    reason = "; ".join(remarks) or _("no remark; not verified because another one was refused")
    params = {"candidate": row, "category": row.category, "reason": reason}
    return ValidationError(_("%(candidate)s (%(category)s): %(reason)s"), code="remarked", params=params)


def _own_remarks(row: Nomination, by: User) -> list[str]:
    """What the row itself says: its state, and who handled it before."""
    found = []
    if row.state not in MOVES["verify"][0]:
        found.append(_("its state does not allow it: %(state)s") % {"state": row.get_state_display()})
    if was_handled_by(row, by):
        found.append(_("you nominated, sent or verified it before"))
    return found


def _incomplete(rows: list[Nomination], by: User) -> dict[int, str]:
    found = {}
    for pk, lacking in completeness(rows).items():
        absent = [*lacking.unanswered, *lacking.missing_notes, *lacking.missing_evidence]
        figures = [figure.text for figure in (*lacking.missing_figures, *lacking.unsent_figures)]
        if not lacking.is_complete:
            found[pk] = _("not complete: %(what)s") % {"what": ", ".join([*map(str, absent), *figures])}
    return found


def _ineligible(rows: list[Nomination], by: User) -> dict[int, str]:
    return {
        pk: _("not eligible: %(criteria)s") % {"criteria": ", ".join(str(one.criterion) for one in held.obstacles)}
        for pk, held in eligibility(rows).items()
        if not held.is_eligible
    }


def _doubted(rows: list[Nomination], by: User) -> dict[int, str]:
    """Doubts without a note about figures that the rubric of the nomination uses, of its year and the year before."""
    years = {row.selection.edition.coverage_year for row in rows}
    regions = {row.candidate.region_id for row in rows}
    figures = Coverage.objects.filter(region__in=regions, year__in=years | {year - 1 for year in years})
    open_doubts = defaultdict(list)
    for doubt in doubts(figures.with_context().select_related("region__parent"), reader=by):
        if doubt.note is None:
            open_doubts[doubt.figures[0].region_id].append(doubt)
    segments = {
        contest: {segment.pk for criterion in criteria for segment in criterion.segments.all()}
        for contest, criteria in criteria_of(rows).items()
    }
    found: dict[int, dict[int, set[Segment]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        used = segments[row.selection_id, row.category_id]
        for doubt in open_doubts[row.candidate.region_id]:
            if any(figure.segment_id in used for figure in doubt.figures):
                found[row.pk][doubt.figures[0].year] |= {figure.segment for figure in doubt.figures}
    return {
        pk: _("open doubts about figures: %(figures)s") % {"figures": "; ".join(map(_of_a_year, years.items()))}
        for pk, years in found.items()
    }


def _of_a_year(doubted: tuple[int, set[Segment]]) -> str:
    """PU, BPU 2023: each segment once, however many doubts there are about it."""
    year, segments = doubted
    return f"{', '.join(one.code for one in sorted(segments, key=lambda one: one.order))} {year}"


def _returned(rows: list[Nomination], by: User) -> dict[int, str]:
    """Those sent again after remarks on single answers: whether they were mended is for a person to see."""
    found = defaultdict(list)
    for remark in ReturnRemark.objects.filter(nomination__in=[row.pk for row in rows]).select_related("criterion"):
        found[remark.nomination_id].append(str(remark.criterion))
    return {
        pk: _("returned before with remarks on: %(criteria)s") % {"criteria": ", ".join(names)}
        for pk, names in found.items()
    }


def _unticked(rows: list[Nomination], by: User) -> dict[int, str]:
    """Rows of regulations and budgets are ticked one by one."""
    return {
        pk: _("rows to be ticked one by one: %(criteria)s")
        % {"criteria": ", ".join(dict.fromkeys(str(one.criterion) for one in listed))}
        for pk, listed in unticked(rows).items()
    }


def _excluded(rows: list[Nomination], by: User) -> dict[int, str]:
    return {
        pk: _("its candidate also stands in a category that excludes this one: %(categories)s")
        % {"categories": ", ".join(str(other.category) for other in others)}
        for pk, others in rivals(rows).items()
    }
