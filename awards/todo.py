"""The to-do items and menu entries about selections a person takes part in."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Min, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import stage_history
from awards.criteria.completeness import completeness
from awards.deadlines import closing_words, is_open
from awards.lookups import selections_of
from awards.models import Letter, Nomination, Selection, StageDate, StageReturn
from awards.models.appointments import Role
from awards.models.editions import CandidateKind
from awards.models.selections import Level
from awards.permissions import ROLE_TABLE, Capacity, branch_area, granted_in, may_read_trail
from awards.selections.overview import interviewed
from awards.stages import ENDS_WITH, STILL_THERE, NominationState, Permission, Stage, mendable_in
from paritrana.accounts.models import User
from paritrana.accounts.permissions import may_manage_people
from paritrana.accounts.request_cache import remembered
from paritrana.todo import MenuEntry, Source, Task, Urgency, register, since_day, urgency_before
from regions import permissions as coverage
from regions.models import Coverage, Region

WAITING = [
    (Permission.REPAIR, NominationState.RETURNED, gettext_lazy("Mend returned nominations")),
    (Permission.REPAIR, NominationState.DRAFT, gettext_lazy("Complete and send drafts")),
    (Permission.VERIFY, NominationState.SENT, gettext_lazy("Verify nominations")),
]
"""Permission -> state: nominations in this state are to-do items of people with the permission."""


TAKES_PART = frozenset({Permission.NOMINATE, Permission.REPAIR, Permission.VERIFY})
_UNDECIDED = (NominationState.SENT, NominationState.RETURNED, NominationState.VERIFIED)

SEND_FIGURES = gettext_lazy("Send the coverage figures nominations wait for")

_CODE_LENGTH = {CandidateKind.PROVINCE.value: 2, CandidateKind.REGENCY.value: 5}


def menu_for(user: User) -> list[MenuEntry]:
    manages = may_manage_people(user)
    entries = [
        (True, _("Award"), _("Editions"), "editions", "stack-2"),
        (True, _("Award"), _("Selections"), "selections", "trophy"),
        (True, _("Award"), _("Letters"), "letters", "mail"),
        (manages, _("Administration"), _("People"), "people", "users"),
        (manages, _("Administration"), _("Operation"), "operations", "activity"),
        (may_read_trail(user), _("Administration"), _("Audit trail"), "trail", "history"),
    ]
    return [MenuEntry(section, label, reverse(name), icon) for may, section, label, name, icon in entries if may]


@dataclass(frozen=True)
class OpenSelection:
    """One open selection for this person: what they may do, and the nominations they may see by state."""

    selection: Selection
    held: frozenset[Permission]
    counts: dict[str, int]
    since: dict[str, str]

    @property
    def dates(self) -> dict[str, StageDate]:
        return {date.stage: date for date in self.selection.dates.all()}

    @property
    def is_over(self) -> bool:
        """The present stage has passed its planned end, or has no date."""
        date = self.dates.get(self.selection.stage)
        return date is None or date.closes_at <= timezone.now()

    def task(self, title: str, name: str, query: str = "", until: Stage | None = None) -> Task:
        """``until`` is the stage whose close is the deadline, if not the present one."""
        date = self.dates.get(until or Stage(self.selection.stage))
        return Task(
            title=title,
            url=reverse(name, args=[self.selection.slug]) + query,
            hint=str(self.selection),
            deadline=date.opening_text if date else None,
            urgency=urgency_before(date.closes_at if date else None, Urgency.OPEN),
        )


def tasks_for(user: User) -> list[Task]:
    """A fixed number of queries for any number of selections, plus a few for shortlisting."""
    found = _letters_given_up(user)
    there = remembered(user, "open-selections", lambda: _open_selections(user))
    selections = [each.selection for each in there]
    left = left_to_nominate(user, [each.selection for each in there if Permission.NOMINATE in each.held])
    held_up = held_up_by_figures(user, selections)
    for each in there:
        found += _waiting(each)
        if waiting := held_up[each.selection.pk]:
            task = each.task(str(SEND_FIGURES), "nominations")
            found.append(replace(task, url=waiting[0].send_url, count=len(waiting)))
        if number := left[each.selection.pk]:
            found.append(replace(each.task(_("Nominate candidates"), "selection"), count=number))
        found += _stage_steps(each)
    return found + _missed(there) + _asked_back(there, user)


def awaited_by(user: User) -> list[Task]:
    """Nominations that wait for somebody else, for whoever nominates, mends or verifies there."""
    found = []
    for each in remembered(user, "open-selections", lambda: _open_selections(user)):
        if not each.held & TAKES_PART:
            continue
        for permission, state, title in WAITING:
            if each.counts[state] and permission not in each.held and not _is_late(each, state):
                task = each.task(str(title), "nominations", f"?state={state}", ENDS_WITH.get(state))
                turn = doers(permission, each.selection.level)
                found.append(replace(task, count=each.counts[state], since=each.since[state], turn=turn))
    return found


def doers(permission: Permission, level: str) -> str:
    """Whose turn it is: the roles that may do this, in words."""
    labels = {**dict(Role.choices), **dict(Capacity.choices)}
    held = [capacity for (capacity, at), may in ROLE_TABLE.items() if at == level and permission in may]
    return str(get_text_list([str(labels[each]) for each in held], _("or")))


def _open_selections(user: User) -> list[OpenSelection]:
    selections = [each for each in selections_of(user) if each.stage not in {Stage.SEALED, Stage.ANNOUNCED}]
    prefetch_related_objects(selections, "categories")
    granted = granted_in(user, selections)
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    since: dict[int, dict[str, str]] = defaultdict(lambda: defaultdict(str))
    zones = {selection.pk: selection.zone_label for selection in selections}
    for row in _by_state(user, selections).annotate(Count("pk"), Min("submitted_at"), Min("verified_at")):
        at, state = row["selection"], row["state"]
        first = row["verified_at__min"] or row["submitted_at__min"]
        counts[at][state], since[at][state] = row["pk__count"], since_day(first, zones[at])
    return [OpenSelection(each, granted[each.pk], counts[each.pk], since[each.pk]) for each in selections]


def _letters_given_up(user: User) -> list[Task]:
    number = Letter.objects.visible_to(user).given_up().count()
    url = f"{reverse('letters')}?state={Letter.State.GIVEN_UP}"
    return [Task(_("Letters that could not be sent"), url, count=number, urgency=Urgency.LATE)] if number else []


def _waiting(each: OpenSelection) -> list[Task]:
    found = [
        replace(
            each.task(str(title), "nominations", f"?state={state}", ENDS_WITH.get(state)),
            count=each.counts[state],
            urgency=_urgency(each, state),
            since=each.since[state] if state == NominationState.SENT else "",
        )
        for permission, state, title in WAITING
        if permission in each.held and each.counts[state] and not _is_late(each, state)
    ]
    verified = each.counts[NominationState.VERIFIED]
    if Permission.SHORTLIST in each.held and verified and interviewed(each.selection):
        task = each.task(_("Choose the interview list"), "nominations", f"?state={NominationState.VERIFIED}")
        since = each.since[NominationState.VERIFIED]
        found.append(replace(task, count=verified, urgency=min(task.urgency, Urgency.TURN), since=since))
    return found


def _asked_back(there: list[OpenSelection], user: User) -> list[Task]:
    """Requests of somebody else to take a stage back, for those who may second them; one query."""
    rows = StageReturn.objects.open().filter(selection__in=[each.selection for each in there])
    asked = set(rows.exclude(asked_by=user).values_list("selection", flat=True))
    return [
        replace(each.task(_("Second the request to take a stage back"), "take-back-stage"), urgency=Urgency.TURN)
        for each in there
        if each.selection.pk in asked and Permission.SECOND_TAKING_BACK in each.held
    ]


def _missed(there: list[OpenSelection]) -> list[Task]:
    """What was not sent in time, and what happened; one query where there is any."""
    late = [(each, state) for each in there for state in ENDS_WITH if each.counts[state] and _is_late(each, state)]
    histories = stage_history.histories([each.selection for each, _state in late])
    found = []
    for each, state in late:
        date, selection = each.dates.get(ENDS_WITH[state]), each.selection
        history = histories[selection.pk]
        _is_open, words = closing_words(selection, ENDS_WITH[state], date, history, timezone.now())
        task = each.task(_("Not sent, and closed"), "nominations", f"?state={state}")
        task = replace(task, hint=f"{selection}: {words}", deadline=None, urgency=Urgency.OPEN)
        found.append(replace(task, count=each.counts[state]))
    return found


URGENT = {NominationState.RETURNED: Urgency.MEND, NominationState.SENT: Urgency.TURN}


def _urgency(each: OpenSelection, state: NominationState) -> Urgency:
    date = each.dates.get(ENDS_WITH.get(state, Stage(each.selection.stage)))
    return urgency_before(date.closes_at if date else None, URGENT.get(state, Urgency.OPEN))


def _stage_steps(each: OpenSelection) -> list[Task]:
    """Setting the calendar first; then opening the next stage, once the present one is over or leaves nothing to do."""
    if Permission.MOVE_STAGE not in each.held:
        return []
    task = each.task(_("Open the next stage"), "selection-open-next")
    if not each.dates and each.selection.stage == Stage.PREPARATION:
        calendar = each.task(_("Set the calendar"), "calendar")
        return [replace(one, urgency=Urgency.TURN) for one in (calendar, task)]
    if each.is_over:
        dated = each.selection.stage in each.dates
        return [replace(task, deadline=None, urgency=Urgency.LATE if dated else Urgency.TURN)]
    if each.selection.stage != Stage.VERIFICATION or any(each.counts[state] for state in _UNDECIDED):
        return []
    return [replace(task, urgency=Urgency.TURN)] if each.counts[NominationState.SHORTLISTED] else []


def _is_late(each: OpenSelection, state: NominationState) -> bool:
    """Nominations in this state can no longer be changed and sent."""
    if state not in ENDS_WITH:
        return False
    date = each.dates.get(ENDS_WITH[state])
    in_time = is_open(date.closes_at if date else None, timezone.now())
    return not in_time or each.selection.stage not in mendable_in(state)


def _by_state(user: User, selections: list[Selection]) -> Any:
    rows = Nomination.objects.visible_to(user).filter(selection__in=selections).order_by()
    return rows.values("selection", "state")


def count_states(user: User, selections: list[Selection]) -> dict[int, dict[str, int]]:
    """The number of nominations this person may see, by selection and state."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in _by_state(user, selections).annotate(Count("pk")):
        found[row["selection"]][row["state"]] = row["pk__count"]
    return found


