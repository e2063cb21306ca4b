"""A criterion that does not apply to a candidate: who records it, what follows, and that it can be taken back."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from awards.criteria.completeness import completeness
from awards.models import Criterion, Exemption, Nomination, Role
from awards.nominations import exceptions as actions
from awards.stages import NominationState, Stage
from paritrana.accounts.models import AuditEvent
from tests import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent():
    """A nomination under verification whose rubric asks for coverage, a level and a mark."""
    made = b.rubric(b.category(), ("pu", "coverage", 5000), ("regulasi", "band", 3000), ("pemahaman", "mark", 2000))
    made.aspects.get().criteria.get(slug="pu").segments.add(b.segment("PU"))
    Criterion.objects.filter(slug="regulasi").update(
        rules={"levels": [{"code": "perda", "label": "Perda", "points": 10_000}]}
    )
    return b.nomination(b.selection(Stage.VERIFICATION), b.regency(), NominationState.SENT)


def criterion(slug):
    return Criterion.objects.get(slug=slug)


def exempt(nomination, slug="pu", reason="Wilayah baru", **more):
    by = more.pop("by", None) or b.committee(nomination.selection)
    version = more.pop("version", nomination.version)
    return actions.exempt(nomination, criterion(slug), reason=reason, version=version, by=by)


def test_what_does_not_apply_is_recorded_with_the_reason_and_the_person(sent):
    committee = b.committee(sent.selection)

    made = exempt(sent, reason="  Wilayah baru ", by=committee)

    event = AuditEvent.objects.get(verb="nomination.exempt")
    assert (made.reason, made.recorded_by) == ("Wilayah baru", committee)
    assert (event.actor, event.detail["criterion"], event.detail["reason"]) == (committee, "pu", "Wilayah baru")


@pytest.mark.parametrize(
    ("fault", "change"),
    [
        ("reason", {"reason": " "}),
        ("not-exemptible", {"slug": "pemahaman"}),
        ("conflict", {"version": 99}),
        ("exempt", {"slug": "regulasi"}),
    ],
)
def test_it_takes_a_reason_a_criterion_outside_the_interview_and_the_present_version(sent, fault, change):
    exempt(sent, "regulasi")

    with pytest.raises(ValidationError) as refused:
        exempt(sent, **change)

    assert (refused.value.code, Exemption.objects.count()) == (fault, 1)


@pytest.mark.parametrize("stage", [Stage.INTERVIEW, Stage.PLENARY, Stage.SEALED])
def test_after_the_verification_nothing_is_exempt_any_more(sent, stage):
    type(sent.selection).objects.update(stage=stage)

    with pytest.raises(ValidationError) as refused:
        exempt(sent)

    assert refused.value.code == "moved-on"


def test_who_left_is_exempt_of_nothing(sent):
    Nomination.objects.update(state=NominationState.WITHDRAWN, left_from=NominationState.SENT, left_reason="Mundur")

    with pytest.raises(ValidationError) as refused:
        exempt(sent)

    assert refused.value.code == "moved-on"


def test_what_does_not_apply_is_not_asked_for(sent):
    row = Nomination.objects.with_context().get()
    before = completeness([row])[row.pk]
    exempt(sent)
    exempt(sent, "regulasi")

    after = completeness([row])[row.pk]

    assert (before.answers_needed, before.figures_needed) == (1, 1)
    assert (after.answers_needed, after.figures_needed) == (0, 0)


def test_it_applies_again_once_taken_back_and_the_trail_keeps_why_it_did_not(sent):
    made = exempt(sent)

    actions.end_exemption(made, version=sent.version, by=b.committee(sent.selection))

    assert Exemption.objects.count() == 0
    assert AuditEvent.objects.get(verb="nomination.end-exemption").detail["before"] == "Wilayah baru"


def test_it_is_recorded_and_taken_back_on_its_page(sent, client):
    client.force_login(b.committee(sent.selection))
    page = reverse("exemptions", args=[sent.pk])
    typed = {"version": sent.version, "criterion": criterion("pu").pk, "reason": "Wilayah baru"}

    client.post(page, typed)
    made = Exemption.objects.get()
    again = client.post(page, typed | {"criterion": criterion("regulasi").pk})
    shown = client.get(page)
    sent.refresh_from_db()
    client.post(reverse("exemption-end", args=[sent.pk, made.pk]), {"version": sent.version})

    assert [choice.slug for choice in shown.context["form"].fields["criterion"].queryset] == ["pu", "regulasi"]
    assert list(shown.context["given"]) == [made]
    assert (again.status_code, Exemption.objects.count()) == (409, 0)


def test_everybody_who_sees_the_nomination_reads_why_it_does_not_apply(sent, client):
    exempt(sent)
    client.force_login(b.appointed(Role.PROVINCIAL_COMMITTEE, sent.selection))

    assert 'data-exempt="pu"' in client.get(sent.get_absolute_url()).content.decode()
