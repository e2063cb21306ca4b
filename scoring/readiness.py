"""What stands between a ranking and its seal: what forbids it, and what the plenary must have seen."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import Selection
from scoring import judging, results, standings
from scoring.bridge import Field
from scoring.models import Panel, Seat

REMARKS = {
    "nothing-ranked": gettext_lazy("No title has a single ranked candidate, so there is nothing to seal."),
    "below-quorum": gettext_lazy("Candidates scored by fewer jurors than the quorum"),
    "sheets-open": gettext_lazy("Score sheets not handed in; their marks do not count"),
    "not-ranked": gettext_lazy("Candidates that are not ranked and win nothing"),
    "shared-places": gettext_lazy("Places that are shared"),
    "coverage-unverified": gettext_lazy("Coverage figures nobody has verified"),
}


@dataclass(frozen=True)
class Remark:
    """One thing to know before the seal, with the cases it concerns."""

    code: str
    items: list[str]

    @property
    def text(self) -> str:
        return str(REMARKS[self.code])


@dataclass(frozen=True)
class Review:
    rankings: list[results.Ranking]
    fields: list[Field]
    blockers: list[Remark]
    warnings: list[Remark]

    @property
    def fingerprint(self) -> str:
        """Changes with anything the reviewer was shown; never with the language it was shown in."""
        shown = {
            "rankings": [ranking.document() for ranking in self.rankings],
            "remarks": [(remark.code, len(remark.items)) for remark in [*self.blockers, *self.warnings]],
        }
        return hashlib.sha256(canonical(shown).encode()).hexdigest()


def canonical(document: Any) -> str:
    """The one way of writing a document, so that equal documents have equal digests."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def review(selection: Selection) -> Review:
    """The ranking as the rows are at this moment, and what there is to say about it."""
    titles = standings.titles_of(selection)
    fields = standings.fields_of(selection, titles)
    rankings = [results.ranking_from(selection, title, rows) for title, rows in standings.tallies(titles, fields)]
    found = [
        Remark("sheets-open", open_sheets(selection)),
        Remark("not-ranked", _not_ranked(rankings)),
        Remark("shared-places", _shared_places(rankings)),
        Remark("coverage-unverified", _unverified(list(fields.values()))),
    ]
    forbidding = [] if any(ranking.winners for ranking in rankings) else [Remark("nothing-ranked", [])]
    short, blocks = below_quorum(selection)
    (forbidding if blocks and short else found).append(Remark("below-quorum", short))
    return Review(rankings, list(fields.values()), forbidding, [remark for remark in found if remark.items])


def below_quorum(selection: Selection) -> tuple[list[str], bool]:
    """Candidates with how many jurors gave marks that count, and whether that forbids the seal. Never a mark."""
    panel = Panel.objects.filter(selection=selection).first() or Panel()
    seats = list(Seat.objects.counting().filter(panel__selection=selection))
    nominations = list(judging.marked_nominations(selection))
    found = judging.strengths(seats, nominations, judging.progress(seats, nominations), panel.quorum)
    names = {nomination.pk: str(nomination) for nomination in nominations}
    short = [
        _("%(name)s: %(count)d of %(quorum)d jurors")
        % {"name": names[key], "count": one.handed_in, "quorum": one.quorum}
        for key, one in found.items()
        if one.is_below
    ]
    return short, panel.quorum_blocks


def open_sheets(selection: Selection) -> list[str]:
    """Juror and candidate, never a mark. A seat that has ended owes nothing any more, an observer never did."""
    seats = Seat.objects.counting().filter(panel__selection=selection).with_people()
    nominations = list(judging.marked_nominations(selection))
    told = judging.progress(seats, nominations)
    names = {nomination.pk: str(nomination) for nomination in nominations}
    people = {seat.pk: str(seat.user) for seat in seats}
    owed = {judging.Progress.NOT_BEGUN, judging.Progress.DRAFT}
    return [f"{people[seat]} – {names[nomination]}" for (seat, nomination), how in told.items() if how in owed]


def _not_ranked(rankings: list[results.Ranking]) -> list[str]:
    return [f"{ranking.name}: {line.name} ({line.reason})" for ranking in rankings for line in ranking.unranked]


def _shared_places(rankings: list[results.Ranking]) -> list[str]:
    return [
        _("%(title)s, %(group)s: place %(place)s, %(name)s")
        % {"title": ranking.name, "group": group.name, "place": line.place, "name": line.name}
        for ranking in rankings
        for group in ranking.winners
        for line in group.lines
        if line.is_tied
    ]


def _unverified(fields: list[Field]) -> list[str]:
    figures = {figure.pk: figure for field in fields for figure in field.evidence.coverage.values()}
    return [str(figure) for figure in figures.values() if figure.verified_at is None]
