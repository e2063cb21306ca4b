"""The order in which winners are read out, who may open the stage, and what is on it."""

import pytest
from django.urls import reverse

from awards.models import Role
from paritrana.accounts.models import AuditEvent
from scoring.public.ceremony import slides
from tests import builders
from tests.scoring.public import announced as make


def steps(*lines, **more) -> dict[str, int]:
    """Name -> the step that reveals it, of a title with these lines."""
    (slide,) = slides([make.ranking(*lines, **more)])
    return {each.line.name: each.step for each in slide.winners}


def test_the_last_place_comes_first_and_harapan_before_it():
    lines = [make.line(name, place) for place, name in enumerate(["Satu", "Dua", "Tiga", "Harapan"], 1)]

    assert steps(*lines, harapan=1) == {"Harapan": 1, "Tiga": 2, "Dua": 3, "Satu": 4}


def test_who_shares_a_place_is_revealed_together():
    lines = [make.line("Satu", 1), make.line("Dua A", 2, is_tied=True), make.line("Dua B", 2, is_tied=True)]

    assert steps(*lines) == {"Dua A": 1, "Dua B": 1, "Satu": 2}


def test_joint_winners_are_revealed_together_and_harapan_before_them():
    lines = [make.line("A", 1), make.line("B", 2), make.line("C", 3)]

    assert steps(*lines, awarding="joint", places=2, harapan=1) == {"C": 1, "A": 2, "B": 2}


def test_special_awards_come_one_by_one_as_they_are_listed():
    lines = [make.line(name, None, honour="Alasan") for name in ("A", "B")]

    assert steps(*lines, awarding="special") == {"A": 1, "B": 2}


def test_every_zone_is_a_slide_and_a_title_nobody_won_is_none():
    lines = [make.line("A", group="Sumatera"), make.line("B", group="Sulawesi", group_order=1)]

    shown = slides([make.ranking(*lines, grouping="zone"), make.ranking(make.line("C", None, reasons=[["no-score"]]))])

    assert [(each.group, each.steps) for each in shown] == [("Sumatera", 1), ("Sulawesi", 1)]


@pytest.mark.django_db
def test_nobody_opens_the_stage_before_the_seal_and_a_juror_never(client):
    bali = make.at_province("51", "Bali")
    committee, juror = builders.committee(bali), builders.appointed(Role.JUROR, bali)
    page = reverse("ceremony", args=[bali.slug])

    def asked():
        return [(client.force_login(user), client.get(page).status_code)[1] for user in (committee, juror)]

    before = asked()
    make.sealed(bali, make.ranking(make.line("PT Menang")))

    assert (before, asked()) == ([403, 403], [200, 403])


@pytest.mark.django_db
def test_only_winners_and_no_total_are_on_the_stage(client):
    bali = make.at_province("51", "Bali")
    make.sealed(bali, make.ranking(make.line("PT Menang"), make.line("PT Kalah", 4)))
    client.force_login(builders.committee(bali))

    page = client.get(reverse("ceremony", args=[bali.slug])).content.decode()

    assert ("PT Menang" in page, "PT Kalah" in page, "85,20" in page) == (True, False, False)


@pytest.fixture
def stage(db):
    """A sealed result of Bali with a winner, and somebody of its committee."""
    selection = make.at_province("51", "Bali")
    make.sealed(selection, make.ranking(make.line("PT Sangat Rahasia")))
    return selection, builders.committee(selection)


def test_the_rehearsal_has_every_step_and_no_name(client, stage):
    selection, committee = stage
    client.force_login(committee)

    real = client.get(reverse("ceremony", args=[selection.slug])).content.decode()
    for name in ("ceremony", "ceremony-remote"):
        rehearsal = client.get(reverse(name, args=[selection.slug]), {"gladi": 1}).content.decode()
        assert "PT Sangat Rahasia" not in rehearsal
        assert rehearsal.count("data-step=") == real.count("data-step=")


def test_the_rehearsal_leads_another_stage_than_the_evening(client, stage):
    selection, committee = stage
    client.force_login(committee)
    address = reverse("ceremony", args=[selection.slug])

    channels = {client.get(address, query).context["channel"] for query in ({}, {"gladi": 1})}

    assert len(channels) == 2


def test_the_second_screen_names_what_comes_next(client, stage):
    selection, committee = stage
    client.force_login(committee)

    page = client.get(reverse("ceremony-remote", args=[selection.slug])).content.decode()

    assert "PT Sangat Rahasia" in page
    client.force_login(builders.person())
    assert client.get(reverse("ceremony-remote", args=[selection.slug])).status_code == 404


def position(client, selection, sent=None, query=""):
    address = reverse("ceremony-position", args=[selection.slug]) + query
    return client.post(address, sent) if sent is not None else client.get(address)


def test_two_devices_meet_at_the_position_the_server_keeps(client, stage):
    selection, committee = stage
    client.force_login(committee)
    first = position(client, selection).json()

    moved = position(client, selection, {"slide": 1, "step": 2, "is_dark": "on"}).json()

    assert (first["number"], moved["number"]) == (0, 1)
    assert position(client, selection).json() == {"slide": 1, "step": 2, "is_dark": True, "number": 1, "shown": 0}


def test_the_rehearsal_keeps_a_position_of_its_own(client, stage):
    selection, committee = stage
    client.force_login(committee)

    position(client, selection, {"slide": 3, "step": 0}, "?gladi=1")

    assert [position(client, selection, query=query).json()["slide"] for query in ("", "?gladi=1")] == [0, 3]


def test_an_answer_of_the_stage_counts_forward_and_never_beyond_what_was_asked(client, stage):
    selection, committee = stage
    client.force_login(committee)
    for step in (1, 2):
        position(client, selection, {"slide": 1, "step": step})

    shown = [
        position(client, selection, {"shown": number}).json and position(client, selection).json()["shown"]
        for number in (2, 1, 9)
    ]

    assert shown == [2, 2, 2]


def test_only_the_committee_leads_and_the_trail_says_who_took_the_lead(client, stage):
    selection, committee = stage
    other = builders.appointed(Role.PROVINCIAL_COMMITTEE, selection)
    for user in (committee, committee, other):
        client.force_login(user)
        position(client, selection, {"slide": 1, "step": 0})
    client.force_login(builders.appointed(Role.AUDITOR, selection.edition))

    refused = position(client, selection, {"slide": 2, "step": 0}).status_code
    stage_of_reader = client.get(reverse("ceremony", args=[selection.slug])).content.decode()

    leaders = AuditEvent.objects.filter(verb="ceremony.lead").order_by("pk").values_list("actor", flat=True)
    assert (refused, list(leaders)) == (403, [committee.pk, other.pk])
    assert reverse("ceremony-remote", args=[selection.slug]) not in stage_of_reader


def test_a_position_that_is_none_is_refused(client, stage):
    selection, committee = stage
    client.force_login(committee)

    assert position(client, selection, {"slide": "-1", "step": "x"}).status_code == 422
