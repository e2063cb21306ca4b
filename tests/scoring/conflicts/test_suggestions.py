"""The conflict map: every seeded relation is found, none is invented, and it decides nothing."""

import pytest
from django.urls import reverse

from awards.models import Role
from regions.models import Posting
from scoring.conflicts import actions
from scoring.conflicts import suggestions as conflict_suggestions
from scoring.conflicts.suggestions import RULES, CandidateFacts, Juror, normalised, suggestions
from scoring.models import Conflict, Interview, Panel
from scoring.sheets import actions as sheet_actions
from tests import builders
from tests.scoring.bench import bench

BADUNG = CandidateFacts(1, "regency", "kabupaten badung", "51.03", "Kabupaten Badung")
HOTEL = CandidateFacts(2, "company", "hotel nusa indah", "51.03", "Kabupaten Badung")
SEEDED = {
    "own-nomination": (Juror(1, 7), CandidateFacts(1, "regency", "x", "51.03", "X", nominated_by=frozenset({7, 8}))),
    "own-verification": (Juror(1, 7), CandidateFacts(1, "regency", "x", "51.03", "X", verified_by=7)),
    "own-branch": (
        Juror(1, 7, branches=frozenset({3}), area=frozenset({"51.03"})),
        CandidateFacts(1, "regency", "x", "51.03", "X", branches=frozenset({3})),
    ),
    "own-office": (
        Juror(1, 7, offices=frozenset({4}), provinces=frozenset({"51"}), is_secretary=True),
        CandidateFacts(1, "regency", "x", "51.03", "X", offices=frozenset({4})),
    ),
    "own-area": (Juror(1, 7, branches=frozenset({3}), area=frozenset({"51.03"})), BADUNG),
    "own-province": (Juror(1, 7, offices=frozenset({4}), provinces=frozenset({"51"})), BADUNG),
    "same-government": (Juror(1, 7, "Kepala Dinas Tenaga Kerja, Pemkab. Badung"), BADUNG),
    "same-employer": (Juror(1, 7, "Direktur PT. Hotel Nusa Indah, Tbk | Apindo"), HOTEL),
    "home-region": (Juror(1, 7, "Kepala Dinas Tenaga Kerja Kab. Badung"), HOTEL),
}
STRANGERS = [
    Juror(1, 9),
    Juror(2, 9, "Dekan Fakultas Hukum Universitas Contoh | Pakar hukum"),
    Juror(3, 9, "Kepala Dinas Tenaga Kerja Kota Denpasar"),
    Juror(4, 9, "Hotel Nusa"),
    Juror(5, 9, "Ketua Apindo Bali"),
    Juror(6, 9, "Sekretaris Daerah Provinsi Bali", is_secretary=True),
    Juror(
        7, 9, branches=frozenset({5}), offices=frozenset({6}), area=frozenset({"63.01"}), provinces=frozenset({"63"})
    ),
]
KNOWN = {"nominated_by": frozenset({1, 2}), "verified_by": 3, "branches": frozenset({8}), "offices": frozenset({9})}


@pytest.mark.parametrize("code", [code for code, _words, _rule in RULES])
def test_a_seeded_relation_is_found_by_its_rule_and_by_no_other(code):
    juror, candidate = SEEDED[code]

    assert [one.code for one in suggestions([juror], [candidate])] == [code]


def test_no_relation_is_invented():
    candidates = [
        CandidateFacts(1, "regency", "kabupaten badung", "51.03", "Kabupaten Badung", **KNOWN),
        CandidateFacts(2, "company", "hotel nusa indah", "51.03", "Kabupaten Badung", **KNOWN),
        CandidateFacts(3, "province", "jawa barat", "32", "Jawa Barat", **KNOWN),
        CandidateFacts(4, "small", "abc", "51.03", "Kabupaten Badung", **KNOWN),
        CandidateFacts(5, "university", "universitas lain", "51.03", "Kabupaten Badung", **KNOWN),
    ]

    assert suggestions(STRANGERS, candidates) == []


def test_the_province_is_told_from_the_island_of_the_same_name():
    bali = CandidateFacts(1, "province", "bali", "51", "Bali")
    found = suggestions([Juror(1, 9, "Ketua Apindo Bali"), Juror(2, 9, "Asisten Pemprov Bali")], [bali])

    assert [(one.seat, one.code) for one in found] == [(2, "same-government")]


def test_posts_are_compared_without_punctuation_and_with_short_forms_spelt_out():
    assert normalised("Kadis, PEMKAB. Badung") == normalised("kadis Kabupaten  badung")


@pytest.fixture
def judged(db):
    made = bench()
    made.by = builders.committee(made.selection)
    return made


