"""The trail for those who read it: one sentence per event, its details as words, the state of the chain."""

import re
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.accounts.models import AuditEvent
from paritrana.display import formats

NAMES: dict[str, Promise] = {
    "absent": gettext_lazy("absent"),
    "address": gettext_lazy("address"),
    "after": gettext_lazy("after"),
    "again": gettext_lazy("again"),
    "area": gettext_lazy("area"),
    "as_of": gettext_lazy("as of"),
    "asked_by": gettext_lazy("asked for by person number"),
    "at": gettext_lazy("when"),
    "attended": gettext_lazy("who came"),
    "before": gettext_lazy("before"),
    "bytes": gettext_lazy("bytes"),
    "candidate": gettext_lazy("candidate"),
    "category": gettext_lazy("category"),
    "citation": gettext_lazy("citation"),
    "comment": gettext_lazy("comment"),
    "confirmed": gettext_lazy("confirmed"),
    "count": gettext_lazy("number"),
    "created": gettext_lazy("created"),
    "criteria": gettext_lazy("criteria"),
    "date": gettext_lazy("date"),
    "decree": gettext_lazy("decree"),
    "decree_date": gettext_lazy("date of the decree"),
    "decree_emblem": gettext_lazy("emblem of the decree"),
    "decree_institution": gettext_lazy("who issues the decree"),
    "decree_number": gettext_lazy("number of the decree"),
    "definition": gettext_lazy("definition"),
    "device": gettext_lazy("device"),
    "digest": gettext_lazy("digest"),
    "element": gettext_lazy("element represented"),
    "email": gettext_lazy("e-mail address"),
    "emblem": gettext_lazy("emblem"),
    "entries": gettext_lazy("entries"),
    "fields": gettext_lazy("fields"),
    "figures": gettext_lazy("figures"),
    "file": gettext_lazy("file"),
    "from": gettext_lazy("before"),
    "held_on": gettext_lazy("held on"),
    "institution": gettext_lazy("institution"),
    "is_observer": gettext_lazy("observer"),
    "is_online": gettext_lazy("online"),
    "kind": gettext_lazy("kind"),
    "language": gettext_lazy("language"),
    "late": gettext_lazy("late"),
    "left": gettext_lazy("still owed"),
    "legal_basis": gettext_lazy("regional laws and regulations"),
    "letters": gettext_lazy("letters"),
    "made": gettext_lazy("made"),
    "moment": gettext_lazy("moment"),
    "name": gettext_lazy("name"),
    "nomination": gettext_lazy("nomination"),
    "nominations": gettext_lazy("nominations"),
    "nominees": gettext_lazy("nominees"),
    "note": gettext_lazy("note"),
    "number": gettext_lazy("number"),
    "origin": gettext_lazy("origin"),
    "overrides": gettext_lazy("passed over"),
    "paper": gettext_lazy("paper"),
    "participants": gettext_lazy("participants"),
    "people": gettext_lazy("people"),
    "photo": gettext_lazy("photo"),
    "place": gettext_lazy("place"),
    "public_from": gettext_lazy("public from"),
    "published": gettext_lazy("published"),
    "reason": gettext_lazy("reason"),
    "regions": gettext_lazy("regions"),
    "remarks": gettext_lazy("comments"),
    "replaces": gettext_lazy("replaces"),
    "role": gettext_lazy("role"),
    "room": gettext_lazy("room"),
    "rows": gettext_lazy("rows"),
    "said_by": gettext_lazy("said by the member in seat"),
    "scope": gettext_lazy("scope"),
    "seat": gettext_lazy("seat"),
    "segments": gettext_lazy("segments"),
    "selection": gettext_lazy("selection"),
    "sha256": gettext_lazy("digest"),
    "signatories": gettext_lazy("signatories"),
    "source": gettext_lazy("source"),
    "stage": gettext_lazy("stage"),
    "stages": gettext_lazy("stages"),
    "starts_at": gettext_lazy("begins"),
    "text": gettext_lazy("text"),
    "title": gettext_lazy("title"),
    "to": gettext_lazy("after"),
    "user": gettext_lazy("person number"),
    "venue": gettext_lazy("venue"),
    "version": gettext_lazy("version"),
    "with": gettext_lazy("together with"),
    "workers": gettext_lazy("workers"),
    "year": gettext_lazy("year"),
    "years": gettext_lazy("years"),
}
"""Names of details in words; what is not here is shown under its own name."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def sentence(event: AuditEvent, label: str) -> str:
    """Who did what to which object; ``label`` is its name as this reader may read it."""
    who = event.actor or _("The system")
    return _("%(who)s: %(act)s – %(object)s") % {
        "who": who,
        "act": event.verb_in_words,
        "object": label or formats.DASH,
    }


def details(event: AuditEvent) -> str:
    """Every detail by its name, in one line."""
    return " · ".join(f"{NAMES.get(name, name)}: {_value(value)}" for name, value in sorted(event.detail.items()))


def _value(value: Any) -> str:
    if isinstance(value, dict):
        values = "; ".join(f"{NAMES.get(name, name)}: {_value(each)}" for name, each in sorted(value.items()))
        return values or formats.DASH
    if isinstance(value, list):
        return ", ".join(map(_value, value)) or formats.DASH
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return formats.DASH if value in (None, "") else _in_words(str(value))


def _in_words(text: str) -> str:
    """Days and moments as people write them; anything else as it is."""
    try:
        if _DAY.fullmatch(text):
            return formats.day(date.fromisoformat(text))
        return formats.moment(datetime.fromisoformat(text)) if _MOMENT.fullmatch(text) else text
    except ValueError:
        return text


def broken(fault: str) -> str:
    """A fault of the chain in words: where it is, and what it may mean."""
    found = re.search(r"\d+", fault)
    words = _("The chain is broken at event %(number)s. Something was changed, removed or added outside the portal.")
    return words % {"number": found[0] if found else formats.DASH}
