"""What a seal leaves out because it names no jurors: who had a seat, who abstained, who missed an interview."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.models import Criterion, Selection
from scoring.models import Conflict, ScoreSheet, Seat

Candidate = tuple[str, str, str]
"""Category (slug), region (code) and name: as a sealed document knows a candidate."""


@dataclass(frozen=True)
class Roll:
    """The counting seats in their order; for each candidate the numbers of seats that abstained or were absent.

    ``recusals`` and ``absences`` say the same as lines, one for each member. Nobody's reason is among them: of a
    conflict it is private, of an absence it may be an illness.
    """

    seats: list[Seat]
    recusals: list[str] = field(default_factory=list)
    absences: list[str] = field(default_factory=list)
    kept_out: dict[Candidate, set[int]] = field(default_factory=dict)
    absent: dict[Candidate, set[int]] = field(default_factory=dict)


def roll_of(selection: Selection) -> Roll:
    seats = Seat.objects.counting().filter(panel__selection=selection).with_people().order_by("order")
    of = {"seat__in": seats.order_by().values("pk"), "nomination__selection": selection}
    conflicts = _ordered(Conflict.objects.filter(**of))
    absences = _ordered(ScoreSheet.objects.filter(**of, absent_at__isnull=False))
    return Roll(
        list(seats),
        list(_lines(conflicts, lambda row: f"{row.seat.user} ({row.get_kind_display()})")),
        list(_lines(absences, lambda row: str(row.seat.user))),
        _by_candidate(conflicts),
        _by_candidate(absences),
    )


def _ordered(rows: Any) -> list[Any]:
    rows = rows.select_related(
        "seat__appointment__user", "nomination__candidate__region", "nomination__category", "nomination__sector"
    )
    return list(rows.order_by("seat__order", "nomination__candidate__region__code", "pk"))


def _lines(rows: Iterable[Any], who: Any) -> Iterator[str]:
    """Of each member one line with the candidates."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[who(row)].append(str(row.nomination.candidate))
    for member, names in found.items():
        yield f"{member}: {'; '.join(names)}"


def _by_candidate(rows: Iterable[Any]) -> dict[Candidate, set[int]]:
    found: dict[Candidate, set[int]] = defaultdict(set)
    for row in rows:
        candidate = row.nomination.candidate
        found[row.nomination.category.slug, candidate.region.code, candidate.name].add(row.seat.order)
    return dict(found)


def reduced(document: dict[str, Any], roll: Roll) -> Iterator[str]:
    """One line for each candidate whom not all members scored, and why."""
    categories = {one["slug"]: one for one in document["rules"]["categories"]}
    for nomination in document["inputs"]["nominations"]:
        criteria = categories[nomination["category"]]["criteria"]
        marked = [one["slug"] for one in criteria if one["kind"] == Criterion.Kind.MARK]
        members = _members(document, nomination, roll)
        counted = _counted(nomination, marked)
        if _nobody_came(nomination, criteria):
            yield _("%(name)s: nobody came to the interview, so nothing was marked.") % {
                "name": nomination["listed_as"]
            }
        elif marked and members - counted:
            yield _reduced(nomination, members, counted, roll)


def _nobody_came(nomination: dict[str, Any], criteria: list[dict[str, Any]]) -> bool:
    """Its recorded level of attendance is one that means absence."""
    asked = [one["rules"]["levels"] for one in criteria if one["kind"] == Criterion.Kind.ATTENDANCE]
    absent = {level["code"] for levels in asked for level in levels if level.get("absent")}
    return bool(nomination["attendance"]) and nomination["attendance"]["level"] in absent


def _members(document: dict[str, Any], nomination: dict[str, Any], roll: Roll) -> set[int]:
    """The orders of the seats that judge this candidate: those of its room where there are rooms."""
    rooms = document["rules"].get("rooms", [])
    for room in rooms:
        if (room["room"], room["category"]) == (nomination.get("room"), nomination["category"]):
            return set(room["seats"]) & {seat.order for seat in roll.seats}
    return {seat.order for seat in roll.seats}


def _counted(nomination: dict[str, Any], criteria: list[str]) -> set[int]:
    """The seats whose marks count in every criterion that is marked."""
    given = [{int(seat) for seat in nomination["marks"].get(slug, {})} for slug in criteria]
    return set.intersection(*given) if given else set()


def _reduced(nomination: dict[str, Any], members: set[int], counted: set[int], roll: Roll) -> str:
    key = (nomination["category"], nomination["region"], nomination["name"])
    kept_out = roll.kept_out.get(key, set()) & members
    absent = (roll.absent.get(key, set()) & members) - kept_out
    other = len(members - counted - kept_out - absent)
    causes = [
        (len(kept_out), ngettext("%(count)d kept out", "%(count)d kept out", len(kept_out))),
        (len(absent), ngettext("%(count)d absent", "%(count)d absent", len(absent))),
        (other, ngettext("%(count)d without marks", "%(count)d without marks", other)),
    ]
    why = ", ".join(words % {"count": count} for count, words in causes if count)
    values = {"name": nomination["listed_as"], "counted": len(members & counted), "members": len(members), "why": why}
    return _("%(name)s: the marks of %(counted)d of %(members)d members count (%(why)s).") % values
