"""Database triggers:

a locked figure, its versions and its justifications cannot change; the lock itself can be removed.
"""

from paritrana.triggers import Guard

_FIGURE = ("region_id", "year", "segment_id", "workers", "participants", "definition_id", "source", "as_of", "version")
_SIGNS = ("state", "sent_at", "sent_by_id", "returned_at", "returned_by_id", "verified_at", "verified_by_id")
_REFUSAL = "the figure is locked behind a sealed result"
_CHANGES = " OR ".join(f'NEW."{name}" {{differs}} OLD."{name}"' for name in (*_FIGURE, *_SIGNS))


def _of_a_locked_figure(name: str, table: str) -> list[Guard]:
    locked = "EXISTS (SELECT 1 FROM regions_coverage c WHERE c.locked_at IS NOT NULL AND c.id = {row}.coverage_id)"
    old, new = locked.replace("{row}", "OLD"), locked.replace("{row}", "NEW")
    return [
        Guard(f"{name}_insert", table, "INSERT", _REFUSAL, new),
        Guard(f"{name}_update", table, "UPDATE", _REFUSAL, f"{old} OR {new}"),
        Guard(f"{name}_delete", table, "DELETE", _REFUSAL, old),
    ]


GUARDS = [
    Guard("coverage_update", "regions_coverage", "UPDATE", _REFUSAL, f"OLD.locked_at IS NOT NULL AND ({_CHANGES})"),
    Guard("coverage_delete", "regions_coverage", "DELETE", _REFUSAL, "OLD.locked_at IS NOT NULL"),
    *_of_a_locked_figure("coverageversion", "regions_coverageversion"),
    *_of_a_locked_figure("justification", "regions_justification"),
]
