"""Verifies a sealed result: the document, its row, the rows behind it, and the trail."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from paritrana.accounts import anchors
from paritrana.accounts.models import AuditEvent
from scoring import verify_seal
from scoring.models import Seal, Standing
from scoring.sealing import document as sealing_document
from scoring.sealing import renames, signers
from scoring.sealing.checks import Situation
from scoring.standings import rankings
from scoring.standings.winners import bare_winners, stored_winners

NAMES = ("category", "category_slug", "region", "code", "listed_as", "name", "slug", "year", "segment")
"""The keys that identify an entry of a list, as far as it has them."""


def faults(seal: Seal) -> Iterator[str]:
    """Every difference between a seal and its recomputation; empty when all is well.

    Two independent computations are compared with the sealed outputs: exact fractions over the sealed inputs, and the
    ranking kernel over the present rows. A renamed candidate is no difference. A reopened result is compared with its
    own document and the trail only, since its rows have changed.
    """
    is_as_sealed = hashlib.sha256(seal.payload.encode()).hexdigest() == seal.digest
    if not is_as_sealed:
        yield _("the document does not have the digest that was sealed")
    document = json.loads(seal.payload)
    if document.get("format") not in Seal.Format.values:
        yield _("the document is no sealed result")
        return
    yield from _signed(seal, document)
    yield from _trail_differences(seal, document)
    if is_as_sealed:
        yield from _differences(_plain(bare_winners(rankings.sealed(seal))), stored_winners(seal), "winners")
    yield from verify_seal.differences(document)
    if seal.reopened_at is None:
        yield from _behind(seal, document)


def _behind(seal: Seal, document: dict[str, Any]) -> Iterator[str]:
    """Rules, inputs and outputs from the present rows, and the standings; only rules if weights are wrong."""
    now = Situation(seal.selection)
    yield from _differences(_plain(sealing_document.rules(seal.selection, now)), document["rules"], "rules")
    try:
        inputs, outputs = (
            _plain(sealing_document.inputs(seal.selection, now)),
            [each.document() for each in now.rankings],
        )
    except ValueError as error:
        yield f"inputs: {error}"
        return
    called = renames.calling(now, inputs, document)
    rows, sealed = (signers.without(part) for part in (called.as_sealed("inputs", inputs), document["inputs"]))
    yield from _differences(rows, sealed, "inputs")
    yield from _differences(called.as_sealed("outputs", _plain(outputs)), document["outputs"], "outputs")
    yield from _stored(seal, document, called)


def _plain(found: Any) -> Any:
    """As JSON gives it back."""
    return json.loads(json.dumps(found))


def _signed(seal: Seal, document: dict[str, Any]) -> Iterator[str]:
    """The row agrees with the document: number, decree, and people."""
    yield from signers.differences(seal, document)
    of_row = {
        "number": seal.number,
        "format": seal.format,
        "decree": {"number": seal.decree_number, "date": str(seal.decree_date)},
        "sealed_at": seal.sealed_at.isoformat(),
    }
    for key, value in of_row.items():
        if value != document[key]:
            yield _say(key, value, document[key])


def _trail_differences(seal: Seal, document: dict[str, Any]) -> Iterator[str]:
    if not anchors.holds(head := str(document.get("trail_head", ""))):
        yield _("the trail does not contain the head that was sealed: %(head)s") % {"head": head}
    events = AuditEvent.objects.of(seal.selection)
    for verb, happened in (("result.seal", True), ("result.reopen", seal.reopened_at is not None)):
        digests = {detail.get("digest") for detail in events.filter(verb=verb).values_list("detail", flat=True)}
        if happened != (seal.digest in digests):
            yield _("the trail does not agree with this digest: %(verb)s") % {"verb": verb}


def _stored(seal: Seal, document: dict[str, Any], called: renames.Calling) -> Iterator[str]:
    """The standings stored at the seal equal those of the document."""
    sealed = {
        (ranking["category_slug"], ranking["slug"], line["code"], line["name"]): (line["place"], line["total"])
        for ranking in document["outputs"]
        for line in ranking["lines"]
        if not line["honour"]
    }
    rows = Standing.objects.filter(selection=seal.selection)
    for row in rows.select_related("title__rubric__category", "nomination__candidate__region"):
        candidate, entry = row.nomination.candidate, called.of_nomination.get(row.nomination_id)
        code = entry["region"] if entry else candidate.region.code
        name = entry["listed_as"] if entry else rankings.name_of(candidate)
        key = (row.title.rubric.category.slug, row.title.slug, code, name)
        if (row.place, row.total) != sealed.get(key):
            yield _say(f"{key[0]}/{key[1]} {code} {name}: stored standing", [row.place, row.total], sealed.get(key))


def _differences(now: Any, then: Any, where: str) -> Iterator[str]:
    """Where two documents differ, by the names of their entries."""
    if isinstance(now, dict) and isinstance(then, dict):
        for key in sorted(now.keys() | then.keys()):
            yield from _differences(now.get(key), then.get(key), f"{where} {key}".strip())
    elif _is_list_of_entries(now) and _is_list_of_entries(then):
        yield from _differences(_named(now), _named(then), where)
    elif now != then:
        yield _say(where, now, then)


def _is_list_of_entries(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _named(entries: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, entry in enumerate(entries):
        name = "/".join(str(entry[key]) for key in NAMES if entry.get(key)) or str(number)
        found[f"{name} ({number})" if name in found else name] = entry
    return found


def _say(where: str, now: Any, sealed: Any) -> str:
    values = {"where": where, "now": json.dumps(now), "sealed": json.dumps(sealed)}
    return _("%(where)s: is %(now)s in the rows, sealed as %(sealed)s") % values
