"""Signal handlers: standings are updated when coverage or a selection changes."""

from collections.abc import Iterator
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.gravity import Gravity
from awards.models import Role, Selection
from awards.models.appointments import appointments_of
from awards.signals import (
    kept_out_asked,
    owed_work_asked,
    resting_asked,
    selection_changed,
    stage_reviewed,
    stage_taken_back,
    stored_files_asked,
    withheld_asked,
)
from awards.stages import NEXT, OPEN_IN, Permission, Stage
from paritrana.accounts.address_changes import address_left
from paritrana.accounts.models import User
from paritrana.accounts.request_cache import remembered
from paritrana.uploads.stored_files import StoredFile
from regions.signals import coverage_changed
from scoring.assignments import criteria, progress
from scoring.models import Conflict, Panel, Seat, Standing, WinnerStory
from scoring.panel.seats import decree_stored
from scoring.sealing import resting, review
from scoring.showcase.photos import stored_photo
from scoring.standings import store, visibility


@receiver(selection_changed)
def refresh_selection(sender: Any, selection: Selection, **kwargs: Any) -> None:
    store.refresh(selection)


@receiver(address_left)
def stop_assisting(sender: Any, address: str, **kwargs: Any) -> None:
    """Whoever gets the address next types for nobody; jurors name the new one."""
    Seat.objects.filter(assistant_address=address).update(assistant_address="")


@receiver(coverage_changed)
def refresh_where_it_counts(sender: Any, regions: set[int], **kwargs: Any) -> None:
    """Refreshes the unsealed selections with a candidate of one of these regions."""
    touched = Selection.objects.filter(nominations__candidate__region__in=regions)
    for selection in touched.exclude(stage__in=[Stage.SEALED, Stage.ANNOUNCED]).distinct():
        store.refresh(selection)


@receiver(kept_out_asked)
def hidden_from_the_chair(sender: Any, user: User, **kwargs: Any) -> set[int]:
    """Candidates in which somebody who presides has a conflict of interest; secretaries go on recording who came."""
    if not any(one.role == Role.CHAIR for one in appointments_of(user)):
        return set()
    mine = Conflict.objects.filter(seat__appointment__user_id=user.pk, seat__appointment__role=Role.CHAIR)
    return remembered(user, "kept-out", lambda: set(mine.values_list("nomination", flat=True)))


@receiver(withheld_asked)
def places_withheld(sender: Any, user: User, selection: Selection, **kwargs: Any) -> dict[str, Any]:
    """What shows the places before the announcement, from whoever keeps out of a candidate."""
    if not visibility.hidden_from(user, selection):
        return {}
    words = _("You keep out of a candidate; you may read it once it is announced.")
    return dict.fromkeys(("checks", "result"), words)


@receiver(stage_reviewed)
def left_by_the_panel(sender: Any, selection: Selection, **kwargs: Any) -> list[dict[str, Any]]:
    """What is unfinished when the scoring stage ends: open panel, sheets due, attendance not recorded."""
    stage = Stage(selection.stage)
    if Permission.SCORE not in OPEN_IN[stage] - OPEN_IN[NEXT[stage]]:
        return []
    unrecorded = criteria.marked_nominations(selection).exclude(interview__attendance_at__isnull=False).count()
    found = [
        ("panel-open", _("panels the chair has not closed"), len(review.open_panel(selection))),
        ("sheets-open", _("score sheets not handed in"), len(review.open_sheets(selection))),
        ("attendance-open", _("candidates whose attendance is not recorded"), unrecorded),
    ]
    kept = {"gravity": Gravity.NOTE, "is_stuck": True}
    return [{"code": code, "label": label, "count": count} | kept for code, label, count in found if count]


@receiver(resting_asked)
def resting_on_stage(sender: Any, selection: Selection, **kwargs: Any) -> list[str]:
    return resting.resting_on(selection)


@receiver(stage_taken_back)
def forget_standings(sender: Any, selection: Selection, **kwargs: Any) -> None:
    """None are stored where nobody may read them; the next plenary computes them anew."""
    if not store.are_stored(selection):
        Standing.objects.filter(selection=selection).delete()


@receiver(owed_work_asked)
def sheets_due_from_panel(
    sender: Any, selection: Selection, stage: Stage, **kwargs: Any
) -> list[tuple[Any, list[Any]]]:
    """Before the interview stage ends: the number of sheets due, without naming candidates."""
    if stage != Stage.INTERVIEW or selection.stage != Stage.INTERVIEW:
        return []
    seats = list(Seat.objects.filter(panel__selection=selection, appointment__ended_at=None).with_people())
    counts = progress.counted(selection, seats)
    owing = [seat for seat in seats if counts[seat.pk].owed]
    return [(seat.user, [(_("Score sheets to hand in"), counts[seat.pk].owed, reverse("sheets"))]) for seat in owing]


@receiver(stored_files_asked)
def files_of_panels(sender: Any, selection: Selection | None, **kwargs: Any) -> Iterator[StoredFile]:
    """The stored documents of decrees."""
    panels = Panel.objects.exclude(decree_key="").select_related("selection").order_by("pk")
    return (decree_stored(panel) for panel in (panels.filter(selection=selection) if selection else panels))


@receiver(stored_files_asked)
def photos_of_winners(sender: Any, selection: Selection | None, **kwargs: Any) -> Iterator[StoredFile]:
    rows = WinnerStory.objects.exclude(photo_key="").select_related("nomination__selection", "nomination__candidate")
    found = rows.filter(nomination__selection=selection) if selection else rows
    return (stored_photo(story) for story in found.order_by("pk"))
