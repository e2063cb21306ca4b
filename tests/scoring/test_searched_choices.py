"""Where one of many candidates is chosen, fifty at most are listed, and a search without scripts finds the others."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Candidate, Nomination, Role, Title
from awards.names import name_key
from awards.stages import NominationState, Stage
from paritrana import triggers
from scoring.models import Conflict, SpecialAward
from tests import builders
from tests.scoring.bench import bench
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db
MANY = 60


def companies(selection, named="PT Nomor", count=MANY):
    """More nominations of the first category, by companies of one region."""
    home, by = builders.regency("51.90", "Kabupaten Badung"), builders.person()
    names = [f"{named} {n:03d}" for n in range(count)]
    made = Candidate.objects.bulk_create(
        Candidate(kind="company", region=home, name=name, name_key=name_key(name)) for name in names
    )
    signed = {"submitted_at": plenary.NOW, "submitted_by": by, "verified_at": plenary.NOW, "verified_by": by}
    of = {"selection": selection, "category": selection.categories.first(), "nominated_by": by}
    of["state"] = NominationState.SHORTLISTED
    with triggers.lifted(connection):
        return Nomination.objects.bulk_create([Nomination(candidate=each, **of, **signed) for each in made])


def special_award():
    made = bench(Stage.PLENARY)
    rubric = made.nominations[0].category.current_rubric
    Title.objects.create(rubric=rubric, slug="khusus", name="Khusus", grouping="all", awarding="special")
    return made.selection, builders.committee(made.selection), reverse("special-awards", args=[made.selection.slug])


def recusal():
    made = bench()
    chair, juror = made.seat(Role.CHAIR), made.seat()
    return made.selection, chair.user, reverse("recuse", args=[made.selection.slug, juror.pk])


def exception():
    made = plenary.sealed_bench()
    to = builders.selection(Stage.VERIFICATION, national=True)
    national = builders.appointed(Role.NATIONAL_COMMITTEE, to.edition)
    return made.selection, national, reverse("proposal-exception", args=[to.slug])


PAGES = [special_award, recusal, exception]


@pytest.fixture(params=PAGES, ids=[page.__name__ for page in PAGES])
def page(request, client):
    """(selection, address), with many more candidates to choose from and somebody signed in who may."""
    selection, user, address = request.param()
    client.force_login(user)
    return selection, address


def options(answer):
    found = re.search(r'<select name="nomination".*?</select>', answer.content.decode(), re.DOTALL)
    return [value for value in re.findall(r'<option value="(\d*)"', found.group()) if value]


def test_a_short_list_is_offered_whole_and_without_a_search(client, page):
    answer = client.get(page[1])

    assert 1 <= len(options(answer)) < 50
    assert "nomination_search" not in answer.content.decode()


def test_fifty_of_many_are_listed_and_how_many_there_are(client, page):
    companies(page[0])

    answer = client.get(page[1])

    assert len(options(answer)) == 50
    assert re.search(r"\b50 (dari|of) \d{2}\b", answer.content.decode())


def test_the_search_finds_one_that_is_not_listed_and_keeps_what_was_typed(client, page):
    wanted = companies(page[0])[-1]
    assert str(wanted.pk) not in options(client.get(page[1]))

    typed = {"reason": "Alasan panjang", "nomination_text": "nomor 059", "nomination_search": "1"}
    answer = client.post(page[1], typed)

    assert options(answer) == [str(wanted.pk)]
    assert "Alasan panjang" in answer.content.decode()
    assert "field-error" not in answer.content.decode()
    assert not SpecialAward.objects.exists() and not Conflict.objects.exists()


def test_what_was_chosen_stays_listed_when_another_field_is_refused(client, page):
    wanted = companies(page[0])[-1]

    answer = client.post(page[1], {"nomination": wanted.pk, "reason": ""})

    assert str(wanted.pk) in options(answer)
    assert "field-error" in answer.content.decode()


def test_nothing_asked_grows_with_the_candidates(client, page):
    companies(page[0])
    client.get(page[1])
    with CaptureQueriesContext(connection) as few:
        client.get(page[1])
    companies(page[0], "PT Lain", 200)
    with CaptureQueriesContext(connection) as many:
        client.get(page[1])

    assert len(many) == len(few)
    assert not [one["sql"] for one in many if " JOIN " in one["sql"] and '"payload"' in one["sql"]]
