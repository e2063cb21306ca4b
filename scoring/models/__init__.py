"""Panels, interviews, score sheets, standings and seals."""

from scoring.models.panels import Conflict, Declaration, Interview, Panel, Seat
from scoring.models.results import Seal, SpecialAward, Standing
from scoring.models.sheets import Mark, MarkVersion, ScoreSheet

__all__ = [
    "Conflict",
    "Declaration",
    "Interview",
    "Mark",
    "MarkVersion",
    "Panel",
    "ScoreSheet",
    "Seal",
    "Seat",
    "SpecialAward",
    "Standing",
]
