"""Interviews: the timetable, and for each candidate time, place and attendance."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards import permissions
from awards.lookups import selection_seen
from awards.models import Criterion, Nomination, Selection
from awards.models.nominations import NominationQuerySet
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display import formats
from paritrana.display.english import in_english
from paritrana.display.refusals import Refusals, done, refusals_in
from scoring import edit_conflicts
from scoring.assignments import rooms
from scoring.assignments.criteria import criteria_in_force
from scoring.assignments.progress import undeclared
from scoring.edit_conflicts import EditConflict
from scoring.interviews import actions
from scoring.interviews.clashes import slot_of
from scoring.interviews.forms import AttendanceForm, MinutesForm, ScheduleForm
from scoring.interviews.scheduling import WITH_NAMES, fingerprint
from scoring.models import Conflict, Interview, Minutes, Panel, Seat

ROWS_A_PAGE = 50
IN_TIME = ("interview__starts_at", "interview__room", "interview__pk")
SEES_ATTENDANCE = frozenset(
    {Permission.RECORD_ATTENDANCE, Permission.SCORE, Permission.SCHEDULE, Permission.SEE_PROGRESS}
)


def _listed(request: UserRequest, selection: Selection) -> NominationQuerySet:
    """The shortlist of the selection, as far as this person may see it."""
    rows = Nomination.objects.filter(selection=selection).listed_for(request.user)
    return rows.select_related("category", "candidate__region", "interview__attendance_by")


@require_safe
def interviews(request: UserRequest, slug: str) -> HttpResponse:
    """The timetable, and who is not scheduled. Attendance earns points, so not everybody sees it."""
    selection = selection_seen(request, slug)
    granted = permissions.granted(request.user, selection)
    listed = _listed(request, selection)
    room = request.GET.get("ruang", "")
    here = listed.filter(interview__room=room) if room else listed.filter(interview__isnull=False)
    page = _page(request, here.order_by(*IN_TIME), "page")
    waiting = _page(request, listed.filter(interview__isnull=True), "belum")
    context = {
        "selection": selection,
        "panel": Panel.objects.filter(selection=selection).first() or Panel(),
        "seen": fingerprint(selection) if Permission.SCHEDULE in granted else "",
        "sees_names": bool(granted & WITH_NAMES),
        "page": page,
        "scheduled": _rundown(request, selection, page, here),
        "rooms": _rooms(selection, listed),
        "room": room,
        "waiting": waiting,
        "slot": slot_of(selection),
        "may_schedule": Permission.SCHEDULE in granted,
        "may_record": Permission.RECORD_ATTENDANCE in granted,
        "sees_attendance": bool(granted & SEES_ATTENDANCE),
    }
    return render(request, "scoring/interviews/interviews.html", context)


def _rooms(selection: Selection, listed: NominationQuerySet) -> list[dict[str, Any]]:
    """Where interviews run in several rooms: of each its interviews, how many have an attendance, and who judges."""
    counted = listed.filter(interview__isnull=False).order_by().values("interview__room")
    rows = counted.annotate(planned=Count("pk"), recorded=Count("interview__attendance_at"))
    if len(found := list(rows.order_by("interview__room"))) < 2:
        return []
    jurors: dict[str, set[int]] = defaultdict(set)
    for (name, _category), who in rooms.of_places(selection).items():
        jurors[name] |= who.seats
    return [
        {"name": row["interview__room"], "jurors": len(jurors[row["interview__room"]])}
        | {"planned": row["planned"], "recorded": row["recorded"]}
        for row in found
    ]


def _page(request: UserRequest, rows: NominationQuerySet, parameter: str) -> Page:
    return Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get(parameter))


def _rundown(
    request: UserRequest, selection: Selection, page: Page, listed: NominationQuerySet
) -> list[dict[str, Any]]:
    """The rows of a page of the rundown; ``at`` is where one that can still be moved stands among those of its kind."""
    criteria = criteria_in_force(selection, Criterion.Kind.ATTENDANCE)
    kept_out, unread = _recused_from(request, selection), _not_declared(request, selection, page.object_list)
    movable = listed.filter(interview__isnull=False, interview__attendance_at=None).order_by()
    before = listed.filter(interview__isnull=False).order_by(*IN_TIME)[: max(page.start_index() - 1, 0)]
    at = movable.filter(pk__in=before.values("pk")).count() if page.number > 1 else 0
    last, rows = movable.count() - 1, []
    for nomination in page.object_list:
        asked = criteria.get(nomination.category_id, [])
        came = _level_label(asked, nomination.interview.attended)
        row = {"nomination": nomination, "interview": nomination.interview, "came": came, "is_asked": bool(asked)}
        is_out = nomination.pk in kept_out
        row |= {"is_kept_out": is_out, "is_unread": is_out or nomination.pk in unread}
        if nomination.interview.attendance_at is None:
            row |= {"at": at, "is_last": at == last}
            at += 1
        rows.append(row)
    return rows


def _recused_from(request: UserRequest, selection: Selection) -> set[int]:
    """Nominations in which this panel member has a conflict of interest: their attendance is hidden."""
    own = Seat.objects.of(request.user).filter(panel__selection=selection)
    return set(Conflict.objects.filter(seat__in=own).values_list("nomination_id", flat=True))


def _not_declared(request: UserRequest, selection: Selection, shown: Iterable[Nomination]) -> set[int]:
    """Nominations a panel member has not declared about: only their names are shown, as on the sheets."""
    seat = Seat.objects.of(request.user).filter(panel__selection=selection).first()
    return set() if seat is None else {each.pk for each in undeclared(seat, shown)}


def _level_label(criteria: list[Criterion], code: str) -> str:
    levels = [level for criterion in criteria if (level := criterion.level(code))]
    return in_english(levels[0]["label"]) if levels else code


@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    selection = selection_seen(request, slug)
    nomination = get_object_or_404(_listed(request, selection), pk=pk)
    permissions.require(request.user, Permission.SCHEDULE, selection)
    current = getattr(nomination, "interview", None)
    form = ScheduleForm(request.POST or None, initial=_schedule_of(current, selection), selection=selection)
    context = {"selection": selection, "nomination": nomination, "slot": slot_of(selection)}
    if request.method == "POST" and form.is_valid():
        starts_at, room = form.starts_at(), form.cleaned_data["room"]
        data = {name: form.cleaned_data[name] for name in ("version", "off_calendar")}
        try:
            with Refusals(form.refuse):
                actions.schedule(nomination, starts_at=starts_at, room=room, by=request.user, **data)
                text = _("The interview of %(candidate)s is scheduled.") % {"candidate": nomination}
                return done(request, text, "interviews", selection.slug)
        except EditConflict as error:
            zone, theirs = selection.zone_label, error.current
            rows = edit_conflicts.differing(
                {"starts_at": _("Starts at"), "room": _("Room")},
                {"starts_at": formats.moment(starts_at, zone), "room": room},
                {"starts_at": formats.moment(theirs.starts_at, zone), "room": theirs.room},
            )
            return edit_conflicts.show(request, "scoring/interviews/schedule.html", form, error, rows, **context)
    return render(request, "scoring/interviews/schedule.html", context | {"form": form})


def _schedule_of(interview: Interview | None, selection: Selection) -> dict[str, Any]:
    if interview is None:
        return {"version": 0}
    local = timezone.localtime(interview.starts_at, selection.tzinfo)
    return {"version": interview.version, "day": local.date(), "clock": local.time(), "room": interview.room}


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    selection = selection_seen(request, slug)
    nomination = get_object_or_404(_listed(request, selection), pk=pk, interview__isnull=False)
    permissions.require(request.user, Permission.RECORD_ATTENDANCE, selection)
    criteria = criteria_in_force(selection, Criterion.Kind.ATTENDANCE).get(nomination.category_id)
    if not criteria:
        raise Http404
    current = nomination.interview
    start = {"version": current.version, "level": current.attended, "is_online": current.is_online}
    for number, (name, office) in enumerate(actions.named(current), start=1):
        start |= {f"name_{number}": name, f"office_{number}": office}
    form = AttendanceForm(request.POST or None, initial=start, criterion=criteria[0])
    context = {"selection": selection, "nomination": nomination, "interview": current}
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("level", "is_online", "version", "off_calendar")}
        try:
            with Refusals(form.refuse):
                actions.record_attendance(current, attendees=form.attendees(), by=request.user, **data)
                text = _("Attendance of %(candidate)s is recorded.") % {"candidate": nomination}
                return done(request, text, "interviews", selection.slug)
        except EditConflict as error:
            labels = {"level": _("Who came"), "is_online": _("Took part online"), "with": _("Officials")}
            mine = _came(criteria, data["level"], data["is_online"], form.attendees())
            now = error.current
            theirs = _came(criteria, now.attended, now.is_online, actions.named(now))
            rows = edit_conflicts.differing(labels, mine, theirs)
            return edit_conflicts.show(request, "scoring/interviews/attendance.html", form, error, rows, **context)
    return render(request, "scoring/interviews/attendance.html", context | {"form": form})


def _came(criteria: list[Criterion], code: str, is_online: bool, officials: Any) -> dict[str, str]:
    return {
        "level": _level_label(criteria, code) or formats.DASH,
        "is_online": _("yes") if is_online else _("no"),
        "with": "; ".join(", ".join(each) for each in officials),
    }


def _readable(request: UserRequest, selection: Selection, pk: int) -> Nomination:
    """Panel members may read it after their declaration and without conflict; others who follow the progress always."""
    listed = Nomination.objects.filter(selection=selection, interview__isnull=False).listed_for(request.user)
    nomination = get_object_or_404(listed.select_related("candidate", "category", "interview"), pk=pk)
    seat = Seat.objects.of(request.user).filter(panel__selection=selection).first()
    if seat is None:
        if Permission.RECORD_ATTENDANCE not in permissions.granted(request.user, selection):
            permissions.require(request.user, Permission.SEE_PROGRESS, selection)
    elif Conflict.objects.filter(seat=seat, nomination=nomination).exists() or undeclared(seat, [nomination]):
        raise Http404
    return nomination


@require_http_methods(["GET", "HEAD", "POST"])
def interview_minutes(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    selection = selection_seen(request, slug)
    nomination = _readable(request, selection, pk)
    may_write = permissions.may(request.user, Permission.RECORD_ATTENDANCE, selection)
    if request.method == "POST":
        permissions.require(request.user, Permission.RECORD_ATTENDANCE, selection)
    current = Minutes.objects.filter(interview=nomination.interview).select_related("written_by").first()
    context: dict[str, Any] = {"selection": selection, "nomination": nomination, "minutes": current}
    if not may_write:
        return render(request, "scoring/interviews/minutes_read.html", context)
    start = {"version": current.version if current else 0, "text": current.text if current else ""}
    form = MinutesForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_in(form):
                actions.write_minutes(nomination.interview, **form.cleaned_data, by=request.user)
                return done(request, _("The minutes are saved."), "interviews", selection.slug)
        except EditConflict as error:
            rows = edit_conflicts.compared(form, {"text": error.current.text})
            return edit_conflicts.show(request, "scoring/interviews/minutes.html", form, error, rows, **context)
    return render(request, "scoring/interviews/minutes.html", context | {"form": form})
