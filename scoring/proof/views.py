"""Pages that prove a place: a candidate's trace, every version of a mark in it, and the copy for the candidate."""

from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from awards import permissions
from awards.criteria import written_steps
from awards.lookups import selection_seen
from awards.models import Nomination, Selection
from awards.models.rubrics import Awarding
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.requests import UserRequest
from paritrana.display.pdf import PDF, typeset
from paritrana.downloads import attached
from scoring.assignments.criteria import marked_criteria
from scoring.models import ScoreSheet
from scoring.proof import sentences
from scoring.proof.basis import TitleBasis, basis_of
from scoring.proof.copies import copy_of
from scoring.proof.distance import distance
from scoring.proof.sources import Sources
from scoring.proof.trace import Walk, contributions
from scoring.sheets.history import history
from scoring.standings import rankings, views, visibility
from scoring.standings.rankings import RankingLine


def _nomination(request: UserRequest, selection: Selection, pk: int) -> Nomination:
    """404 also for whoever keeps out of it: a trace shows the marks."""
    rows = Nomination.objects.visible_to(request.user).with_context()
    rows = rows.exclude(pk__in=visibility.keeps_out(request.user, selection))
    found = get_object_or_404(rows.select_related("submitted_by", "verified_by"), pk=pk, selection=selection)
    found.selection = selection
    return found


def _proven(selection: Selection, path: str, nomination: Nomination) -> tuple[TitleBasis, RankingLine]:
    """The title and the nomination's line in it; 404 for an unknown title and for special awards."""
    try:
        basis = basis_of(selection, path, only=nomination)
    except LookupError as error:
        raise Http404 from error
    line = basis.line_of(nomination)
    if line is None or basis.ranking.awarding == Awarding.SPECIAL or path != basis.ranking.path:
        raise Http404
    return basis, line


@require_safe
def trace(request: UserRequest, slug: str, category: str, title: str, pk: int) -> HttpResponse:
    """Every figure of a candidate, from the total down; live until the seal, then as sealed."""
    selection = selection_seen(request, slug, Permission.SEE_RANKING)
    nomination = _nomination(request, selection, pk)
    if differs := views.refused(request, selection):
        return differs
    basis, line = _proven(selection, f"{category}/{title}", nomination)
    sources = Sources(nomination, basis.figures.values(), request.user)
    named = visibility.names(sources.seats) if visibility.may_name(request.user, selection) else None
    steps = Walk(basis, line, sources, named).steps()
    parts = [(step.score, step.criterion.weight) for step in steps if step.score is not None]
    context: dict[str, Any] = {
        "selection": selection,
        "nomination": nomination,
        "ranking": basis.ranking,
        "line": line,
        "prize": basis.ranking.prize_of(line),
        "why": sentences.why(basis, line),
        "steps": steps,
        "summed": list(zip(steps, contributions(steps), strict=True)),
        "sum": written_steps.total(parts, line.total) if line.total is not None else "",
        "distance": distance(basis, line),
        "names_jurors": named is not None,
        "may_copy": permissions.may(request.user, Permission.SEE_CANDIDATE_COPY, selection),
    }
    return render(request, "scoring/proof/trace.html", context)


@require_safe
def mark_history(request: UserRequest, slug: str, pk: int, seat: int) -> HttpResponse:
    """Every version of one juror's marks for one candidate, for readers who may know whose they are."""
    selection = selection_seen(request, slug, Permission.SEE_MARKS)
    nomination = _nomination(request, selection, pk)
    sheets = ScoreSheet.objects.submitted().select_related("seat__appointment__user", "submitted_by")
    sheet = get_object_or_404(sheets, nomination=nomination, seat__order=seat, seat__panel__selection=selection)
    context = {"selection": selection, "nomination": nomination, "sheet": sheet}
    context["history"] = history(sheet, marked_criteria(nomination))
    return render(request, "scoring/proof/mark_history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def candidate_copy(request: UserRequest, slug: str, category: str, title: str, pk: int) -> HttpResponse:
    """The copy for the candidate after the announcement: on screen, and by POST as PDF."""
    rows = Nomination.objects.reachable_by(request.user).with_context()
    nomination = get_object_or_404(rows, pk=pk, selection__slug=slug)
    selection = nomination.selection
    permissions.require_on(request.user, Permission.SEE_CANDIDATE_COPY, nomination)
    basis, line = _proven(selection, f"{category}/{title}", nomination)
    content = copy_of(selection, basis, line)
    if request.method == "POST":
        return _as_pdf(request, nomination, content)
    context = {
        "selection": selection,
        "nomination": nomination,
        "ranking": basis.ranking,
        "line": line,
        "copy": content,
    }
    return render(request, "scoring/proof/copy.html", context)


def _as_pdf(request: UserRequest, nomination: Nomination, content: dict[str, Any]) -> HttpResponse:
    made = typeset("trace", content, at=cast(datetime, nomination.selection.seal.announced_at))
    with transaction.atomic():
        trail.record(request.user, "trace.copy", nomination, bytes=len(made))
    return attached(made, f"jejak-{slugify(str(nomination))}.pdf", PDF)


@require_safe
def nomination_traces(request: UserRequest, pk: int) -> HttpResponse:
    """The titles of a nomination with the traces this person may read; redirects when there is only one."""
    nomination = get_object_or_404(Nomination.objects.reachable_by(request.user).with_context(), pk=pk)
    selection = nomination.selection
    if pk in visibility.keeps_out(request.user, selection):
        raise Http404
    held = permissions.granted_on(request.user, nomination)
    page = "trace" if Permission.SEE_RANKING in held else "candidate-copy"
    if page == "candidate-copy":
        permissions.require_on(request.user, Permission.SEE_CANDIDATE_COPY, nomination)
    if differs := views.refused(request, selection):
        return differs
    code, name = nomination.candidate.region.code, rankings.name_of(nomination.candidate)
    shown = rankings.sealed(selection.seal) if selection.is_sealed else _live(selection, nomination)
    found = [
        (ranking, line)
        for ranking in shown
        for line in ranking.lines
        if (ranking.category_slug, line.code, line.name) == (nomination.category.slug, code, name) and not line.honour
    ]
    if len(found) == 1:
        ranking = found[0][0]
        return redirect(page, selection.slug, ranking.category_slug, ranking.slug, nomination.pk)
    context = {"selection": selection, "nomination": nomination, "found": found, "page": page}
    return render(request, "scoring/proof/traces.html", context)


def _live(selection: Selection, nomination: Nomination) -> list[rankings.Ranking]:
    titles = [row.title for row in nomination.standings.select_related("title__rubric__category", "title__among")]
    return [rankings.live(selection, title) for title in titles]
