"""Who asks: the people of the world by the names of the policy, and those whose role has ended."""

from django.utils import timezone

from awards.models import Appointment, CandidateDoor
from paritrana.accounts.models import User
from regions.models import Posting
from scoring.models import Seat
from tests import builders as make
from tests.access.outcomes import OUTSIDERS
from tests.access.world import World


def whoever(world: World, persona: str) -> User | None:
    """The account of a persona, or None for a visitor. Whoever is former loses their role in this moment."""
    if persona not in OUTSIDERS:
        return world.everywhere.get(persona) or world.bali.people.get(persona)
    if persona.startswith("former "):
        return retired(world, persona.removeprefix("former "))
    if persona == "assistant":
        return assistant(world)
    return make.person("Orang luar", is_active=persona != "inactive")


def assistant(world: World) -> User:
    """Types for the juror in every selection."""
    user = make.person("Asisten")
    for seat in Seat.objects.filter(appointment__user=world.bali.people["juror"]):
        Seat.objects.filter(pk=seat.pk).update(assistant_address=user.email)
    return user


def retired(world: World, role: str) -> User:
    """The person of Bali who had this role in every selection, after it ended."""
    now, place = timezone.now(), world.bali
    user = world.everywhere.get(role) or place.people.get(role) or assistant(world)
    if role == "assistant":
        Appointment.objects.filter(user=place.people["juror"]).update(ended_at=now)
    Appointment.objects.filter(user=user).update(ended_at=now)
    Posting.objects.filter(user=user).update(ended_at=now)
    CandidateDoor.objects.filter(user=user).update(closed_at=now, closed_by=place.people["branch"])
    User.objects.filter(pk=user.pk).update(is_superuser=False)
    user.refresh_from_db()
    return user
