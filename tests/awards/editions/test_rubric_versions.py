"""A rubric in use gets its next version: who takes it, who stays, what goes along, and what differs."""

import pytest
from django.urls import reverse

from awards.editions import rubric_actions as actions
from awards.editions.defaults import default_document
from awards.editions.export import spelled
from awards.editions.rubric_documents import present
from awards.models import Contest, Criterion, Rubric
from awards.stages import Stage
from paritrana.accounts.models import AuditEvent
from tests.awards.editions.rubrics import CATEGORY, box, changed, in_use, post, save, typed

pytestmark = pytest.mark.django_db


def test_a_version_nobody_uses_is_replaced_and_the_trail_keeps_what_it_was(page, first):
    document = default_document("small")
    review = post(page, typed(document) | {box(document, "iuran", "name"): "Iuran"}, act="review")

    save(page, review)

    rubric = Rubric.objects.get()
    assert (rubric.version, Criterion.objects.filter(aspect__rubric=rubric, name="Iuran").count()) == (1, 1)
    event = AuditEvent.objects.filter(verb="rubric.revise").order_by("pk").last()
    assert event.detail["before"] == spelled(document)


def test_saving_what_is_saved_already_writes_nothing(category, first, designer):
    again = actions.revise_rubric(category, spelled(default_document("small")), reason="", by=designer, seen=first.pk)

    assert again == first
    assert AuditEvent.objects.filter(verb="rubric.revise").count() == 1


def test_a_version_in_use_needs_a_reason_and_takes_along_what_still_fits(page, category, first, designer):
    document = default_document("small")
    selection, nomination = in_use(category)
    levels = [
        {"code": "bersih", "label": "Bersih", "points": "100.00"},
        {"code": "ada", "label": "Ada", "points": "0.00"},
    ]
    wanted = changed(document, "penegakan", levels=levels)

    with pytest.raises(actions.ValidationError) as refusal:
        actions.revise_rubric(category, wanted, reason=" ", by=designer, seen=first.pk)
    made = actions.revise_rubric(category, wanted, reason="Kata baru", by=designer, seen=first.pk)

    assert refusal.value.code == "reason"
    assert (made.version, made.reason, Rubric.objects.count()) == (2, "Kata baru", 2)
    rubric_of = {one.criterion.slug: one.criterion.aspect.rubric for one in nomination.answers.all()}
    assert rubric_of == {"iuran": made, "penegakan": first}
    assert nomination.evidence.get().criterion.aspect.rubric == made
    nomination.refresh_from_db()
    assert nomination.version == 2


def test_the_review_says_who_takes_the_new_version_who_stays_and_what_no_longer_fits(page, category, first, designer):
    going, nomination = in_use(category)
    judged, _other = in_use(category, Stage.PLENARY, at="63")
    document = default_document("small")
    data = typed(document)
    names = [name for name in data if not name.startswith("rubric-4-criteria-1-")]

    review = post(page, {name: data[name] for name in names}, act="review")

    effects = review.context["effects"]
    assert effects.is_new_version
    assert [(one.slug, number, sent) for one, number, sent in effects.takes] == [(going.slug, 1, 1)]
    assert [(one.slug, version) for one, version in effects.stays] == [(judged.slug, 1)]
    assert [(one.nomination, one.criterion) for one in effects.unfit] == [(nomination, "Perkara penegakan kepatuhan")]
    refused = save(page, review)
    assert (refused.status_code, refused.context["error"].code) == (409, "reason")
    save(page, refused, reason="Disederhanakan")
    assert Contest.objects.get(selection=judged).rubric == first
    assert Rubric.objects.in_force(judged).get() == first
    assert Rubric.objects.in_force(going).get().version == 2


def test_a_selection_that_has_marks_stays_with_its_rubric_and_its_answers(category, first, designer):
    selection, nomination = in_use(category, Stage.INTERVIEW)
    Contest.objects.filter(selection=selection).update(rubric=first)
    Rubric.objects.filter(pk=first.pk).update(locked_at="2026-01-01T00:00Z", locked_by=designer)
    wanted = changed(default_document("small"), "iuran", name="Iuran")

    actions.revise_rubric(category, wanted, reason="Nama", by=designer, seen=first.pk)

    assert {one.criterion.aspect.rubric for one in nomination.answers.all()} == {first}
    assert Rubric.objects.in_force(selection).get() == first
    nomination.refresh_from_db()
    assert nomination.version == 1


def test_whoever_saves_over_somebody_else_sees_both_and_writes_nothing(page, category, first, designer):
    document = default_document("small")
    review = post(page, typed(document) | {box(document, "iuran", "name"): "Milik saya"}, act="review")
    theirs = actions.revise_rubric(
        category, changed(document, "iuran", name="Milik mereka"), reason="", by=designer, seen=first.pk
    )

    answer = save(page, review)

    assert answer.status_code == 409
    [row] = answer.context["conflict"]["rows"]
    assert (row["mine"], row["theirs"]) == ("Milik saya", "Milik mereka")
    assert answer.context["form"][box(document, "iuran", "name")].value() == "Milik saya"
    assert present(category) == theirs


def test_every_version_can_be_read_with_what_it_changed(page, category, first, designer):
    in_use(category)
    document = default_document("small")
    actions.revise_rubric(category, changed(document, "iuran", name="Iuran"), reason="Nama", by=designer, seen=first.pk)

    rows = page.get(reverse("rubric-versions", args=CATEGORY)).context["rubrics"]
    shown = page.get(reverse("rubric-version", args=[*CATEGORY, 2])).context

    assert [(one.version, one.reason) for one in rows] == [(2, "Nama"), (1, "")]
    assert [(one.before, one.after) for one in shown["changes"]] == [("Iuran dibayar tepat waktu", "Iuran")]
