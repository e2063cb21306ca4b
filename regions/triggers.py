"""A locked figure stays as it is, with its versions and notes; no region belonged to two offices at one time."""

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


_TWO_OFFICES = "another office answered for this region in those days"


def _of_former_areas() -> list[Guard]:
    """Provinces belong to regional offices, kabupaten and kota to branches: a region has one line of periods."""
    overlaps = (
        "EXISTS (SELECT 1 FROM regions_formerarea f WHERE f.region_id = NEW.region_id{but}"
        " AND (f.since IS NULL OR f.since < NEW.until) AND (NEW.since IS NULL OR NEW.since < f.until))"
    )
    changed = overlaps.replace("{but}", " AND f.id <> OLD.id")
    return [
        Guard("formerarea_insert", "regions_formerarea", "INSERT", _TWO_OFFICES, overlaps.replace("{but}", "")),
        Guard("formerarea_update", "regions_formerarea", "UPDATE", _TWO_OFFICES, changed),
    ]


GUARDS = [
    Guard("coverage_update", "regions_coverage", "UPDATE", _REFUSAL, f"OLD.locked_at IS NOT NULL AND ({_CHANGES})"),
    Guard("coverage_delete", "regions_coverage", "DELETE", _REFUSAL, "OLD.locked_at IS NOT NULL"),
    *_of_a_locked_figure("coverageversion", "regions_coverageversion"),
    *_of_a_locked_figure("justification", "regions_justification"),
    *_of_former_areas(),
]
