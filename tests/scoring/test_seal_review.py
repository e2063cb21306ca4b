import pytest
from django.urls import reverse
from django.utils import translation

from awards.models import Answer
from awards.stages import Stage
from regions.models import Coverage
from scoring import readiness, results, sealing
from scoring.models import Seal
from tests import builders
from tests.scoring import plenary

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return plenary.plenary()


@pytest.fixture
def committee(made):
    return builders.committee(made.selection)


def shown(ranking) -> list[tuple]:
    return [(line.code, line.place, line.is_tied, line.total, line.scores) for line in ranking.lines]


def test_remarks_say_which_sheets_are_missing_but_never_a_mark(made):
    late = made.seat()
    plenary.hand_in(late, made.nominations[0], made.marks(1, 1, 1), at=None)

    review = readiness.review(made.selection)

    assert [(remark.code, len(remark.items)) for remark in review.warnings] == [("sheets-open", 3)]


def test_remarks_name_shared_places_among_the_winners_only(made):
    Answer.objects.filter(nomination__in=made.nominations[:2]).update(value={"level": "perda"})
    title = plenary.title_of(made)

    assert [remark.code for remark in readiness.review(made.selection).warnings] == ["shared-places"]
    title.places = 0
    title.save()
    assert readiness.review(made.selection).warnings == []


@pytest.fixture
def covered():
    """A national selection in its plenary that ranks one province by a figure nobody verified."""
    rubric = builders.rubric(builders.category(kind="province"), ("cakupan", "coverage", 10_000))
    rubric.aspects.get().criteria.get().segments.add(builders.segment())
    builders.title(rubric)
    selection = builders.selection(Stage.PLENARY, national=True)
    builders.nomination(selection, builders.province(), "terverifikasi")
    builders.coverage(builders.province())
    return selection


def test_remarks_count_the_coverage_nobody_verified(covered):
    warnings = readiness.review(covered).warnings

    assert [(each.code, each.items) for each in warnings] == [("coverage-unverified", [str(Coverage.objects.get())])]


def test_the_document_does_not_depend_on_the_language_of_whoever_seals(covered):
    by = builders.person()

    def sealed_in(language: str) -> str:
        with translation.override(language):
            review = readiness.review(covered)
            return readiness.canonical(sealing.document(covered, review, by=by, at=plenary.NOW))

    assert sealed_in("id") == sealed_in("en")


def test_the_review_page_shows_what_will_be_sealed_and_changes_nothing(client, made, committee):
    client.force_login(committee)

    answer = client.get(reverse("seal", args=[made.selection.slug]))

    assert (answer.status_code, Seal.objects.count()) == (200, 0)
    assert [shown(each) for each in answer.context["review"].rankings] == [
        shown(each) for each in results.fresh(made.selection)
    ]


def test_sealing_from_the_review_page_leads_to_the_result(client, made, committee):
    client.force_login(committee)
    address = reverse("seal", args=[made.selection.slug])
    seen = client.get(address).context["review"].fingerprint

    answer = client.post(address, {"seen": seen})

    assert (answer.status_code, answer["Location"]) == (302, reverse("result", args=[made.selection.slug]))
    assert Seal.objects.get().sealed_by == committee


def test_the_page_asks_for_the_confirmation_of_remarks(client, made, committee):
    Answer.objects.filter(nomination=made.nominations[2]).delete()
    client.force_login(committee)
    address = reverse("seal", args=[made.selection.slug])
    seen = client.get(address).context["review"].fingerprint

    refusal = client.post(address, {"seen": seen})

    assert (refusal.status_code, list(refusal.context["form"].errors)) == (200, ["confirmed"])
    assert Seal.objects.count() == 0
    client.post(address, {"seen": seen, "confirmed": "on"})
    assert Seal.objects.count() == 1


def test_the_page_leads_back_when_the_ranking_changed_meanwhile(client, made, committee):
    client.force_login(committee)
    address = reverse("seal", args=[made.selection.slug])
    seen = client.get(address).context["review"].fingerprint
    Answer.objects.filter(nomination=made.nominations[0]).update(value={"level": "tidak-ada"})

    answer = client.post(address, {"seen": seen})

    assert (answer.status_code, answer["Location"], Seal.objects.count()) == (302, address, 0)


def test_the_document_carries_the_notes_that_answer_for_a_figure_as_it_stands(covered):
    by, figure = builders.person(), Coverage.objects.get()
    figure.justifications.create(code="jump", note="Perluasan wilayah", version=figure.version, by=by)
    figure.justifications.create(code="jump", note="Versi lain", version=figure.version + 1, by=by)

    sealed = sealing.document(covered, readiness.review(covered), by=by, at=plenary.NOW)

    assert [row["notes"] for row in sealed["inputs"]["coverage"]] == [[{"code": "jump", "note": "Perluasan wilayah"}]]
