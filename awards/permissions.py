"""Who may do what in a selection: one table. Code asks for a permission, never for a role.

When a permission is open depends on the stage: ``stages.OPEN_IN``.
"""

from collections.abc import Iterable
from functools import partial

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards import deadlines, refusals
from awards.models import Nomination, Selection, StageDate
from awards.models.appointments import Appointed, Role, appointments_of
from awards.models.doors import doors_of
from awards.models.selections import Level
from awards.stages import ENDS_WITH, NOMINATING_ENDS_WITH, OPEN_IN, NominationState, Permission, Stage
from paritrana.accounts.models import User
from paritrana.accounts.request_cache import remembered
from paritrana.refusals import ActRefused
from regions.models import Posting, Region
from regions.models.places import RegionQuerySet, postings_of

P = Permission

COMMITTEE_MAY = frozenset(
    {
        P.SEE,
        P.SEE_COMMENTS,
        P.SET_CALENDAR,
        P.CHOOSE_CATEGORIES,
        P.VERIFY,
        P.CLEAR,
        P.SHORTLIST,
        P.DISQUALIFY,
        P.WITHDRAW,
        P.MANAGE_PANEL,
        P.SECOND_PANEL,
        P.SCHEDULE,
        P.RECORD_ATTENDANCE,
        P.SEE_PROGRESS,
        P.MOVE_STAGE,
        P.TAKE_BACK_STAGE,
        P.SECOND_TAKING_BACK,
        P.SEE_RANKING,
        P.SEAL,
        P.SECOND_SEAL,
        P.REOPEN_RESULT,
        P.SEE_SEALS,
        P.SEE_RESULT,
        P.SEE_CANDIDATE_COPY,
        P.EXPORT,
        P.SEE_DOCUMENTS,
        P.MAKE_DOCUMENTS,
    }
    | {P.ANNOUNCE, P.LEAD_CEREMONY, P.NOTIFY}
)
LEADS_THE_PANEL = frozenset(
    {
        P.SEE,
        P.SCORE,
        P.RECUSE,
        P.SECOND_PANEL,
        P.GUIDE_PANEL,
        P.SEE_PROGRESS,
        P.SEE_RANKING,
        P.SEE_MARKS,
        P.SECOND_SEAL,
        P.SEE_RESULT,
    }
    | {P.SEE_DOCUMENTS, P.SECOND_TAKING_BACK, P.REPORT_PROBLEM, P.ANSWER_PROBLEM}
)
CHAIR_MAY = LEADS_THE_PANEL | {P.REOPEN, P.CLOSE_PANEL, P.DELIBERATE, P.SEE_AGREEMENT}
AUDITOR_MAY = frozenset(
    {P.SEE, P.SEE_PROGRESS, P.SEE_RANKING, P.SEE_MARKS, P.SEE_AGREEMENT, P.SEE_RESULT, P.SEE_SEALS, P.EXPORT}
    | {P.SEE_CANDIDATE_COPY, P.SEE_DOCUMENTS, P.SEE_COMMENTS}
)

FILLS_IN = frozenset({P.ANSWER, P.SEE_CANDIDATE_COPY})


class Capacity(models.TextChoices):
    """How a person is related to a selection: by appointment, by posting, or as administrator."""

    ADMINISTRATOR = "administrator", _("administrator")
    BRANCH = "branch", _("branch staff")
    OFFICE = "office", _("regional or head office")
    CANDIDATE = "candidate", _("contact of the candidate")


