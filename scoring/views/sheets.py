"""The juror's pages: what is to be scored, the sheet, handing it in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards import permissions
from awards.models import Criterion, Nomination
from awards.stages import Permission
from paritrana import formats
from scoring import boxes, guidance, own_ranking, peers
from scoring.actions import sheets as actions
from scoring.actions.versions import Overtaken
from scoring.dossier import dossier
from scoring.forms.sheets import SheetForm, VersionForm
from scoring.judging import EXCLUDED, Progress, board, marked_criteria, undeclared
from scoring.models import ScoreSheet, Seat
from scoring.sheet_history import typed_by_others
from scoring.trend import trend
from scoring.views import overtaken
from scoring.views.access import nomination_to_score, own_seat, require_scoring, typed_seat


@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """Every panel this person scores in, with its candidates; only the own progress and the own order so far."""
    panels = [_panel(request, seat) for seat in Seat.objects.typed_by(request.user).with_people()]
    return render(request, "scoring/sheets/sheets.html", {"panels": panels})


def _panel(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    mine, selection = board(seat), seat.panel.selection
    is_open = permissions.may(seat.user, Permission.SCORE, selection)
    own = own_ranking.order(seat, mine.to_score)
    rows = []
    for nomination in mine.nominations:
        state = mine.states[nomination.pk]
        opens = state not in EXCLUDED and nomination.pk not in mine.undeclared
        begun = state in {Progress.DRAFT, Progress.HANDED_IN}
        row = {"nomination": nomination, "state": state, "opens": opens and (is_open or begun)}
        rows.append(row | {"own": own.get(nomination.pk)})
    return {
        "seat": seat,
        "selection": selection,
        "board": mine,
        "rows": rows,
        "is_open": is_open,
        "is_assistant": seat.user != request.user,
    }


def _sheet_of(seat: Seat, nomination: Nomination, user: Any) -> ScoreSheet | None:
    return ScoreSheet.objects.visible_to(user).filter(seat=seat, nomination=nomination).first()


def _start(sheet: ScoreSheet | None) -> dict[str, Any]:
    """The form's values as they are saved."""
    return {"version": sheet.version if sheet else 0} | boxes.held(sheet)


