"""Pages of one nomination: nominating, the dossier, the answers, and the moves behind the buttons."""

import pytest
from django.urls import reverse

from awards.models import Answer, Nomination, Role
from awards.stages import NominationState, Stage
from tests import builders as b
from tests.awards.conftest import at

S = NominationState


def test_ticked_regions_become_drafts_and_nothing_typed_besides_is_believed(bali, staff, jembrana, tabanan, signed_in):
    url = reverse("nominate", args=[bali.slug, b.category().slug])
    smuggled = {"state": "terverifikasi", "nominated_by": b.person().pk, "selection": 99, "verified_by": staff.pk}

    answer = signed_in(staff).post(url, {"regions": [jembrana.pk], **smuggled})

    nomination = Nomination.objects.get()
    assert (answer.status_code, answer.url) == (302, nomination.get_absolute_url())
    assert (nomination.state, nomination.nominated_by, nomination.verified_by) == (S.DRAFT, staff, None)


def test_a_region_outside_the_working_area_is_not_a_choice(bali, staff, tabanan, signed_in):
    url = reverse("nominate", args=[bali.slug, b.category().slug])

    answer = signed_in(staff).post(url, {"regions": [tabanan.pk]})

    assert list(answer.context["form"].errors) == ["regions"]
    assert Nomination.objects.count() == 0


def test_the_committee_does_not_nominate(bali, committee, signed_in):
    url = reverse("nominate", args=[bali.slug, b.category().slug])

    assert signed_in(committee).get(url).status_code == 403


def test_a_category_the_selection_does_not_have_is_not_found(bali, staff, signed_in):
    assert signed_in(staff).get(reverse("nominate", args=[bali.slug, "lain"])).status_code == 404


def test_the_dossier_shows_share_growth_answers_and_history(bali, jembrana, staff, signed_in, regulation):
    b.coverage(jembrana, 2023, "PU", workers=1000, participants=600)
    nomination = b.nomination(bali, jembrana, by=staff)
    nomination.answers.create(criterion=regulation, value={"level": "perda"})

    page = signed_in(staff).get(nomination.get_absolute_url())

    rows = {row.criterion.slug: row for row in page.context["dossier"].rows()}
    assert (rows["pu"].part, rows["pu"].whole) == (600, 1000)
    assert rows["regulasi"].answer_text == "Perda"
    assert [move["verb"] for move in page.context["verbs"]] == ["submit", "withdraw"]


def typed(nomination, regulation, level="perda", note="", **more):
    return {"version": nomination.version, f"level-{regulation.pk}": level, f"note-{regulation.pk}": note} | more


def test_answers_are_saved_and_nothing_typed_besides_is_believed(bali, jembrana, staff, signed_in, regulation):
    nomination = b.nomination(bali, jembrana, by=staff)
    data = typed(nomination, regulation, note="Perda 1", state="terverifikasi", candidate=99, remark="x")

    answer = signed_in(staff).post(reverse("nomination-answers", args=[nomination.pk]), data)

    nomination.refresh_from_db()
    assert answer.status_code == 302
    assert (nomination.state, nomination.remark, Answer.objects.get().note) == (S.DRAFT, "", "Perda 1")


def test_a_conflict_shows_both_answers_and_keeps_what_was_typed(bali, jembrana, staff, signed_in, regulation):
    nomination = b.nomination(bali, jembrana, by=staff)
    client, url = signed_in(staff), reverse("nomination-answers", args=[nomination.pk])
    client.post(url, typed(nomination, regulation, "perda"))

    page = client.post(url, typed(nomination, regulation, "tidak-ada"))

    assert page.status_code == 409
    assert [(row["mine"], row["theirs"]) for row in page.context["conflict"]] == [("Tidak", "Perda")]
    assert page.context["form"][f"level-{regulation.pk}"].value() == "tidak-ada"
    assert page.context["form"]["version"].value() == "2"
    assert Answer.objects.get().value["level"] == "perda"

    nomination.refresh_from_db()
    assert client.post(url, typed(nomination, regulation, "tidak-ada")).status_code == 302
    assert Answer.objects.get().value["level"] == "tidak-ada"


