"""Checks before a seal that the records are consistent: files, the trail, the invariants, the published day."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import Selection, StageDate
from awards.nominations import file_rows
from awards.stages import Stage
from paritrana.accounts import trail
from paritrana.uploads import stored_files
from scoring.sealing import invariants
from scoring.sealing.checks import Item, Situation


def files_missing(now: Situation) -> list[Item]:
    """Files named by rows that are missing in the storage or have another size."""
    return [
        Item(f"{file.key}:{fault.value}", f"{file.owner}: {file.name} ({fault.label})", file.url)
        for file in file_rows.every(now.selection)
        if (fault := stored_files.absent(file))
    ]


def trail_broken(selection: Selection) -> list[Item]:
    fault = next(trail.recent_faults(), None)
    return [Item(fault, fault, reverse("trail"))] if fault else []


def invariants_broken(selection: Selection) -> list[Item]:
    """Without those that concern the sealing transaction itself: standings, and who signed earlier seals."""
    without = {"standings", "two-lines"}
    return [Item(str(broken), str(broken)) for broken in invariants.broken(selection, without=without)]


def before_plenary(now: Situation) -> list[Item]:
    """The published first moment of the plenary, while it is still to come by the database's clock."""
    dates = StageDate.objects.filter(selection=now.selection, stage=Stage.PLENARY).to_open()
    words = _("Published for %(moment)s.")
    return [
        Item(date.opens_at.isoformat(), words % {"moment": now.selection.moment(date.opens_at)}, now.page("seal"))
        for date in dates
    ]
