"""Database triggers: the rows behind a result in force, and seals, cannot change. Each condition uses an index."""

from paritrana.triggers import Guard

_REFUSAL = "the result is sealed"
_BEHIND = "EXISTS (SELECT 1 FROM scoring_seal x WHERE x.current_of_id = {selection})"
_OF_SELECTION = "{row}.selection_id"
_OF_NOMINATION = "(SELECT n.selection_id FROM awards_nomination n WHERE n.id = {row}.nomination_id)"
_OF_SHEET = (
    "(SELECT n.selection_id FROM scoring_scoresheet s JOIN awards_nomination n ON n.id = s.nomination_id"
    " WHERE s.id = {row}.sheet_id)"
)
_OF_MARK = (
    "(SELECT n.selection_id FROM scoring_mark m JOIN scoring_scoresheet s ON s.id = m.sheet_id"
    " JOIN awards_nomination n ON n.id = s.nomination_id WHERE m.id = {row}.mark_id)"
)
_OF_PANEL = "(SELECT p.selection_id FROM scoring_panel p WHERE p.id = {row}.panel_id)"
_OF_SUBPANEL = (
    "(SELECT p.selection_id FROM scoring_subpanel r JOIN scoring_panel p ON p.id = r.panel_id"
    " WHERE r.id = {row}.subpanel_id)"
)


def _behind(selection: str, row: str) -> str:
    return _BEHIND.replace("{selection}", selection.replace("{row}", row))


def _changes(*names: str) -> str:
    return "(" + " OR ".join(f'NEW."{name}" {{differs}} OLD."{name}"' for name in names) + ")"


def _part(name: str, table: str, selection: str, *only: str) -> list[Guard]:
    """Rows cannot be added, changed or deleted; with ``only``, these columns cannot change."""
    old, new = _behind(selection, "OLD"), _behind(selection, "NEW")
    changed = f"({old} OR {new})" + (f" AND {_changes(*only)}" if only else "")
    return [
        Guard(f"{name}_insert", table, "INSERT", _REFUSAL, new),
        Guard(f"{name}_update", table, "UPDATE", _REFUSAL, changed),
        Guard(f"{name}_delete", table, "DELETE", _REFUSAL, old),
    ]


_WRITTEN = ("selection_id", "format", "number", "payload", "digest", "winners", "decree_number", "decree_date")
_SEALERS = ("sealed_at", "sealed_by_id", "seconded_by_id")
_ANNOUNCED = ("public_from", "announced_at", "announced_by_id")
_REOPENED = ("current_of_id", "reopened_at", "reopened_by_id", "reopen_seconded_by_id", "reopen_reason")
_ASKED = (
    "selection_id",
    "kind",
    "fingerprint",
    "confirmed",
    "overrides",
    "decree_number",
    "decree_date",
    "reason",
    "public_from",
)
_ASKER = ("asked_at", "asked_by_id")

_SEAL = [
    Guard("seal_written", "scoring_seal", "UPDATE", "a seal is never changed", _changes(*_WRITTEN, *_SEALERS)),
    Guard(
        *("seal_announced", "scoring_seal", "UPDATE", "what was announced is never unsaid"),
        f"OLD.public_from <= {{now}} AND {_changes(*_ANNOUNCED)}",
    ),
    Guard(
        *("seal_reopened", "scoring_seal", "UPDATE", "a reopened result stays as it was"),
        f"OLD.reopened_at IS NOT NULL AND {_changes(*_ANNOUNCED, *_REOPENED)}",
    ),
    Guard("seal_delete", "scoring_seal", "DELETE", "a seal is never taken away"),
    Guard(
        *("sealrequest_asked", "scoring_sealrequest", "UPDATE", "what was asked for is never changed"),
        f"OLD.outcome <> '' OR {_changes(*_ASKED, *_ASKER)}",
    ),
    Guard(
        *("seatchange_asked", "scoring_seatchange", "UPDATE", "what was asked for is never changed"),
        f"OLD.outcome <> '' OR {_changes('panel_id', 'seat_id', 'user_id', 'role', 'asked_by_id', 'invitation_id')}",
    ),
    Guard("seatchange_delete", "scoring_seatchange", "DELETE", "what was asked for is never taken away"),
    Guard("sealrequest_delete", "scoring_sealrequest", "DELETE", "what was asked for is never taken away"),
]

_PAPERS = [
    Guard("document_update", "scoring_document", "UPDATE", "a document is never changed"),
    Guard("document_delete", "scoring_document", "DELETE", "a document is never taken away"),
]

_BEHIND_A_FIGURE = (
    "EXISTS (SELECT 1 FROM scoring_seal x JOIN awards_selection l ON l.id = x.current_of_id"
    " JOIN awards_edition e ON e.id = l.edition_id JOIN awards_nomination n ON n.selection_id = l.id"
    " JOIN awards_candidate k ON k.id = n.candidate_id"
    " WHERE k.region_id = OLD.region_id"
    " AND OLD.year - CAST(substr(CAST(e.period_end AS text), 1, 4) AS integer) IN (0, -1)"
    " AND n.state IN ('terverifikasi', 'wawancara'))"
)

GUARDS = [
    *_SEAL,
    *_PAPERS,
    *_part("mark", "scoring_mark", _OF_SHEET),
    *_part("markversion", "scoring_markversion", _OF_MARK),
    *_part("scoresheet", "scoring_scoresheet", _OF_NOMINATION),
    *_part("interview", "scoring_interview", _OF_NOMINATION),
    *_part("conflict", "scoring_conflict", _OF_NOMINATION),
    *_part("seat", "scoring_seat", _OF_PANEL, "panel_id", "appointment_id", "order", "is_observer"),
    *_part("subpanel", "scoring_subpanel", _OF_PANEL),
    *_part("subpanelseat", "scoring_subpanel_seats", _OF_SUBPANEL),
    *_part("specialaward", "scoring_specialaward", _OF_SELECTION),
    *_part("tiedecision", "scoring_tiedecision", _OF_SELECTION),
    *_part("standing", "scoring_standing", _OF_SELECTION)[1:],
    *_part("nomination", "awards_nomination", _OF_SELECTION, "selection_id", "category_id", "sector_id", "state"),
    *_part("answer", "awards_answer", _OF_NOMINATION),
    *_part("exemption", "awards_exemption", _OF_NOMINATION),
    *_part("contest", "awards_contest", _OF_SELECTION),
    Guard(
        *("selection_stage", "awards_selection", "UPDATE", _REFUSAL),
        f"NEW.stage NOT IN ('ditetapkan', 'diumumkan') AND {_behind('OLD.id', '')}",
    ),
    Guard(
        *("coverage_unlock", "regions_coverage", "UPDATE", "the figure stands behind a sealed result"),
        f"OLD.locked_at IS NOT NULL AND NEW.locked_at IS NULL AND {_BEHIND_A_FIGURE}",
    ),
]
"""The first insertion of standings has no trigger: a national field is inserted row by row. Forged rows are found
later."""
