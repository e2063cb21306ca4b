"""What really happened to the stages of a selection, read from the trail: when each was opened and closed, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from awards.models import Selection
from awards.stages import Stage
from paritrana.accounts.models import AuditEvent

_ENTERED: dict[str, Stage | None] = {
    "selection.create": Stage.PREPARATION,
    "selection.open-stage": None,
    "selection.take-back": None,
    "result.seal": None,
    "result.reopen": None,
    "result.announce": Stage.ANNOUNCED,
    "result.pass-announcement": None,
}
"""The events that move the stage, and where to; None where the event itself says it (``after``)."""


@dataclass(frozen=True)
class Passage:
    """The stage was entered at this moment; ``reason`` says why before its day, or why it was taken back."""

    into: Stage
    at: datetime
    reason: str = ""


@dataclass
class StageHistory:
    """Per stage the passage that opened it, and the one that ended it; those of stages not recorded are missing."""

    opened: dict[Stage, Passage] = field(default_factory=dict)
    ended: dict[Stage, Passage] = field(default_factory=dict)

    def pass_into(self, passage: Passage) -> None:
        order = list(Stage)
        place = order.index(passage.into)
        for stage in order[:place]:
            self.ended.setdefault(stage, passage)
        for stage in order[place:]:
            self.ended.pop(stage, None)
        for stage in order[place + 1 :]:
            self.opened.pop(stage, None)
        self.opened.setdefault(passage.into, passage)


def histories(selections: Iterable[Selection]) -> dict[int, StageHistory]:
    """By the key of the selection; one query for any number."""
    found = {str(selection.pk): StageHistory() for selection in selections}
    events = AuditEvent.objects.filter(
        object_type=Selection._meta.label_lower, object_id__in=list(found), verb__in=list(_ENTERED)
    )
    for key, verb, at, detail in events.order_by("sequence").values_list("object_id", "verb", "at", "detail"):
        if into := _stage(verb, detail):
            found[key].pass_into(Passage(into, at, str(detail.get("reason") or "")))
    return {int(key): history for key, history in found.items()}


def history_of(selection: Selection) -> StageHistory:
    return histories([selection])[selection.pk]


def _stage(verb: str, detail: dict[str, Any]) -> Stage | None:
    named = _ENTERED[verb] or detail.get("after")
    return Stage(named) if named in Stage.values else None