@dataclass(frozen=True)
class HeldUp:
    """A nomination that waits for figures of its region, and the page where the first of them is sent."""

    nomination: Nomination
    send_url: str


def held_up_by_figures(user: User, selections: list[Selection]) -> dict[int, list[HeldUp]]:
    """By selection: visible nominations whose figures this person enters and has not sent yet.

    One query where nothing is unsent, none for whoever enters no figures.
    """
    found: dict[int, list[HeldUp]] = defaultdict(list)
    if not (selections and coverage.is_granted_somewhere(user, coverage.RegionPermission.ENTER)):
        return found
    years = {one.edition.coverage_year for one in selections}
    figures = Coverage.objects.to_send().filter(
        region__in=coverage.area(user, coverage.RegionPermission.ENTER), year__in=years | {year - 1 for year in years}
    )
    rows = Nomination.objects.visible_to(user).filter(
        selection__in=selections, state__in=STILL_THERE, candidate__region__in=figures.values("region")
    )
    waiting = list(rows.with_context())
    lacking = completeness(waiting)
    for row in waiting:
        for figure in lacking[row.pk].to_send[:1]:
            url = reverse("coverage-send", args=[row.candidate.region.code, figure.year])
            found[row.selection_id].append(HeldUp(row, url))
    return found


def left_to_nominate(user: User, selections: list[Selection]) -> dict[int, int]:
    """How many governments the person may still nominate per selection; the rule of ``nominable`` in bulk."""
    left: dict[int, int] = defaultdict(int)
    if not selections:
        return left
    taken = set(
        Nomination.objects.filter(selection__in=selections, category__candidate_kind__in=_CODE_LENGTH)
        .order_by()
        .values_list("selection", "category", "candidate__region")
    )
    own = list(branch_area(user).values_list("pk", "code"))
    is_national = any(selection.level == Level.NATIONAL for selection in selections)
    country = list(Region.objects.values_list("pk", "code")) if is_national else []
    for selection in selections:
        area = country if selection.level == Level.NATIONAL else own
        prefix = "" if selection.province is None else selection.province.code
        for category in selection.categories.all():
            left[selection.pk] += sum(
                len(code) == _CODE_LENGTH.get(category.candidate_kind)
                and code.startswith(prefix)
                and (selection.pk, category.pk, pk) not in taken
                for pk, code in area
            )
    return left


register(Source(order=10, tasks_for=tasks_for, menu_for=menu_for, awaited_by=awaited_by))
