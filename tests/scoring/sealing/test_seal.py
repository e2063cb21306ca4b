import hashlib
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from awards.models import Answer, Role
from awards.stages import Stage
from paritrana import triggers
from paritrana.accounts import chaining, trail
from paritrana.accounts.models import AuditEvent
from regions.models import Coverage
from scoring.models import Seal, SealRequest, Standing
from scoring.sealing import review
from scoring.standings import rankings, store
from tests import builders
from tests.once import parts_once
from tests.refusals import refused
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


def open_plenary():
    made = plenary.plenary()
    return {"made": made, "committee": builders.committee(made.selection)}


def seal():
    """What was ranked before, and the seal."""
    parts = open_plenary()
    (live,) = rankings.fresh(parts["made"].selection)
    return parts | {"live": live, "sealed": plenary.seal(parts["made"].selection, parts["committee"])}


STATES = {"sealed": seal, "made": open_plenary}
built, parts, made, committee, live, sealed = parts_once(STATES, "made", "committee", "live", "sealed")


def shown(ranking) -> list[tuple]:
    return [(line.code, line.place, line.is_tied, line.total, line.scores) for line in ranking.lines]


def test_sealing_moves_the_stage_and_signs(made, committee, sealed):
    assert (made.selection.stage, sealed.sealed_by, sealed.announced_at) == (Stage.SEALED, committee, None)


def test_the_digest_is_the_sha256_of_the_document(made, committee, sealed):
    assert sealed.digest == hashlib.sha256(Seal.objects.get().payload.encode()).hexdigest()


def test_the_document_is_written_canonically(sealed):
    payload = sealed.payload

    assert payload == json.dumps(json.loads(payload), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_what_was_ranked_is_what_is_sealed(live, sealed):
    (frozen,) = rankings.sealed(sealed)

    assert (frozen.path, frozen.criteria, shown(frozen)) == (live.path, live.criteria, shown(live))


def test_the_document_holds_inputs_rules_and_the_head_of_the_trail(made, sealed):
    document = json.loads(sealed.payload)

    chaining.chain()
    event = AuditEvent.objects.get(verb="result.seal")
    assert document["trail_head"] == f"{event.sequence - 1}:{event.previous}"
    assert document["rules"]["categories"][0]["titles"] == [
        {
            "slug": "terbaik",
            "grouping": "all",
            "awarding": "ranked",
            "places": 3,
            "harapan": 0,
            "among": None,
            "ties": [],
            "weights": {"inovasi": 1500, "pemahaman": 1000, "komitmen": 500, "kehadiran": 500, "regulasi": 6500},
        }
    ]
    first = document["inputs"]["nominations"][0]
    assert (first["region"], first["answers"], first["attendance"]) == (
        "51.01",
        {"regulasi": {"level": "perda"}},
        {"level": "head", "online": False},
    )
    assert first["marks"]["inovasi"] == {"1": 8000, "2": 7000}


def test_the_document_names_no_juror(made, sealed):
    payload = sealed.payload

    assert [seat.user.name for seat in made.seats if f'"{seat.user.name}"' in payload] == []


def test_nothing_that_happens_later_is_seen_in_the_seal(made, committee, sealed):
    before = shown(rankings.titled(made.selection, "terbaik"))
    with triggers.lifted(connection):
        Answer.objects.update(value={"level": "perda"})
        Standing.objects.all().delete()
    made.nominations[0].candidate.region.name = "Lain"
    made.nominations[0].candidate.region.save()

    assert shown(rankings.titled(made.selection, "terbaik")) == before
    assert rankings.sealed(sealed)[0].lines[0].name == "Kabupaten Nomor 1"


def test_the_seal_is_in_the_trail_with_its_digest_and_both_people(made, committee, sealed):
    event = AuditEvent.objects.get(verb="result.seal")
    assert (event.actor, event.object_id) == (sealed.seconded_by, str(made.selection.pk))
    assert event.detail == {
        "before": "pleno",
        "after": "ditetapkan",
        "digest": sealed.digest,
        "number": 1,
        "asked_by": committee.pk,
        "overrides": {},
        "confirmed": [{"code": "winners-unreachable", "text": "Pemenang tanpa alamat surel", "count": 3}],
    }
    assert list(trail.faults()) == []


def test_nothing_ranked_is_nothing_to_seal(made, committee):
    Answer.objects.all().delete()

    refused("nothing-ranked", plenary.asked, made.selection, committee)

    assert (Seal.objects.count(), AuditEvent.objects.filter(verb="result.ask-seal").count()) == (0, 0)


def test_remarks_must_be_confirmed_and_the_confirmation_is_recorded(made, committee):
    Answer.objects.filter(nomination=made.nominations[2]).delete()

    refused("unconfirmed", plenary.asked, made.selection, committee, confirmed=False)
    plenary.seal(made.selection, committee)

    recorded = AuditEvent.objects.get(verb="result.seal").detail["confirmed"]
    assert [(remark["code"], remark["count"]) for remark in recorded] == [("not-ranked", 1), ("winners-unreachable", 2)]


def test_the_trail_does_not_tell_who_is_ranked(made, committee):
    Answer.objects.filter(nomination=made.nominations[2]).update(value={"level": "edaran"})
    store.refresh(made.selection)
    plenary.seal(made.selection, committee)

    detail = json.dumps(AuditEvent.objects.get(verb="result.seal").detail)
    assert [each.candidate.name for each in made.nominations if each.candidate.name in detail] == []


def test_a_ranking_that_changed_since_it_was_looked_at_is_not_asked_for(made, committee):
    seen = review.review(made.selection).fingerprint
    Answer.objects.filter(nomination=made.nominations[0]).update(value={"level": "tidak-ada"})

    refused("changed", plenary.asked, made.selection, committee, seen=seen)

    assert SealRequest.objects.count() == 0


def test_a_result_is_sealed_once(made, committee, sealed):
    with pytest.raises(PermissionDenied):
        plenary.asked(made.selection, committee)

    assert Seal.objects.count() == 1


@pytest.mark.parametrize("role", [Role.JUROR, Role.CHAIR, Role.SECRETARY])
def test_the_panel_does_not_ask_for_the_seal(made, role):
    with pytest.raises(PermissionDenied):
        plenary.asked(made.selection, builders.appointed(role, made.selection))


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.PLENARY])
def test_a_result_is_sealed_in_the_plenary_only(made, committee, stage):
    plenary.move_to(made.selection, stage)

    with pytest.raises(PermissionDenied):
        plenary.asked(made.selection, committee)


def test_the_coverage_behind_the_result_is_locked(made, committee):
    region = made.nominations[0].candidate.region
    judged = [builders.coverage(region, year) for year in (2022, 2023)]
    apart = [builders.coverage(region, 2021), builders.coverage(builders.regency("51.09", "Kota Lain"), 2023)]

    seal = plenary.seal(made.selection, committee)

    locked = Coverage.objects.filter(locked_by=seal.seconded_by).values_list("pk", flat=True)
    assert (set(locked), len(apart)) == ({figure.pk for figure in judged}, 2)
