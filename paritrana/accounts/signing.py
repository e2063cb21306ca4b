"""Signatures by the key of the trail (Ed25519), which lies outside the database: see ``TRAIL_KEY`` in the settings."""

from base64 import b64decode, b64encode
from functools import cache
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

_PURPOSE = b"paritrana trail\n"


@cache
def _made_from(text: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(sha256(_PURPOSE + text.encode()).digest())


def sign(content: str) -> str:
    """The signature in base64, 88 characters."""
    return b64encode(_made_from(settings.TRAIL_KEY).sign(content.encode())).decode()


def is_ours(signature: str, content: str) -> bool:
    """Whether it was made over this content by the present key or one of the earlier ones."""
    try:
        raw = b64decode(signature, validate=True)
    except ValueError:
        return False
    return any(_fits(text, raw, content.encode()) for text in (settings.TRAIL_KEY, *settings.TRAIL_KEY_FALLBACKS))


def _fits(text: str, signature: bytes, content: bytes) -> bool:
    try:
        _made_from(text).public_key().verify(signature, content)
    except InvalidSignature:
        return False
    return True
