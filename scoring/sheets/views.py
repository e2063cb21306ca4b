"""The juror's pages: the list of sheets, the sheet, handing it in."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards.models import Criterion
from awards.stages import Stage
from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest
from paritrana.display import formats
from paritrana.display.refusals import done
from scoring import edit_conflicts
from scoring.assignments import criteria, no_shows, progress
from scoring.assignments.assignment import AssignedNomination, Assignment, assistant_conflicts
from scoring.assignments.criteria import AskedCriteria
from scoring.assignments.progress import EXCLUDED, Progress
from scoring.assignments.seats import seats_typed_by
from scoring.assignments.workload import Workload
from scoring.edit_conflicts import EditConflict, VersionForm
from scoring.lookups import own_seat, typed_seat
from scoring.models import ScoreSheet, Seat
from scoring.permissions import may_score, require_scoring
from scoring.sheets import actions, entries, own_ranking, peers, problems
from scoring.sheets.candidate_facts import dossier, trend
from scoring.sheets.forms import SheetForm
from scoring.sheets.history import typed_by_others
from scoring.sheets.lock import nomination_to_score, opened
from scoring.sheets.offline import refused


@require_safe
def sheets(request: UserRequest) -> HttpResponse:
    """Every panel this person scores in, with its candidates; only the own progress and order."""
    panels = [_panel(request, seat) for seat in seats_typed_by(request.user)]
    return render(request, "scoring/sheets/sheets.html", {"panels": panels})


def _panel(request: UserRequest, seat: Seat) -> dict[str, Any]:
    """One page of the candidates; each panel has its own page number."""
    selection, parameter = seat.panel.selection, f"page-{seat.pk}"
    assignment = Assignment.of(seat)
    listed = criteria.judged_by(seat, assignment.asked)
    page = Paginator(listed, criteria.PAGE).get_page(request.GET.get(parameter))
    is_open = may_score(seat)
    rows = _rows(seat, page.object_list, assignment.asked, request.user, is_open=is_open)
    return {
        "seat": seat,
        "selection": selection,
        "board": Workload(assignment),
        "rows": rows,
        "owes_a_word": is_open and any(row["owes_a_word"] for row in rows),
        "refused": [] if seat.user != request.user else refused.sheets(assignment),
        "has_drafts": any(row["state"] == Progress.DRAFT for row in rows),
        "page": page,
        "parameter": parameter,
        "is_open": is_open,
        "is_assistant": seat.user != request.user,
        "reads_result": selection.stage == Stage.SEALED and seat.user == request.user and seat.panel.early_result,
    }


def _rows(seat: Seat, shown: Any, asked: AskedCriteria, reader: User, *, is_open: bool) -> list[dict[str, Any]]:
    """Before the reader's own declaration a row has a name only."""
    mine = progress.board(seat, shown)
    own = own_ranking.order(seat, mine.to_score, asked)
    declarations = assistant_conflicts(seat, reader) if reader != seat.user else {}
    rows = []
    for nomination in mine.nominations:
        state = mine.states[nomination.pk]
        owes_a_word = nomination.pk not in declarations if reader != seat.user else nomination.pk in mine.undeclared
        opens = state not in EXCLUDED and nomination.pk not in mine.undeclared
        opens = opens and not owes_a_word and not declarations.get(nomination.pk)
        begun = state in {Progress.DRAFT, Progress.HANDED_IN, Progress.ABSENT, Progress.NOBODY_CAME}
        row = {"nomination": nomination, "state": state, "opens": opens and (is_open or begun)}
        row["owes_a_word"] = owes_a_word and state not in EXCLUDED
        rows.append(row | {"own": own.get(nomination.pk), "assistant_keeps_out": bool(declarations.get(nomination.pk))})
    return rows


