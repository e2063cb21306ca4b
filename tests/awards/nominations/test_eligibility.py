"""Who is not eligible, by which law; the committee's clearing; and what neither may do to the interview list."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from awards.criteria.completeness import read
from awards.models import Criterion, Nomination
from awards.nominations import actions, exceptions, transitions
from awards.nominations.eligibility import eligibility
from awards.stages import NominationState, Stage
from paritrana.accounts.models import AuditEvent
from tests import builders as b
from tests.awards.conftest import at

S = NominationState


@pytest.fixture
def arrears(bali):
    """A criterion of weight 0 with a minimum: on time for all twelve months, or not eligible."""
    rules = {"part": "Bulan tepat waktu", "whole": "Bulan", "fixed": 12}
    return Criterion.objects.create(
        aspect=Criterion.objects.get(slug="regulasi").aspect,
        slug="tunggakan",
        name="Tunggakan",
        kind="ratio",
        weight=0,
        rules=rules,
        minimum=10_000,
        legal_basis="UU 24/2011 pasal 17",
        order=9,
    )


def nominated(bali, region, arrears, months=11, state=S.VERIFIED):
    nomination = b.nomination(bali, region, state)
    nomination.answers.create(criterion=arrears, value={"part": months, "whole": 12})
    return nomination


def held(nomination):
    return eligibility([Nomination.objects.with_context().get(pk=nomination.pk)])[nomination.pk]


@pytest.mark.parametrize(("months", "code"), [(12, "eligible"), (11, "ineligible"), (0, "ineligible")])
def test_an_answer_below_its_minimum_makes_the_candidate_not_eligible(bali, jembrana, arrears, months, code):
    found = held(nominated(bali, jembrana, arrears, months))

    assert found.code == code
    assert [one.criterion.legal_basis for one in found.obstacles] == ["UU 24/2011 pasal 17"] * (code == "ineligible")


def test_what_is_not_answered_yet_is_not_held_against_anybody(bali, jembrana, arrears):
    assert held(b.nomination(bali, jembrana)).is_eligible


def test_who_is_not_eligible_comes_on_the_interview_list_only_once_cleared(bali, jembrana, arrears, committee):
    nomination = nominated(at(bali, Stage.VERIFICATION), jembrana, arrears)

    with pytest.raises(ValidationError) as refusal:
        transitions.shortlist(nomination, by=committee)
    exceptions.clear_nomination(nomination, reason="Dibayar lunas", by=committee)
    transitions.shortlist(nomination, by=committee)

    assert refusal.value.code == "ineligible"
    assert Nomination.objects.get().state == S.SHORTLISTED
    event = AuditEvent.objects.get(verb="nomination.clear")
    assert event.detail == {"reason": "Dibayar lunas", "criteria": ["tunggakan"]}


def test_a_clearing_can_be_taken_back_until_the_interview_list(bali, jembrana, arrears, committee):
    nomination = nominated(at(bali, Stage.VERIFICATION), jembrana, arrears)
    exceptions.clear_nomination(nomination, reason="Dibayar lunas", by=committee)

    exceptions.revoke_clearing(nomination, reason="Bukti palsu", by=committee)
    again = held(nomination).code
    exceptions.clear_nomination(nomination, reason="Diputuskan pleno", by=committee)
    transitions.shortlist(nomination, by=committee)
    with pytest.raises(ValidationError) as refusal:
        exceptions.revoke_clearing(nomination, reason="Terlambat", by=committee)

    assert (again, refusal.value.code) == ("ineligible", "moved-on")


def test_a_clearing_does_not_outlive_a_change_of_what_it_was_given_for(bali, jembrana, arrears, committee, regulation):
    nomination = nominated(bali, jembrana, arrears, state=S.RETURNED)
    exceptions.clear_nomination(nomination, reason="Dibayar lunas", by=committee)

    actions.answer(nomination, {regulation: ({"level": "perda"}, "")}, by=nomination.nominated_by)
    kept = held(nomination).code
    actions.answer(nomination, {arrears: ({"part": 5, "whole": 12}, "")}, by=nomination.nominated_by)

    assert (kept, held(nomination).code) == ("cleared", "ineligible")
    assert AuditEvent.objects.filter(verb="nomination.revoke-clearing").count() == 1


@pytest.mark.parametrize(
    ("months", "reason", "version", "code"),
    [(11, " ", 1, "reason"), (12, "x", 1, "eligible"), (11, "x", 7, "conflict")],
)
def test_clearing_needs_a_reason_an_obstacle_and_the_version_that_was_seen(
    bali, jembrana, arrears, committee, months, reason, version, code
):
    nomination = nominated(bali, jembrana, arrears, months)

    with pytest.raises(ValidationError) as refusal:
        exceptions.clear_nomination(nomination, reason=reason, version=version, by=committee)

    assert refusal.value.code == code
    assert Nomination.objects.get().cleared_at is None


def test_after_the_verification_nothing_is_cleared(bali, jembrana, arrears, committee):
    nomination = nominated(at(bali, Stage.INTERVIEW), jembrana, arrears)

    with pytest.raises(ValidationError) as refusal:
        exceptions.clear_nomination(nomination, reason="x", by=committee)

    assert refusal.value.code == "moved-on"


def test_the_page_clears_with_the_reason_and_takes_back(bali, jembrana, arrears, committee, signed_in):
    nomination = nominated(bali, jembrana, arrears)
    client = signed_in(committee)

    looked = client.get(reverse("nomination-clear", args=[nomination.pk]))
    client.post(reverse("nomination-clear", args=[nomination.pk]), {"version": 1, "reason": "Lunas"})
    cleared = client.get(nomination.get_absolute_url()).context["eligibility"].code
    client.post(reverse("nomination-revoke-clearing", args=[nomination.pk]), {"version": 2, "reason": "Keliru"})

    assert (looked.status_code, cleared) == (200, "cleared")
    assert client.get(nomination.get_absolute_url()).context["eligibility"].code == "ineligible"


def test_two_categories_are_asked_at_once_and_for_completeness_too(bali, jembrana, arrears, django_assert_num_queries):
    nominated(bali, jembrana, arrears)
    other = b.category(bali.edition, "perusahaan-besar", "company")
    b.rubric(other, ("innovasi", "mark", 10_000))
    bali.categories.add(other)
    company = b.company(jembrana)
    Nomination.objects.create(selection=bali, category=other, candidate=company, nominated_by=b.person())
    rows = list(Nomination.objects.with_context())

    with django_assert_num_queries(3):  # criteria, their segments, answers
        known = read(rows)
    with django_assert_num_queries(0):
        codes = sorted(each.code for each in eligibility(rows, known).values())

    assert (codes, len(known.criteria)) == (["eligible", "ineligible"], 2)


def test_the_list_is_narrowed_by_eligibility(bali, jembrana, tabanan, arrears, committee, signed_in):
    bad = nominated(bali, jembrana, arrears)
    good = nominated(bali, tabanan, arrears, 12)
    client, url = signed_in(committee), reverse("nominations", args=[bali.slug])

    def listed(code):
        return [row.record.pk for row in client.get(url, {"eligibility": code}).context["table"].rows]

    assert (listed("ineligible"), listed("eligible"), listed("cleared")) == ([bad.pk], [good.pk], [])


def test_verifying_shows_what_makes_it_not_eligible(bali, jembrana, arrears, committee, signed_in):
    nomination = nominated(bali, jembrana, arrears, state=S.SENT)

    page = signed_in(committee).get(reverse("nomination-verify", args=[nomination.pk]))

    assert [one.criterion for one in page.context["eligibility"].obstacles] == [arrears]


def test_a_nomination_is_not_sent_without_the_required_basis_and_evidence(bali, jembrana, staff, regulation):
    regulation.rules["note"] = {"label": "Nomor", "required": True}
    regulation.evidence, regulation.evidence_required = "Salinan", True
    regulation.save()
    nomination = b.nomination(bali, jembrana, by=staff)
    codes = []

    for note in ("", "Perda 1/2023"):
        actions.answer(nomination, {regulation: ({"level": "perda"}, note)}, by=staff)
        with pytest.raises(ValidationError) as refusal:
            transitions.submit(nomination, by=staff)
        codes.append(refusal.value.code)

    assert codes == ["note", "evidence"]
