"""Files read back: a mark of a juror who keeps out is in none of them, and figures are made without it."""

import io
import json
import re

import openpyxl
import pypdf
import pytest
from django.urls import reverse

from awards.models import Role
from scoring.conflicts import actions
from scoring.exports import actions as export_actions
from scoring.models import Mark, Seat
from scoring.standings import store
from tests import builders
from tests.once import made_once
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db

SECRET = 6_173
RECAPS = [(name, form) for name in ("recap", "recap-own") for form in ("xlsx", "pdf")]


def build():
    """Chair and juror marked everything, the secretary too; the juror gave the first candidate one odd mark."""
    made = plenary.plenary()
    secretary = made.seat(Role.SECRETARY)
    for nomination in made.nominations:
        plenary.hand_in(secretary, nomination, made.marks(8_000, 8_000, 8_000))
    odd = Mark.objects.filter(sheet__seat=made.seats[1], sheet__nomination=made.nominations[0])
    plenary.given(odd.filter(criterion=made.marked[0]), SECRET)
    store.refresh(made.selection)
    return made


built, made = made_once(build)


def keep_out(made, seat):
    """The seat keeps out of the first candidate."""
    by = made.seats[0].user
    actions.recuse(Seat.objects.get(pk=seat.pk), made.nominations[0], reason="Ipar bupati", by=by)


def text_of(content):
    """Everything a file says, cell by cell or line by line, with single blanks between."""
    if content.startswith(b"PK"):
        book = openpyxl.load_workbook(io.BytesIO(content))
        return " ".join(str(cell.value) for page in book for row in page.iter_rows() for cell in row)
    if content.startswith(b"%PDF"):
        return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())
    return content.decode()


def tells(content, figure=SECRET):
    """Whether these hundredths are in the file, however it writes them."""
    points = str(figure / 100)
    forms = {form.replace(".", mark) for form in (points, f"{figure / 100:g}", f"{figure / 100:.2f}") for mark in ".,"}
    return not (forms | {str(figure)}).isdisjoint(re.findall(r"\d+(?:[.,]\d+)?", text_of(content)))


def fetched(client, made, name, form, reader):
    client.force_login(reader.user)
    answer = client.post(reverse(name, args=[made.selection.slug]), {"form": form, "language": "id"})
    assert answer.status_code == 200
    return answer.content


@pytest.mark.parametrize("form", ["xlsx", "pdf"])
def test_the_recap_of_the_panel_leaves_the_mark_out(client, made, form):
    before = fetched(client, made, "recap", form, made.seats[0])
    keep_out(made, made.seats[1])
    after = fetched(client, made, "recap", form, made.seats[0])

    assert (tells(before), tells(after)) == (True, False)


def test_the_recap_takes_the_mean_without_it(client, made):
    keep_out(made, made.seats[1])

    book = openpyxl.load_workbook(io.BytesIO(fetched(client, made, "recap", "xlsx", made.seats[0])))

    rows = [[cell.value for cell in row] for page in book for row in page.iter_rows()]
    first = [row[1:4] for row in rows if row[0] == str(made.nominations[0])]
    assert len(first) == 3
    assert [(row[0], isinstance(row[1], str), row[2]) for row in first] == [(80, True, 80)] * 3


@pytest.mark.parametrize(("name", "form"), RECAPS)
def test_whoever_keeps_out_fetches_nothing_of_the_candidate(client, made, name, form):
    secretary, candidate = made.seats[2], str(made.nominations[0])
    before = fetched(client, made, name, form, secretary)
    keep_out(made, secretary)
    after = fetched(client, made, name, form, secretary)

    assert (candidate in text_of(before), candidate in text_of(after)) == (True, False)
    assert not tells(after)


@pytest.mark.parametrize("form", ["xlsx", "pdf"])
def test_the_juror_does_not_fetch_back_what_was_typed_before(client, made, form):
    before = fetched(client, made, "recap-own", form, made.seats[1])
    keep_out(made, made.seats[1])
    after = fetched(client, made, "recap-own", form, made.seats[1])

    assert (tells(before), tells(after)) == (True, False)


def test_the_winners_workbook_leaves_the_mark_out(made):
    committee = builders.committee(made.selection)
    before = export_actions.export_winners(made.selection, by=committee)
    keep_out(made, made.seats[1])
    after = export_actions.export_winners(made.selection, by=committee)

    assert (tells(before), tells(after)) == (True, False)


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
def test_the_plain_list_gives_the_total_made_without_it(made, form):
    committee = builders.committee(made.selection)
    before, kept_before = total(made), export_actions.export_list(made.selection, form, by=committee)
    keep_out(made, made.seats[1])
    after, kept_after = total(made), export_actions.export_list(made.selection, form, by=committee)

    assert before < after
    assert (tells(kept_before, before), tells(kept_after, before)) == (True, False)
    assert (tells(kept_before, after), tells(kept_after, after)) == (False, True)


def total(made):
    return plenary.tallied(plenary.title_of(made), made.selection)["51.01"].total


def test_the_sealed_document_has_neither_the_mark_nor_the_seat_that_gave_it(made):
    keep_out(made, made.seats[1])

    payload = json.loads(plenary.sealed(made).payload)

    marks = {row["region"]: row["marks"] for row in payload["inputs"]["nominations"]}
    assert {seat for of in marks["51.01"].values() for seat in of} == {"1", "3"}
    assert {seat for of in marks["51.02"].values() for seat in of} == {"1", "2", "3"}
    assert not tells(json.dumps(payload["inputs"]).encode())
