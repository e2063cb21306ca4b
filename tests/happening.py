"""Events of the trail about nothing in particular."""

from django.db import transaction

from paritrana.accounts import trail


def happen(person, count=1):
    """So many in one transaction; chained are they only when somebody chains."""
    with transaction.atomic():
        return [trail.record(person, "person.update", person, number=number) for number in range(count)]
