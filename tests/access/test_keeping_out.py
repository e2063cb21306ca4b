"""Whoever leads a panel and keeps out of a candidate finds none of its figures before they are public.

The name of the candidate stands for everything about it: wherever it is not shown, nothing about it is. It stays on the
timetable and in lists of what is left to do, which carry no figures; a secretary goes on recording who came.
"""

import io
import zipfile

import pytest
from django.urls import reverse
from pypdf import PdfReader

from awards.models import Nomination
from awards.stages import NominationState
from scoring.models import Conflict, Seat
from scoring.standings import store
from tests import builders as make
from tests.access.conftest import frames_kept
from tests.access.policy import POLICY
from tests.access.world import heard
from tests.once import taken_back
from tests.scoring.plenary import plenary

NAME = "PT Menyepi Sendiri"
NAMED = {
    *("interviews", "interviews-file", "interviews-paper", "interviews-paper-file", "attendance-paper"),
    *("candidates", "panel", "sheets", "my-data-file"),
}
FOLLOWED = {"nomination", "nominations", "chair-room", "progress", "conflict-map"}
"""What the secretary sees besides, without marks: see ``test_former.RECORDS``."""


def nominated(world, stage):
    """One more candidate, heard and judged like the other, of which chair and secretary keep out."""
    place = world.bali
    like = place.nominations[stage]
    signed = {name: getattr(like, name) for name in ("nominated_by", "submitted_by", "verified_by")}
    signed |= {name: getattr(like, name) for name in ("submitted_at", "verified_at")}
    made = Nomination.objects.create(
        selection=like.selection,
        category=like.category,
        candidate=make.company(place.region, NAME),
        state=NominationState.SHORTLISTED,
        **signed,
    )
    heard(made, like.selection.panel, place.people, "")
    for role in ("chair", "secretary"):
        seat = Seat.objects.get(panel__selection=made.selection, appointment__user=place.people[role])
        told = {"kind": "recusal", "reason": "Adik", "declared_by": place.people["committee"]}
        Conflict.objects.create(seat=seat, nomination=made, **told)
    store.refresh(made.selection)
    return made


def text_of(response):
    """The words of a page, a workbook or a paper."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    if body.startswith(b"%PDF") and b"startxref" in body:
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return body.decode(errors="replace")


def telling(client, world, nomination):
    """The addresses whose answer names the candidate, asked with its selection and with its number."""
    place = world.bali
    slugs = {each.slug for each in place.selections.values()}
    keys = {each.pk for each in place.nominations.values()}
    found = set()
    for name, rule in POLICY.items():
        arguments = dict(rule.of(place)) if rule.of else {}
        if arguments.get("slug") in slugs:
            arguments["slug"] = nomination.selection.slug
        arguments |= {key: nomination.pk for key in ("pk", "nomination") if arguments.get(key) in keys}
        for method in rule.methods:
            with taken_back():
                sent = {"form": "xlsx"} if method == "POST" else {}
                answered = getattr(client, method.lower())(reverse(name, kwargs=arguments), sent)
                if answered.status_code == 200 and NAME in text_of(answered):
                    found.add(name)
    return found


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.complete
@pytest.mark.parametrize(
    ("is_sealed", "role", "more"),
    [
        (False, "chair", {"panel-close"}),
        (False, "secretary", FOLLOWED),
        (True, "chair", set()),
        (True, "secretary", FOLLOWED),
    ],
)
def test_no_figure_of_the_candidate_is_told_to_whoever_leads_and_keeps_out(client, world, is_sealed, role, more):
    nomination = nominated(world, "PLENARY")
    if is_sealed:
        two = make.committee(nomination.selection), make.committee(nomination.selection)
        plenary.seal(nomination.selection, *two)
    client.force_login(world.bali.people[role])
    with frames_kept():
        found = telling(client, world, nomination)

    assert found == NAMED | more
