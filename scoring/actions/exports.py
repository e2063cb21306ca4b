"""Workbooks leave the house only with an entry in the trail."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Selection
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring import results, workbooks


@transaction.atomic
def export_winners(selection: Selection, *, by: User | None) -> bytes:
    """The winners workbook: of the seal once there is one, else of the rows as they are. ``by`` None is a command."""
    seal = selection.seal if selection.is_sealed else None
    rankings = results.sealed(seal) if seal else results.fresh(selection)
    exporter = ", ".join(filter(None, [by.name, by.office])) if by else _("command line")
    made = workbooks.winners(selection, rankings, seal, exporter=exporter, at=timezone.now())
    trail.record(by, "result.export", selection, digest=seal.digest if seal else None, bytes=len(made))
    return made
