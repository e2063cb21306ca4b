"""The facts of the conflict map, read from the rows: five queries, however many jurors and candidates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from awards.models import Nomination, Role
from regions.models import Branch, Posting
from scoring import conflict_map
from scoring.models import Seat

Map = dict[tuple[int, int], list[conflict_map.Suggestion]]


def suggested(seats: Iterable[Seat], nominations: Iterable[Nomination]) -> Map:
    """(seat, nomination) -> what ties them, as far as the rows tell. Postings count while they last."""
    seats, nominations = list(seats), list(nominations)
    jurors = {seat.user.pk for seat in seats}
    nominators = {key for each in nominations for key in (each.nominated_by_id, each.submitted_by_id) if key}
    held = defaultdict(list)
    posted = Posting.objects.current().filter(user__in=jurors | nominators)
    for posting in posted.select_related("branch").prefetch_related("regional_office__provinces"):
        held[posting.user_id].append(posting)
    own = {posting.branch_id for key in jurors for posting in held[key] if posting.branch_id}
    area = {branch.pk: _area(branch) for branch in Branch.objects.filter(pk__in=own).prefetch_related("working_area")}
    found: Map = defaultdict(list)
    for one in conflict_map.suggestions(
        [_juror(seat, held[seat.user.pk], area) for seat in seats],
        [_candidate(each, held) for each in nominations],
    ):
        found[one.seat, one.nomination].append(one)
    return dict(found)


def _area(branch: Branch) -> frozenset[str]:
    return frozenset(region.code for region in branch.working_area.all())


def _juror(seat: Seat, postings: list[Posting], area: dict[int, frozenset[str]]) -> conflict_map.Juror:
    branches = frozenset(posting.branch_id for posting in postings if posting.branch_id)
    return conflict_map.Juror(
        seat=seat.pk,
        user=seat.user.pk,
        words=f"{seat.user.office} | {seat.element}",
        branches=branches,
        offices=_offices(postings),
        area=frozenset().union(*(area[key] for key in branches)),
        provinces=frozenset(
            region.code
            for posting in postings
            if posting.regional_office
            for region in posting.regional_office.provinces.all()
        ),
        is_secretary=seat.appointment.role == Role.SECRETARY,
    )


def _candidate(nomination: Nomination, held: dict[int, list[Posting]]) -> conflict_map.Candidate:
    nominators = {nomination.nominated_by_id, nomination.submitted_by_id} - {None}
    postings = [posting for key in nominators for posting in held[key]]
    candidate = nomination.candidate
    return conflict_map.Candidate(
        nomination=nomination.pk,
        kind=candidate.kind,
        name_key=candidate.name_key,
        region=candidate.region.code,
        region_name=candidate.region.name,
        nominated_by=frozenset(nominators),
        verified_by=nomination.verified_by_id,
        branches=frozenset(posting.branch_id for posting in postings if posting.branch_id),
        offices=_offices(postings),
    )


def _offices(postings: list[Posting]) -> frozenset[int]:
    """The regional offices somebody works at or under."""
    over = {
        posting.regional_office_id or (posting.branch and posting.branch.regional_office_id) for posting in postings
    }
    return frozenset(over - {None})
