"""The same place after its things have ended: a seat, a role, an invitation, a request; and numbers that are gone."""

import copy
import itertools
from typing import Any

from django.db.models import Model
from django.utils import timezone

from awards.models import Appointment, Role
from awards.stages import NominationState
from regions.models import Posting
from scoring.models import Seat
from tests import builders as make
from tests.access.world import Place

_gone = itertools.count(888_001)


def _again(row: Any, **ended: Any) -> Any:
    """One more row like this, which has ended."""
    made = copy.copy(row)
    made.pk, made._state = None, copy.copy(row._state)
    made._state.adding = True
    for name, value in ended.items():
        setattr(made, name, value)
    made.save(force_insert=True)
    return made


def _deleted(row: Any) -> Any:
    """The row as whoever has kept its number remembers it."""
    made = copy.copy(row)
    made.pk = next(_gone)
    return made


def ended(place: Place) -> Place:
    """For every rule to ask for: what it names has ended, or its number is gone."""
    now, by, panel = timezone.now(), place.people["committee"], place.seat.panel
    signs: dict[str, Any] = {"outcome": "withdrawn", "ended_at": now, "ended_by": by}
    former = Appointment.objects.create(
        user=make.person(), role=Role.JUROR, edition=panel.selection.edition, selection=panel.selection, ended_at=now
    )
    gone: dict[str, Model] = {
        name: _deleted(getattr(place, name))
        for name in ("company", "twin", "past_award", "special_award", "practice", "room", "evidence", "comment")
        + ("proof", "exemption", "document")
    }
    left = {"user": make.person()}
    return place._replace(
        nominations=place.nominations | {stage: _withdrawn(place, stage) for stage in ("VERIFICATION", "INTERVIEW")},
        people=place.people | {"juror": make.person(is_active=False)},
        seat=Seat.objects.create(panel=panel, appointment=former, element="Pakar", order=9),
        appointment=former,
        posting=Posting.objects.create(**left, place="branch", branch=place.posting.branch, ended_at=now),
        correction=_again(place.correction, accepted=True, decided_at=now, decided_by=by),
        invitation=_again(place.invitation, withdrawn_at=now, withdrawn_by=by, digest="0" * 64),
        seat_change=_again(place.seat_change, **signs, **left),
        problem=_again(place.problem, reply="Sudah", answered_at=now, answered_by=by),
        addendum=_again(place.addendum, **signs),
        **gone,
    )


def _withdrawn(place: Place, stage: str) -> Any:
    """One more nomination of the place in the selection at this stage, withdrawn."""
    nomination = place.nominations[stage]
    return _again(
        nomination,
        candidate=make.company(place.region, "PT Mundur"),
        state=NominationState.WITHDRAWN,
        left_from=nomination.state,
        left_reason="Alasan",
    )
