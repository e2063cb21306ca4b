"""What a page costs follows from the rows it shows: three times the nominations change neither what it asks nor reads.

Counted are questions, rows read and bytes, never time. ``GROWS`` names the addresses that may still grow, ``READS_ALL``
those that may read more; whoever mends one takes it from the list, and any other page that begins to grow is noticed.
"""

import re

import pytest
from django.db import connection
from django.urls import reverse

from paritrana.display.searched_choice import MOST
from tests.access.growing import Growing
from tests.access.policy import POLICY
from tests.access.reading import Reading
from tests.access.rules import SIGNED_IN
from tests.access.world import build
from tests.once import taken_back
from tests.paritrana.accounts.provider import described

FEW, MANY = 60, 180
"""Both more than a page of fifty rows holds."""
FILES = {
    *("interviews-file", "interviews-public-file", "interviews-paper-file"),
    *("seal-document", "numbered-seal"),
}
"""They hold everything."""
UNPAGED = {"sheets-board"}
"""A device takes all its juror still owes offline."""
FILLED_LATER = {"sheets-hand-in", "checks", "deliberation", "interviews-paper", "attendance-paper"}
"""With few nominations there are fewer drafts, cases or candidates of a group than a page holds."""
GROWS = FILES | UNPAGED | FILLED_LATER
READS_ALL = {
    *("seal", "selection-open-next", "progress", "chair-room", "panel-close", "chair-candidate"),
    *("conflict-map", "deliberation-agree", "tie", "uniformity", "ranking", "trace"),
    *("nomination-traces", "firmness", "interviews-plan", "interviews-shift", "notices", "sheet-next"),
    *("sheets-receipts", "sheets-compare", "sheet-hand-in", "recuse", "candidate-merge", "past-settle"),
}
"""They work something out of all rows of a selection, and show a page of it or a number: they read more rows, but
neither ask nor show more."""


def address_of(world, name):
    rule = POLICY[name]
    return reverse(name, kwargs=rule.of(world.bali) if rule.of else {})


def persona_for(rule):
    return min(SIGNED_IN & rule.allow, default=None)


def costs(client, count):
    """Address -> (questions, rows, bytes, options of the largest list), asked by who may, the second time."""
    found = {}
    with taken_back():
        world = build(Growing(count))
        for name, rule in POLICY.items():
            persona = persona_for(rule)
            if "GET" not in rule.methods or persona is None:
                continue
            client.force_login(world.everywhere.get(persona) or world.bali.people[persona])
            client.get(address_of(world, name))
            with Reading(connection) as read:
                answer = client.get(address_of(world, name))
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code < 400, name
            found[name] = (read.questions, read.rows, len(body), longest_list(body))
    return found


def longest_list(body):
    """The options of the largest list to choose from, besides the one that chooses nothing."""
    lists = re.findall(rb"<select\b.*?</select>", body, re.DOTALL)
    return max((one.count(b"<option") - one.count(b'<option value=""') for one in lists), default=0)


def shows_more(few, many):
    """More questions, or clearly more bytes. A number may become one digit longer."""
    return many[0] > few[0] + 1 or many[2] > few[2] * 1.1 + 500


def reads_more(few, many):
    return many[1] > few[1] * 1.25 + 20


@pytest.mark.complete
def test_no_address_costs_more_for_what_it_does_not_show(client, db, settings):
    settings.AGENCIES = described("https://sso.example")
    few, many = costs(client, FEW), costs(client, MANY)

    assert {name for name in few if shows_more(few[name], many[name])} - GROWS == set()
    assert {name for name in few if reads_more(few[name], many[name])} - GROWS - READS_ALL == set()
    assert {name: cost[3] for name, cost in many.items() if cost[3] > MOST} == {}
