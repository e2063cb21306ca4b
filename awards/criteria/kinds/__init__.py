"""The kinds of criteria: every module in this folder registers one, so adding a kind is adding a file."""

from importlib import import_module
from pkgutil import iter_modules

from django.utils.functional import Promise

from awards.criteria.answered import Answered
from awards.criteria.kind import KINDS, Kind

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

NO_KIND = Kind()
"""Used in place of an unknown kind, so that the rest of a faulty document can still be read."""


def choices() -> list[tuple[str, str | Promise]]:
    """(name, label) in the order of the choice list."""
    return [(kind.name, kind.label) for kind in sorted(KINDS.values(), key=lambda kind: kind.order)]


def kind_name(value: str) -> str:
    """Validate the name of a kind. Raises ValueError for an unknown one."""
    if value not in KINDS:
        raise ValueError(value)
    return value


def answered_kind(name: str) -> Answered:
    """A kind the nominator answers. Raises TypeError for one that is not answered."""
    kind = KINDS[name]
    if not isinstance(kind, Answered):
        raise TypeError(f"{name} is not answered")
    return kind


__all__ = ["KINDS", "NO_KIND", "answered_kind", "choices", "kind_name"]
