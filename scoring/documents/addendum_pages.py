"""The data of an addendum, for its template: the paper it corrects, what it says instead, and the two who sign."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from paritrana.accounts.models import User
from paritrana.display import formats
from scoring.documents.codes import grouped
from scoring.documents.letterhead import Signatory, decree_head, head_data, place_and_day, signed
from scoring.documents.pages import draft_mark, proof_of, source_line
from scoring.documents.source import DocumentSource
from scoring.models import Addendum, Document, Letterhead


def addendum(
    source: DocumentSource, asked: Addendum, original: Document | None, *, head: Letterhead, paper: str, code: str
) -> dict[str, Any]:
    zone = source.selection.tzinfo
    day = (asked.ended_at or timezone.now()).astimezone(zone).date()
    values = {"number": asked.number, "paper": asked.get_paper_display()}
    return {
        "paper": paper,
        "title": _("Addendum %(number)s to the %(paper)s") % values,
        "number": _official_number(source, asked, original),
        "subject": _("Paritrana Award, %(level)s, %(edition)s") % source.values,
        "source": source_line(source),
        "draft": draft_mark(source),
        "letterhead": decree_head(head) if asked.paper == Addendum.Paper.DECREE else head_data(head),
        "opening": _("The paper named below stays as it was issued; this addendum is read with it."),
        "facts": _facts(asked, original),
        "made": _("Drawn up in %(place)s on %(day)s") % place_and_day(head, day),
        "signatures": [_block(_("Asked by"), asked.asked_by), _block(_("Confirmed by"), asked.ended_by)],
        "proof": proof_of(source, code),
    }


def _official_number(source: DocumentSource, asked: Addendum, original: Document | None) -> str:
    of = source.sealed.decree_number
    if asked.paper == Addendum.Paper.MINUTES and original:
        of = original.subject.get("number", "")
    return _("Correcting number %(number)s") % {"number": of}


def _facts(asked: Addendum, original: Document | None) -> list[tuple[str, str]]:
    facts = [(_("The paper says"), asked.written), (_("It should say"), asked.instead), (_("Reason"), asked.reason)]
    if original:
        facts.append((_("Code of the paper"), grouped(original.code)))
        facts.append((_("Made"), formats.moment(original.made_at, asked.seal.selection.zone_label)))
    return facts


def _block(role: str, user: User | None) -> dict[str, Any]:
    person = Signatory(str(user), user.office, user.employee_number, user.rank) if user else Signatory("", "")
    return signed(person, {}) | {"role": role}
