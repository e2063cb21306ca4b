"""Nominations without remarks are verified in one act; whatever has a remark is left to a look of its own."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.legal_scale import Scale, ScaleBasis
from awards.models import Candidate, Category, Nomination, ReturnRemark
from awards.nominations.bulk_verifying import verify_together
from awards.signals import selection_changed
from awards.stages import NominationState, Stage
from paritrana.accounts.models import AuditEvent
from regions.models import Coverage, State
from tests import builders as b
from tests.awards.conftest import at

S = NominationState


@pytest.fixture
def verifying(bali):
    return at(bali, Stage.VERIFICATION)


@pytest.fixture
def complete(verifying, regulation):
    """A sent nomination of a region with its answer and its figure."""

    def made(region, by=None):
        nomination = b.nomination(verifying, region, S.SENT, by=by)
        nomination.answers.create(criterion=regulation, value={"level": "perda"})
        number = int(region.code[-2:])
        b.coverage(region, 2023, "PU", workers=1000 + 137 * number, participants=500 + 61 * number)
        return nomination

    return made


@pytest.fixture
def two(complete, jembrana, tabanan):
    return [complete(region) for region in (jembrana, tabanan)]


def address(selection):
    return reverse("nominations-verify", args=[selection.slug])


def ticks(*nominations):
    return {"pick": [f"{one.pk}:1" for one in nominations], "offered": [str(one.pk) for one in nominations]}


def states():
    return list(Nomination.objects.order_by("pk").values_list("state", flat=True))


def test_every_nomination_without_remark_is_offered_with_a_tick(two, committee, signed_in, verifying):
    page = signed_in(committee).get(address(verifying))

    assert (page.context["ready"], page.context["left_out"]) == (two, [])
    assert page.content.count(b" checked>") == 2
    assert states() == [S.SENT, S.SENT]


def test_all_ticked_are_verified_by_name_and_the_standings_are_computed_once(two, committee, signed_in, verifying):
    heard = []
    selection_changed.connect(lambda **sent: heard.append(sent["selection"]), weak=False, dispatch_uid="t")

    answer = signed_in(committee).post(address(verifying), ticks(*two), follow=True)
    selection_changed.disconnect(dispatch_uid="t")

    assert states() == [S.VERIFIED, S.VERIFIED]
    assert set(Nomination.objects.values_list("verified_by", flat=True)) == {committee.pk}
    assert (
        list(AuditEvent.objects.filter(verb="nomination.verify").values_list("actor", flat=True)) == [committee.pk] * 2
    )
    assert heard == [verifying]
    assert "Kabupaten Jembrana, Kabupaten Tabanan" in answer.content.decode()


def test_what_is_not_ticked_stays_as_it_is(two, committee, signed_in, verifying):
    signed_in(committee).post(address(verifying), ticks(two[0]))

    assert states() == [S.VERIFIED, S.SENT]


def test_nothing_ticked_is_asked_about_again(two, committee, signed_in, verifying):
    answer = signed_in(committee).post(address(verifying), {"pick": ["x", "1:", "9" * 30]})

    assert answer.status_code == 422
    assert states() == [S.SENT, S.SENT]


def test_one_that_changed_meanwhile_stops_all_with_a_line_for_each(two, committee, signed_in, verifying):
    Nomination.objects.filter(pk=two[1].pk).update(version=2)

    answer = signed_in(committee).post(address(verifying), ticks(*two))

    assert answer.status_code == 409
    assert [line.split(" (")[0] for line in answer.context["refusals"]] == ["Kabupaten Jembrana", "Kabupaten Tabanan"]
    assert states() == [S.SENT, S.SENT]
    assert not AuditEvent.objects.filter(verb="nomination.verify").exists()


def test_a_refusal_keeps_what_was_not_ticked(two, complete, committee, signed_in, verifying):
    third = complete(b.regency("51.03", "Kabupaten Badung"))
    Nomination.objects.filter(pk=two[1].pk).update(version=2)

    answer = signed_in(committee).post(address(verifying), ticks(two[1]) | {"offered": [third.pk, two[1].pk]})

    assert answer.context["unticked"] == {third.pk}
    assert answer.content.count(b" checked>") == 2


def test_whoever_nominated_does_not_verify_it_here_either(complete, jembrana, tabanan, committee, signed_in, verifying):
    own, other = complete(jembrana, by=committee), complete(tabanan)
    client = signed_in(committee)

    page = client.get(address(verifying))
    refused = client.post(address(verifying), ticks(own, other))

    assert (page.context["ready"], [row for row, _why in page.context["left_out"]]) == ([other], [own])
    assert refused.status_code == 409
    assert states() == [S.SENT, S.SENT]


def unanswered(nomination):
    nomination.answers.all().delete()


def without_figure(nomination):
    Coverage.objects.filter(region=nomination.candidate.region_id).delete()


def unsent_figure(nomination):
    Coverage.objects.filter(region=nomination.candidate.region_id).update(state=State.DRAFT)


def doubted_figure(nomination):
    Coverage.objects.filter(region=nomination.candidate.region_id).update(participants=1500)


def ineligible(nomination):
    criterion = nomination.answers.get().criterion
    type(criterion).objects.filter(pk=criterion.pk).update(minimum=10_000)
    nomination.answers.update(value={"level": "tidak-ada"})


def returned_with_remark(nomination):
    criterion = nomination.answers.get().criterion
    ReturnRemark.objects.create(nomination=nomination, criterion=criterion, text="Salah tahun", made_by=b.person())


def of_another_scale(nomination):
    Category.objects.filter(pk=nomination.category_id).update(scales=[Scale.SMALL])
    Candidate.objects.filter(pk=nomination.candidate_id).update(
        scale=Scale.LARGE, scale_basis=ScaleBasis.SALES, scale_amount=60_000_000_000
    )


def in_two_categories(nomination):
    other = b.category(nomination.selection.edition, "lain")
    Category.objects.update(exclusive_group="satu")
    Nomination.objects.create(
        selection=nomination.selection, category=other, candidate=nomination.candidate, nominated_by=b.person()
    )


def already_verified(nomination):
    Nomination.objects.filter(pk=nomination.pk).update(state=S.VERIFIED)


def test_a_segment_with_several_doubts_is_named_once(complete, jembrana, committee, signed_in, verifying):
    complete(jembrana)
    Coverage.objects.update(workers=1000, participants=1500)
    for segment in ("BPU", "JAKON"):
        b.coverage(jembrana, 2023, segment, workers=1000, participants=1500)

    [(_row, (why,))] = signed_in(committee).get(address(verifying)).context["left_out"]

    assert str(why).endswith(": PU, BPU, JAKON 2023")


REMARKS = [
    unanswered,
    without_figure,
    unsent_figure,
    doubted_figure,
    ineligible,
    returned_with_remark,
    of_another_scale,
    in_two_categories,
]


@pytest.mark.parametrize("spoil", REMARKS)
def test_a_nomination_with_a_remark_is_left_out_with_the_reason(
    spoil, complete, jembrana, committee, signed_in, verifying
):
    nomination = complete(jembrana)
    spoil(nomination)

    page = signed_in(committee).get(address(verifying))

    assert page.context["ready"] == []
    [(row, why)] = page.context["left_out"]
    assert (row, len(why)) == (nomination, 1)
    assert b'id="review-form"' not in page.content


@pytest.mark.parametrize("spoil", [*REMARKS, already_verified])
def test_a_remark_that_came_after_the_look_stops_the_act(spoil, two, committee, verifying):
    spoil(two[0])

    with pytest.raises(ValidationError) as caught:
        verify_together(verifying, {one.pk: 1 for one in two}, by=committee)

    assert len(caught.value.messages) == 2
    assert not Nomination.objects.filter(verified_by=committee).exists()


def test_the_filters_of_the_list_apply(two, committee, signed_in, verifying):
    page = signed_in(committee).get(address(verifying), {"q": "tabanan"})

    assert page.context["ready"] == [two[1]]


def test_nominations_of_another_selection_are_not_reached(two, committee, signed_in, verifying):
    parent = b.province("63", "Kalimantan Selatan", regional_office=b.office("Kalimantan"))
    other = b.selection(Stage.VERIFICATION, at=parent)
    foreign = b.nomination(other, b.regency("63.01", "Kabupaten Tanah Laut", parent=parent), S.SENT)

    answer = signed_in(committee).post(address(verifying), ticks(foreign))

    assert answer.status_code == 409
    foreign.refresh_from_db()
    assert foreign.state == S.SENT


def test_the_list_leads_here_only_while_something_waits_for_this_person(two, committee, staff, client, verifying):
    where = reverse("nominations", args=[verifying.slug])

    def is_led(person):
        client.force_login(person)
        return b"data-verify-together" in client.get(where).content

    before = is_led(committee), is_led(staff)
    Nomination.objects.update(state=S.VERIFIED)

    assert (*before, is_led(committee)) == (True, False, False)


def test_branch_staff_cannot_verify_together(two, staff, signed_in, verifying):
    client = signed_in(staff)

    answers = client.get(address(verifying)), client.post(address(verifying), ticks(*two))

    assert [answer.status_code for answer in answers] == [403, 403]
    assert states() == [S.SENT, S.SENT]


def queries(client, where):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(where).status_code == 200
    return len(captured)


def test_the_review_costs_the_same_for_one_and_for_many(complete, jembrana, committee, signed_in, verifying):
    client = signed_in(committee)
    complete(jembrana)
    queries(client, address(verifying))
    one = queries(client, address(verifying))

    for number in range(2, 9):
        complete(b.regency(f"51.0{number}", f"Kabupaten {number}"))
    b.nomination(verifying, b.regency("51.71", "Kota Denpasar"), S.SENT)

    assert queries(client, address(verifying)) == one
