"""A result stays what it was when it was sealed: each format of the document keeps its rules."""

import hashlib
import json

import pytest
from django.db import DatabaseError, transaction

from awards.models import Criterion, Selection
from awards.stages import Stage
from paritrana.accounts import trail
from scoring.models import Seal, Standing
from scoring.sealing import verification
from scoring.sealing.document import FORMAT
from scoring.standings import rankings
from scoring.standings.winners import bare_winners
from tests import builders
from tests.scoring.plenary import plenary
from tests.scoring.sealing.test_golden_seal import FOLDER, above

pytestmark = pytest.mark.django_db


def sealed_long_ago() -> Seal:
    """The result above 100 % as the portal of the first format sealed and stored it."""
    selection = above()
    Criterion.objects.filter(slug="pu-penuh").update(rules={})
    payload = (FOLDER / "above-1.json").read_text()
    document = json.loads(payload)
    for line in document["outputs"][0]["lines"]:
        rows = Standing.objects.filter(selection=selection, nomination__candidate__name=line["name"])
        rows.update(place=line["place"], total=line["total"], scores=line["scores"], evidence=line["evidence"])
    Selection.objects.filter(pk=selection.pk).update(stage=Stage.SEALED)
    asker, seconder = (builders.person(document[key]["name"]) for key in ("sealed_by", "seconded_by"))
    seal = Seal.objects.create(
        selection=selection,
        current_of=selection,
        number=1,
        payload=payload,
        winners=bare_winners([rankings.Ranking.read(one) for one in document["outputs"]]),
        digest=hashlib.sha256(payload.encode()).hexdigest(),
        decree_number=document["decree"]["number"],
        decree_date=document["decree"]["date"],
        sealed_at=document["sealed_at"],
        sealed_by=asker,
        seconded_by=seconder,
    )
    trail.record(seconder, "result.seal", selection, digest=seal.digest)
    return Seal.objects.get(pk=seal.pk)


def test_a_seal_of_the_first_format_still_verifies_by_its_own_rule():
    seal = sealed_long_ago()

    assert seal.format == Seal.Format.UNCUT
    told = list(verification.faults(seal))
    assert [fault for fault in told if f"1:{'0' * 64}" not in fault] == []  # its trail is not that of this test


def test_a_result_is_sealed_in_the_latest_format():
    made = plenary.sealed_bench()
    seal = made.selection.seal

    assert (seal.format, json.loads(seal.payload)["format"]) == (FORMAT, "paritrana-seal-2")
    assert list(verification.faults(seal)) == []


def test_the_format_of_a_seal_cannot_be_changed():
    seal = plenary.sealed_bench().selection.seal

    with pytest.raises(DatabaseError), transaction.atomic():
        Seal.objects.filter(pk=seal.pk).update(format=Seal.Format.UNCUT)
