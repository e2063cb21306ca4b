"""A rewritten trail no longer fits the seals and the papers made from them."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.translation import override

from paritrana import triggers
from paritrana.accounts import trail
from scoring.documents import anchors
from scoring.models import Seal
from scoring.sealing.verification import faults
from tests.rewriting import rewrite
from tests.scoring.documents import documents

pytestmark = pytest.mark.django_db


def test_every_paper_prints_the_head_that_was_sealed():
    made, by = documents.sealed()
    papers = [*documents.minutes(made, by).values(), *documents.certificates(made, by)]
    head = made.selection.seal.payload.partition('"trail_head":')[2].split('"')[1]

    assert {paper.kind for paper in papers} == {"minutes", "decree", "annex", "certificate"}
    for paper in papers:
        assert head[: head.index(":") + 13] in anchors.text_of(bytes(paper.content)), paper.kind
    assert next(trail.faults(), None) is None


def test_a_trail_rewritten_whole_is_found_by_the_seal_and_by_both_commands():
    made, _by = documents.sealed()
    rewrite(without=1)

    with pytest.raises(CommandError, match=r"no longer contains \d+:[0-9a-f]{64} \(seal "):
        call_command("verify_trail", verbosity=0)
    with override("en"):
        assert "the trail does not contain the head that was sealed" in next(faults(made.selection.seal))
    with pytest.raises(CommandError):
        call_command("verify_results", made.selection.slug)


def test_a_trail_and_the_seals_rewritten_are_found_by_a_paper():
    made, by = documents.sealed()
    documents.minutes(made, by)
    rewrite(without=1)
    with triggers.lifted(connection):
        Seal.objects.update(payload="{}")

    with pytest.raises(CommandError, match=r"no longer contains \d+:[0-9a-f]{12,64} \(paper "):
        call_command("verify_trail", verbosity=0)


def test_a_paper_that_cannot_be_read_is_no_anchor():
    assert anchors.text_of(b"%PDF-1.7 nothing") == ""