def _context(
    request: HttpRequest, seat: Seat, nomination: Nomination, sheet: ScoreSheet | None, form: SheetForm
) -> dict[str, Any]:
    mine, criteria = board(seat, by_key=True), form.criteria
    return {
        "selection": seat.panel.selection,
        "panel": seat.panel,
        "nomination": nomination,
        "sheet": sheet,
        "seat": seat,
        "is_assistant": seat.user != request.user,
        "form": form,
        "lines_to_mark": [(each, mark, words, *guidance.read(each.guidance)) for each, mark, words in form.rows()],
        "is_open": permissions.may(seat.user, Permission.SCORE, seat.panel.selection),
        "board": mine,
        "next": mine.after(nomination),
        "lines": dossier(nomination, criteria[0].aspect.rubric),
        "trend": trend(nomination),
        "weight": sum(criterion.weight for criterion in criteria),
        "own": own_ranking.order(seat, mine.to_score).get(nomination.pk),
        "sees_peers": peers.are_open(mine),
        "typed_by_others": typed_by_others(sheet) if sheet else {},
    }


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One candidate: the dossier beside the marks. Reading begins nothing; the first save makes the sheet."""
    seat = typed_seat(request, slug)
    nomination = nomination_to_score(request, seat, pk)
    current = _sheet_of(seat, nomination, request.user)
    if request.method == "POST" or current is None:
        require_scoring(seat)
    if undeclared(seat, [nomination]):
        messages.info(request, _("First the juror declares whether there is a conflict of interest."))
        return redirect("declare", slug) if seat.user == request.user else redirect("sheets")
    criteria = marked_criteria(nomination)
    if request.method == "POST":
        form = SheetForm(request.POST, criteria=criteria, initial=_start(current))
        return _save(request, seat, nomination, current, form)
    form = SheetForm(initial=_start(current), criteria=criteria)
    return render(request, "scoring/sheets/sheet.html", _context(request, seat, nomination, current, form))


def _save(
    request: HttpRequest, seat: Seat, nomination: Nomination, current: ScoreSheet | None, form: SheetForm
) -> HttpResponse:
    if not form.is_valid():
        return render(request, "scoring/sheets/sheet.html", _context(request, seat, nomination, current, form))
    version = form.cleaned_data["version"]
    try:
        actions.save_marks(seat, nomination, form.marks(), remarks=form.remarks(), version=version, by=request.user)
    except Overtaken as error:
        return _show_conflict(request, seat, nomination, form, error)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("sheet", seat.panel.selection.slug, nomination.pk)
    return _go_on(request, seat, nomination)


def _go_on(request: HttpRequest, seat: Seat, nomination: Nomination) -> HttpResponse:
    slug = seat.panel.selection.slug
    then = request.POST.get("then")
    if then == "hand-in":
        return redirect("sheet-hand-in", slug, nomination.pk)
    if then == "next":
        following = board(seat, by_key=True).after(nomination)
        return redirect("sheet", slug, following.pk) if following else redirect("sheets")
    messages.success(request, _("The marks are saved. They count once the sheet is handed in."))
    return redirect("sheet", slug, nomination.pk)


def _show_conflict(
    request: HttpRequest, seat: Seat, nomination: Nomination, form: SheetForm, error: Overtaken
) -> HttpResponse:
    """Two devices changed one box; only a press of Save chooses between the two."""
    named = {box.name: criterion.name for criterion, mark, words in form.rows() for box in (mark, words)}
    rows = [
        {"label": named.get(box, form[box].label), "mine": _shown(mine), "theirs": _shown(theirs)}
        for box, (mine, theirs) in error.clashes.items()
    ]
    context = _context(request, seat, nomination, error.current, form)
    del context["form"]
    return overtaken.show(request, "scoring/sheets/sheet.html", form, error, rows, **context)


def _shown(value: boxes.Value) -> str:
    return (value or formats.DASH) if isinstance(value, str) else formats.hundredths(value)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The juror's last look, at what an assistant typed as well; the form carries the version that was looked at."""
    seat = own_seat(request, slug)
    nomination = nomination_to_score(request, seat, pk)
    current = _sheet_of(seat, nomination, request.user)
    if current is None:
        raise Http404
    permissions.require(request.user, Permission.SCORE, seat.panel.selection)
    if request.method == "POST":
        return _hand_in(request, seat, nomination, current)
    without_mark, without_words = actions.left_open(current)
    if current.submitted_at or without_mark:
        messages.info(request, _("A sheet can be handed in once, when every criterion has a mark."))
        return redirect(current)
    if without_words:
        names = ", ".join(criterion.name for criterion in without_words)
        messages.error(request, _("Say why in a comment: %(criteria)s.") % {"criteria": names})
        return redirect(current)
    return render(request, "scoring/sheets/hand_in.html", _last_look(seat, nomination, current))


def _last_look(seat: Seat, nomination: Nomination, current: ScoreSheet) -> dict[str, Any]:
    held, criteria = boxes.held(current), marked_criteria(nomination)
    others = typed_by_others(current)

    def line(criterion: Criterion) -> tuple[Any, ...]:
        mark, words = boxes.mark_box(criterion.pk), boxes.remark_box(criterion.pk)
        return criterion, held[mark], held.get(words, ""), others.get(mark) or others.get(words)

    return {
        "selection": seat.panel.selection,
        "nomination": nomination,
        "sheet": current,
        "marks": [line(criterion) for criterion in criteria],
        "remark": held.get(boxes.WHOLE_SHEET, ""),
        "remark_by": others.get(boxes.WHOLE_SHEET),
        "typed_by_others": others,
        "running": own_ranking.weighted(held, criteria),
        "weight": sum(criterion.weight for criterion in criteria),
        "back_url": current.get_absolute_url(),
    }


def _hand_in(request: HttpRequest, seat: Seat, nomination: Nomination, current: ScoreSheet) -> HttpResponse:
    form = VersionForm(request.POST)
    try:
        actions.hand_in(current, version=form.cleaned_data["version"] if form.is_valid() else 0, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(current)
    messages.success(request, _("The sheet of %(candidate)s has been handed in.") % {"candidate": nomination})
    waiting = board(seat, by_key=True).after(nomination)
    return redirect("sheet", seat.panel.selection.slug, waiting.pk) if waiting else redirect("sheets")
