"""Every choice of rows on every form, posted with a row of another province in a body that is valid otherwise.

The forms are read from the pages as a browser would, so that a new one is tried without being named here. Refused means
that nothing is written, whatever the answer says.
"""

import copy
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.forms import BaseForm, ModelChoiceField
from django.urls import Resolver404, resolve, reverse

from awards.candidates import forms as forms_of_candidates
from awards.models.candidates import CandidateQuerySet
from regions.models import Region
from scoring.models import Interview, ScoreSheet
from tests.access.conftest import frames_kept
from tests.access.page_forms import ROW, PageForm, forms_of
from tests.access.policy import POLICY
from tests.access.rules import OFFICIALS

OWN_COPY = re.compile(r'"(?:django_session|accounts_formdraft|awards_answerdraft)"')
"""Who is signed in, and what a person has typed but not handed in."""
WRITES = re.compile(r"(?:INSERT|UPDATE|DELETE)\b")
VALID = {"branch": 10, "committee": 30, "officer": 8, "chair": 15, "secretary": 15, "juror": 4}
"""So many forms at least are taken as they stand: a body nobody accepts would prove nothing."""
LEAST = {"branch": 40, "committee": 40, "officer": 40, "chair": 20, "secretary": 20, "juror": 0}
"""So many foreign rows are posted at least: jurors choose no rows, they type."""
CHOOSING = ["branch", "committee"]
"""Who chooses the most rows; the other officials are tried by ``manage.py test --thorough``."""


def foreign_rows(world) -> dict[type[Model], int]:
    """One row of the other province for each model a form may offer."""
    there = world.kalsel
    nomination = there.nominations["INTERVIEW"]
    rows = [there.region, there.company, there.past_award, there.seat, there.posting, there.appointment]
    rows += [there.correction, there.practice, there.room, there.evidence, there.comment, nomination, there.exemption]
    rows += [there.selections["INTERVIEW"], there.people["juror"], there.document, there.story]
    rows += [Interview.objects.filter(nomination=nomination).first(), there.region.coverage.first()]
    rows += [ScoreSheet.objects.filter(seat=there.seat).first(), there.people["branch"].postings.get().branch]
    return {type(row): row.pk for row in rows if row is not None}


def models_of(response) -> dict[str, type[Model]]:
    """Name of a control -> the model it chooses from, as far as a form of Django's drew it."""
    found: dict[str, type[Model]] = {}
    for context in response.context or []:
        for form in (value for layer in getattr(context, "dicts", [context]) for value in layer.values()):
            for name, field in form.fields.items() if isinstance(form, BaseForm) else []:
                if isinstance(field, ModelChoiceField) and field.queryset is not None:
                    found[form.add_prefix(name)] = field.queryset.model
    return found


def pairs(foreign, known, offered) -> Iterator[tuple[type[Model], str]]:
    """The rows to try: of the model that is chosen from, or of every one where the page does not say which."""
    suffix = ROW.fullmatch(min(offered))[2] or ""
    for model, pk in foreign.items():
        if known in {None, model}:
            yield model, f"{pk}{suffix}"


@contextmanager
def writing() -> Iterator[list[str]]:
    """What is written to the tables meanwhile, and taken back afterwards."""
    written: list[str] = []

    def look(execute, sql, params, many, context):
        if WRITES.match(sql) and not OWN_COPY.search(sql):
            written.append(sql[:120])
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(look):
            yield written
        transaction.set_rollback(True)


def forms_offered(client, world, persona, part="") -> Iterator[tuple[str, str, PageForm, dict[str, type[Model]]]]:
    """(name of the page, address, form, what its controls choose from) of every different form on the pages of Bali."""
    seen = set()
    for name, rule in sorted(POLICY.items()):
        if persona not in rule.allow or "GET" not in rule.methods or part not in name:
            continue
        page = reverse(name, kwargs=rule.of(world.bali) if rule.of else {})
        response = client.get(page)
        if response.streaming or "html" not in response.get("Content-Type", "") or response.status_code != 200:
            continue
        models = models_of(response)
        for form in [one for one in forms_of(response.content.decode()) if one.is_post]:
            action = form.action if form.action.startswith("/") else page
            target = address_of(action)
            key = (target, *sorted({re.sub("[0-9]+", "#", one.name) for one in form.controls}))
            if target is not None and key not in seen:
                seen.add(key)
                yield target, action, form, models


def tried(client, world, persona, part="") -> tuple[int, int, list[str]]:
    """How many forms are valid as they stand, how many foreign rows were posted, and which of those were taken."""
    client.force_login(world.bali.people[persona])
    cookies, foreign = copy.deepcopy(client.cookies), foreign_rows(world)
    valid, posted, taken = 0, 0, []
    for target, action, form, models in forms_offered(client, world, persona, part):
        body = form.body()
        with writing() as written:
            client.post(action, body)
        client.cookies = copy.deepcopy(cookies)
        valid += bool(written)
        for control, offered in form.choices().items():
            for model, value in pairs(foreign, models.get(control), offered):
                with writing() as written:
                    client.post(action, body | {control: [value]})
                client.cookies = copy.deepcopy(cookies)
                posted += 1
                if written:
                    taken.append(f"{target}: {control} = {model.__name__} ({written[0]})")
    return valid, posted, taken


def address_of(path: str) -> str | None:
    try:
        return resolve(path.partition("?")[0]).url_name
    except Resolver404:
        return None


@pytest.mark.slow
@pytest.mark.parametrize(
    "persona",
    [*CHOOSING, *(pytest.param(each, marks=pytest.mark.complete) for each in sorted(OFFICIALS - {*CHOOSING}))],
)
def test_no_form_takes_a_row_of_another_province(client, world, persona):
    with frames_kept():
        valid, posted, taken = tried(client, world, persona)

    assert taken == [], "\n".join(taken)
    assert (valid >= VALID[persona], posted >= LEAST[persona]) == (True, True), (valid, posted)


def test_it_notices_a_form_that_takes_any_row(client, world, monkeypatch):
    """The positive control: with one filter taken away, a company of the other province is nominated."""
    monkeypatch.setattr(CandidateQuerySet, "visible_to", lambda self, user: self)
    monkeypatch.setattr(forms_of_candidates, "_regions", lambda kind, user: Region.objects.all())

    _valid, _posted, taken = tried(client, world, "branch", part="candidate")

    assert any("Region" in one for one in taken)
