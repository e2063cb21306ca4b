"""An issued paper is corrected by a numbered addendum of two people; the paper itself stays."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from paritrana.accounts.models import AuditEvent
from scoring.documents import addenda, addendum_pages, codes
from scoring.documents.letterhead import letterhead_of
from scoring.documents.source import source_of
from scoring.models import Addendum, Document, Letterhead
from tests import builders
from tests.once import made_once
from tests.scoring.documents import documents
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db
TEXTS = {"paper": "minutes", "written": "Ruang Salah", "instead": "Ruang Benar", "reason": "Salah ketik"}


def issue():
    made, by = documents.sealed()
    return made, by, documents.minutes(made, by), builders.appointed("chair", made.selection)


built, issued = made_once(issue)


def ask(made, by, **more) -> Addendum:
    return addenda.ask_addendum(made.selection, **TEXTS | more, by=by)


def test_an_addendum_says_what_stands_there_and_what_should_and_names_both_people(issued):
    made, by, papers, second = issued

    found = addenda.second_addendum(ask(made, by), by=second)

    told = documents.words(next(one for one in found if (one.language, one.paper) == ("id", "a4")).content)
    number = papers["minutes", "a4"].subject["number"]
    code = codes.grouped(papers["minutes", "a4"].code)
    for words in ("Ruang Salah", "Ruang Benar", "Salah ketik", str(by), str(second), number, code, "ADENDUM 1"):
        assert words in told
    assert len(found) == 4


@pytest.mark.parametrize(("paper", "is_office"), [("minutes", False), ("decree", True)])
def test_an_addendum_bears_the_head_of_the_paper_it_corrects(issued, paper, is_office):
    made, by, papers, _second = issued
    Letterhead.objects.update(decree_institution="Gubernur Contoh")
    at = {"head": letterhead_of(made.selection), "paper": "a4", "code": ""}

    found = addendum_pages.addendum(source_of(made.selection), ask(made, by, paper=paper), papers[paper, "a4"], **at)

    assert found["letterhead"]["is_office"] == is_office


def test_the_original_stays_and_both_are_listed(client, issued):
    made, by, papers, second = issued
    original = papers["minutes", "a4"]

    addenda.second_addendum(ask(made, by), by=second)

    kept = Document.objects.get(pk=original.pk)
    assert (bytes(kept.content), kept.code) == (bytes(original.content), original.code)
    client.force_login(by)
    page = client.get(reverse("documents", args=[made.selection.slug])).content.decode()
    assert ('data-document="minutes-a4"' in page, 'data-document="addendumminutes1-a4"' in page) == (True, True)


def test_taking_a_request_back_is_not_called_as_a_candidate_that_withdraws(client, issued):
    made, by, _papers, _second = issued
    ask(made, by)
    client.force_login(by)

    page = client.get(reverse("documents", args=[made.selection.slug])).content.decode()

    assert ("Tarik permintaan" in page, "Nyatakan mundur" in page) == (True, False)


def test_nobody_confirms_their_own_addendum(issued):
    made, by, _papers, _second = issued
    asked = ask(made, by)

    with pytest.raises(ValidationError) as refusal:
        addenda.second_addendum(asked, by=by)

    assert (refusal.value.code, Document.objects.filter(kind="addendum").count()) == ("same-person", 0)


def test_a_juror_neither_asks_nor_confirms(issued):
    made, by, _papers, _second = issued
    juror = builders.appointed("juror", made.selection)
    with pytest.raises(PermissionDenied):
        ask(made, juror)

    with pytest.raises(PermissionDenied):
        addenda.second_addendum(ask(made, by), by=juror)


def test_addenda_of_a_paper_are_numbered_without_gaps(issued):
    made, by, _papers, second = issued
    addenda.second_addendum(ask(made, by), by=second)
    addenda.withdraw_addendum(ask(made, by), by=by)
    addenda.second_addendum(ask(made, by, paper="decree"), by=second)
    addenda.second_addendum(ask(made, by, written="Lain"), by=second)

    granted = Addendum.objects.filter(outcome="granted").order_by("pk")
    assert list(granted.values_list("paper", "number")) == [("minutes", 1), ("decree", 1), ("minutes", 2)]


def test_one_addendum_to_a_paper_waits_at_a_time(issued):
    made, by, _papers, _second = issued
    ask(made, by)

    with pytest.raises(ValidationError) as refusal:
        ask(made, by)

    assert refusal.value.code == "open"


def test_it_is_confirmed_once(issued):
    made, by, _papers, second = issued
    asked = ask(made, by)
    addenda.second_addendum(asked, by=second)

    with pytest.raises(ValidationError) as refusal:
        addenda.second_addendum(asked, by=second)

    assert (refusal.value.code, Document.objects.filter(kind="addendum").count()) == ("moved-on", 4)


def test_what_is_not_issued_is_not_corrected_and_a_correction_changes_something(issued):
    made, by, _papers, _second = issued
    with pytest.raises(ValidationError) as same:
        ask(made, by, instead="Ruang  Salah")
    plenary.reopened(made.selection, by)
    plenary.sealed(made, by)
    with pytest.raises(ValidationError) as unissued:
        ask(made, by)

    assert (same.value.code, unissued.value.code) == ("same", "not-issued")


def test_an_addendum_of_a_reopened_result_is_not_confirmed(issued):
    made, by, _papers, second = issued
    asked = ask(made, by)
    plenary.reopened(made.selection, by)
    plenary.sealed(made, by)

    with pytest.raises(ValidationError) as refusal:
        addenda.second_addendum(asked, by=second)

    assert refusal.value.code == "moved-on"


def test_every_step_stands_in_the_trail_and_on_the_pages(client, issued):
    made, by, _papers, second = issued
    address = reverse("addendum-ask", args=[made.selection.slug])
    client.force_login(by)
    refused = client.post(address, TEXTS | {"reason": ""})
    asked = client.post(address, TEXTS)
    waiting = Addendum.objects.get()
    client.force_login(second)
    confirm = reverse("addendum-second", args=[made.selection.slug, waiting.pk])
    shown = client.get(confirm).content.decode()
    confirmed = client.post(confirm)

    assert (refused.status_code, asked.status_code, confirmed.status_code) == (200, 302, 302)
    assert "Ruang Salah" in refused.content.decode()
    assert "Ruang Benar" in shown
    verbs = AuditEvent.objects.filter(verb__contains="addendum").order_by("sequence").values_list("verb", flat=True)
    assert list(verbs) == ["document.ask-addendum", "document.addendum"]
