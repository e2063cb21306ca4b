"""After the seal the minutes wait to be made, after the announcement certificates and letters: until it is done."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Contact, Role
from awards.stages import Stage
from scoring.documents import actions, addenda, letters, todo
from scoring.models import Document
from tests import builders
from tests.scoring.documents import documents as document_documents
from tests.scoring.plenary import plenary
from tests.scoring.public import announced

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return plenary.plenary()


def waiting(user) -> list[str]:
    return [task.url for task in todo.tasks_for(user)]


def urls(selection, *names) -> list[str]:
    return [reverse(name, args=[selection.slug]) for name in names]


def public(made) -> None:
    plenary.announced(made)
    made.selection.refresh_from_db()
    type(made.selection).objects.filter(pk=made.selection.pk).update(stage=Stage.ANNOUNCED)
    made.selection.refresh_from_db()


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.PROVINCIAL_COMMITTEE])
def test_after_the_seal_the_minutes_wait_for_who_makes_them_until_they_are_made(made, role):
    person = builders.appointed(role, made.selection)
    before = waiting(person)
    plenary.sealed(made)
    sealed = waiting(person)
    document_documents.minutes(made, person)

    assert (before, sealed, waiting(person)) == ([], urls(made.selection, "minutes-make"), [])


def test_after_the_announcement_certificates_wait_to_be_made_and_then_to_be_fetched(made):
    secretary = builders.appointed(Role.SECRETARY, made.selection)
    public(made)
    document_documents.minutes(made, secretary)
    asked = waiting(secretary)
    document_documents.certificates(made, secretary)
    ready = waiting(secretary)
    actions.take_all(list(Document.objects.filter(kind="certificate")), made.selection, by=secretary)

    certificates, fetching = urls(made.selection, "certificates-make", "documents")
    assert (asked, ready, waiting(secretary)) == ([certificates], [fetching], [])


def test_after_the_announcement_letters_wait_for_the_committee_where_somebody_can_be_reached(made):
    public(made)
    committee = builders.committee(made.selection)
    unreachable = urls(made.selection, "notices")[0] in waiting(committee)
    Contact.objects.create(candidate=made.nominations[0].candidate, name="Wayan", email="wayan@contoh.example")
    reachable = urls(made.selection, "notices")[0] in waiting(committee)
    letters.write_notices(made.selection, by=committee)

    assert (unreachable, reachable, urls(made.selection, "notices")[0] in waiting(committee)) == (False, True, False)


def test_nothing_waits_for_whoever_makes_no_documents(made):
    people = [builders.appointed(role, made.selection) for role in (Role.JUROR, Role.CHAIR)]
    people.append(builders.appointed(Role.AUDITOR, made.selection.edition))
    plenary.sealed(made)

    assert [waiting(person) for person in [*people, builders.person()]] == [[]] * 4


def test_the_tasks_cost_the_same_queries_for_one_selection_and_for_many():
    def costs() -> int:
        with CaptureQueriesContext(connection) as queries:
            todo.tasks_for(national)
        return len(queries)

    first = announced.at_province("51", "Bali")
    announced.sealed(first, announced.ranking(announced.line("Kota Denpasar")))
    national = builders.appointed(Role.NATIONAL_COMMITTEE, first.edition)
    alone = costs()
    for code in ("52", "53", "61"):
        other = announced.at_province(code, f"Provinsi {code}")
        announced.sealed(other, announced.ranking(announced.line(f"Kota {code}")))

    assert costs() == alone


def test_an_addendum_waits_for_everybody_who_may_second_it_but_not_for_who_asked(made):
    secretary = builders.appointed(Role.SECRETARY, made.selection)
    committee = builders.appointed(Role.PROVINCIAL_COMMITTEE, made.selection)
    plenary.sealed(made)
    document_documents.minutes(made, secretary)
    texts = {"paper": "minutes", "written": "a", "instead": "b", "reason": "c"}
    asked = addenda.ask_addendum(made.selection, **texts, by=secretary)

    waits = reverse("addendum-second", args=[made.selection.slug, asked.pk])

    assert (waits in waiting(committee), waits in waiting(secretary)) == (True, False)
