"""The sealed document weighs megabytes: no row brings it along, whoever needs it asks for it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.models import Selection
from scoring.models import Seal
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


def asked(read):
    with CaptureQueriesContext(connection) as queries:
        read()
    return ["payload" in one["sql"] for one in queries]


def test_neither_a_seal_nor_its_selection_reads_it():
    made = plenary.sealed_bench()
    ways = [
        lambda: Seal.objects.get().digest,
        lambda: Selection.objects.get(pk=made.selection.pk).seal.digest,
        lambda: [seal.digest for seal in made.selection.seals.all()],
    ]

    assert [asked(read) for read in ways] == [[False], [False, False], [False]]


def test_whoever_asks_for_it_reads_it_once_and_whole():
    plenary.sealed_bench()
    (written,) = Seal.objects.values_list("payload", flat=True)
    seal = Seal.objects.get()

    found = asked(lambda: (seal.payload, seal.payload))

    assert (seal.payload, found) == (written, [True])
