"""Letters as their reader opens them."""

import re

from django.core import mail

from awards.letters import outbox


def path_in(text: str) -> str:
    """The path of the first address in a text."""
    return re.search(r"https?://[^/]+(/\S+)", text).group(1)


def last_link() -> str:
    """Send what waits; the path in the last letter."""
    outbox.send_waiting()
    return path_in(mail.outbox[-1].body)
