"""Standings follow their inputs: coverage below, and what changes in a selection."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from awards.models import Selection
from awards.signals import selection_changed
from awards.stages import Stage
from regions.signals import coverage_changed
from scoring import standings


@receiver(selection_changed)
def refresh_selection(sender: Any, selection: Selection, **kwargs: Any) -> None:
    standings.refresh(selection)


@receiver(coverage_changed)
def refresh_where_it_counts(sender: Any, regions: set[int], **kwargs: Any) -> None:
    """The selections, not yet sealed, in which a candidate of one of these regions is nominated."""
    touched = Selection.objects.filter(nominations__candidate__region__in=regions)
    for selection in touched.exclude(stage__in=[Stage.SEALED, Stage.ANNOUNCED]).distinct():
        standings.refresh(selection)
