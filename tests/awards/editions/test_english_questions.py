"""What the shipped rubrics ask, and every level and hint of them, has an English text."""

import json

import pytest
from django.urls import reverse

from awards.editions.english import english_of
from awards.models import Criterion
from tests import builders as b
from tests.awards.editions.test_edition_pages import FIXTURES

NAMED = ("part", "whole", "unit")
SAME = {"Rp"}


def asked(criterion):
    labels = [*criterion.get("levels", []), *criterion.get("items", []), criterion.get("note") or {}]
    yield from criterion.get("guidance", "").split("\n")
    yield criterion.get("evidence") or ""
    yield from (criterion.get(name) or "" for name in NAMED)
    yield from (one.get("label", "") for one in labels)


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.json")), ids=lambda path: path.stem)
def test_every_question_of_a_shipped_edition_has_an_english_text(path):
    edition = json.loads(path.read_text())
    criteria = [
        one for category in edition["categories"] for aspect in category["rubric"] for one in aspect["criteria"]
    ]
    words = {line for criterion in criteria for line in asked(criterion) if line}

    assert len(words) > 50
    assert words - edition["english"].keys() - SAME == set()


def test_a_long_line_of_guidance_has_an_english_box_and_a_longer_one_is_named(bali, signed_in):
    long, too_long = "Paling lambat. " * 39, "Lebih panjang. " * 41
    Criterion.objects.filter(slug="regulasi").update(guidance=f"{long.strip()}\n{too_long.strip()}")
    address = reverse("edition-english", args=[bali.edition.slug])
    client = signed_in(b.administrator())

    page = client.get(address)
    form = page.context["form"]
    box = next(box for box, words in form.names.items() if words == long.strip())
    client.post(address, {box: "In time. " * 60, "seen": form["seen"].value()})

    assert form.too_long == [too_long.strip()]
    assert too_long[:100] in page.content.decode()
    assert english_of(bali.edition)[long.strip()] == ("In time. " * 60).strip()
