"""The interview list is chosen in one act, all or nothing, and nobody verified is forgotten."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.gravity import Gravity
from awards.models import Nomination
from awards.nominations import transitions
from awards.selections import actions
from awards.signals import selection_changed
from awards.stages import NominationState, Stage
from paritrana.accounts.models import AuditEvent
from tests import builders as b
from tests.awards.conftest import at

S = NominationState


@pytest.fixture
def verifying(bali):
    return at(bali, Stage.VERIFICATION)


@pytest.fixture
def two(verifying, jembrana, tabanan):
    return [b.nomination(verifying, region, S.VERIFIED) for region in (jembrana, tabanan)]


def address(selection):
    return reverse("nominations-choose", args=[selection.slug])


def states():
    return list(Nomination.objects.order_by("pk").values_list("state", flat=True))


def test_the_review_shows_who_is_moved_and_who_is_not_and_why(two, committee, signed_in, verifying):
    draft = b.nomination(verifying, b.regency("51.03", "Kabupaten Badung"))

    page = signed_in(committee).get(
        address(verifying), {"pick": [draft.pk, two[0].pk, "x", 10**30], "act": "shortlist"}
    )

    assert [one.nomination for one in page.context["movable"]] == [two[0]]
    assert [one.nomination for one in page.context["others"]] == [draft]
    assert states() == [S.VERIFIED, S.VERIFIED, S.DRAFT]


def test_without_anybody_to_move_no_act_is_offered(two, committee, signed_in, verifying):
    client = signed_in(committee)

    offered = [b'name="act"' in client.get(address(verifying), {"pick": pick}).content for pick in ([], [two[0].pk])]

    assert offered == [False, True]


def test_all_chosen_go_on_the_list_and_the_standings_are_told_once(two, committee, signed_in, verifying):
    heard = []
    selection_changed.connect(lambda **told: heard.append(told["selection"]), weak=False, dispatch_uid="t")

    answer = signed_in(committee).post(address(verifying), {"act": "shortlist", "pick": [f"{n.pk}:1" for n in two]})
    selection_changed.disconnect(dispatch_uid="t")

    assert answer.status_code == 302
    assert states() == [S.SHORTLISTED, S.SHORTLISTED]
    assert heard == [verifying]
    assert AuditEvent.objects.filter(verb="nomination.shortlist").count() == 2


def test_leaving_off_needs_a_reason_which_each_keeps(two, committee, signed_in, verifying):
    chosen = {"act": "pass-over", "pick": [f"{n.pk}:1" for n in two]}

    refused = signed_in(committee).post(address(verifying), chosen | {"reason": " "})
    done = signed_in(committee).post(address(verifying), chosen | {"reason": "Nilai administrasi rendah"})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert states() == [S.NOT_SHORTLISTED, S.NOT_SHORTLISTED]
    assert set(Nomination.objects.values_list("remark", flat=True)) == {"Nilai administrasi rendah"}


def test_one_that_changed_meanwhile_stops_all(two, committee, signed_in, verifying):
    Nomination.objects.filter(pk=two[1].pk).update(version=2)

    answer = signed_in(committee).post(address(verifying), {"act": "shortlist", "pick": [f"{n.pk}:1" for n in two]})

    assert answer.status_code == 409
    assert states() == [S.VERIFIED, S.VERIFIED]


def test_nominations_of_another_selection_are_not_reached(two, committee, signed_in, verifying):
    parent = b.province("63", "Kalimantan Selatan", regional_office=b.office("Kalimantan"))
    other = b.selection(Stage.VERIFICATION, at=parent)
    foreign = b.nomination(other, b.regency("63.01", "Kabupaten Tanah Laut", parent=parent), S.VERIFIED)

    signed_in(committee).post(address(verifying), {"act": "shortlist", "pick": [f"{foreign.pk}:1"]})

    foreign.refresh_from_db()
    assert foreign.state == S.VERIFIED


def test_the_interviews_do_not_open_while_somebody_verified_is_undecided(two, verifying):
    transitions.shortlist(two[0], by=b.person())

    with pytest.raises(ValidationError) as caught:
        actions.open_next_stage(verifying, by=b.person())
    assert caught.value.code == "undecided"

    transitions.pass_over(two[1], by=b.person(), reason="Alasan")
    assert actions.open_next_stage(verifying, by=b.person()) == Stage.INTERVIEW


def test_the_review_of_the_next_stage_says_what_blocks_it(two, committee, signed_in, verifying):
    page = signed_in(committee).get(reverse("selection-open-next", args=[verifying.slug]))

    assert [(row["code"], row["gravity"]) for row in page.context["unfinished"]] == [(S.VERIFIED, Gravity.BLOCKS)]
    assert (b"data-not-yet" in page.content, b'name="stage"' in page.content) == (True, False)


def listed(page):
    return [row.record.pk for row in page.context["table"].rows]


def test_the_queue_is_narrowed_by_nominator_branch_completeness_and_name(
    verifying, jembrana, tabanan, staff, committee, signed_in
):
    own = b.nomination(verifying, jembrana, S.SENT, by=staff)
    other = b.nomination(verifying, tabanan, S.SENT)
    own.answers.create(
        criterion=own.category.current_rubric.aspects.get().criteria.get(slug="regulasi"), value={"level": "perda"}
    )
    b.coverage(jembrana, 2023, "PU")
    client, where = signed_in(committee), reverse("nominations", args=[verifying.slug])
    branch = staff.postings.get().branch_id
    asked = [
        {"nominator": f"branch-{branch}"},
        {"nominator": f"person-{other.nominated_by_id}"},
        {"lacking": "complete"},
        {"lacking": "incomplete"},
        {"q": "tabanan"},
        {"q": "51.01"},
    ]

    found = [listed(client.get(where, each)) for each in asked]

    assert found == [[own.pk], [other.pk], [own.pk], [other.pk], [other.pk], [own.pk]]


def queries(client, where):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(where).status_code == 200
    return len(captured)


def test_the_queue_costs_the_same_for_one_and_for_many(verifying, jembrana, committee, signed_in):
    client, where = signed_in(committee), reverse("nominations", args=[verifying.slug])
    b.nomination(verifying, jembrana, S.VERIFIED)
    queries(client, where)
    one = queries(client, where)

    for number in range(2, 9):
        b.nomination(verifying, b.regency(f"51.0{number}", f"Kabupaten {number}"), S.VERIFIED)

    assert queries(client, where) == one
