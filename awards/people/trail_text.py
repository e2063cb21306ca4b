"""The trail for those who read it: one sentence per event, its details as words, the state of the chain."""

from __future__ import annotations

import re
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.accounts.models import AuditEvent
from paritrana.display import formats

NAMES: dict[str, Promise] = {
    "area": gettext_lazy("area"),
    "at": gettext_lazy("when"),
    "category": gettext_lazy("category"),
    "count": gettext_lazy("number"),
    "criteria": gettext_lazy("criteria"),
    "device": gettext_lazy("device"),
    "digest": gettext_lazy("digest"),
    "email": gettext_lazy("e-mail address"),
    "entries": gettext_lazy("entries"),
    "fields": gettext_lazy("fields"),
    "from": gettext_lazy("before"),
    "left": gettext_lazy("still owed"),
    "nomination": gettext_lazy("nomination"),
    "place": gettext_lazy("place"),
    "reason": gettext_lazy("reason"),
    "remarks": gettext_lazy("comments"),
    "role": gettext_lazy("role"),
    "room": gettext_lazy("room"),
    "rows": gettext_lazy("rows"),
    "said_by": gettext_lazy("said by the member in seat"),
    "seat": gettext_lazy("seat"),
    "segments": gettext_lazy("segments"),
    "selection": gettext_lazy("selection"),
    "stage": gettext_lazy("stage"),
    "to": gettext_lazy("after"),
    "version": gettext_lazy("version"),
    "year": gettext_lazy("year"),
}
"""Names of details in words; what is not here is shown under its own name."""


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
        return "; ".join(f"{NAMES.get(name, name)}: {_value(each)}" for name, each in sorted(value.items()))
    if isinstance(value, list):
        return ", ".join(map(_value, value)) or formats.DASH
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return formats.DASH if value in (None, "") else str(value)


def broken(fault: str) -> str:
    """A fault of the chain in words: where it is, and what it may mean."""
    found = re.search(r"\d+", fault)
    words = _("The chain is broken at event %(number)s. Something was changed, removed or added outside the portal.")
    return words % {"number": found[0] if found else formats.DASH}
