"""The data of the decree (surat keputusan) on the winners and of its annex, for their templates."""

from typing import Any

from django.utils.translation import gettext as _

from paritrana.display import formats
from scoring.documents import wording
from scoring.documents.letterhead import decree_head, lines, place_and_day, signatories_of, signed
from scoring.documents.numerals import ordinal
from scoring.documents.pages import Meeting, draft_mark, named, proof_of, source_line, tells_regions
from scoring.documents.source import BLANK, DocumentSource
from scoring.models import Letterhead
from scoring.standings.rankings import Ranking


def decree(
    source: DocumentSource,
    meeting: Meeting,
    parts: dict[str, str],
    annex_parts: dict[str, str],
    *,
    head: Letterhead,
    paper: str,
    code: str,
) -> dict[str, Any]:
    """The data for ``decree.typ``: what a decree of a province consists of, each part worded by the edition."""
    values = source.values | {
        "minutes_number": meeting.number,
        "minutes_date": formats.day(meeting.held_on) if meeting.held_on else BLANK,
    }
    filled = {name: wording.lines(text, values) for name, text in parts.items()}
    subject = " ".join(filled["subject"])
    return {
        "paper": paper,
        "title": _("Decree on %(subject)s") % {"subject": subject},
        "source": source_line(source),
        "draft": draft_mark(source),
        "letterhead": decree_head(head),
        "heading": " ".join(filled["heading"]),
        "number": _("Number %(number)s") % {"number": values["decree_number"]},
        "subject": subject,
        "authority": values["authority"],
        "establishes": _("%(heading)s on %(subject)s.") % {"heading": " ".join(filled["heading"]), "subject": subject},
        **{name: filled[name] for name in ("blessing", "considering", "noting", "copies")},
        "recalling": [*lines(head.legal_basis), *filled["recalling"]],
        "dicta": [{"word": ordinal(number), "text": text} for number, text in enumerate(filled["decisions"], 1)],
        "made": _made(source, head),
        "signed": _signed(head),
        "attachments": [_("List of winners")],
        "annex": annex(source, annex_parts, head=head, paper=paper, code=""),
        "proof": proof_of(source, code),
        "words": _words(),
    }


def _made(source: DocumentSource, head: Letterhead) -> list[str]:
    made = place_and_day(head, source.seal.decree_date if source.seal else None)
    return [_("Established at %(place)s") % made, _("on %(day)s") % made]


def _signed(head: Letterhead) -> dict[str, Any]:
    """The first signatory, by hand: no scan stands on a decree."""
    people = signatories_of(head)
    return signed(people[0], {}) if people else {"office": BLANK, "name": BLANK, "rank": "", "number": ""}


def _words() -> dict[str, str]:
    return {
        "about": _("on"),
        "considering": _("Considering"),
        "recalling": _("Recalling"),
        "noting": _("Noting"),
        "decided": _("has decided:"),
        "establishes": _("Establishing"),
        "attachments": _("Attachments"),
        "copies": _("Copies to:"),
    }


def annex(source: DocumentSource, parts: dict[str, str], *, head: Letterhead, paper: str, code: str) -> dict[str, Any]:
    """The data for ``annex.typ``: the winners only, without figures."""
    people = signatories_of(head)
    return {
        "paper": paper,
        "title": _("List of winners"),
        "subject": " ".join(wording.lines(parts["subject"], source.values)),
        "source": source_line(source),
        "draft": draft_mark(source),
        "opening": wording.lines(parts["opening"], source.values),
        "closing": wording.lines(parts["closing"], source.values),
        "signed": people[0].name if people else "",
        "rankings": [_listed(source, ranking) for ranking in source.rankings if ranking.winners],
        "nothing": _("Nobody is given an award."),
        "proof": proof_of(source, code),
    }


def _listed(source: DocumentSource, ranking: Ranking) -> dict[str, Any]:
    """Region and group are columns only where they differ between winners."""
    lines = [(line, prize) for _name, found in ranking.awarded for line, prize in found]
    has_groups = any(line.group for line, _prize in lines)
    has_regions = tells_regions(ranking, [line for line, _prize in lines])
    rewards = [source.reward_of(ranking, line) for line, _prize in lines]
    columns = [
        (_("No."), "10mm", [str(number) for number, _line in enumerate(lines, 1)], True),
        (_("Name"), "1fr", [line.name for line, _prize in lines], True),
        (_("Region"), "1fr", [line.region for line, _prize in lines], has_regions),
        (_("Group"), "1fr", [line.group for line, _prize in lines], has_groups),
        (_("Award"), "30mm", [prize for _line, prize in lines], True),
        (_("Reward"), "1fr", rewards, any(rewards)),
    ]
    heads, widths, cells, _shown = zip(*(column for column in columns if column[3]), strict=True)
    return {
        "name": named(ranking),
        "head": list(heads),
        "widths": list(widths),
        "rows": [list(row) for row in zip(*cells, strict=True)],
    }
