"""Database triggers: a locked rubric cannot change, with its aspects, criteria, segments, titles, weights, tie rules.

Neither can the person who gave a role.
"""

from paritrana.triggers import Guard

_REFUSAL = "the rubric is locked"
_LOCKED = "EXISTS (SELECT 1 FROM awards_rubric r WHERE r.locked_at IS NOT NULL AND r.id = {rubric})"
_OF_ASPECT = "(SELECT a.rubric_id FROM awards_aspect a WHERE a.id = {row}.aspect_id)"
_OF_TITLE = "(SELECT t.rubric_id FROM awards_title t WHERE t.id = {row}.title_id)"
_OF_CRITERION = (
    "(SELECT a.rubric_id FROM awards_aspect a JOIN awards_criterion k ON k.aspect_id = a.id"
    " WHERE k.id = {row}.criterion_id)"
)
_FIXED = ("category_id", "version", "reason", "trims", "locked_at", "locked_by_id")


def _part(name: str, table: str, rubric: str) -> list[Guard]:
    old, new = (_LOCKED.replace("{rubric}", rubric.replace("{row}", row)) for row in ("OLD", "NEW"))
    return [
        Guard(f"{name}_insert", table, "INSERT", _REFUSAL, new),
        Guard(f"{name}_update", table, "UPDATE", _REFUSAL, f"{old} OR {new}"),
        Guard(f"{name}_delete", table, "DELETE", _REFUSAL, old),
    ]


_CHANGES = " OR ".join(f'NEW."{name}" {{differs}} OLD."{name}"' for name in _FIXED)

GUARDS = [
    Guard(
        *("appointment_granted", "awards_appointment", "UPDATE", "who gave a role is never changed"),
        "OLD.granted_by_id IS NOT NULL AND NEW.granted_by_id {differs} OLD.granted_by_id",
    ),
    Guard("rubric_update", "awards_rubric", "UPDATE", _REFUSAL, f"OLD.locked_at IS NOT NULL AND ({_CHANGES})"),
    Guard("rubric_delete", "awards_rubric", "DELETE", _REFUSAL, "OLD.locked_at IS NOT NULL"),
    *_part("aspect", "awards_aspect", "{row}.rubric_id"),
    *_part("criterion", "awards_criterion", _OF_ASPECT),
    *_part("criterionsegment", "awards_criterion_segments", _OF_CRITERION),
    *_part("title", "awards_title", "{row}.rubric_id"),
    *_part("titleweight", "awards_titleweight", _OF_TITLE),
    *_part("tierule", "awards_tierule", _OF_TITLE),
]
