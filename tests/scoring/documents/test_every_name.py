"""The kabupaten and kota with the longest names have their whole name on their certificate, on one page."""

import csv

import pytest
from django.conf import settings

from regions.models import Region
from tests import builders
from tests.scoring.documents import documents
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db

MANY = 8
REGENCIES = settings.BASE_DIR / "fixtures" / "regions" / "regencies.csv"


def longest_names() -> list[str]:
    with REGENCIES.open(encoding="utf-8", newline="") as file:
        found = [row["name"] for row in csv.DictReader(file)]
    return sorted(found, key=lambda name: (-len(name), name))[:MANY]


@pytest.mark.once
def test_the_longest_names_of_the_nation_stand_whole_on_one_page():
    made, names = plenary.plenary(("perda",) * MANY), longest_names()
    for nomination, name in zip(made.nominations, names, strict=True):
        Region.objects.filter(pk=nomination.candidate.region_id).update(name=name)
    by = builders.committee(made.selection)
    plenary.sealed(made, by)

    found = documents.certificates(made, by, nominees=True)

    assert {one.subject["name"] for one in found} == set(names)
    assert all(one.subject["name"] in documents.words(one.content) for one in found)
    assert [len(documents.opened(one.content).pages) for one in found] == [1] * MANY
    assert not any(documents.words_beyond(one.content) for one in found)