def test_every_relation_seeded_in_the_rows_is_on_the_map_and_nothing_else(judged):
    first, second = judged.nominations
    branch_staff = builders.branch_staff(first.candidate.region)
    first.nominated_by, first.verified_by = branch_staff, builders.person()
    first.save()
    secretary = judged.seat(Role.SECRETARY)
    Posting.objects.create(user=secretary.user, place="regional", regional_office=builders.office())
    second.verified_by = judged.seat().user
    second.save()
    colleague = judged.seat()
    Posting.objects.create(user=colleague.user, place="branch", branch=branch_staff.postings.get().branch)
    head = judged.seat(user=builders.person(office=f"Kepala Dinas Sosial {second.candidate.region.name}"))
    judged.seat(user=builders.person(office="Guru besar ekonomi"))

    found = conflict_suggestions.suggested(judged.seats, judged.selection.nominations.all())

    assert {key: [one.code for one in ties] for key, ties in found.items()} == {
        (secretary.pk, first.pk): ["own-office"],
        (judged.seats[1].pk, second.pk): ["own-verification"],
        (colleague.pk, first.pk): ["own-branch"],
        (head.pk, second.pk): ["same-government"],
        (secretary.pk, second.pk): ["own-province"],
    }


def test_a_posting_that_ended_suggests_nothing(judged):
    staff = builders.branch_staff(judged.nominations[0].candidate.region)
    seat = judged.seat(user=staff)
    assert len(conflict_suggestions.suggested([seat], judged.selection.nominations.all())) == 1

    staff.postings.update(ended_at="2024-01-01T00:00Z")

    assert conflict_suggestions.suggested([seat], judged.selection.nominations.all()) == {}


def test_the_juror_sees_the_own_ties_when_declaring(client, judged):
    seat = judged.seat(user=builders.person(office="Bupati Kabupaten Nomor 1"), declared=False)
    client.force_login(seat.user)

    answer = client.get(reverse("declare", args=[judged.selection.slug]))

    told = {each.pk: [tie.code for tie in ties] for each, _out, _why, ties in answer.context["rows"]}
    assert told == {judged.nominations[0].pk: ["same-government"], judged.nominations[1].pk: []}
    assert Conflict.objects.count() == 0


def test_the_map_shows_who_remains_and_what_falls_below_the_quorum(client, judged):
    seats = [judged.seat(), judged.seat(), judged.seat(Role.SECRETARY), judged.seat(is_observer=True)]
    Panel.objects.update(quorum=3)
    actions.recuse(seats[0], judged.nominations[0], reason="Ipar", by=seats[2].user)
    client.force_login(judged.by)

    answer = client.get(reverse("conflict-map", args=[judged.selection.slug]))

    assert [(one.able, one.is_short) for _each, _cells, one in answer.context["rows"]] == [(2, True), (3, False)]


def test_recusing_says_beforehand_how_many_would_remain(client, judged):
    seats = [judged.seat(), judged.seat(), judged.seat(Role.SECRETARY)]
    client.force_login(seats[2].user)
    url = reverse("recuse", args=[judged.selection.slug, seats[0].pk])

    form = client.get(f"{url}?kandidat={judged.nominations[1].pk}").context["form"]

    assert form.fields["nomination"].left == {each.pk: 2 for each in judged.nominations}
    assert str(form["nomination"].value()) == str(judged.nominations[1].pk)


def test_jurors_see_no_map(client, judged):
    client.force_login(judged.seat().user)

    assert client.get(reverse("conflict-map", args=[judged.selection.slug])).status_code == 403


def queries(client, url, counter):
    with counter as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_map_costs_the_same_with_many_jurors_and_candidates(client, judged, django_assert_max_num_queries):
    staff = builders.branch_staff(judged.nominations[0].candidate.region)
    judged.seat(user=staff)
    client.force_login(judged.by)
    url = reverse("conflict-map", args=[judged.selection.slug])
    few = queries(client, url, django_assert_max_num_queries(60))
    for number in range(3, 20):
        nomination = judged.shortlist(number)
        judged.seat(user=builders.branch_staff(nomination.candidate.region, name=f"Cabang {number}"))

    assert queries(client, url, django_assert_max_num_queries(60)) == few


@pytest.mark.parametrize("kind", ["abstention", "recusal"])
def test_either_kind_of_conflict_shuts_every_channel(client, judged, kind):
    """Sheet, hand-in, evidence, minutes, attendance, and the offline board and deliveries."""
    seat, secretary = judged.seat(), judged.seat(Role.SECRETARY)
    nomination = judged.nominations[0]
    Interview.objects.create(
        nomination=nomination,
        starts_at="2024-05-06T01:00Z",
        attended="head",
        attendance_at="2024-05-06T01:00Z",
        attendance_by=judged.by,
    )
    sheet = sheet_actions.save_marks(seat, nomination, judged.marks(1, 2, 3), version=0, by=seat.user)
    if kind == "abstention":
        actions.declare(seat, reasons={nomination.pk: "Ipar"}, by=seat.user)
    else:
        actions.recuse(seat, nomination, reason="Ipar", by=secretary.user)
    client.force_login(seat.user)
    slug = judged.selection.slug

    closed = [reverse(name, args=[slug, nomination.pk]) for name in ("sheet", "sheet-hand-in", "interview-minutes")]
    assert [(client.get(url).status_code, client.post(url).status_code) for url in closed] == [(404, 404)] * 3
    rows = client.get(reverse("interviews", args=[slug])).context["scheduled"]
    assert [row["is_kept_out"] for row in rows] == [True]
    board = client.get(reverse("sheets-board", args=[slug]))
    assert (board.status_code, str(nomination.candidate) in board.content.decode()) == (200, False)
    sheet.refresh_from_db()
    assert (sheet.version, sheet.submitted_at) == (1, None)
