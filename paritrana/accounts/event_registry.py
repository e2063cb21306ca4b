"""The events the trail may hold and their labels; each app registers its own in its module ``events``."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Event:
    """An event by the code that is stored in the trail, and the label people read."""

    code: str
    label: Promise


_events: dict[str, Event] = {}


def register(*events: Event) -> None:
    """Raises ValueError, and registers none of them, when a code is registered already."""
    codes = [event.code for event in events]
    taken = sorted({code for code in codes if code in _events or codes.count(code) > 1})
    if taken:
        raise ValueError(f"events registered twice: {', '.join(taken)}")
    _events.update(zip(codes, events, strict=True))


def codes() -> frozenset[str]:
    return frozenset(_events)


def label_of(code: str) -> str:
    """The code itself for an event no app registers any more: the trail is never rewritten."""
    return str(_events[code].label) if code in _events else code
