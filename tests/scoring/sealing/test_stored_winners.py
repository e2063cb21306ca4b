"""The winners stand beside the sealed document: what shows them alone reads no document, and they never differ."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from paritrana import triggers
from scoring.models import Seal
from scoring.public import announced as public
from scoring.sealing.verification import faults
from scoring.standings import rankings
from scoring.standings.winners import winners_of
from tests import builders
from tests.once import made_once
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db
fill = import_module("scoring.migrations.0004_winners_beside_the_seal").fill


def build():
    made = plenary.plenary(("perda", "edaran", "tidak-ada", "tidak-ada"))
    plenary.title_of(made).__class__.objects.update(places=2)
    plenary.announced(made)
    return made


built, made = made_once(build)


@pytest.fixture(autouse=True)
def nothing_is_remembered():
    public._read.clear()


def documents_read(client, address):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    return sum('"payload"' in one["sql"] for one in queries)


def test_they_are_the_winners_of_the_document_and_nothing_a_place_was_made_from(made):
    seal = Seal.objects.get()

    (sealed,), (stored,) = rankings.sealed(seal), winners_of(seal)

    assert [line.name for line in stored.lines] == [line.name for line in sealed.lines if sealed.wins(line)]
    assert 0 < len(stored.lines) < len(sealed.lines)
    assert all((line.scores, line.evidence, line.reasons, line.decided_by) == ({}, {}, [], {}) for line in stored.lines)


@pytest.mark.parametrize("name", ["home", "public-results", "winners-json", "winners-csv", "winners-atom", "sitemap"])
def test_no_public_address_reads_the_document(client, made, name):
    assert documents_read(client, reverse(name)) == 0


def test_no_public_page_of_a_selection_reads_the_document(client, made):
    for name in ("public-result", "public-result-picture"):
        assert documents_read(client, reverse(name, args=[made.selection.slug])) == 0


@pytest.mark.parametrize("name", ["result", "ceremony", "export-winners", "seals"])
def test_no_page_of_the_office_that_shows_winners_reads_the_document(client, made, name):
    client.force_login(builders.committee(made.selection))

    assert documents_read(client, reverse(name, args=[made.selection.slug])) == 0


def test_the_home_page_of_the_office_reads_no_document(client, made):
    client.force_login(builders.committee(made.selection))

    assert documents_read(client, reverse("home")) == 0


def test_a_seal_of_before_is_filled_in_by_migrating(made):
    written = Seal.objects.get().winners
    with triggers.lifted(connection):
        Seal.objects.update(winners=None)
        before = [each.document() for each in winners_of(Seal.objects.get())]

        fill(apps, None)

    assert Seal.objects.get().winners == written
    assert before == [each["title"] for each in written]


def test_winners_that_differ_from_the_document_are_named(made):
    seal = Seal.objects.get()
    changed = seal.winners
    changed[0]["title"]["lines"][0]["name"] = "Kabupaten Lain"
    with triggers.lifted(connection):
        Seal.objects.update(winners=changed)

    assert any("winners" in fault and "Kabupaten Lain" in fault for fault in faults(Seal.objects.get()))


def test_the_database_refuses_to_change_them(made):
    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.update(winners=[])