POSTED = frozenset({Capacity.BRANCH, Capacity.OFFICE})
ROLE_TABLE: dict[tuple[str, str], frozenset[Permission]] = {
    (Capacity.BRANCH, Level.PROVINCIAL): FILLS_IN
    | {P.SEE, P.SEE_COMMENTS, P.NOMINATE, P.REPAIR, P.WITHDRAW, P.INVITE_CONTACT},
    (Capacity.CANDIDATE, Level.PROVINCIAL): FILLS_IN,
    (Capacity.CANDIDATE, Level.NATIONAL): FILLS_IN,
    (Capacity.OFFICE, Level.PROVINCIAL): frozenset({P.SEE}),
    (Role.PROVINCIAL_COMMITTEE, Level.PROVINCIAL): COMMITTEE_MAY,
    (Role.NATIONAL_COMMITTEE, Level.PROVINCIAL): frozenset(
        {P.SEE, P.SECOND_PANEL, P.SEE_RESULT, P.SEE_SEALS, P.EXPORT, P.SEE_DOCUMENTS} | {P.SECOND_TAKING_BACK}
    ),
    (Role.NATIONAL_COMMITTEE, Level.NATIONAL): COMMITTEE_MAY
    | FILLS_IN
    | {P.NOMINATE, P.REPAIR, P.SEE_PROPOSALS, P.PROPOSE, P.INVITE_CONTACT},
    (Role.JUROR, Level.PROVINCIAL): frozenset({P.SEE, P.SCORE, P.REPORT_PROBLEM, P.SEE_RESULT}),
    (Role.JUROR, Level.NATIONAL): frozenset({P.SEE, P.SCORE, P.REPORT_PROBLEM, P.SEE_RESULT}),
    (Role.CHAIR, Level.PROVINCIAL): CHAIR_MAY,
    (Role.CHAIR, Level.NATIONAL): CHAIR_MAY,
    (Role.SECRETARY, Level.PROVINCIAL): LEADS_THE_PANEL | {P.RECORD_ATTENDANCE, P.DELIBERATE, P.MAKE_DOCUMENTS},
    (Role.SECRETARY, Level.NATIONAL): LEADS_THE_PANEL | {P.RECORD_ATTENDANCE, P.DELIBERATE, P.MAKE_DOCUMENTS},
    (Role.AUDITOR, Level.PROVINCIAL): AUDITOR_MAY,
    (Role.AUDITOR, Level.NATIONAL): AUDITOR_MAY | {P.SEE_PROPOSALS},
    (Capacity.ADMINISTRATOR, Level.PROVINCIAL): frozenset({P.SEE}),
    (Capacity.ADMINISTRATOR, Level.NATIONAL): frozenset({P.SEE}),
}


def capacities_in(user: User, selections: Iterable[Selection], *, posted: bool = True) -> dict[int, set[str]]:
    """All capacities of this person in each of these selections (by primary key); three queries.

    ``posted=False`` leaves out postings.
    """
    appointed = appointments_of(user)
    branch, office = _provinces_by_posting(user) if posted else (set(), set())
    found: dict[int, set[str]] = {}
    for selection in selections:
        found[selection.pk] = _roles_in(selection, appointed)
        if user.is_superuser:
            found[selection.pk].add(Capacity.ADMINISTRATOR)
        province = selection.province.code if posted and selection.province else None
        if province in branch:
            found[selection.pk].add(Capacity.BRANCH)
        if province and (office is None or province in office):
            found[selection.pk].add(Capacity.OFFICE)
    return found


def _roles_in(selection: Selection, appointed: Iterable[Appointed]) -> set[str]:
    return {
        one.role
        for one in appointed
        if one.edition_id == selection.edition_id and one.selection_id in (None, selection.pk)
    }


def granted_by(appointed: Iterable[Appointed], selection: Selection) -> frozenset[Permission]:
    """What these appointments alone permit in this selection at its present stage, before it closes; no query."""
    return _granted_to(_roles_in(selection, appointed), selection)


def branch_area(user: User) -> RegionQuerySet:
    """The working area of the person's branch: where they may nominate and answer."""
    posted = Posting.objects.current().filter(user_id=user.pk, place=Posting.Place.BRANCH)
    return Region.objects.filter(branches__in=posted.values("branch")).distinct()


def _provinces_by_posting(user: User) -> tuple[set[str], set[str] | None]:
    """Codes of the provinces of the person's branch, and of their regional office; one query.

    None in place of the latter means every province (the head office).
    """
    if not postings_of(user):
        return set(), set()
    return remembered(user, "provinces", partial(_provinces_read, user))


def _provinces_read(user: User) -> tuple[set[str], set[str] | None]:
    posted = Posting.objects.current().filter(user_id=user.pk).order_by()
    branch: set[str] = set()
    office: set[str] | None = set()
    for place, in_area, of_office in posted.values_list(
        "place", "branch__working_area__code", "regional_office__provinces__code"
    ):
        if place == Posting.Place.HEAD:
            office = None
        elif place == Posting.Place.BRANCH:
            branch |= {in_area[:2]} if in_area else set()
        elif office is not None and of_office:
            office.add(of_office)
    return branch, office


LATE_WITH: dict[Permission, Stage] = {
    P.NOMINATE: NOMINATING_ENDS_WITH,
    P.REPAIR: ENDS_WITH[NominationState.RETURNED],
    P.ANSWER: ENDS_WITH[NominationState.RETURNED],
}
MENDS = frozenset({P.ANSWER, P.REPAIR})
"""The last deadline of permissions that have one; for a nomination its state decides which applies."""

BY_POSTING = frozenset(one for (capacity, _level), held in ROLE_TABLE.items() if capacity in POSTED for one in held)
"""What a posting alone may grant; everything else needs an appointment."""


def held_by(*wanted: Permission) -> frozenset[str]:
    """The roles and capacities that may do one of these in some selection."""
    return frozenset(who for (who, _level), held in ROLE_TABLE.items() if held & set(wanted))


