"""Every choice of rows on every form, posted with a row of another province in a body that is valid otherwise.

The forms are read from the pages as a browser would, so that a new one is tried without being named here. Refused means
that nothing is written, whatever the answer says.
"""

import copy
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any, NamedTuple

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
from tests.access.policy import POLICY
from tests.access.rules import OFFICIALS

OWN_COPY = re.compile(r'"(?:django_session|accounts_formdraft|awards_answerdraft)"')
"""Who is signed in, and what a person has typed but not handed in."""
WRITES = re.compile(r"(?:INSERT|UPDATE|DELETE)\b")
ROW = re.compile(r"([0-9]{1,9})(:[0-9]+)?")
STATE = {"csrfmiddlewaretoken", "version", "base", "desk", "after", "but"}
"""What a form remembers about the row of its address, and where it leads to afterwards, or which hints leave out."""
VALID = {"branch": 10, "committee": 30, "officer": 8, "chair": 15, "secretary": 15, "juror": 4}
"""So many forms at least are taken as they stand: a body nobody accepts would prove nothing."""
LEAST = {"branch": 40, "committee": 40, "officer": 40, "chair": 20, "secretary": 20, "juror": 0}
"""So many foreign rows are posted at least: jurors choose no rows, they type."""
CHOOSING = ["branch", "committee"]
"""Who chooses the most rows; the other officials are tried by ``manage.py test --thorough``."""
FILLED = {
    "text": "Contoh 1", "textarea": "Alasan contoh", "email": "baru@contoh.example", "number": "1", "tel": "0812345678",
    "date": "2024-05-01", "time": "09:00", "datetime-local": "2024-05-01T09:00", "url": "https://contoh.example",
}  # fmt: skip


def is_state(name: str) -> bool:
    return name in STATE or name.endswith("_FORMS")


class Control(NamedTuple):
    name: str
    kind: str
    value: str
    is_on: bool
    is_required: bool
    options: tuple[str, ...] = ()


class Form(NamedTuple):
    action: str
    controls: list[Control]

    def body(self) -> dict[str, list[str]]:
        """What a browser sends once everything asked for is filled in and every box is ticked."""
        found: dict[str, list[str]] = {}
        for one in self.controls:
            if one.kind == "select":
                first = next(filter(None, one.options), "") if one.is_required else ""
                found[one.name] = [one.value or first]
            elif one.kind == "radio":
                if one.is_on or one.name not in found:
                    found[one.name] = [one.value]
            elif one.kind == "checkbox":
                found.setdefault(one.name, []).append(one.value)
            elif one.kind == "submit":
                found.setdefault(one.name, [one.value])
            elif one.kind != "file":
                found[one.name] = [one.value or (FILLED.get(one.kind, "") if one.is_required else "")]
        return found

    def choices(self) -> dict[str, set[str]]:
        """The controls that may name rows, with what they offer."""
        found: dict[str, set[str]] = {}
        for one in self.controls:
            offered = {*one.options} if one.kind == "select" else {one.value}
            if one.kind in {"select", "radio", "checkbox", "hidden"} and all(map(ROW.fullmatch, offered - {""})):
                found.setdefault(one.name, set()).update(offered - {""})
        return {name: offered for name, offered in found.items() if offered and not is_state(name)}


class Reader(HTMLParser):
    """The forms of a page that are posted, with controls that lie outside and name their form."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.inside: Form | None = None
        self.select: dict[str, Any] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        if tag == "form" and of.get("method", "").lower() == "post":
            self.inside = Form(of.get("action", ""), [])
            self.forms.append(self.inside)
            self.by_id[of.get("id", "")] = self.inside
        form = self.by_id.get(of["form"]) if "form" in of else self.inside
        if tag == "option" and self.select is not None:
            self.select["options"].append(of.get("value", ""))
            if "selected" in of:
                self.select["value"] = of.get("value", "")
        if form is None or not of.get("name") or "disabled" in of:
            return
        if tag == "select":
            is_required = "required" in of
            self.select = {"name": of["name"], "form": form, "options": [], "value": None, "required": is_required}
        elif tag in {"input", "textarea", "button"}:
            kind = {"textarea": "textarea", "button": "submit"}.get(tag, of.get("type", "text"))
            form.controls.append(Control(of["name"], kind, of.get("value", ""), "checked" in of, "required" in of))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "select" and self.select is not None:
            given = self.select
            is_on = given["value"] is not None
            control = Control(
                given["name"], "select", given["value"] or "", is_on, given["required"], tuple(given["options"])
            )
            given["form"].controls.append(control)
            self.select = None


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


def forms_offered(client, world, persona, part="") -> Iterator[tuple[str, str, Form, dict[str, type[Model]]]]:
    """(name of the page, address, form, what its controls choose from) of every different form on the pages of Bali."""
    seen = set()
    for name, rule in sorted(POLICY.items()):
        if persona not in rule.allow or "GET" not in rule.methods or part not in name:
            continue
        page = reverse(name, kwargs=rule.of(world.bali) if rule.of else {})
        response = client.get(page)
        if response.streaming or "html" not in response.get("Content-Type", "") or response.status_code != 200:
            continue
        reader, models = Reader(), models_of(response)
        reader.feed(response.content.decode())
        for form in reader.forms:
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
