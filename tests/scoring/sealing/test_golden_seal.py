"""The same data have the same digest on every engine, today and tomorrow: the golden documents lie beside this test.

A document that rightly says more is written anew with ``PARITRANA_GOLDEN=1``, and the difference is read.
"""

import datetime
import hashlib
import json
import os
from collections import defaultdict
from pathlib import Path

import pytest

from awards.models import Criterion
from scoring import verify_seal
from scoring.models import SealRequest
from scoring.sealing import document as sealing_document
from scoring.sealing import review
from scoring.standings import store
from tests import builders
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parent / "golden"


def document(selection) -> str:
    """As it is sealed, by named people at a named moment; the head of the trail is another in every database."""
    request = SealRequest(
        selection=selection,
        kind="seal",
        asked_by=builders.person("Ni Luh Putu", office="Sekretaris Panitia"),
        overrides=defaultdict(lambda: "Disepakati pleno"),
        **plenary.DECREE,
    )
    made = sealing_document.document(
        selection,
        review.review(selection, []),
        request=request,
        seconded_by=builders.person("Dewa Made Indra", office="Ketua Tim Penilai"),
        number=1,
        at=datetime.datetime(2024, 5, 2, 3, 4, 5, 678_900, tzinfo=datetime.UTC),
    )
    return review.canonical(made | {"trail_head": f"1:{'0' * 64}"})


def judged():
    made = plenary.plenary(("perda", "edaran", "tidak-ada", "edaran"))
    return made.selection


def counted():
    """Coverage, growth, a checklist and an amount, in two zones."""
    kinds = [("pu", "coverage"), ("tumbuh", "growth"), ("program", "checklist"), ("anggaran", "amount")]
    rubric = builders.rubric(builders.category(), *((slug, kind, 2_500) for slug, kind in kinds))
    rules = {
        "tumbuh": {"zero": 0, "full": 1_000},
        "program": {"items": [{"code": code, "label": code, "points": 100, "scales": []} for code in ("jkk", "jkm")]},
        "anggaran": {"unit": "Rp", "steps": [{"from": 0, "points": 0}, {"from": 100_000, "points": 10_000}]},
    }
    criteria = {one.slug: one for one in Criterion.objects.filter(aspect__rubric=rubric)}
    for slug, rule in rules.items():
        Criterion.objects.filter(pk=criteria[slug].pk).update(rules=rule)
    for slug in ("pu", "tumbuh"):
        criteria[slug].segments.add(builders.segment())
    builders.title(rubric)
    selection = builders.selection("pleno")
    for number in (1, 2, 3):
        region = builders.regency(f"51.0{number}", f"Kabupaten {number}")
        for year, more in ((2022, 0), (2023, 17 * number)):
            builders.coverage(region, year, workers=1_003, participants=333 + more)
        nomination = builders.nomination(selection, region, "terverifikasi")
        nomination.answers.create(criterion=criteria["program"], value={"ticked": ["jkk", "jkm"][:number]})
        nomination.answers.create(criterion=criteria["anggaran"], value={"amount": 60_000 * number})
    store.refresh(selection)
    return selection


def above():
    """More participants than workers: cut, and as it is where the rubric says so."""
    rubric = builders.rubric(builders.category(), ("pu", "coverage", 6_000), ("pu-penuh", "coverage", 4_000))
    for one in Criterion.objects.filter(aspect__rubric=rubric):
        one.segments.add(builders.segment())
        one.rules = {"above_full": True} if one.slug == "pu-penuh" else {}
        one.save()
    builders.title(rubric)
    selection = builders.selection("pleno")
    for number, participants in ((1, 1_000), (2, 901), (3, 899)):
        region = builders.regency(f"51.0{number}", f"Kabupaten {number}")
        builders.coverage(region, 2023, workers=900, participants=participants)
        builders.nomination(selection, region, "terverifikasi")
    store.refresh(selection)
    return selection


GOLDEN = {
    "judged": (judged, "bf1f75deda490ffd13bf4d4213e40a0208a1bc622ded3685128bb3afcfef4817"),
    "counted": (counted, "adec025a5ed48d5b376677cbbfb7281ec430acd542a485909f4945cd64571b39"),
    "above": (above, "755a55db4c3172c6dd89976b310d80d2c9c8a247fd481f01797eba5a0a32a8af"),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_the_same_data_have_the_same_digest_on_every_engine(name):
    build, digest = GOLDEN[name]
    made, path = document(build()), FOLDER / f"{name}.json"

    if os.environ.get("PARITRANA_GOLDEN"):
        path.write_text(made)

    assert json.loads(made) == json.loads(path.read_text())
    assert (made, hashlib.sha256(made.encode()).hexdigest()) == (path.read_text(), digest)


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.stem)
def test_a_golden_document_holds_by_exact_fractions(path):
    """Also those of the first format, which the portal of their day wrote: a share above 100 % counts as it is."""
    assert list(verify_seal.differences(json.loads(path.read_text()))) == []


def totals(name):
    document = json.loads((FOLDER / f"{name}.json").read_text())
    return document["format"], [line["total"] for line in document["outputs"][0]["lines"]]


def test_a_share_above_full_is_computed_as_the_format_of_the_document_says():
    assert totals("above-1") == ("paritrana-seal-1", [11_111, 10_011, 9_989])
    assert totals("above") == ("paritrana-seal-2", [10_444, 10_004, 9_989])
