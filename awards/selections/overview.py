"""The overview of a selection: its stages with their calendar, and the states of its nominations."""

from typing import Any, cast

from django.db.models import Count, Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards import deadlines
from awards.criteria.completeness import rubric_criteria
from awards.gravity import Gravity
from awards.models import Category, Nomination, Rubric, Selection, StageDate, Title
from awards.models.nominations import NominationQuerySet
from awards.selections.national_calendar import own_stages
from awards.signals import stage_reviewed, withheld_asked
from awards.stage_history import Passage, StageHistory, history_of
from awards.stages import LEAVING, MOVES, NEXT, OPEN_IN, NominationState, Permission, Stage, allows
from paritrana.accounts.models import User

P = Permission
_ON_THE_WAY = (NominationState.DRAFT, NominationState.RETURNED, NominationState.SENT)

ACTS = {
    P.CHOOSE_CATEGORIES: _("choosing the categories"),
    P.NOMINATE: _("nominating candidates"),
    P.REPAIR: _("changing and sending nominations"),
    P.VERIFY: _("verifying nominations and returning them for repair"),
    P.CLEAR: _("clearing candidates that are not eligible"),
    P.SHORTLIST: _("choosing the interview list"),
    P.MANAGE_PANEL: _("appointing the panel"),
    P.SCHEDULE: _("scheduling interviews"),
    P.RECORD_ATTENDANCE: _("recording who came to the interview"),
    P.SCORE: _("scoring by the jurors"),
    P.SEE_PROGRESS: _("following the progress of the jurors"),
    P.SEE_RANKING: _("the ranking"),
    P.DISQUALIFY: _("disqualifying and reinstating"),
    P.WITHDRAW: _("withdrawing"),
    P.SEAL: _("sealing the result"),
    P.PROPOSE: _("taking over what the provinces propose"),
}
"""What a permission lets people do, as text, for the review before a stage is opened."""

PAGES = [
    ("proposals", frozenset({P.SEE_PROPOSALS}), _("Proposals of the provinces"), "map"),
    ("calendar", frozenset({P.SET_CALENDAR}), _("Calendar"), "calendar"),
    ("selection-categories", frozenset({P.CHOOSE_CATEGORIES}), _("Categories"), "list-check"),
    ("panel", frozenset({P.MANAGE_PANEL, P.SEE_PROGRESS}), _("Panel"), "users-group"),
    ("interviews", frozenset({P.SCHEDULE, P.RECORD_ATTENDANCE}), _("Interviews"), "calendar-event"),
    ("sheets", frozenset({P.SCORE}), _("Score sheets"), "writing"),
    ("progress", frozenset({P.SEE_PROGRESS}), _("Progress of scoring"), "activity"),
    ("chair-room", frozenset({P.SEE_PROGRESS}), _("Chair's room"), "presentation"),
    ("deliberation", frozenset({P.DELIBERATE}), _("Deliberation"), "gavel"),
    ("uniformity", frozenset({P.SEE_AGREEMENT}), _("Consistency of the jurors"), "scale"),
    ("special-awards", frozenset({P.SEAL}), _("Special awards"), "award"),
    ("checks", frozenset({P.DELIBERATE, P.SEAL}), _("Checks before the seal"), "checks"),
    ("result", frozenset({P.SEE_RESULT}), _("Result"), "trophy"),
    ("announce", frozenset({P.ANNOUNCE}), _("Announce the winners"), "speakerphone"),
    ("take-back-stage", frozenset({P.TAKE_BACK_STAGE}), _("Take the stage back"), "arrow-back-up"),
    ("export-winners", frozenset({P.EXPORT}), _("Winners as Excel"), "file-spreadsheet"),
]


def timeline(selection: Selection) -> list[dict[str, Any]]:
    """The stages with their dates in the selection's time zone, for the component ``stages``."""
    dates = {date.stage: date for date in selection.dates.all()}
    order, history, own = list(Stage), history_of(selection), own_stages(selection)
    present = order.index(Stage(selection.stage))
    items = []
    for place, stage in enumerate(order):
        state = "current" if place == present else "done" if place < present else "ahead"
        shown = _course(state, stage, dates.get(stage), history, selection)
        if stage in own:
            shown["note"] = " · ".join(filter(None, [shown["note"], str(_("the province's own date"))]))
        items.append({"label": stage.label, "state": state} | shown)
    return items


def _closed_early(date: StageDate, ended: Passage) -> str:
    if ended.at >= date.closes_at or not ended.reason:
        return ""
    values = {"planned": date.selection.moment(date.closes_at), "reason": ended.reason}
    return _("closed before the published %(planned)s: %(reason)s") % values


