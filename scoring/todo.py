"""To-do items of scoring: the juror's sheets, the committee's timetable, the secretary's attendance list."""

from collections import Counter, defaultdict

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards import permissions
from awards.lookups import selections_of
from awards.models import Criterion, Nomination, Selection, StageDate
from awards.models.appointments import JUDGES, Role, appointments_of
from awards.stages import OPEN_IN, Permission, Stage
from paritrana.accounts.models import User
from paritrana.todo import MenuEntry, Source, Task, Urgency, register, urgency_before
from scoring.assignments.assignment import Assignment
from scoring.assignments.criteria import criteria_in_force
from scoring.assignments.seats import seats_typed_by
from scoring.assignments.workload import Workload
from scoring.models import Seat, SeatChange, SheetProblem
from scoring.national import turns as national_turns
from scoring.plenary.turns import invitations_awaited, sheets_awaited, turns
from scoring.turns import awaited, of


def menu_for(user: User) -> list[MenuEntry]:
    judges = any(one.role in JUDGES for one in appointments_of(user))  # without a role there is no seat to ask for
    own = [seat for seat in seats_typed_by(user) if seat.user == user] if judges else []
    if not own:
        return []
    entries = [MenuEntry(_("Judging"), _("Score sheets"), reverse("sheets"), "clipboard-check")]
    led = [seat.panel for seat in own if seat.appointment.role in {Role.CHAIR, Role.SECRETARY}]
    followed = [panel for panel in led if Permission.SEE_PROGRESS in OPEN_IN[Stage(panel.selection.stage)]]
    if followed:
        latest = max(followed, key=lambda panel: (panel.selection.edition.period_end, panel.pk))
        url = reverse("chair-room", args=[latest.selection.slug])
        entries.append(MenuEntry(_("Judging"), _("Chair's room"), url, "presentation"))
    return entries


def tasks_for(user: User) -> list[Task]:
    next_acts = of(user, [*turns(user), *national_turns.turns(user)])
    own = [*_of_the_juror(user), *next_acts, *_of_the_answering(user)]
    return [*own, *_of_the_second(user), *_of_the_organisers(user)]


def awaited_by(user: User) -> list[Task]:
    proposed = [*awaited(user, national_turns.turns(user)), *national_turns.proposals_awaited(user)]
    return [*awaited(user, turns(user)), *proposed, *sheets_awaited(user), *invitations_awaited(user)]


def _of_the_juror(user: User) -> list[Task]:
    tasks: list[Task] = []
    seats = Seat.objects.of(user).with_people().filter(panel__selection__stage=Stage.INTERVIEW, panel__closed_at=None)
    closing = dict(
        StageDate.objects.filter(selection__panel__seats__in=seats, stage=Stage.INTERVIEW).values_list(
            "selection", "closes_at"
        )
    )
    for seat in seats:
        mine, selection = Workload(Assignment.of(seat)), seat.panel.selection
        urgency = urgency_before(closing.get(selection.pk), Urgency.TURN)
        if mine.undeclared:
            tasks.append(
                Task(
                    title=_("Declare conflicts of interest"),
                    url=reverse("declare", args=[selection.slug]),
                    hint=str(selection),
                    count=mine.undeclared,
                    urgency=urgency,
                )
            )
        elif mine.total:
            tasks.append(
                Task(
                    title=_("Score the candidates"),
                    url=reverse("sheets"),
                    hint=f"{selection} · {_progress_text(mine)}",
                    count=mine.total - mine.done,
                    done=mine.is_done,
                    urgency=urgency,
                )
            )
    return tasks


def _of_the_answering(user: User) -> list[Task]:
    """Reply to what jurors reported about their sheets."""
    led = [one.selection_id for one in appointments_of(user) if one.role in {Role.CHAIR, Role.SECRETARY}]
    if not led:
        return []
    waiting = SheetProblem.objects.open().readable_by(user).filter(seat__panel__selection__in=led).order_by()
    counts = Counter(waiting.values_list("seat__panel__selection", flat=True))
    title, mine = _("Reply to problems with score sheets"), appointments_of(user)
    return [
        Task(title, reverse("sheet-problems", args=[each.slug]), str(each), counts[each.pk], urgency=Urgency.TURN)
        for each in selections_of(user)
        if counts[each.pk] and Permission.ANSWER_PROBLEM in permissions.granted_by(mine, each)
    ]


