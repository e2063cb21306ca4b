"""Checks before a seal that the records are consistent: files, the trail, the invariants, the published day,
and that the winners can be written to."""

from django.utils.translation import gettext as _

from awards.models import Contact, Nomination, Selection, StageDate
from awards.nominations import file_rows
from awards.stages import Permission, Stage
from paritrana.accounts import trail
from paritrana.uploads import stored_files
from scoring.sealing import invariants
from scoring.sealing.checks import Item, Situation
from scoring.standings import visibility
from scoring.standings.rankings import name_of


def files_missing(now: Situation) -> list[Item]:
    """Files named by rows that are missing in the storage or have another size."""
    return [
        Item(f"{file.key}:{fault.value}", f"{file.owner}: {file.name} ({fault.label})", file.url)
        for file in file_rows.every(now.selection)
        if (fault := stored_files.absent(file))
    ]


def trail_broken(selection: Selection) -> list[Item]:
    fault = next(trail.recent_faults(), None)
    return [Item(fault, fault)] if fault else []


def invariants_broken(selection: Selection) -> list[Item]:
    """Without those that concern the sealing transaction itself: standings, and who signed earlier seals."""
    without = {"standings", "two-lines"}
    return [Item(str(broken), str(broken)) for broken in invariants.broken(selection, without=without)]


def before_plenary(now: Situation) -> list[Item]:
    """The published first moment of the plenary, while it is still to come by the database's clock."""
    dates = StageDate.objects.filter(selection=now.selection, stage=Stage.PLENARY).to_open()
    words, place = _("Published for %(moment)s."), (now.page("calendar"), Permission.SET_CALENDAR)
    return [
        Item(date.opens_at.isoformat(), words % {"moment": now.selection.moment(date.opens_at)}, *place)
        for date in dates
    ]


def winners_unreachable(now: Situation) -> list[Item]:
    """Winners of whom no contact has an e-mail address; two queries."""
    won = [line for ranking in now.rankings for _group, lines in ranking.awarded for line, _prize in lines]
    keys = set(visibility.nominations_of(now.selection, won).values()) if won else set()
    reached = Contact.objects.exclude(email="").values("candidate")
    silent = Nomination.objects.filter(pk__in=keys).exclude(candidate__in=reached).with_context()
    return [Item(str(one.pk), name_of(one.candidate), one.candidate.get_absolute_url()) for one in silent]
