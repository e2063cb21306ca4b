"""Workbooks leave the house only with an entry in the trail."""

from __future__ import annotations

import json

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Selection
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring import sealing, workbooks
from scoring.obstacles import Situation


@transaction.atomic
def export_winners(selection: Selection, *, by: User | None) -> bytes:
    """The winners workbook: of the seal once there is one, else of the rows as they are. ``by`` None is a command."""
    seal = selection.seal if selection.is_sealed else None
    document = json.loads(seal.payload) if seal else sealing.substance(selection, Situation(selection))
    made = workbooks.winners(selection, document, seal, exporter=_told(by), at=timezone.now())
    trail.record(by, "result.export", selection, digest=seal.digest if seal else None, bytes=len(made))
    return made


def _told(by: User | None) -> str:
    return ", ".join(filter(None, [by.name, by.office])) if by else _("command line")
