"""No field makes a fault: every form a page offers, valid but for one field with a strange value.

A form filled with nonsense stops at its first required field; here the others hold what a browser would send.
"""

import copy
import random

import pytest
from django.db import connection

from tests.access.conftest import frames_kept
from tests.access.personas import whoever
from tests.access.rules import EVERYBODY
from tests.access.test_foreign_choices import forms_offered
from tests.access.test_strange_input import NUMBERS, TEXTS
from tests.once import taken_back

VALUES = [*map(str, NUMBERS), *TEXTS]
VALUES += ["2024-02-30", "31-12-9999", "25:61", "1.234,5", "-0,01", "1,234.56", "100,001", "\u200b", "\u202eabc", "<b>"]
EACH = 4
"""So many of them are tried in each field."""


def faults(client, world, persona):
    """(how many were posted, which were answered as a fault of the server)."""
    if user := whoever(world, persona):
        client.force_login(user)
    client.raise_request_exception = False
    cookies, found, posted = copy.deepcopy(client.cookies), [], 0
    for target, action, form, _models in forms_offered(client, world, persona):
        for control in sorted({one.name for one in form.controls if one.kind not in {"file", "submit"}}):
            chance = random.Random(f"{connection.vendor} {persona} {target} {control}")
            for value in chance.sample(VALUES, EACH):
                with taken_back():
                    response = client.post(action, form.body() | {control: [value]})
                client.cookies = copy.deepcopy(cookies)
                posted += 1
                if response.status_code >= 500:
                    found.append(f"{action} {control} = {value[:40]!r}: {response.exc_info[1]!r:.200}")
    return posted, found


@pytest.mark.complete
@pytest.mark.parametrize("persona", sorted(EVERYBODY))
def test_a_strange_value_in_a_form_otherwise_valid_makes_no_fault(client, world, persona):
    with frames_kept():
        posted, found = faults(client, world, persona)

    assert found == [], "\n".join(found)
    assert posted > 20
