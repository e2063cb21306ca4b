"""What the policy says of every visit: an address, asked by a persona with a method, for an object of some kind.

An outcome is ``allowed``, ``login``, ``denied`` (403), ``hidden`` (404), ``refused`` (405) or ``gone`` (410). The kinds
of objects are ``own``, ``foreign`` and ``absent``; ``ended``, which was and is no more; and ``own:PLENARY`` or
``foreign:PLENARY``, the selection and the nomination of the place at that stage instead of the rule's own.
"""

from tests.access.policy import POLICY
from tests.access.rules import EVERYBODY, LOCAL, SIGNED_IN, Rule
from tests.access.world import STAGES

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
FORMER = (
    *("committee", "juror", "chair", "secretary", "national", "auditor"),
    *("branch", "officer", "head", "admin", "assistant", "contact"),
)
OUTSIDERS = ("stranger", "inactive", "assistant", *(f"former {role}" for role in FORMER))
"""Accounts without a role today; one that is shut; and one that types for the juror."""
STAGES_OF_A_PLACE = [stage.name for stage in STAGES.values()]

OF_AN_EDITION = (
    *("edition", "edition-export", "edition-edit", "edition-zones", "category-create", "category-edit"),
    *("category-remove", "rubric-edit", "rubric-titles", "rubric-versions", "rubric-version", "rubric-preview"),
    *("document-texts", "document-logo", "document-text", "document-preview", "export-nation"),
    *("edition-calendar", "edition-english"),
)
COUNTRY_WIDE = {
    *OF_AN_EDITION,
    "office",
    "office-create",
    "region",
    "atlas-province",
    "nation-target-edit",
    "indicator-province",
    "selections-open",
    "candidate-create",
    "candidate-hints",
}
"""Addresses with an argument that names no province's own thing."""
TYPES = {
    *("declare", "sheet", "sheet-next", "sheet-evidence", "sheet-history", "sheet-problem"),
    *("sheets-board", "sheets-deliver", "sheets-rescue", "sheets-receipts"),
}
"""What an assistant may reach besides what every account does: typing for the juror, with a network or without."""

TOLD_THAT_IT_ENDED = {("former contact", "my-nomination")}
"""Who reads at an address of theirs that their access was closed, and nothing else."""


def expected(name: str, persona: str, method: str, kind: str) -> frozenset[str]:
    """The outcomes the policy has for this visit; one, unless the object has ended."""
    rule = POLICY[name]
    found = _of_an_outsider if persona in OUTSIDERS else _of_a_persona
    outcomes = found(name, rule, persona, method, kind.partition(":")[0])
    if kind == "ended" and "allowed" in outcomes:
        return outcomes | {"hidden", "denied", "gone"}
    return outcomes | {"hidden"} if kind == "ended" and "denied" in outcomes else outcomes


def answers(rule: Rule, method: str) -> bool:
    return method in rule.methods or (method == "HEAD" and "GET" in rule.methods)


def _of_a_persona(name: str, rule: Rule, persona: str, method: str, kind: str) -> frozenset[str]:
    if persona == "anonymous" and "anonymous" not in rule.allow:
        return frozenset({"login"})
    if persona == "contact" and rule.allow != EVERYBODY and persona not in rule.allow | rule.deny:
        return frozenset({"hidden"})
    if not answers(rule, method):  # a contact's door is asked before the method
        return frozenset({"refused", "hidden"} if persona == "contact" and kind != "own" else {"refused"})
    public = rule.allow == EVERYBODY or rule.of is None
    is_foreign = kind == "foreign" and persona in LOCAL and not public and name not in COUNTRY_WIDE
    if kind == "absent" or is_foreign:
        return frozenset({"hidden"})
    allow = rule.write if method == "POST" and rule.write is not None else rule.allow
    if persona in allow:
        return frozenset({"allowed"})
    return frozenset({"denied" if persona in rule.deny | rule.allow else "hidden"})


def _of_an_outsider(name: str, rule: Rule, persona: str, method: str, kind: str) -> frozenset[str]:
    """Of what belongs to a place nothing is there; of what is everybody's they have what any account has."""
    if persona == "inactive":
        return _of_a_persona(name, rule, "anonymous", method, kind)
    if not answers(rule, method):
        return frozenset({"refused"})
    if persona == "assistant" and name in TYPES and kind in {"own", "ended"}:
        return frozenset({"allowed", "denied", "hidden"})
    if kind == "absent" or (rule.of and rule.allow != EVERYBODY and name not in COUNTRY_WIDE):
        return frozenset({"hidden", "gone"} if (persona, name) in TOLD_THAT_IT_ENDED else {"hidden"})
    if name in OF_AN_EDITION or not rule.allow >= SIGNED_IN:
        return frozenset({"hidden", "denied"})
    return frozenset({"allowed"})
