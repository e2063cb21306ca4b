"""Names and addresses of people live in ``User`` and ``PersonalValue``; the trail writes ``@12`` and salted digests.

So a person can be erased without touching an event: what is left there says that it was one person, not who.
"""

import hashlib
import re
import secrets
from collections.abc import Mapping

from paritrana.accounts.models import PersonalValue, User

_PERSON = re.compile(r"(?<![\w.])@(\d{1,18})\b")
_VALUE = re.compile(r"~([0-9a-f]{64})\b")
ERASED = "…"


def keyed(user: User, values: Mapping[str, str]) -> dict[str, str]:
    """The values as the trail writes them; the texts themselves are kept beside it until the person is erased."""
    return {name: f"~{_kept(user, text).digest}" if text else "" for name, text in values.items()}


def _kept(user: User, text: str) -> PersonalValue:
    salt = secrets.token_hex(16)
    fresh = {"salt": salt, "digest": digest_of(salt, text)}
    return PersonalValue.objects.get_or_create(user=user, text=text, defaults=fresh)[0]


def digest_of(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()


def in_words(texts: list[str]) -> list[str]:
    """The texts with present names and former values in place of their keys; two questions for all of them."""
    whole = "\n".join(texts)
    people = User.objects.in_bulk({int(key) for key in _PERSON.findall(whole)})
    rows = PersonalValue.objects.filter(digest__in=set(_VALUE.findall(whole)))
    values = {row.digest: row.text for row in rows if row.digest == digest_of(row.salt, row.text)}

    def person(found: re.Match[str]) -> str:
        known = people.get(int(found[1]))
        return str(known) if known else found[0]

    return [_VALUE.sub(lambda found: values.get(found[1], ERASED), _PERSON.sub(person, text)) for text in texts]


def may_be_called(user: User, name: str) -> bool:
    """Whether this person has or had this name; this cannot be known of an erased person."""
    is_known = user.erased_at is None
    return not is_known or name == user.name or PersonalValue.objects.filter(user=user, text=name).exists()