def granted_in(user: User, selections: Iterable[Selection], *, posted: bool = True) -> dict[int, frozenset[Permission]]:
    """What this person may do in each of these selections (by primary key) at its present stage, before it closes.

    ``posted=False`` leaves out permissions by posting.
    """
    selections = list(selections)
    held = capacities_in(user, selections, posted=posted)
    granted = {selection.pk: _granted_to(held[selection.pk], selection) for selection in selections}
    bound = [key for key, permissions in granted.items() if permissions & LATE_WITH.keys()]
    if not bound:
        return granted
    closed = set(StageDate.objects.filter(selection__in=bound).closed().values_list("selection", "stage"))
    return {
        key: frozenset(each for each in permissions if (key, LATE_WITH.get(each)) not in closed)
        for key, permissions in granted.items()
    }


def _granted_to(capacities: set[str], selection: Selection) -> frozenset[Permission]:
    held = (ROLE_TABLE.get((capacity, selection.level), frozenset()) for capacity in capacities)
    return frozenset().union(*held) & OPEN_IN[Stage(selection.stage)]


def granted(user: User, selection: Selection) -> frozenset[Permission]:
    """What this person may do in this selection at its present stage, before it closes."""
    return granted_in(user, [selection])[selection.pk]


def may(user: User, permission: Permission, selection: Selection) -> bool:
    return permission in granted_in(user, [selection], posted=permission in BY_POSTING)[selection.pk]


def require(user: User, permission: Permission, selection: Selection, *, even_late: bool = False) -> None:
    """Raise PermissionDenied (403): the person may see the selection but not do this, or not now.

    ``even_late`` leaves the deadline to the action, so that a page returns what was typed with the refusal.
    """
    if may(user, permission, selection):
        return
    is_held = permission in _granted_to(capacities_in(user, [selection])[selection.pk], selection)
    if is_held and even_late:
        return
    _refuse(user, permission, selection, deadlines.passed(selection, LATE_WITH[permission]) if is_held else None)


def granted_on(user: User, nomination: Nomination) -> frozenset[Permission]:
    """What this person may do with this nomination: a branch in its working area, a contact with the own one."""
    return _in_time(user, nomination, _held_on(user, nomination))


def _in_time(user: User, nomination: Nomination, held: frozenset[Permission]) -> frozenset[Permission]:
    if not (MENDS & held and nomination.is_editable):
        return held
    is_open = deadlines.is_mendable(nomination) and not refusals.is_with_the_branch(user, nomination)
    return held if is_open else held - MENDS


def _held_on(user: User, nomination: Nomination) -> frozenset[Permission]:
    selection = nomination.selection
    held = capacities_in(user, [selection])[selection.pk]
    at_home = Q(pk=nomination.candidate.region_id) | Q(parent=nomination.candidate.region_id)
    if Capacity.BRANCH in held and not branch_area(user).filter(at_home).exists():
        held = held - {Capacity.BRANCH}
    if held:
        return _granted_to(held, selection)
    return _granted_to({Capacity.CANDIDATE}, selection) if nomination.pk in doors_of(user) else frozenset()


def require_on(user: User, permission: Permission, nomination: Nomination, *, even_late: bool = False) -> None:
    """Like ``require``, for one nomination; ``even_late`` leaves to the action whose turn it is as well."""
    held = _held_on(user, nomination)
    if permission in (held if even_late else _in_time(user, nomination, held)):
        return
    is_late = permission in MENDS & held
    date = deadlines.missed(nomination) if is_late else None
    if is_late and date is None and refusals.is_with_the_branch(user, nomination):
        raise ActRefused(str(refusals.WITH_THE_BRANCH))
    _refuse(user, permission, nomination.selection, date)


def _refuse(user: User, permission: Permission, selection: Selection, date: StageDate | None) -> None:
    """Say who does this or when it opens, and lead back to what the person may see of the selection."""
    doers = {who for (who, level), held in ROLE_TABLE.items() if level == selection.level and permission in held}
    if date:
        words = str(deadlines.too_late(date).messages[0])
    elif doers & capacities_in(user, [selection])[selection.pk]:
        words = refusals.opening_words(permission, selection)
    else:
        words = refusals.doing_words(doers, {each.value: str(each.label) for each in Capacity})
    url = selection.get_absolute_url() if may(user, P.SEE, selection) else ""
    raise ActRefused(words, url, _("To the selection"))


def may_read_trail(user: User) -> bool:
    """Administrators and auditors may read the whole trail."""
    return user.is_superuser or is_auditor(user)


def is_auditor(user: User) -> bool:
    return any(one.role == Role.AUDITOR for one in appointments_of(user))