def _course(
    state: str, stage: Stage, date: StageDate | None, history: StageHistory, selection: Selection
) -> dict[str, Any]:
    """What happened where it did, else what is planned: ``starts``, ``ends``, ``is_planned``, ``note``."""
    opened, ended = history.opened.get(stage), history.ended.get(stage)
    starts = selection.moment(opened.at) if opened else None
    if state == "done":
        ends = selection.moment(ended.at) if ended else None
        return {"starts": starts, "ends": ends, "note": _closed_early(date, ended) if date and ended else ""}
    if date is None:
        return {"starts": starts, "ends": None, "note": ""}
    starts, has_close = starts or selection.moment(date.opens_at), stage != Stage.ANNOUNCED
    left = deadlines.remaining(date.closes_at, timezone.now()) if state == "current" and has_close else ""
    note = " · ".join(filter(None, [left, date.extension if has_close else ""]))
    ends = selection.moment(date.closes_at) if has_close else None
    return {"starts": starts, "ends": ends, "note": note, "is_planned": state == "ahead"}


def counts_by_category(selection: Selection, user: User) -> list[dict[str, Any]]:
    """Per category the number of nominations this person may see, in total and by state."""
    found: dict[int, dict[str, int]] = {}
    visible = Nomination.objects.visible_to(user).filter(selection=selection)
    for category, state, number in visible.order_by().values_list("category", "state").annotate(Count("pk")):
        found.setdefault(category, {})[state] = number
    return [
        {
            "category": category,
            "total": sum(found.get(category.pk, {}).values()),
            "states": [
                {"code": state.value, "label": state.label, "count": number}
                for state in NominationState
                if (number := found.get(category.pk, {}).get(state.value, 0))
            ],
        }
        for category in selection.categories.all()
    ]


def unfinished(selection: Selection) -> list[dict[str, Any]]:
    """What the next stage would leave unfinished: nominations by state, then items of the apps above.

    What blocks keeps the stage closed; a note ``is_stuck`` when it cannot be finished in the next stage.
    """
    following = NEXT.get(Stage(selection.stage))
    if following is None:
        return []
    rows = selection.nominations.filter(
        Q(state__in=_ON_THE_WAY) | Q(state=NominationState.VERIFIED, category__in=interviewed(selection))
    )
    numbers = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    nominations = [
        {
            "code": state.value,
            "label": state.label,
            "count": numbers[state.value],
            "is_stuck": not any(allows(verb, state, following) for verb in MOVES.keys() - LEAVING),
            "gravity": Gravity.BLOCKS
            if state == NominationState.VERIFIED and following == Stage.INTERVIEW
            else Gravity.NOTE,
        }
        for state in (*_ON_THE_WAY, NominationState.VERIFIED)
        if numbers.get(state.value)
    ]
    above: list[Any] = [rows for _receiver, rows in stage_reviewed.send(Selection, selection=selection)]
    return [*nominations, *(row for rows in above for row in rows)]


def undecided(selection: Selection) -> NominationQuerySet:
    """Verified nominations of interviewed categories neither shortlisted nor left off; they block the next stage."""
    verified = Nomination.objects.filter(selection=selection, state=NominationState.VERIFIED)
    return verified.filter(category__in=interviewed(selection))


def interviewed(selection: Selection) -> list[Category]:
    """The categories of the selection whose current rubric has an interview."""
    return [
        category
        for category in selection.categories.all()
        if any(criterion.is_interviewed for criterion in rubric_criteria(selection, category))
    ]


def closes_and_opens(selection: Selection) -> dict[str, list[Any]]:
    """What the next stage closes and opens, as text."""
    present = Stage(selection.stage)
    now, then = OPEN_IN[present], OPEN_IN[NEXT[present]]
    return {
        "closes": [words for permission, words in ACTS.items() if permission in now - then],
        "opens": [words for permission, words in ACTS.items() if permission in then - now],
    }


def links(selection: Selection, granted: frozenset[Permission], user: User) -> list[dict[str, Any]]:
    """The pages of this selection this person may open; those of the apps above are known by URL name only.

    Members of the panel who see no document of the result read it from the announcement on. A page that is shut to
    this person for now says why instead of being linked.
    """
    early = {"result"} if selection.stage == Stage.SEALED and P.SEE_DOCUMENTS not in granted else set()
    withheld: dict[str, Any] = {}
    for _receiver, reasons in withheld_asked.send(sender=Selection, user=user, selection=selection):
        withheld.update(cast("dict[str, Any]", reasons))
    return [
        {"url": url, "label": label, "icon": icon, "withheld": withheld.get(name, "")}
        for name, needed, label, icon in PAGES
        if needed & granted and name not in early and (url := _address(name, selection.slug) or _address(name))
    ]


def ranked_titles(selection: Selection, granted: frozenset[Permission]) -> list[dict[str, Any]]:
    """The rankings of this selection by title, while they may be seen."""
    if Permission.SEE_RANKING not in granted:
        return []
    titles = Title.objects.filter(rubric__in=Rubric.objects.in_force(selection))
    return [
        {"title": title, "url": url} for title in titles if (url := _address("ranking", selection.slug, title.slug))
    ]


def _address(name: str, *args: str) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
