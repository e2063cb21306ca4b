"""Is a sealed result still what its inputs give? Asked of the document, of the rows, and of the trail."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

from paritrana.accounts.models import AuditEvent
from scoring import results, verify_seal
from scoring.models import Seal


def faults(seal: Seal) -> Iterator[str]:
    """Every difference between a seal, what computes it again, the rows behind it and the trail; none when all is well.

    Two computations are compared with the sealed outputs: exact fractions over the sealed inputs, and the ranking
    kernel over the rows as they are now. Neither knows of the other.
    """
    if hashlib.sha256(seal.payload.encode()).hexdigest() != seal.digest:
        yield _("the document does not have the digest that was sealed")
    told = AuditEvent.objects.of(seal.selection).filter(verb="result.seal").values_list("detail", flat=True)
    if seal.digest not in {detail.get("digest") for detail in told}:
        yield _("the trail does not know this digest")
    document = json.loads(seal.payload)
    yield from verify_seal.differences(document)
    for ranking, sealed in zip_longest(_as_stored(results.fresh(seal.selection)), document["outputs"]):
        yield from _compared(ranking, sealed)


def _as_stored(rankings: list[results.Ranking]) -> list[dict[str, Any]]:
    """As they would be after a journey through JSON."""
    return json.loads(json.dumps([ranking.document() for ranking in rankings]))


def _compared(now: dict[str, Any] | None, sealed: dict[str, Any] | None) -> Iterator[str]:
    if now is None or sealed is None:
        yield _("the titles are no longer those that were sealed")
        return
    where = f"{sealed['category_slug']}/{sealed['slug']}"
    for key in sealed:
        if key != "lines" and now[key] != sealed[key]:
            yield f"{where}: {key}: {now[key]} / {sealed[key]}"
    for line, frozen in zip_longest(now["lines"], sealed["lines"]):
        if line == frozen:
            continue
        name = (frozen or line or {}).get("name")
        if line is None or frozen is None:
            yield _("%(where)s: %(name)s competes in the rows or in the seal only") % {"where": where, "name": name}
            continue
        for key in frozen:
            if line[key] != frozen[key]:
                told = {"where": where, "name": name, "key": key, "now": line[key], "sealed": frozen[key]}
                yield _("%(where)s: %(name)s: %(key)s is %(now)s in the rows, sealed as %(sealed)s") % told
