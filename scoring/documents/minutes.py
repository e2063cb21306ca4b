"""The data of the minutes of the plenary (berita acara) and of the annex of the decree, for their templates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from paritrana.display import formats
from scoring.documents import wording
from scoring.documents.codes import proof
from scoring.documents.numerals import day_in_words, weekday
from scoring.documents.roll import Roll, reduced
from scoring.documents.source import BLANK, DocumentSource
from scoring.models import Document, Seat
from scoring.sealing import review
from scoring.standings.rankings import Group, Ranking, RankingLine


@dataclass(frozen=True)
class Meeting:
    """What the secretary adds: the number of the minutes, day and venue, and which seats were absent.

    ``absent`` is None where nobody has said yet who came.
    """

    number: str = BLANK
    held_on: date | None = None
    venue: str = BLANK
    absent: frozenset[int] | None = None

    def signing(self, seats: list[Seat]) -> list[Seat]:
        return [seat for seat in seats if seat.pk not in (self.absent or ())]

    def attendance_of(self, seat: Seat) -> str:
        if self.absent is None:
            return BLANK
        return _("absent") if seat.pk in self.absent else _("present")


def minutes(
    source: DocumentSource, meeting: Meeting, roll: Roll, parts: dict[str, str], *, paper: str, code: str
) -> dict[str, Any]:
    """The data for ``minutes.typ``. Without a seal it is a draft without a code to check."""
    seats = roll.seats
    values = source.values | _meeting_values(source, meeting, seats)
    return {
        "paper": paper,
        "title": _("Minutes of the plenary"),
        "subject": _("Winners of the Paritrana Award, %(level)s, %(edition)s") % values,
        "number": _("Number: %(number)s") % {"number": meeting.number},
        "source": _source(source),
        "draft": _draft(source),
        "letterhead": wording.lines(parts["letterhead"], values),
        "opening": wording.lines(parts["opening"], values),
        "legal": wording.lines(parts["legal"], values),
        "panel": _panel(seats, meeting),
        "method": [*wording.lines(parts["method"], values), *_weights(source)],
        "rankings": [_ranking(source, each) for each in source.rankings],
        "remarks": _remarks(source, roll),
        "closing": wording.lines(parts["closing"], values),
        "signatures": [_signature(seat) for seat in meeting.signing(seats)],
        "proof": _proof(source, code),
        "words": {
            "legal": _("Legal basis"),
            "panel": _("Panel"),
            "method": _("Method"),
            "results": _("Results"),
            "nothing": _("None."),
        },
    }


def _meeting_values(source: DocumentSource, meeting: Meeting, seats: list[Seat]) -> dict[str, str]:
    panel, held_on = seats[0].panel if seats else None, meeting.held_on
    return {
        "number": meeting.number,
        "day": weekday(held_on) if held_on else BLANK,
        "date": formats.day(held_on) if held_on else BLANK,
        "date_words": day_in_words(held_on) if held_on else BLANK,
        "venue": meeting.venue,
        "panel_decree_number": (panel and panel.decree_number) or BLANK,
        "panel_decree_date": formats.day(panel.decree_date) if panel and panel.decree_date else BLANK,
        "members": str(len(seats)),
        "present": BLANK if meeting.absent is None else str(len(meeting.signing(seats))),
        "candidates": str(len(source.document["inputs"]["nominations"])),
    }


def _source(source: DocumentSource) -> str:
    lines = [_("Example data")] if source.is_example else []
    digest = source.seal.digest[:12] if source.seal else _("not sealed")
    return " · ".join([*lines, str(source.selection), digest])


def _draft(source: DocumentSource) -> str:
    return "" if source.seal else _("DRAFT")


def _proof(source: DocumentSource, code: str) -> dict[str, Any]:
    if source.seal is None:
        return proof("", (_("Result"), _("not sealed")))
    digest = (_("Digest of the result (sha256)"), source.seal.digest)
    return proof(code, digest, (_("Head of the trail"), source.document["trail_head"]))


def _panel(seats: list[Seat], meeting: Meeting) -> dict[str, Any]:
    head = [_("No."), _("Name"), _("Element represented"), _("Position"), _("Attendance")]
    rows = [
        [str(number), str(seat.user), seat.element, seat.appointment.get_role_display()] + [meeting.attendance_of(seat)]
        for number, seat in enumerate(seats, 1)
    ]
    return {"head": head, "rows": rows}


def _signature(seat: Seat) -> dict[str, str]:
    user = seat.user
    number = _("NIP %(number)s") % {"number": user.employee_number} if user.employee_number else ""
    role = str(seat.appointment.get_role_display())
    return {"role": role[:1].upper() + role[1:], "name": str(user), "office": user.office, "number": number}


def _weights(source: DocumentSource) -> Iterator[str]:
    """How each title weighs its criteria."""
    for each in source.rankings:
        if each.criteria:
            weighed = ", ".join(f"{one.name} {formats.percent(one.weight)}" for one in each.criteria)
            yield f"{_named(each)}: {weighed}."


def _named(ranking: Ranking) -> str:
    return f"{ranking.category} · {ranking.name}"


def _ranking(source: DocumentSource, ranking: Ranking) -> dict[str, Any]:
    regions = [_("Region")] if ranking.shows_regions else []
    wide = ["1fr"] * len(regions)
    if ranking.is_special:
        head, widths, numbers = [_("Name"), *regions, _("Reason")], ["1fr", *wide, "2fr"], []
    else:
        head = [_("Place"), _("Name"), *regions, _("Total"), _("Award")]
        widths, numbers = ["22mm", "1fr", *wide, "22mm", "30mm"], [2 + len(regions)]
    groups = ranking.winners if ranking.is_special else ranking.groups
    return {
        "name": _named(ranking),
        "head": head,
        "widths": widths,
        "numbers": numbers,
        "groups": [_group(source, ranking, each, len(groups)) for each in groups],
        "unranked": [_("Not ranked: %(name)s. %(reason)s") % _unranked(line) for line in ranking.unranked],
    }


def _group(source: DocumentSource, ranking: Ranking, group: Group, groups: int) -> dict[str, Any]:
    is_alone = groups == 1 and not group.lines[0].group
    rows = [_row(source, ranking, line) for line in group.lines]
    return {"name": "" if is_alone else group.name, "rows": rows}


def _row(source: DocumentSource, ranking: Ranking, line: RankingLine) -> list[str]:
    region = [line.region] if ranking.shows_regions else []
    if ranking.is_special:
        return [line.name, *region, "; ".join(filter(None, [line.honour, source.reward_of(ranking, line)]))]
    place = _("%(place)d (shared)") % {"place": line.place} if line.is_tied else str(line.place)
    return [place, line.name, *region, formats.hundredths(line.total), source.award_of(ranking, line) or formats.DASH]


def _unranked(line: RankingLine) -> dict[str, str]:
    return {"name": line.name, "reason": line.reason}


def _remarks(source: DocumentSource, roll: Roll) -> list[dict[str, Any]]:
    """Each stands in the minutes even where it says "none": what is left out could not be told from what never was."""
    remarks = [
        (_("Equal totals and what decided"), _ties(source)),
        (_("Members who kept out of a candidate"), roll.recusals),
        (_("Members who were absent from a candidate"), roll.absences),
        (_("Candidates marked by fewer members"), reduced(source.document, roll)),
        (_("Passed over by the plenary, with the reason"), _overrides(source)),
    ]
    return [{"heading": heading, "lines": list(lines)} for heading, lines in remarks]


def _ties(source: DocumentSource) -> Iterator[str]:
    """One line for each total shared by several candidates."""
    for ranking in source.rankings:
        seen: set[tuple[str, int | None]] = set()
        for line in (line for group in ranking.groups for line in group.lines):
            decided = ranking.tie_of(line)
            if decided and (line.group, line.total) not in seen:
                seen.add((line.group, line.total))
                yield f"{_named(ranking)}, {line.name}: {decided}"


def _overrides(source: DocumentSource) -> Iterator[str]:
    texts = {check.code: str(check.text) for check in (*review.CHECKS, *review.INTEGRITY)}
    for each in source.document.get("overrides", []):
        yield f"{texts.get(each['code'], each['code'])} ({each['count']}): {each['reason']}"


def annex(source: DocumentSource, parts: dict[str, str], *, paper: str, code: str) -> dict[str, Any]:
    """The data for ``annex.typ``: the winners only, without figures."""
    return {
        "paper": paper,
        "title": _("List of winners"),
        "subject": " ".join(wording.lines(parts["subject"], source.values)),
        "source": _source(source),
        "draft": _draft(source),
        "opening": wording.lines(parts["opening"], source.values),
        "closing": wording.lines(parts["closing"], source.values),
        "rankings": [_listed(source, ranking) for ranking in source.rankings if ranking.winners],
        "nothing": _("Nobody is given an award."),
        "proof": _proof(source, code),
    }


def _listed(source: DocumentSource, ranking: Ranking) -> dict[str, Any]:
    """Region and group are columns only where they differ between winners."""
    lines = [(line, prize) for _name, found in ranking.awarded for line, prize in found]
    has_groups = any(line.group for line, _prize in lines)
    rewards = [source.reward_of(ranking, line) for line, _prize in lines]
    columns = [
        (_("No."), "10mm", [str(number) for number, _line in enumerate(lines, 1)], True),
        (_("Name"), "1fr", [line.name for line, _prize in lines], True),
        (_("Region"), "1fr", [line.region for line, _prize in lines], ranking.shows_regions),
        (_("Group"), "1fr", [line.group for line, _prize in lines], has_groups),
        (_("Award"), "30mm", [prize for _line, prize in lines], True),
        (_("Reward"), "1fr", rewards, any(rewards)),
    ]
    heads, widths, cells, _shown = zip(*(column for column in columns if column[3]), strict=True)
    return {
        "name": _named(ranking),
        "head": list(heads),
        "widths": list(widths),
        "rows": [list(row) for row in zip(*cells, strict=True)],
    }


TEMPLATES = {Document.Kind.MINUTES: "minutes", Document.Kind.ANNEX: "annex", Document.Kind.CERTIFICATE: "certificate"}
