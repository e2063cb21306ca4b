"""Candidates renamed or merged since a seal.

A seal keeps the names as they were. A nomination that differs from the document only by its name is matched with the
unmatched entry that has the same facts.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scoring.models import Seal
from scoring.sealing import document as sealing_document
from scoring.sealing.checks import Situation

Facts = dict[str, Any]
NAMES = ("region", "name", "listed_as")
Key = tuple[str, str, str]
"""Category, code of the region, and the name of a candidate in a ranking."""


@dataclass(frozen=True, eq=False)
class Calling:
    """Maps present names to sealed ones.

    ``of_nomination`` and ``by_key`` (present) lead to the sealed entry, ``homes`` (as sealed) to its location.
    """

    of_nomination: dict[int, Facts]
    by_key: dict[Key, Facts]
    homes: dict[Key, str]

    def as_sealed(self, part: str, found: Any) -> Any:
        """Present inputs or outputs with the sealed names."""
        if part == "outputs":
            return [ranking | {"lines": self._lines(ranking)} for ranking in found]
        return found | {
            "nominations": [self._entry(one) for one in found["nominations"]],
            "decisions": [self._decision(row, found["nominations"]) for row in found["decisions"]],
        }

    def _entry(self, one: Facts) -> Facts:
        sealed = self.by_key.get(_key(one), one)
        return one | {name: sealed[name] for name in NAMES}

    def _lines(self, ranking: Facts) -> list[Facts]:
        return [line | self._home((ranking["category_slug"], line["code"], line["name"])) for line in ranking["lines"]]

    def _home(self, key: Key) -> Facts:
        sealed = self.by_key.get(key)
        if sealed is None:
            return {}
        home = {"region": self.homes[_key(sealed)]} if _key(sealed) in self.homes else {}
        return {"code": sealed["region"], "name": sealed["listed_as"]} | home

    def _decision(self, row: Facts, nominations: list[Facts]) -> Facts:
        mine = [one for one in nominations if one["category"] == row["category"]]
        entries = {(one["region"], one["name"]): self._entry(one) for one in mine}
        called = {key: [one["region"], one["name"]] for key, one in entries.items()}
        agreed = [[called[code, name] for code, name in sharing] for sharing in row["agreed"]]
        return row | {"tied": [called[code, name] for code, name in row["tied"]], "agreed": agreed}


def calling(now: Situation, inputs: Facts, document: Facts) -> Calling:
    """``inputs`` are present rows in the form of the document."""
    nominations = [each for field in now.fields for each in field.nominations]
    pairs = _paired(inputs["nominations"], document["inputs"]["nominations"])
    of_nomination = {each.pk: sealed for each, sealed in zip(nominations, pairs, strict=True) if sealed}
    by_key = {_key(one): sealed for one, sealed in zip(inputs["nominations"], pairs, strict=True) if sealed}
    homes = {
        (ranking["category_slug"], line["code"], line["name"]): line["region"]
        for ranking in document["outputs"]
        for line in ranking["lines"]
    }
    return Calling(of_nomination, by_key, homes)


def _paired(found: list[Facts], sealed: list[Facts]) -> list[Facts | None]:
    """Per entry the sealed one: of the same name, else an unmatched one with the same facts."""
    by_name = {_key(one): one for one in sealed}
    taken = {_key(one) for one in found}
    left: dict[str, list[Facts]] = defaultdict(list)
    for one in sealed:
        if _key(one) not in taken:
            left[_facts(one)].append(one)
    pairs: list[Facts | None] = []
    for one in found:
        alike = left[_facts(one)]
        same = by_name.get(_key(one)) or next((each for each in alike if each["region"] == one["region"]), None)
        pairs.append(same or (alike[0] if alike else None))
        if pairs[-1] in alike:
            alike.remove(pairs[-1])
    return pairs


def _key(one: Facts) -> Key:
    return one["category"], one["region"], one["listed_as"]


def _facts(one: Facts) -> str:
    return json.dumps({name: value for name, value in one.items() if name not in NAMES}, sort_keys=True)


def renamed(seal: Seal) -> Iterator[tuple[str, str]]:
    """(sealed name, present name), for the result in force."""
    now = Situation(seal.selection)
    inputs = json.loads(json.dumps(sealing_document.inputs(seal.selection, now)))
    found = calling(now, inputs, json.loads(seal.payload))
    for one in inputs["nominations"]:
        sealed = found.by_key.get(_key(one), one)
        if (one["region"], one["listed_as"]) != (sealed["region"], sealed["listed_as"]):
            yield sealed["listed_as"], one["listed_as"]
