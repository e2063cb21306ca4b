"""The events the trail may record and their labels; each app registers its own in its module ``events``."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Event:
    """An event: the code stored in the trail, and the label shown on pages."""

    code: str
    label: Promise


_events: dict[str, Event] = {}


def register(*events: Event) -> None:
    """Add these events; ValueError when one of the codes is registered already, and then none is added."""
    codes = [event.code for event in events]
    taken = sorted({code for code in codes if code in _events or codes.count(code) > 1})
    if taken:
        raise ValueError(f"events registered twice: {', '.join(taken)}")
    _events.update(zip(codes, events, strict=True))


def codes() -> frozenset[str]:
    return frozenset(_events)


def label_of(code: str) -> str:
    """The label of a code; the code itself for events that no app registers any more."""
    return str(_events[code].label) if code in _events else code
