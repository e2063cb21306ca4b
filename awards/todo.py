"""The to-do items and menu entries about selections a person takes part in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria.completeness import completeness
from awards.deadlines import is_open
from awards.models import Letter, Nomination, Selection, StageDate
from awards.models.editions import CandidateKind
from awards.models.selections import Level
from awards.permissions import branch_area, granted_in, may_read_trail
from awards.selections.overview import interviewed
from awards.stages import EDITABLE, ENDS_WITH, STILL_THERE, NominationState, Permission, Stage, mendable_in
from paritrana.accounts.models import User
from paritrana.accounts.permissions import may_manage_people
from paritrana.display import formats
from paritrana.todo import MenuEntry, Source, Task, register
from regions import permissions as coverage
from regions.models import Coverage, Region

WAITING = [
    (Permission.REPAIR, NominationState.RETURNED, gettext_lazy("Mend returned nominations")),
    (Permission.REPAIR, NominationState.DRAFT, gettext_lazy("Complete and send drafts")),
    (Permission.VERIFY, NominationState.SENT, gettext_lazy("Verify nominations")),
]
"""Permission -> state: nominations in this state are to-do items of people with the permission."""


SEND_FIGURES = gettext_lazy("Send the coverage figures nominations wait for")

_CODE_LENGTH = {CandidateKind.PROVINCE.value: 2, CandidateKind.REGENCY.value: 5}


def menu_for(user: User) -> list[MenuEntry]:
    entries = [
        (_("Award"), _("Editions"), "editions", "stack-2"),
        (_("Award"), _("Selections"), "selections", "trophy"),
        (_("Award"), _("Letters"), "letters", "mail"),
    ]
    if may_manage_people(user):
        entries.append((_("Administration"), _("People"), "people", "users"))
    if may_read_trail(user):
        entries.append((_("Administration"), _("Audit trail"), "trail", "history"))
    return [MenuEntry(section, label, reverse(name), icon) for section, label, name, icon in entries]


def tasks_for(user: User) -> list[Task]:
    """A fixed number of queries for any number of selections, plus a few for shortlisting."""
    open_ones = Selection.objects.visible_to(user).exclude(stage__in=[Stage.SEALED, Stage.ANNOUNCED])
    selections = list(open_ones.with_context().prefetch_related("categories", "dates"))
    granted = granted_in(user, selections)
    counts = count_states(user, selections)
    left = left_to_nominate(user, [one for one in selections if Permission.NOMINATE in granted[one.pk]])
    held_up = held_up_by_figures(user, selections)
    found = _letters_given_up(user)
    for selection in selections:
        held, dates = granted[selection.pk], {date.stage: date for date in selection.dates.all()}
        found += _waiting(selection, held, counts[selection.pk], dates)
        if waiting := held_up[selection.pk]:
            task = _task(selection, dates, str(SEND_FIGURES), len(waiting), "nominations")
            found.append(replace(task, url=waiting[0].send_url))
        if left[selection.pk]:
            found.append(_task(selection, dates, _("Nominate candidates"), left[selection.pk], "selection"))
        if Permission.MOVE_STAGE in held and _is_over(selection, dates):
            found.append(_task(selection, {}, _("Open the next stage"), None, "selection-open-next"))
    return found


def _letters_given_up(user: User) -> list[Task]:
    number = Letter.objects.given_up().count() if may_manage_people(user) else 0
    url = f"{reverse('letters')}?state={Letter.State.GIVEN_UP}"
    return [Task(_("Letters that could not be sent"), url, count=number)] if number else []


def _waiting(
    selection: Selection, held: frozenset[Permission], counts: dict[str, int], dates: dict[str, StageDate]
) -> list[Task]:
    found = [
        replace(
            _task(selection, dates, str(title), counts[state], "nominations", f"?state={state}", ENDS_WITH.get(state)),
            **(_not_sent(counts[state]) if state in EDITABLE else {}),
        )
        for permission, state, title in WAITING
        if permission in held and counts[state] and not _is_late(selection, state, dates)
    ]
    verified = counts[NominationState.VERIFIED]
    if Permission.SHORTLIST in held and verified and interviewed(selection):
        query = f"?state={NominationState.VERIFIED}"
        found.append(_task(selection, dates, _("Choose the interview list"), verified, "nominations", query))
    return found


def _not_sent(number: int) -> dict[str, Any]:
    """Unsent nominations do not take part, so each is listed."""
    return {"badge_code": "critical", "badge_label": _("%(number)s not sent yet") % {"number": formats.count(number)}}


def _is_late(selection: Selection, state: NominationState, dates: dict[str, StageDate]) -> bool:
    """Nominations in this state can no longer be changed and sent."""
    if state not in ENDS_WITH:
        return False
    date = dates.get(ENDS_WITH[state])
    in_time = is_open(date.closes_at if date else None, timezone.now())
    return not in_time or selection.stage not in mendable_in(state)


def _task(
    selection: Selection,
    dates: dict[str, StageDate],
    title: str,
    count: int | None,
    name: str,
    query: str = "",
    until: Stage | None = None,
) -> Task:
    """``until`` is the stage whose close is the deadline, if not the present one."""
    date = dates.get(until or selection.stage)
    return Task(
        title=title,
        url=reverse(name, args=[selection.slug]) + query,
        hint=str(selection),
        count=count,
        deadline=date.opening_text if date else None,
    )


def _is_over(selection: Selection, dates: dict[str, StageDate]) -> bool:
    """The present stage has passed its planned end, or has no date."""
    date = dates.get(selection.stage)
    return date is None or date.closes_at <= timezone.now()


def count_states(user: User, selections: list[Selection]) -> dict[int, dict[str, int]]:
    """The number of nominations this person may see, by selection and state."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = Nomination.objects.visible_to(user).filter(selection__in=selections).order_by()
    for selection, state, number in rows.values_list("selection", "state").annotate(Count("pk")):
        found[selection][state] = number
    return found


@dataclass(frozen=True)
class HeldUp:
    """A nomination that waits for figures of its region, and the page where the first of them is sent."""

    nomination: Nomination
    send_url: str


def held_up_by_figures(user: User, selections: list[Selection]) -> dict[int, list[HeldUp]]:
    """By selection: visible nominations whose figures this person enters and has not sent yet.

    One query where nothing is unsent.
    """
    found: dict[int, list[HeldUp]] = defaultdict(list)
    years = {one.edition.coverage_year for one in selections}
    figures = Coverage.objects.to_send().filter(
        region__in=coverage.area(user, coverage.RegionPermission.ENTER), year__in=years | {year - 1 for year in years}
    )
    rows = Nomination.objects.visible_to(user).filter(
        selection__in=selections, state__in=STILL_THERE, candidate__region__in=figures.values("region")
    )
    waiting = list(rows.with_context()) if selections else []
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
        Nomination.objects.filter(selection__in=selections)
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


register(Source(order=10, tasks_for=tasks_for, menu_for=menu_for))
