"""A sheet costs what one sheet costs, however many candidates stand beside it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scoring.models import Declaration
from tests.scoring.bench import bench

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("act", "most"), [("open", 26), ("save", 24), ("overview", 25)])
def test_a_sheet_asks_the_same_for_three_and_for_sixty(client, act, most):
    made = bench(nominations=3)
    seat = made.seat()
    client.force_login(seat.user)
    address = reverse("sheet", args=[made.selection.slug, made.nominations[0].pk])
    version = 0

    def asked():
        nonlocal version
        with CaptureQueriesContext(connection) as queries:
            if act == "save":
                answer = client.post(address, made.posted(f"8{version}", "70", "60", version=version, then="next"))
                version += 1
            else:
                answer = client.get(address if act == "open" else reverse("sheets"))
        assert answer.status_code == (302 if act == "save" else 200)
        return len(queries)

    for _before in range(2):  # with its first mark a rubric is locked, and is read once
        asked()
    few = asked()
    added = [made.shortlist(number) for number in range(4, 61)]
    Declaration.objects.bulk_create(Declaration(seat=seat, nomination=each, declared_by=seat.user) for each in added)

    assert (asked(), few <= most) == (few, True)
