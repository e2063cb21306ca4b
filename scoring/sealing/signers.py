"""Whoever signed a sealed document: it has their names, the rows have their keys.

A name that was corrected since, or erased, is no difference; somebody else's name is.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from paritrana.accounts.models import User
from paritrana.accounts.pseudonyms import may_be_called
from scoring.models import Seal, TieDecision


def differences(seal: Seal, document: dict[str, Any]) -> Iterator[str]:
    yield from _difference("sealed_by", seal.sealed_by, document["sealed_by"])
    yield from _difference("seconded_by", seal.seconded_by, document["seconded_by"])
    sealed = document["inputs"].get("decisions", [])
    if seal.reopened_at is not None or not sealed:
        return
    made = TieDecision.objects.filter(selection=seal.selection).select_related("decided_by")
    by_moment = {row.decided_at.isoformat(): row.decided_by for row in made}
    for one in sealed:
        if (person := by_moment.get(one["decided_at"])) is not None:
            yield from _difference("decided_by", person, one["decided_by"])


def without(inputs: dict[str, Any]) -> dict[str, Any]:
    """The inputs without the names of those who decided; ``differences`` compares them by key."""
    decisions = [{key: one[key] for key in one if key != "decided_by"} for one in inputs.get("decisions", [])]
    return inputs | {"decisions": decisions} if "decisions" in inputs else inputs


def _difference(where: str, person: User, sealed: dict[str, str]) -> Iterator[str]:
    if not may_be_called(person, sealed["name"]):
        values = {"where": where, "now": json.dumps(person.name), "sealed": json.dumps(sealed["name"])}
        yield _("%(where)s: is %(now)s in the rows, sealed as %(sealed)s") % values