def _of_the_second(user: User) -> list[Task]:
    """Confirm what others want to change in the panel."""
    held = appointments_of(user)
    whole = [one.edition_id for one in held if one.selection_id is None]
    mine = Selection.objects.filter(Q(pk__in=[one.selection_id for one in held]) | Q(edition__in=whole)).values("pk")
    waiting = SeatChange.objects.open().filter(panel__selection__in=mine).exclude(asked_by=user)
    counts = Counter(waiting.exclude(user=user).values_list("panel__selection", flat=True))
    if not counts:
        return []
    selections = [each for each in selections_of(user) if counts[each.pk]]
    granted = permissions.granted_in(user, selections)
    title = _("Confirm changes of the panel")
    return [
        Task(title, reverse("seat-changes", args=[each.slug]), str(each), counts[each.pk], urgency=Urgency.TURN)
        for each in selections
        if Permission.SECOND_PANEL in granted[each.pk]
    ]


def _progress_text(mine: Workload) -> str:
    return _("%(done)d of %(total)d handed in") % {"done": mine.done, "total": mine.total}


RUN_INTERVIEWS = permissions.held_by(Permission.SCHEDULE, Permission.RECORD_ATTENDANCE)


def _of_the_organisers(user: User) -> list[Task]:
    if not any(one.role in RUN_INTERVIEWS for one in appointments_of(user)):
        return []
    running = [each for each in selections_of(user) if each.stage in {Stage.VERIFICATION, Stage.INTERVIEW}]
    granted = permissions.granted_in(user, running, posted=False)
    running = [each for each in running if granted[each.pk] & {Permission.SCHEDULE, Permission.RECORD_ATTENDANCE}]
    counts = _interviews_to_hold(running, granted)
    tasks = []
    for selection in running:
        unscheduled, unattended = counts[selection.pk]
        schedule = ngettext("Schedule %(count)d interview", "Schedule %(count)d interviews", unscheduled)
        record = ngettext(
            "Record who came to %(count)d interview", "Record who came to %(count)d interviews", unattended
        )
        url = reverse("interviews", args=[selection.slug])
        for permission, count, title in [
            (Permission.SCHEDULE, unscheduled, schedule),
            (Permission.RECORD_ATTENDANCE, unattended, record),
        ]:
            if count and permission in granted[selection.pk]:
                tasks.append(Task(title % {"count": count}, url, str(selection), urgency=Urgency.TURN))
    return tasks


def _interviews_to_hold(
    selections: list[Selection], granted: dict[int, frozenset[Permission]]
) -> dict[int, tuple[int, int]]:
    """By selection: how many interviews are to be scheduled, and of how many to record who came; one query, and those
    of the criteria of each selection where this person has something to record."""
    rows = Nomination.objects.filter(selection__in=selections).on_interview_list().order_by()
    to_record = Count("pk", filter=Q(interview__attended=""))
    counted = rows.values("selection", "category").annotate(
        unscheduled=Count("pk", filter=Q(interview=None)), unattended=to_record
    )
    of = defaultdict(list)
    for row in counted:
        of[row["selection"]].append(row)
    found = {}
    for each in selections:
        may_record = Permission.RECORD_ATTENDANCE in granted[each.pk]
        is_asked = may_record and any(row["unattended"] for row in of[each.pk])
        asked = criteria_in_force(each, Criterion.Kind.ATTENDANCE) if is_asked else {}
        unattended = sum(row["unattended"] for row in of[each.pk] if row["category"] in asked)
        found[each.pk] = sum(row["unscheduled"] for row in of[each.pk]), unattended
    return found


register(Source(order=40, tasks_for=tasks_for, menu_for=menu_for, awaited_by=awaited_by))