def test_an_answer_that_is_no_level_is_refused_beside_its_field(bali, jembrana, staff, signed_in, regulation):
    nomination = b.nomination(bali, jembrana, by=staff)

    page = signed_in(staff).post(
        reverse("nomination-answers", args=[nomination.pk]), typed(nomination, regulation, "seratus")
    )

    assert list(page.context["form"].errors) == [f"level-{regulation.pk}"]
    assert Answer.objects.count() == 0


MOVES = [
    ("nomination-return", S.SENT, Stage.NOMINATION, {"reason": "kurang"}, S.RETURNED),
    ("nomination-verify", S.SENT, Stage.NOMINATION, {}, S.VERIFIED),
    ("nomination-shortlist", S.VERIFIED, Stage.VERIFICATION, {}, S.SHORTLISTED),
    ("nomination-pass-over", S.VERIFIED, Stage.VERIFICATION, {"reason": "kuota"}, S.NOT_SHORTLISTED),
]


@pytest.mark.parametrize(("name", "state", "stage", "data", "expected"), MOVES)
def test_looking_changes_nothing_and_confirming_moves(
    bali, jembrana, committee, signed_in, name, state, stage, data, expected
):
    nomination = b.nomination(at(bali, stage), jembrana, state)
    client, url = signed_in(committee), reverse(name, args=[nomination.pk])

    assert client.get(url).status_code == 200
    assert Nomination.objects.get().state == state
    assert client.post(url, {"version": nomination.version, **data}).status_code == 302
    assert Nomination.objects.get().state == expected


def test_what_cannot_be_sent_yet_is_offered_no_sending_but_the_way_to_the_answers(
    bali, jembrana, staff, signed_in, regulation
):
    nomination = b.nomination(bali, jembrana, by=staff)
    client, url = signed_in(staff), reverse("nomination-submit", args=[nomination.pk])
    answers = f'href="{reverse("nomination-answers", args=[nomination.pk])}">'

    def offered():
        page = client.get(url).content.decode()
        return ("data-not-yet" in page, answers in page, page.partition("review-consequences")[2].count("<form"))

    before = offered()
    nomination.answers.create(criterion=regulation, value={"level": "perda"})

    assert (before, offered()) == ((True, True, 0), (False, False, 1))


@pytest.mark.parametrize(("name", "state", "stage", "data", "expected"), MOVES)
def test_a_branch_cannot_do_the_work_of_the_committee(
    bali, jembrana, staff, signed_in, name, state, stage, data, expected
):
    nomination = b.nomination(at(bali, stage), jembrana, state)

    answer = signed_in(staff).post(reverse(name, args=[nomination.pk]), {"version": 1, **data})

    assert (answer.status_code, Nomination.objects.get().state) == (403, state)


def test_returning_without_a_reason_asks_for_it(bali, jembrana, committee, signed_in):
    nomination = b.nomination(bali, jembrana, S.SENT)

    page = signed_in(committee).post(reverse("nomination-return", args=[nomination.pk]), {"version": 1, "reason": " "})

    assert list(page.context["form"].errors) == ["reason"]
    assert Nomination.objects.get().state == S.SENT


def test_a_juror_meets_no_dossier_outside_the_score_sheets(bali, jembrana, signed_in):
    nomination = b.nomination(bali, jembrana, S.SHORTLISTED)
    juror = b.appointed(Role.JUROR, bali)

    assert signed_in(juror).get(nomination.get_absolute_url()).status_code == 404
    assert list(Nomination.objects.listed_for(juror)) == [nomination]


def test_an_answer_is_taken_back_by_choosing_not_answered_yet(bali, jembrana, staff, signed_in, regulation):
    nomination = b.nomination(bali, jembrana, by=staff)
    nomination.answers.create(criterion=regulation, value={"level": "perda"})

    signed_in(staff).post(reverse("nomination-answers", args=[nomination.pk]), typed(nomination, regulation, "-"))

    assert Answer.objects.count() == 0


def test_only_who_enters_coverage_is_led_to_its_form(bali, jembrana, staff, committee, signed_in):
    nomination = b.nomination(bali, jembrana)

    offered = [
        signed_in(user).get(nomination.get_absolute_url()).context["may_enter_coverage"] for user in (staff, committee)
    ]

    assert offered == [True, False]
