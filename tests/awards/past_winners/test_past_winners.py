"""The pages of past winners: browsing without an account, and settling what is open."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import PastAward, Role
from paritrana.accounts.models import AuditEvent
from tests import builders as b

PAGE = "past-winners"
LARGEST_PAGE = 100_000


@pytest.fixture
def jembrana(db):
    return b.regency("51.01", "Kabupaten Jembrana")


def names(client, **query):
    return [award.name for award in client.get(reverse(PAGE), query).context["page"]]


def test_everybody_browses_by_period_selection_and_category(client, jembrana):
    b.past_award(jembrana.parent, "PT Bali", period=2022)
    b.past_award(None, "Desa Nasional", period=2023, kind="village")
    b.past_award(None, "Bukan Pemenang", prize="nominasi", place=None)

    assert sorted(names(client)) == ["Desa Nasional", "PT Bali"]
    assert [names(client, period=2022), names(client, province="51")] == [["PT Bali"], ["PT Bali"]]
    assert [names(client, province="national"), names(client, kind="village")] == [["Desa Nasional"], ["Desa Nasional"]]
    assert names(client, period=2023, province="51") == []


def test_a_source_is_a_link_only_when_it_is_an_address(client, jembrana):
    sources = ["https://contoh.example/a (juara)", "judul di koran", "javascript:alert(1)"]
    award = b.past_award(jembrana.parent)
    PastAward.objects.filter(pk=award.pk).update(sources=sources)

    shown = client.get(reverse(PAGE)).context["page"][0].cited_sources

    assert [source["url"] for source in shown] == ["https://contoh.example/a", "", ""]
    assert shown[0]["text"] == "contoh.example, juara"


def test_the_whole_list_is_light_and_one_row_costs_what_many_do(client, jembrana):
    b.past_award(jembrana.parent)
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(PAGE))
    call_command("import_winners", "fixtures/history/winners_published.csv", verbosity=0)

    with CaptureQueriesContext(connection) as many:
        page = client.get(reverse(PAGE))

    assert len(many) == len(one)
    assert len(page.content) < LARGEST_PAGE


def test_a_committee_finds_the_questions_of_its_province_and_the_nation_all(bali, committee, signed_in):
    own = b.past_award(bali.province, "PT Bali", questions=["place"])
    foreign = b.past_award(b.province("52", "Nusa Tenggara Barat"), "PT Lombok", questions=["place"])
    national = b.past_award(None, "PT Nasional", questions=["region"])
    b.past_award(bali.province, "PT Jelas")
    nation = b.appointed(Role.NATIONAL_COMMITTEE, bali.edition)

    found = [
        {award.pk for award in signed_in(user).get(reverse("past-questions")).context["page"]}
        for user in (committee, nation)
    ]

    assert found == [{own.pk}, {own.pk, foreign.pk, national.pk}]
    assert signed_in(committee).get(reverse("past-settle", args=[foreign.pk])).status_code == 404


def settled(award, region, **more):
    given = {"kind": "company", "prize": "juara", "place": 2, "zone": "", "name": "PT Contoh Jaya", "candidate": ""}
    return given | {"region": region.pk, "remark": "", "reason": "Piagam dilihat", "version": award.version} | more


def test_settling_answers_every_question_and_says_how_one_knows(bali, committee, jembrana, signed_in):
    award = b.past_award(bali.province, "Contoh", questions=["place", "region"])
    company = b.company(jembrana)

    answer = signed_in(committee).post(
        reverse("past-settle", args=[award.pk]), settled(award, jembrana, candidate=company.pk)
    )

    award.refresh_from_db()
    event = AuditEvent.objects.of(award).get()
    assert (answer.status_code, award.questions, award.place) == (302, [], 2)
    assert (award.candidate, award.region, award.name_words) == (company, jembrana, "Contoh")
    assert (event.verb, event.detail["reason"], event.detail["before"]["place"]) == (
        "history.settle",
        "Piagam dilihat",
        1,
    )


def test_settling_over_somebody_else_is_refused_and_keeps_what_was_typed(bali, committee, jembrana, signed_in):
    award = b.past_award(bali.province, questions=["place"])
    client, url = signed_in(committee), reverse("past-settle", args=[award.pk])
    client.post(url, settled(award, jembrana, place=2))

    page = client.post(url, settled(award, jembrana, place=3))

    award.refresh_from_db()
    assert (page.status_code, award.place, page.context["form"]["place"].value()) == (409, 2, "3")


@pytest.mark.parametrize(
    ("change", "field"),
    [({"reason": ""}, "reason"), ({"place": ""}, "place"), ({"kind": "province"}, "region"), ({"kind": ""}, "kind")],
)
def test_what_does_not_fit_together_is_refused(bali, committee, jembrana, signed_in, change, field):
    award = b.past_award(bali.province, questions=["place"])

    page = signed_in(committee).post(reverse("past-settle", args=[award.pk]), settled(award, jembrana, **change))

    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert PastAward.objects.get().questions == ["place"]


def test_what_a_person_settled_survives_the_next_import(bali, committee, jembrana, signed_in):
    call_command("import_winners", "fixtures/history/winners_published.csv", verbosity=0)
    award = PastAward.objects.get(name_words="Desa Kampung Padang")
    signed_in(b.appointed(Role.NATIONAL_COMMITTEE, bali.edition)).post(
        reverse("past-settle", args=[award.pk]),
        settled(award, jembrana, kind="village", name="Desa Kampung Padang", province=jembrana.parent.pk),
    )

    call_command("import_winners", "fixtures/history/winners_published.csv", verbosity=0)

    award.refresh_from_db()
    assert (award.questions, award.region, award.place) == ([], jembrana, 2)