@dataclass(frozen=True)
class _Desk(AssignedNomination):
    """One candidate and one seat, with everything this request has read about both."""

    request: HttpRequest

    @classmethod
    def of(cls, request: UserRequest, seat: Seat, pk: int) -> Self:
        assignment = Assignment.of(seat)
        return cls(assignment, nomination_to_score(request, assignment, pk), request)

    @cached_property
    def sheet(self) -> ScoreSheet | None:
        """People who may open the nomination for this seat may see its sheet."""
        mine = ScoreSheet.objects.filter(seat_id=self.seat.pk, nomination_id=self.nomination.pk)
        found = next(iter(mine.order_by()), None)
        if found:
            found.seat, found.nomination = self.seat, self.nomination
        return found

    @cached_property
    def held(self) -> entries.Values:
        return entries.held(self.sheet)

    @cached_property
    def nobody_came(self) -> bool:
        return criteria.nobody_came(self.nomination.attended, self.criteria[0].aspect.rubric)

    @cached_property
    def is_open(self) -> bool:
        return may_score(self.seat) and not self.nobody_came

    @cached_property
    def workload(self) -> Workload:
        return Workload(self.assignment)


def _context(desk: _Desk, form: SheetForm) -> dict[str, Any]:
    seat = desk.seat
    return {
        "selection": seat.panel.selection,
        "panel": seat.panel,
        "nomination": desk.nomination,
        "sheet": desk.sheet,
        "seat": seat,
        "is_assistant": seat.user != desk.request.user,
        "form": form,
        "is_open": desk.is_open,
        "nobody_came": no_shows.message(desk.nomination) if desk.nobody_came else "",
        "board": desk.workload,
        "lines": dossier(desk.nomination, desk.criteria[0].aspect.rubric),
        "trend": trend(desk.nomination),
        "weight": sum(criterion.weight for criterion in desk.criteria),
        "own": own_ranking.so_far(desk.held, desk.criteria),
        "problem": next(iter(problems.about(seat, desk.nomination.pk)[:1]), None),
        "sees_peers": peers.are_open(seat, desk.workload),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """One candidate: the facts next to the marks. Reading changes nothing; the first save creates the sheet."""
    seat = typed_seat(request, slug)
    if request.method == "POST":
        return _save(request, seat, pk)
    desk = _Desk.of(request, seat, pk)
    if not desk.nomination.is_declared:
        require_scoring(seat)
        return _to_declare(request, slug)
    if desk.sheet is None and not desk.is_open and not desk.nobody_came:
        require_scoring(seat)
    return _show(desk, SheetForm(initial=_start(desk.sheet, desk.held), criteria=desk.criteria))


@require_safe
def sheet_next(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """Redirects to the next nomination to score; to the overview when there is none."""
    assignment = Assignment.of(typed_seat(request, slug))
    return _to_the_next(assignment, nomination_to_score(request, assignment, pk).pk)


def _to_declare(request: HttpRequest, slug: str) -> HttpResponse:
    messages.info(request, _("First the juror declares whether there is a conflict of interest."))
    return redirect("declare", slug)


def _start(sheet: ScoreSheet | None, held: entries.Values) -> dict[str, Any]:
    """The form's initial values, as saved."""
    return {"version": sheet.version if sheet else 0} | held


def _show(desk: _Desk, form: SheetForm) -> HttpResponse:
    return render(desk.request, "scoring/sheets/sheet.html", _context(desk, form))


def _save(request: UserRequest, seat: Seat, pk: int) -> HttpResponse:
    """Accepts only what the page would show."""
    try:
        with opened(seat, pk, request.user) as sheet:
            form = SheetForm(request.POST, criteria=sheet.criteria)
            if form.is_valid():
                typed = {"remarks": form.remarks(), "version": form.cleaned_data["version"]}
                actions.write(sheet, form.marks(), **typed)
    except EditConflict as error:
        return _show_conflict(_Desk.of(request, seat, pk), form, error)
    except ValidationError as error:
        return _refused(request, seat, pk, error)
    return _go_on(request, sheet.assignment, pk) if form.is_valid() else _show(_Desk.of(request, seat, pk), form)


def _refused(request: HttpRequest, seat: Seat, pk: int, error: ValidationError) -> HttpResponse:
    if error.code in {"not-your-seat", "not-judged", "conflict"}:
        raise Http404
    if error.code == "undeclared":
        return _to_declare(request, seat.panel.selection.slug)
    messages.error(request, " ".join(error.messages))
    return redirect("sheet", seat.panel.selection.slug, pk)


def _go_on(request: HttpRequest, assignment: Assignment, pk: int) -> HttpResponse:
    slug, then = assignment.selection.slug, request.POST.get("then")
    if then == "hand-in":
        return redirect("sheet-hand-in", slug, pk)
    if then == "next":
        return _to_the_next(assignment, pk)
    return done(request, _("The marks are saved. They count once the sheet is handed in."), "sheet", slug, pk)


def _to_the_next(assignment: Assignment, pk: int) -> HttpResponse:
    following = Workload(assignment).after(pk)
    return redirect("sheet", assignment.selection.slug, following) if following else redirect("sheets")


def _show_conflict(desk: _Desk, form: SheetForm, error: EditConflict) -> HttpResponse:
    """Two devices changed one field; only a press of Save chooses a value."""
    named = {box.name: str(criterion) for criterion, mark, words in form.rows() for box in (mark, words)}
    rows = [
        {"label": named.get(box, form[box].label), "mine": _shown(mine), "theirs": _shown(theirs)}
        for box, (mine, theirs) in error.clashes.items()
    ]
    context = _context(desk, form)
    del context["form"]
    return edit_conflicts.show(desk.request, "scoring/sheets/sheet.html", form, error, rows, **context)


def _shown(value: entries.Value) -> str:
    return (value or formats.DASH) if isinstance(value, str) else formats.hundredths(value)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """The juror's review before handing in, with what an assistant typed; the form has the version reviewed."""
    seat = own_seat(request, slug)
    if request.method == "POST":
        return _hand_in(request, seat, pk)
    desk = _Desk.of(request, seat, pk)
    current = desk.sheet
    require_scoring(desk.seat)
    if desk.nobody_came:
        messages.error(request, no_shows.message(desk.nomination))
        return redirect("sheet", slug, desk.nomination.pk)
    without_mark, without_words = actions.left_open(current, desk.criteria) if current else ([], [])
    if current is None or current.submitted_at:
        messages.info(request, _("A sheet can be handed in once, when every criterion has a mark."))
        return redirect("sheet", slug, desk.nomination.pk)
    if without_mark:
        names = ", ".join(str(criterion) for criterion in without_mark)
        messages.error(request, _("Without a mark: %(criteria)s.") % {"criteria": names})
        return redirect(f"{current.get_absolute_url()}#id_{entries.mark_box(without_mark[0].pk)}")
    if without_words:
        names = ", ".join(str(criterion) for criterion in without_words)
        messages.error(request, _("Say why in a comment: %(criteria)s.") % {"criteria": names})
        return redirect(f"{current.get_absolute_url()}#id_{entries.remark_box(without_words[0].pk)}")
    return render(request, "scoring/sheets/hand_in.html", _last_look(desk, current))


def _last_look(desk: _Desk, current: ScoreSheet) -> dict[str, Any]:
    held, others = desk.held, typed_by_others(current)

    def line(criterion: Criterion) -> tuple[Any, ...]:
        mark, words = entries.mark_box(criterion.pk), entries.remark_box(criterion.pk)
        return criterion, held[mark], held.get(words, ""), others.get(mark) or others.get(words)

    return {
        "selection": desk.seat.panel.selection,
        "nomination": desk.nomination,
        "sheet": current,
        "marks": [line(criterion) for criterion in desk.criteria],
        "remark": held.get(entries.WHOLE_SHEET, ""),
        "remark_by": others.get(entries.WHOLE_SHEET),
        "typed_by_others": others,
        "running": own_ranking.weighted(held, desk.criteria),
        "weight": sum(criterion.weight for criterion in desk.criteria),
        "own": own_ranking.order(desk.seat, [desk.nomination], desk.assignment.asked)[desk.nomination.pk],
        "back_url": current.get_absolute_url(),
    }


def _hand_in(request: UserRequest, seat: Seat, pk: int) -> HttpResponse:
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        with opened(seat, pk, request.user) as sheet:
            actions.close(sheet, version=version)
    except ValidationError as error:
        return _refused(request, seat, pk, error)
    messages.success(request, _("The sheet of %(candidate)s has been handed in.") % {"candidate": sheet.nomination})
    return _to_the_next(sheet.assignment, pk)
