"""A contact of a candidate is let in, one step a function."""

from awards.doors import actions
from awards.models import CandidateDoor

PASSWORD = "kelapa-muda-di-pantai-9"


def invite(nomination, staff, email="humas@contoh.example"):
    return actions.invite(nomination, email=email, name="Ibu Contoh", office="Humas", by=staff)


def the_door():
    return CandidateDoor.objects.select_related("nomination__selection", "sent_by", "user").get()


def typed(regulation, nomination, **more):
    nomination.refresh_from_db()
    return {"version": nomination.version, f"level-{regulation.pk}": "perda"} | more
