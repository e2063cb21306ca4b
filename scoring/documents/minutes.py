"""The data of the minutes of the plenary (berita acara), for their template."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from awards.models.rubrics import Awarding
from paritrana.display import formats
from scoring.documents import wording
from scoring.documents.letterhead import Signatory, head_data, place_and_day, signatories_of, signed
from scoring.documents.numerals import day_in_words, weekday
from scoring.documents.pages import Meeting, draft_mark, named, proof_of, source_line, tells_regions
from scoring.documents.roll import Roll, reduced
from scoring.documents.source import BLANK, DocumentSource
from scoring.models import Letterhead, Seat
from scoring.sealing import review
from scoring.standings.rankings import Group, Ranking, RankingLine


def minutes(
    source: DocumentSource,
    meeting: Meeting,
    roll: Roll,
    parts: dict[str, str],
    *,
    head: Letterhead,
    paper: str,
    code: str,
) -> dict[str, Any]:
    """The data for ``minutes.typ``. Without a seal it is a draft without a code to check."""
    seats = roll.seats
    made = place_and_day(head, meeting.held_on)
    values = source.values | _meeting_values(source, meeting, seats)
    return {
        "paper": paper,
        "title": _("Minutes of the plenary"),
        "subject": _("Winners of the Paritrana Award, %(level)s, %(edition)s") % values,
        "number": _("Number: %(number)s") % {"number": meeting.number},
        "source": source_line(source),
        "draft": draft_mark(source),
        "letterhead": head_data(head),
        "opening": wording.lines(parts["opening"], values),
        "legal": wording.lines(parts["legal"], values),
        "panel": _panel(seats, meeting),
        "method": [*wording.lines(parts["method"], values), *_weights(source)],
        "rankings": [_ranking(source, each) for each in source.rankings],
        "remarks": _remarks(source, roll),
        "closing": wording.lines(parts["closing"], values),
        "attachments": wording.lines(parts["attachments"], values),
        "made": _("Drawn up in %(place)s on %(day)s") % made,
        "signatures": _signatures(meeting.signing(seats), head),
        "proof": proof_of(source, code),
        "words": _words(),
    }


def _words() -> dict[str, str]:
    return {
        "legal": _("Legal basis"),
        "panel": _("Panel"),
        "method": _("Method"),
        "results": _("Results"),
        "attachments": _("Attachments"),
        "nothing": _("None."),
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


def _panel(seats: list[Seat], meeting: Meeting) -> dict[str, Any]:
    head = [_("No."), _("Name"), _("Element represented"), _("Position"), _("Attendance")]
    rows = [
        [str(number), str(seat.user), seat.element, seat.appointment.get_role_display()] + [meeting.attendance_of(seat)]
        for number, seat in enumerate(seats, 1)
    ]
    return {"head": head, "rows": rows}


def _signatures(seats: list[Seat], head: Letterhead) -> list[dict[str, Any]]:
    """The members who were present; where no panel was needed, whoever signs for the institution."""
    if seats:
        return [_signature(seat) for seat in seats]
    return [signed(one, {}) | {"role": one.office, "office": ""} for one in signatories_of(head)[:1]]


def _signature(seat: Seat) -> dict[str, Any]:
    user = seat.user
    role = str(seat.appointment.get_role_display())
    block = signed(Signatory(str(user), user.office, user.employee_number, user.rank), {})
    return block | {"role": role[:1].upper() + role[1:]}


def _weights(source: DocumentSource) -> Iterator[str]:
    """How each title weighs its criteria."""
    for each in source.rankings:
        if each.criteria:
            weighed = ", ".join(f"{one.name} {formats.percent(one.weight)}" for one in each.criteria)
            yield f"{named(each)}: {weighed}."


def _ranking(source: DocumentSource, ranking: Ranking) -> dict[str, Any]:
    has_regions = tells_regions(ranking, ranking.lines)
    regions = [_("Region")] if has_regions else []
    wide = ["1fr"] * len(regions)
    if ranking.is_special:
        head, widths, numbers = [_("Name"), *regions, _("Reason")], ["1fr", *wide, "2fr"], []
    else:
        head = [_("Place"), _("Name"), *regions, _("Total"), _("Award")]
        widths, numbers = ["22mm", "1fr", *wide, "22mm", "30mm"], [2 + len(regions)]
    groups = ranking.winners if ranking.is_special else ranking.groups
    return {
        "name": named(ranking),
        "head": head,
        "widths": widths,
        "numbers": numbers,
        "groups": [_group(source, ranking, each, len(groups), has_regions=has_regions) for each in groups],
        "unranked": [_("Not ranked: %(name)s. %(reason)s") % _unranked(line) for line in ranking.unranked],
    }


def _group(source: DocumentSource, ranking: Ranking, group: Group, groups: int, *, has_regions: bool) -> dict[str, Any]:
    is_alone = groups == 1 and not group.lines[0].group
    rows = [_row(source, ranking, line, has_regions=has_regions) for line in group.lines]
    return {"name": "" if is_alone else group.name, "rows": rows}


def _row(source: DocumentSource, ranking: Ranking, line: RankingLine, *, has_regions: bool) -> list[str]:
    region = [line.region] if has_regions else []
    if ranking.is_special:
        return [line.name, *region, "; ".join(filter(None, [line.honour, source.reward_of(ranking, line)]))]
    is_shared = line.is_tied and ranking.awarding != Awarding.JOINT
    place = _("%(place)d (shared)") % {"place": line.place} if is_shared else str(line.place)
    return [place, line.name, *region, formats.hundredths(line.total), source.award_of(ranking, line) or formats.DASH]


def _unranked(line: RankingLine) -> dict[str, str]:
    return {"name": line.name, "reason": line.reason}


def _remarks(source: DocumentSource, roll: Roll) -> list[dict[str, Any]]:
    """Each stands in the minutes even where it says "none": a missing line would look like one that was left out."""
    remarks = [
        (_("Equal totals and what decided"), _ties(source)),
        (_("Members who did not judge a candidate because of a conflict of interest"), roll.recusals),
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
                yield f"{named(ranking)}, {line.name}: {decided}"


def _overrides(source: DocumentSource) -> Iterator[str]:
    texts = {check.code: str(check.text) for check in (*review.CHECKS, *review.INTEGRITY)}
    for each in source.document.get("overrides", []):
        yield f"{texts.get(each['code'], each['code'])} ({each['count']}): {each['reason']}"
