"""The pages between branch and office: send, queue, return, correct, and read back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from regions.models import Correction, Coverage, Justification, State
from tests.builders import branch_staff, coverage, definition, office, person, regency, regional_officer

pytestmark = pytest.mark.django_db
YEAR = 2024


def address(region, name="coverage-send", *more):
    return reverse(name, args=[region.code, YEAR, *more])


def verified(region, **fields):
    return coverage(region, YEAR, verified_at="2025-01-01T00:00Z", verified_by=person(), **fields)


def test_the_branch_is_stopped_at_a_doubt_and_its_note_is_kept_when_another_lacks(client, jembrana):
    coverage(jembrana, YEAR, "PU", participants=1200, state=State.DRAFT)
    coverage(jembrana, YEAR, "BPU", participants=1300, state=State.DRAFT)
    client.force_login(branch_staff(jembrana))
    sent = {"version-PU": "1", "version-BPU": "1", "note-PU-excess": "Pekerja lintas wilayah"}

    response = client.post(address(jembrana), sent)

    assert response.status_code == 422
    assert [doubt.key for doubt, _field in response.context["form"].rows()] == [("PU", "excess"), ("BPU", "excess")]
    assert list(response.context["form"].errors) == ["note-BPU-excess"]
    assert response.context["form"]["note-PU-excess"].value() == "Pekerja lintas wilayah"
    assert set(Coverage.objects.values_list("state", flat=True)) == {State.DRAFT}


def test_the_branch_sends_with_a_note_and_the_note_is_shown_beside_the_figure(client, jembrana):
    coverage(jembrana, YEAR, "PU", participants=1200, state=State.DRAFT)
    client.force_login(branch_staff(jembrana))

    response = client.post(address(jembrana), {"version-PU": "1", "note-PU-excess": "Pekerja lintas wilayah"})

    assert response.status_code == 302
    assert Coverage.objects.get().state == State.SENT
    for user in (branch_staff(jembrana), regional_officer()):
        client.force_login(user)
        assert b'data-notes="PU"' in client.get(address(jembrana, "coverage-edit")).content


def test_what_was_seen_in_an_older_version_is_not_sent(client, jembrana):
    coverage(jembrana, YEAR, "PU", state=State.DRAFT, version=2)
    client.force_login(branch_staff(jembrana))

    response = client.post(address(jembrana), {"version-PU": "1"})

    assert response.status_code == 422
    assert Coverage.objects.get().state == State.DRAFT


def test_the_office_does_not_send(client, jembrana):
    coverage(jembrana, YEAR, "PU", state=State.DRAFT)
    client.force_login(regional_officer())

    assert client.post(address(jembrana), {"version-PU": "1"}).status_code == 403


def test_the_queue_holds_sent_figures_of_the_own_provinces_only(client, jembrana):
    waiting = coverage(jembrana, YEAR, "PU")
    coverage(jembrana, YEAR, "BPU", state=State.DRAFT)
    verified(jembrana, code="JAKON")
    coverage(regency("63.01", "Kabupaten Tanah Laut"), YEAR)
    Coverage.objects.filter(region__code="63.01").update(state=State.SENT)
    regency("63.01").parent.__class__.objects.filter(code="63").update(regional_office=office("Kalimantan"))
    client.force_login(regional_officer())

    response = client.get(reverse("coverage-queue"))

    assert [row["figure"] for row in response.context["rows"]] == [waiting]


def test_those_picked_in_the_queue_are_verified_at_the_version_seen(client, jembrana):
    rows = [coverage(jembrana, YEAR, code) for code in ("PU", "BPU")]
    officer = regional_officer()
    client.force_login(officer)

    client.post(reverse("coverage-queue"), {"pick": [f"{rows[0].pk}:1", "x", "1:²"]})

    assert list(Coverage.objects.values_list("segment__code", "verified_by")) == [("PU", officer.pk), ("BPU", None)]


def test_one_figure_changed_meanwhile_holds_back_all_that_were_picked(client, jembrana):
    rows = [coverage(jembrana, YEAR, code) for code in ("PU", "BPU")]
    Coverage.objects.filter(pk=rows[1].pk).update(version=2)
    client.force_login(regional_officer())

    client.post(reverse("coverage-queue"), {"pick": [f"{row.pk}:1" for row in rows]})

    assert set(Coverage.objects.values_list("state", flat=True)) == {State.SENT}


def test_a_figure_of_another_office_cannot_be_picked(client, jembrana):
    row = coverage(jembrana, YEAR)
    foreign = regency("63.01", "Kabupaten Tanah Laut").parent
    foreign.regional_office = office("Kalimantan")
    foreign.save()
    client.force_login(regional_officer(office("Kalimantan")))

    client.post(reverse("coverage-queue"), {"pick": [f"{row.pk}:1"]})

    assert Coverage.objects.get().state == State.SENT


@pytest.mark.parametrize(
    "filters", [{"province": "51"}, {"year": YEAR}, {"segment": "PU"}, {"year": "²", "segment": "X"}]
)
def test_the_queue_is_narrowed_and_nonsense_narrows_nothing(client, jembrana, filters):
    row = coverage(jembrana, YEAR, "PU")
    client.force_login(regional_officer())

    response = client.get(reverse("coverage-queue"), filters)

    assert [each["figure"] for each in response.context["rows"]] == [row]


def test_the_queue_costs_the_same_queries_for_one_figure_and_for_fifty(client, jembrana):
    client.force_login(regional_officer())
    coverage(jembrana, 2018)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(reverse("coverage-queue"))
        return len(captured)

    client.get(reverse("coverage-queue"))
    one = cost()
    for number in range(2, 9):
        for year in range(2018, 2024):
            coverage(regency(f"51.0{number}", f"Kabupaten {number}"), year, participants=300 + number + year % 10)

    assert cost() == one


def test_the_office_returns_one_figure_with_a_reason(client, jembrana):
    for code in ("PU", "BPU"):
        coverage(jembrana, YEAR, code)
    client.force_login(regional_officer())

    client.post(address(jembrana, "coverage-return", "PU"), {"version": "1", "reason": "Sumber?"})

    assert list(Coverage.objects.values_list("segment__code", "state", "return_reason")) == [
        ("PU", State.RETURNED, "Sumber?"),
        ("BPU", State.SENT, ""),
    ]


def test_a_return_without_reason_is_refused(client, jembrana):
    coverage(jembrana, YEAR)
    client.force_login(regional_officer())

    response = client.post(address(jembrana, "coverage-return", "PU"), {"version": "1", "reason": " "})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["reason"])
    assert Coverage.objects.get().state == State.SENT


def test_the_branch_proposes_and_the_office_decides(client, jembrana):
    verified(jembrana)
    client.force_login(branch_staff(jembrana))
    typed = {"workers": "1.000", "participants": "600", "definition": definition().pk, "version": "1"}
    client.post(address(jembrana, "correction-propose", "PU"), typed | {"reason": "Salah ketik"})
    correction = reverse("correction", args=[Correction.objects.get().pk])
    denied = client.post(correction, {"decision": "accept"})
    client.force_login(regional_officer())

    response = client.post(correction, {"decision": "accept"})

    assert (denied.status_code, response.status_code) == (403, 302)
    assert Coverage.objects.values_list("participants", "version", "state").get() == (600, 2, State.VERIFIED)


def test_an_officer_does_not_decide_the_own_proposal(client, jembrana):
    verified(jembrana)
    client.force_login(regional_officer())
    typed = {"workers": "1000", "participants": "600", "definition": definition().pk, "version": "1", "reason": "Salah"}
    client.post(address(jembrana, "correction-propose", "PU"), typed)
    correction = reverse("correction", args=[Correction.objects.get().pk])

    response = client.post(correction, {"decision": "accept"})

    assert client.get(correction).context["form"] is None
    assert response.status_code == 422
    assert Coverage.objects.get().participants == 500


def test_the_form_of_a_verified_figure_changes_nothing(client, jembrana):
    verified(jembrana)
    client.force_login(branch_staff(jembrana))
    sent = {"figure-TOTAL_FORMS": "2", "figure-INITIAL_FORMS": "2", "figure-PU-workers": "1000"}

    client.post(address(jembrana, "coverage-edit"), sent | {"figure-PU-participants": "9", "figure-PU-version": "1"})

    assert Coverage.objects.values_list("participants", "version").get() == (500, 1)


def test_the_history_tells_notes_returns_and_corrections(client, jembrana):
    coverage(jembrana, YEAR, participants=1200, state=State.DRAFT)
    clerk, officer = branch_staff(jembrana), regional_officer()
    client.force_login(clerk)
    client.post(address(jembrana), {"version-PU": "1", "note-PU-excess": "Lintas wilayah"})
    client.force_login(officer)
    client.post(address(jembrana, "coverage-return", "PU"), {"version": "1", "reason": "Sebutkan sumber"})

    page = client.get(address(jembrana, "coverage-history"))

    assert [(event["who"], event["text"].rpartition(": ")[2]) for event in page.context["events"][:1]] == [
        (officer, "Sebutkan sumber")
    ]
    assert [event["who"] for event in page.context["events"]] == [officer, clerk, clerk]
    assert Justification.objects.get().note in page.content.decode()
