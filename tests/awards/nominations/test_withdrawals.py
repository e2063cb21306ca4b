"""Who withdraws or is disqualified leaves everything at once, and comes back with everything."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from awards.models import Appointment, Criterion, Nomination, ReturnRemark, Role
from awards.nominations import transitions
from awards.nominations.double_roles import double_roles, double_roles_towards
from awards.stages import GONE, STILL_THERE, NominationState, Stage
from paritrana.accounts.models import AuditEvent
from scoring.assignments.criteria import marked_nominations
from scoring.models import Mark, Standing
from scoring.standings import store
from tests import builders as b
from tests.awards.conftest import at
from tests.scoring.plenary import plenary

S = NominationState


@pytest.mark.parametrize("state", sorted(STILL_THERE))
@pytest.mark.parametrize(
    ("leave", "gone"), [(transitions.withdraw, S.WITHDRAWN), (transitions.disqualify, S.DISQUALIFIED)]
)
def test_who_left_comes_back_to_the_state_it_left_from(bali, jembrana, leave, gone, state):
    nomination = b.nomination(at(bali, Stage.PLENARY), jembrana, state)

    leave(nomination, by=b.person(), reason=" Mengundurkan diri ")
    left = (nomination.state, nomination.left_from, nomination.left_reason)
    transitions.reinstate(nomination, by=b.person(), reason="Keliru")

    assert left == (gone, state, "Mengundurkan diri")
    assert (nomination.state, nomination.left_from, nomination.left_reason) == (state, "", "")
    assert [event.detail["reason"] for event in AuditEvent.objects.order_by("pk")] == ["Mengundurkan diri", "Keliru"]


@pytest.mark.parametrize("state", sorted(GONE))
def test_who_has_left_cannot_leave_again(bali, jembrana, state):
    nomination = b.nomination(bali, jembrana, state)

    with pytest.raises(ValidationError) as caught:
        transitions.disqualify(nomination, by=b.person(), reason="Alasan")

    assert caught.value.code == "moved-on"


def test_the_reason_of_the_last_move_outlives_leaving_and_coming_back(bali, jembrana):
    nomination = b.nomination(at(bali, Stage.VERIFICATION), jembrana, S.VERIFIED)
    transitions.pass_over(nomination, by=b.person(), reason="Kuota penuh")

    transitions.withdraw(nomination, by=b.person(), reason="Mundur")
    transitions.reinstate(nomination, by=b.person(), reason="Batal mundur")

    assert (nomination.state, nomination.remark) == (S.NOT_SHORTLISTED, "Kuota penuh")


def ranked(selection):
    return set(Standing.objects.filter(selection=selection, place__isnull=False).values_list("nomination", flat=True))


@pytest.mark.django_db
def test_a_disqualified_candidate_leaves_ranking_and_sheets_at_once_and_returns_with_its_marks():
    made = plenary.plenary()
    store.refresh(made.selection)
    first = Nomination.objects.get(pk=min(ranked(made.selection)))
    before, marks = ranked(made.selection), Mark.objects.filter(sheet__nomination=first).count()

    transitions.disqualify(first, by=b.person(), reason="Tunggakan")
    without = (ranked(made.selection), first in marked_nominations(made.selection))
    transitions.reinstate(first, by=b.person(), reason="Sudah lunas")

    assert marks > 0
    assert without == (before - {first.pk}, False)
    assert ranked(made.selection) == before
    assert Mark.objects.filter(sheet__nomination=first).count() == marks


def returned(bali, jembrana, regulation, by):
    nomination = b.nomination(bali, jembrana, S.SENT, by=by)
    nomination.answers.create(criterion=regulation, value={"level": "perda"})
    transitions.return_for_repair(nomination, by=b.person(), reason="Periksa", remarks={regulation: " Nomor Perda? "})
    return nomination


def test_a_remark_stands_beside_its_answer_until_it_is_verified(bali, jembrana, regulation, staff):
    nomination = returned(bali, jembrana, regulation, staff)
    after_return = nomination.open_remarks()

    transitions.submit(nomination, by=staff)
    after_sending = nomination.open_remarks()
    transitions.verify(nomination, by=b.person())

    expected = {regulation.pk: "Nomor Perda?"}
    assert (after_return, after_sending, nomination.open_remarks()) == (expected, expected, {})
    assert AuditEvent.objects.get(verb="nomination.return").detail["remarks"] == {"regulasi": "Nomor Perda?"}


def test_a_second_return_replaces_the_remarks_of_the_first(bali, jembrana, regulation, staff):
    nomination = returned(bali, jembrana, regulation, staff)
    transitions.submit(nomination, by=staff)

    transitions.return_for_repair(
        nomination, by=b.person(), reason="Lagi", remarks={Criterion.objects.get(slug="pu"): "Cek"}
    )

    assert [remark.text for remark in ReturnRemark.objects.all()] == ["Cek"]


def test_what_only_the_interview_answers_takes_no_remark(bali, jembrana):
    nomination = b.nomination(bali, jembrana, S.SENT)

    with pytest.raises(ValidationError) as caught:
        transitions.return_for_repair(
            nomination, by=b.person(), reason="x", remarks={Criterion.objects.get(slug="inovasi"): "x"}
        )

    assert caught.value.code == "remark"
    assert not ReturnRemark.objects.exists()


def test_the_nominator_sees_the_remark_in_the_form_and_on_the_dossier(
    bali, jembrana, regulation, staff, committee, signed_in
):
    nomination = b.nomination(bali, jembrana, S.SENT, by=staff)
    address = reverse("nomination-return", args=[nomination.pk])
    sent = {"version": 1, "reason": "Periksa", f"remark-{regulation.pk}": "Nomor Perda?"}
    assert signed_in(committee).post(address, sent).status_code == 302

    dossier = signed_in(staff).get(nomination.get_absolute_url())
    form = signed_in(staff).get(reverse("nomination-answers", args=[nomination.pk]))

    rows = {row.criterion.slug: row.remark for row in dossier.context["dossier"].rows()}
    assert rows == {"pu": "", "regulasi": "Nomor Perda?", "inovasi": ""}
    assert form.content.count(b"data-remark") == 1
    assert form.content.count(b"data-returned") == 1


@pytest.mark.parametrize(
    ("name", "who"), [("withdraw", "staff"), ("withdraw", "committee"), ("disqualify", "committee")]
)
def test_leaving_goes_through_its_review_page(bali, jembrana, request, signed_in, name, who):
    nomination = b.nomination(bali, jembrana, S.SENT)
    address = reverse(f"nomination-{name}", args=[nomination.pk])
    client = signed_in(request.getfixturevalue(who))

    assert client.get(address).status_code == 200
    nothing = client.post(address, {"version": 1, "reason": " "})
    assert list(nothing.context["form"].errors) == ["reason"]
    assert client.post(address, {"version": 1, "reason": "Alasan"}).status_code == 302
    assert Nomination.objects.get().state in GONE


def test_a_branch_neither_disqualifies_nor_reinstates(bali, jembrana, staff, signed_in):
    nomination = b.nomination(bali, jembrana, S.SENT, by=staff)

    for name in ("disqualify", "reinstate"):
        assert signed_in(staff).get(reverse(f"nomination-{name}", args=[nomination.pk])).status_code == 403


def test_who_sits_on_the_panel_and_works_at_a_branch_is_named_with_nearness(bali, jembrana, tabanan, staff):
    colleague, elsewhere = b.branch_staff(jembrana), b.branch_staff(tabanan, name="Bali Gianyar")
    outsider = b.person()
    for user in (staff, colleague, elsewhere, outsider):
        Appointment.objects.create(user=user, role=Role.JUROR, edition=bali.edition, selection=bali)
    nomination = b.nomination(bali, jembrana, S.SENT, by=staff)

    towards = {one.appointment.user: (one.is_nominator, one.shares) for one in double_roles_towards(nomination)}

    assert towards == {
        staff: (True, "Cabang Bali Denpasar"),
        colleague: (False, "Cabang Bali Denpasar"),
        elsewhere: (False, ""),
    }
    assert {one.appointment.user for one in double_roles(bali)} == {staff, colleague, elsewhere}


@pytest.mark.parametrize("page", ["selection", "panel"])
def test_the_double_role_is_shown_where_the_panel_is(bali, jembrana, staff, committee, signed_in, page):
    Appointment.objects.create(user=staff, role=Role.JUROR, edition=bali.edition, selection=bali)

    shown = signed_in(committee).get(reverse(page, args=[bali.slug]))

    assert shown.content.count(b"data-double-role") == 1
