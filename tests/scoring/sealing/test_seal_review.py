from collections import defaultdict

import pytest
from django.urls import reverse
from django.utils import translation

from awards.models import Answer, Role
from awards.stages import Stage
from regions.models import Coverage
from scoring.models import Seal, SealRequest
from scoring.sealing import document as sealing_document
from scoring.sealing import review as sealing_review
from scoring.sealing.actions import lock_rubrics
from scoring.standings import rankings, store
from tests import builders
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return plenary.plenary()


def checks_of(made) -> str:
    return reverse("checks", args=[made.selection.slug])


@pytest.fixture
def committee(made):
    return builders.committee(made.selection)


def shown(ranking) -> list[tuple]:
    return [(line.code, line.place, line.is_tied, line.total, line.scores) for line in ranking.lines]


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


def request_for(selection, by) -> SealRequest:
    """A request that was never written, for the document alone."""
    return SealRequest(selection=selection, kind="seal", asked_by=by, overrides=defaultdict(str), **plenary.DECREE)


def document(covered, by):
    review = sealing_review.review(covered, [])
    return sealing_document.document(
        covered, review, request=request_for(covered, by), seconded_by=by, number=1, at=plenary.NOW
    )


def test_the_document_does_not_depend_on_the_language_of_whoever_seals(covered):
    by = builders.person()

    def sealed_in(language: str) -> str:
        with translation.override(language):
            return sealing_review.canonical(document(covered, by))

    assert sealed_in("id") == sealed_in("en")


def test_the_review_page_shows_what_will_be_sealed_and_changes_nothing(client, made, committee):
    client.force_login(committee)

    answer = client.get(reverse("seal", args=[made.selection.slug]), follow=True)

    assert (answer.status_code, Seal.objects.count()) == (200, 0)
    assert [shown(each) for each in answer.context["review"].rankings] == [
        shown(each.bare()) for each in rankings.fresh(made.selection)
    ]


@pytest.fixture
def typed():
    return {name: str(value) for name, value in plenary.DECREE.items()} | {"confirmed": "on"}


@pytest.fixture
def locked(made, committee):
    return lock_rubrics(made.selection, by=committee)


def test_asking_from_the_review_page_waits_for_the_second_person(client, made, committee, locked, typed):
    client.force_login(committee)
    address = reverse("seal", args=[made.selection.slug])
    seen = client.get(address, follow=True).context["review"].fingerprint

    answer = client.post(address, {"seen": seen, **typed})

    request = SealRequest.objects.get()
    assert (answer.status_code, answer["Location"], Seal.objects.count()) == (302, checks_of(made), 0)
    assert (request.asked_by, request.fingerprint, request.decree_number) == (committee, seen, typed["decree_number"])
    assert client.get(checks_of(made)).context["asked"] == request


def test_seconding_from_its_page_leads_to_the_result(client, made, committee, locked):
    request = plenary.asked(made.selection, committee)
    chair = builders.appointed(Role.CHAIR, made.selection)
    client.force_login(chair)
    address = reverse("seal-second", args=[made.selection.slug])
    shown_first = client.get(address)

    unread = client.post(address, {"asked": request.pk})
    answer = client.post(address, {"asked": request.pk, "confirmed": "on"})

    assert shown_first.context["review"].fingerprint == request.fingerprint
    assert (unread.status_code, list(unread.context["form"].errors)) == (200, ["confirmed"])
    assert (answer.status_code, answer["Location"]) == (302, reverse("result", args=[made.selection.slug]))
    assert (Seal.objects.get().sealed_by, Seal.objects.get().seconded_by) == (committee, chair)


def test_the_page_asks_for_the_confirmation_of_remarks_and_for_the_decree(client, made, committee, locked, typed):
    Answer.objects.filter(nomination=made.nominations[2]).delete()
    store.refresh(made.selection)
    client.force_login(committee)
    address = reverse("seal", args=[made.selection.slug])
    seen = client.get(address, follow=True).context["review"].fingerprint

    refusal = client.post(address, {"seen": seen})

    assert (refusal.status_code, sorted(refusal.context["form"].errors)) == (
        200,
        ["confirmed", "decree_date", "decree_number"],
    )
    assert SealRequest.objects.count() == 0
    client.post(address, {"seen": seen, **typed})
    assert SealRequest.objects.count() == 1


def test_the_page_asks_for_the_reason_of_what_is_passed_over(client, made, committee, locked, typed):
    made.seat()
    client.force_login(committee)
    address = reverse("seal", args=[made.selection.slug])
    seen = client.get(address, follow=True).context["review"].fingerprint

    refusal = client.post(address, {"seen": seen, **typed})
    client.post(address, {"seen": seen, "override_sheets-open": "Juri sakit", **typed})

    assert list(refusal.context["form"].errors) == ["override_sheets-open"]
    assert SealRequest.objects.get().overrides == {"sheets-open": "Juri sakit"}


def test_a_ranking_that_changed_meanwhile_is_shown_with_what_was_typed(client, made, committee, locked, typed):
    client.force_login(committee)
    address = reverse("seal", args=[made.selection.slug])
    seen = client.get(address, follow=True).context["review"].fingerprint
    Answer.objects.filter(nomination=made.nominations[0]).update(value={"level": "tidak-ada"})

    answer = client.post(address, {"seen": seen, **typed})

    present = sealing_review.review(made.selection).fingerprint
    assert (answer.status_code, SealRequest.objects.count()) == (409, 0)
    assert answer.context["review"].fingerprint == present != seen
    assert "Peringkat berubah sejak Bapak/Ibu melihatnya" in answer.content.decode()
    assert client.get(checks_of(made)).context["review"].fingerprint == present

    store.refresh(made.selection)  # now nothing keeps the seal from being asked for
    again = client.post(address, {"seen": seen, **typed})
    form = again.context["form"]
    assert (again.status_code, form["seen"].value()) == (409, again.context["review"].fingerprint)
    assert f'value="{typed["decree_number"]}"' in again.content.decode()
    reason = {"override_shared-places": "Disepakati pleno"}
    client.post(address, {**typed, **reason, "seen": form["seen"].value()})
    assert SealRequest.objects.count() == 1


def test_the_document_carries_the_notes_that_answer_for_a_figure_as_it_stands(covered):
    by, figure = builders.person(), Coverage.objects.get()
    figure.justifications.create(code="jump", note="Perluasan wilayah", version=figure.version, by=by)
    figure.justifications.create(code="jump", note="Versi lain", version=figure.version + 1, by=by)

    sealed = document(covered, by)

    assert [row["notes"] for row in sealed["inputs"]["coverage"]] == [[{"code": "jump", "note": "Perluasan wilayah"}]]
