"""The juror's pages: what is to be scored, the declaration of conflicts, the sheet, handing it in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards import permissions
from awards.models import Nomination
from awards.stages import Permission
from paritrana import formats
from scoring.actions import conflicts
from scoring.actions import sheets as actions
from scoring.actions.versions import Overtaken
from scoring.dossier import dossier
from scoring.forms.sheets import DeclarationForm, SheetForm, VersionForm
from scoring.judging import EXCLUDED, Progress, board, marked_criteria, undeclared
from scoring.models import ScoreSheet, Seat
from scoring.views import overtaken
from scoring.views.access import nomination_to_score, own_seat


@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """Every panel this person sits on, with its candidates; only one's own progress."""
    panels = [_panel(request, seat) for seat in Seat.objects.of(request.user).with_people()]
    return render(request, "scoring/sheets/sheets.html", {"panels": panels})


def _panel(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    mine, selection = board(seat), seat.panel.selection
    is_open = permissions.may(request.user, Permission.SCORE, selection)
    rows = []
    for nomination in mine.nominations:
        state = mine.states[nomination.pk]
        opens = state not in EXCLUDED and nomination.pk not in mine.undeclared
        begun = state in {Progress.DRAFT, Progress.HANDED_IN}
        rows.append({"nomination": nomination, "state": state, "opens": opens and (is_open or begun)})
    return {"seat": seat, "selection": selection, "board": mine, "rows": rows, "is_open": is_open}


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, slug: str) -> HttpResponse:
    """Names only: nothing else about a candidate is shown before this is said."""
    seat = own_seat(request, slug)
    selection = seat.panel.selection
    permissions.require(request.user, Permission.SCORE, selection)
    mine = board(seat)
    form = DeclarationForm(request.POST or None, nominations=mine.to_score)
    if request.method == "POST" and form.is_valid():
        try:
            conflicts.declare(seat, reasons=form.reasons(), by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your declaration has been recorded."))
            return redirect("sheets")
    kept_out = seat.conflicts.select_related("nomination__candidate", "declared_by")
    context = {"selection": selection, "board": mine, "form": form, "kept_out": kept_out}
    return render(request, "scoring/sheets/declare.html", context)


def _sheet_of(seat: Seat, nomination: Nomination, user: Any) -> ScoreSheet | None:
    return ScoreSheet.objects.visible_to(user).filter(seat=seat, nomination=nomination).first()


def _start(sheet: ScoreSheet | None) -> dict[str, Any]:
    """The form's values as they are saved."""
    marks = sheet.marks.values_list("criterion_id", "value") if sheet else []
    return {"version": sheet.version if sheet else 0} | {f"mark_{pk}": value for pk, value in marks}


def _context(seat: Seat, nomination: Nomination, sheet: ScoreSheet | None, form: SheetForm) -> dict[str, Any]:
    mine = board(seat)
    return {
        "selection": seat.panel.selection,
        "nomination": nomination,
        "sheet": sheet,
        "form": form,
        "is_open": permissions.may(seat.user, Permission.SCORE, seat.panel.selection),
        "board": mine,
        "next": mine.after(nomination),
        "lines": dossier(nomination, form.criteria[0].aspect.rubric),
        "weight": sum(criterion.weight for criterion in form.criteria),
        "running": _running(sheet),
    }


def _running(sheet: ScoreSheet | None) -> int:
    """The weighted points of the marks saved so far, in hundredths, half up."""
    given = sheet.marks.filter(value__isnull=False).select_related("criterion") if sheet else []
    return (sum(mark.value * mark.criterion.weight for mark in given) + 5_000) // 10_000


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One candidate: the dossier beside the marks. Reading begins nothing; the first save makes the sheet."""
    seat = own_seat(request, slug)
    nomination = nomination_to_score(request, seat, pk)
    current = _sheet_of(seat, nomination, request.user)
    if request.method == "POST" or current is None:
        permissions.require(request.user, Permission.SCORE, seat.panel.selection)
    if undeclared(seat, [nomination]):
        messages.info(request, _("Declare first whether you have a conflict of interest."))
        return redirect("declare", slug)
    criteria = marked_criteria(nomination)
    if request.method == "POST":
        form = SheetForm(request.POST, criteria=criteria, initial=_start(current))
        return _save(request, seat, nomination, current, form)
    form = SheetForm(initial=_start(current), criteria=criteria)
    return render(request, "scoring/sheets/sheet.html", _context(seat, nomination, current, form))


def _save(
    request: HttpRequest, seat: Seat, nomination: Nomination, current: ScoreSheet | None, form: SheetForm
) -> HttpResponse:
    """Save what was typed; an autosave is answered with the state alone, so that nobody's typing is disturbed."""
    if form.is_valid():
        try:
            current = actions.save_marks(
                seat, nomination, form.marks(), version=form.cleaned_data["version"], by=request.user
            )
        except Overtaken as error:
            return _show_conflict(request, seat, nomination, form, error)
        except ValidationError as error:
            if not request.htmx:
                messages.error(request, " ".join(error.messages))
                return redirect("sheet", seat.panel.selection.slug, nomination.pk)
            form.add_error(None, error)
    if request.htmx:
        selection = seat.panel.selection
        return render(request, "scoring/sheets/_state.html", {"form": form, "sheet": current, "selection": selection})
    if form.errors:
        return render(request, "scoring/sheets/sheet.html", _context(seat, nomination, current, form))
    return _go_on(request, seat, nomination)


def _go_on(request: HttpRequest, seat: Seat, nomination: Nomination) -> HttpResponse:
    slug = seat.panel.selection.slug
    then = request.POST.get("then")
    following = board(seat).after(nomination)
    if then == "hand-in":
        return redirect("sheet-hand-in", slug, nomination.pk)
    if then == "next":
        return redirect("sheet", slug, following.pk) if following else redirect("sheets")
    messages.success(request, _("The marks are saved. They count once the sheet is handed in."))
    return redirect("sheet", slug, nomination.pk)


def _show_conflict(
    request: HttpRequest, seat: Seat, nomination: Nomination, form: SheetForm, error: Overtaken
) -> HttpResponse:
    """Two devices changed one mark. An autosave keeps its old version: only a press of Save chooses between the two."""
    rows = [
        {"label": criterion.name, "mine": formats.hundredths(mine), "theirs": formats.hundredths(theirs)}
        for criterion, (mine, theirs) in error.clashes.items()
    ]
    if request.htmx:
        context = {"form": form, "sheet": error.current, "selection": seat.panel.selection, "clashes": rows}
        return render(request, "scoring/sheets/_state.html", context)
    context = _context(seat, nomination, error.current, form)
    del context["form"]
    return overtaken.show(request, "scoring/sheets/sheet.html", form, error, rows, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The last look at one's marks; the form carries the version that was looked at."""
    seat = own_seat(request, slug)
    nomination = nomination_to_score(request, seat, pk)
    current = _sheet_of(seat, nomination, request.user)
    if current is None:
        raise Http404
    permissions.require(request.user, Permission.SCORE, seat.panel.selection)
    if request.method == "POST":
        return _hand_in(request, seat, nomination, current)
    given = dict(current.marks.values_list("criterion_id", "value"))
    marks = [(criterion, given.get(criterion.pk)) for criterion in marked_criteria(nomination)]
    if current.submitted_at or None in dict(marks).values():
        messages.info(request, _("A sheet can be handed in once, when every criterion has a mark."))
        return redirect(current)
    context = {
        "selection": seat.panel.selection,
        "nomination": nomination,
        "sheet": current,
        "marks": marks,
        "running": _running(current),
        "weight": sum(criterion.weight for criterion, _value in marks),
        "back_url": current.get_absolute_url(),
    }
    return render(request, "scoring/sheets/hand_in.html", context)


def _hand_in(request: HttpRequest, seat: Seat, nomination: Nomination, current: ScoreSheet) -> HttpResponse:
    form = VersionForm(request.POST)
    try:
        actions.hand_in(current, version=form.cleaned_data["version"] if form.is_valid() else 0, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(current)
    messages.success(request, _("The sheet of %(candidate)s has been handed in.") % {"candidate": nomination})
    waiting = board(seat).after(nomination)
    return redirect("sheet", seat.panel.selection.slug, waiting.pk) if waiting else redirect("sheets")
