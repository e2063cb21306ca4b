"""What is public: winners and nobody else, filters, records, totals, two languages, corrections."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.stages import Stage
from scoring.public.addresses import address
from scoring.sealing.announcing import set_publishing
from tests import builders
from tests.scoring.public import announced as make

pytestmark = pytest.mark.django_db

EVERYWHERE = ("home", "public-results", "past-winners", "public-calendar", "public-about")


@pytest.fixture
def bali():
    return make.at_province("51", "Bali")


@pytest.fixture
def papua():
    return make.at_province("91", "Papua", 2022)


def names(answer) -> list[str]:
    return [winner.line.name for winner in answer.context["page"]]


def body(client, name, *args, language="id", **query) -> str:
    return client.get(address(name, *args, language=language), query).content.decode()


def test_who_wins_nothing_is_in_no_public_answer(client, bali):
    make.announced(bali, make.ranking(make.line("PT Menang"), make.line("PT Kalah", 4)))

    told = [body(client, name) for name in ("home", "public-results", "winners-json", "winners-csv", "winners-atom")]
    told.append(body(client, "public-result", bali.slug))

    assert [("PT Menang" in text, "PT Kalah" in text) for text in told] == [(True, False)] * 6


def test_joint_winners_look_alike(client, bali):
    both = make.line("PT Satu", is_tied=True), make.line("PT Dua", 2)
    make.announced(bali, make.ranking(*both, awarding="joint", places=2))

    page, listed = body(client, "public-result", bali.slug), body(client, "public-results")

    assert page.count("winner-first") == 2
    assert ["Peringkat bersama" in text for text in (page, listed)] == [False, False]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, ["Satu", "Dua", "Tiga"]),
        ({"edition": "2022"}, ["Tiga"]),
        ({"province": "51"}, ["Satu", "Dua"]),
        ({"category": "desa"}, ["Dua"]),
        ({"zone": "Papua Raya"}, ["Tiga"]),
        ({"edition": "2022", "category": "desa"}, []),
        ({"edition": "tidak-ada"}, ["Satu", "Dua", "Tiga"]),
    ],
)
def test_winners_are_found_by_edition_province_category_and_zone(client, bali, papua, chosen, found):
    builders.zone(papua.edition, "Papua Raya", papua.province)
    make.announced(bali, make.ranking(make.line("Satu")), make.ranking(make.line("Dua"), category="desa"))
    make.announced(papua, make.ranking(make.line("Tiga", code="91.01")))

    assert names(client.get(reverse("public-results"), chosen)) == found
    assert [row["name"] for row in client.get(reverse("winners-json"), chosen).json()["winners"]] == found


def test_the_choices_of_the_filter_tell_of_nothing_that_is_not_announced(client, bali, papua):
    make.announced(bali, make.ranking(make.line("Satu")))
    make.sealed(papua, make.ranking(make.line("Dua"), category="rahasia"))

    offered = client.get(reverse("public-results")).context["filter"]

    assert [value for value, _label in offered.fields["edition"].choices] == ["", "2023"]
    assert [value for value, _label in offered.fields["category"].choices] == ["", "pemerintah"]


def test_the_zone_of_a_national_title_is_the_one_it_was_ranked_in(client):
    nation = builders.selection(Stage.PLENARY, national=True)
    make.announced(nation, make.ranking(make.line("Satu", group="Jawa-Bali"), grouping="zone"))

    assert names(client.get(reverse("public-results"), {"zone": "Jawa-Bali"})) == ["Satu"]


def test_pages_cost_the_same_queries_for_one_selection_and_for_many(client):
    def cost(name):
        client.get(reverse(name))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse(name))
        return len(queries)

    make.announced(make.at_province("51", "Bali"), make.ranking(make.line("Satu")))
    names_asked = ["home", "public-results", "winners-json", "winners-atom", "sitemap", "public-calendar"]
    before = {name: cost(name) for name in names_asked}
    for number in range(60, 70):
        selection = make.at_province(str(number), f"Provinsi {number}")
        make.announced(selection, make.ranking(*[make.line(f"PT {number}-{place}", place) for place in (1, 2, 3)]))

    assert {name: cost(name) for name in names_asked} == before


def test_a_record_holds_what_was_announced_and_what_was_published(client, bali):
    make.announced(bali, make.ranking(make.line("PT. Contoh Jaya, Tbk", code="51.01")))
    builders.past_award(bali.province, "PT Contoh Jaya", period=2021)
    builders.past_award(builders.province("63", "Kalimantan Selatan"), "PT Contoh Jaya", period=2020)

    found = client.get(reverse("public-recipient", args=["51.01", "contoh-jaya"])).context["recipient"]

    assert [winner.line.name for winner in found.awards] == ["PT. Contoh Jaya, Tbk"]
    assert [award.period for award in found.past] == [2021]


def test_a_government_is_one_recipient_however_it_was_published(client, bali):
    region = builders.regency("51.01", "Kabupaten Jembrana")
    make.announced(bali, make.ranking(make.line("Kabupaten Jembrana", code="51.01")))
    builders.past_award(bali.province, "Pemkab Jembrana", kind="regency", region=region)

    found = client.get(reverse("public-recipient", args=["51.01", "kabupaten-jembrana"])).context["recipient"]

    assert (len(found.awards), len(found.past)) == (1, 1)


def test_villages_of_one_name_in_two_regencies_are_two(client, bali):
    make.announced(bali, make.ranking(make.line("Desa Suka Maju", code="51.01")))
    builders.past_award(
        bali.province, "Desa Suka Maju", kind="village", region=builders.regency("51.02", "Kabupaten B")
    )

    found = client.get(reverse("public-recipient", args=["51.01", "desa-suka-maju"])).context["recipient"]

    assert (len(found.awards), found.past) == (1, [])


def test_a_nominee_of_the_past_has_no_record(client, bali):
    builders.past_award(bali.province, "PT Contoh Jaya", prize="nominasi")

    assert client.get(reverse("public-recipient", args=["51", "contoh-jaya"])).status_code == 404


def test_totals_are_public_only_where_the_selection_says_so_and_never_invented_ones(client, bali):
    make.announced(bali, make.ranking(make.line("Satu")))

    def told():
        bali.save(update_fields=["publishes_totals"])
        bali.edition.save()
        return ["85,20" in body(client, "public-result", bali.slug), "85.20" in body(client, "winners-json")]

    found = [told()]
    bali.publishes_totals = True
    found.append(told())
    bali.edition.is_example = True
    found.append(told())

    assert found == [[False, False], [True, True], [False, False]]


def test_the_totals_are_decided_before_the_announcement_and_not_after(client, bali):
    committee = builders.committee(bali)
    seal = make.sealed(bali, make.ranking(make.line("Satu")))
    bali.refresh_from_db()
    client.force_login(committee)
    page = reverse("publishing", args=[bali.slug])

    assert client.post(page, {"publishes_totals": "on"}).status_code == 302
    bali.refresh_from_db()
    assert bali.publishes_totals is True

    type(seal).objects.filter(pk=seal.pk).update(
        public_from="2024-05-01T00:00Z", announced_at="2024-05-01T00:00Z", announced_by=committee
    )
    answer = client.post(page, {})
    assert (answer.status_code, answer.context["form"].non_field_errors().as_data()[0].code) == (422, "public")


def test_invented_totals_cannot_be_published(bali):
    bali.edition.is_example = True
    bali.edition.save()
    make.sealed(bali, make.ranking(make.line("Satu")))

    with pytest.raises(Exception) as refused:
        set_publishing(bali, totals=True, by=builders.committee(bali))
    assert refused.value.code == "example"


@pytest.mark.parametrize("name", EVERYWHERE)
def test_the_address_decides_the_language_and_names_the_other(client, name):
    client.cookies["language"] = "en"
    answers = {code: client.get(address(name, language=code)) for code in ("id", "en")}

    assert {code: answer.headers["Content-Language"] for code, answer in answers.items()} == {"id": "id", "en": "en"}
    for code, answer in answers.items():
        page = answer.content.decode()
        assert f'<html lang="{code}"' in page
        assert f'<link rel="canonical" href="http://127.0.0.1:8000{address(name, language=code)}">' in page
        assert page.count('rel="alternate" hreflang=') == 2


def test_an_absent_page_speaks_the_language_of_its_address(client):
    answer = client.get(address("public-result", "tidak-ada", language="en"))

    assert (answer.status_code, answer.headers["Content-Language"]) == (404, "en")


def test_a_shared_link_has_a_title_a_description_and_a_picture_that_is_there(client, bali):
    make.announced(bali, make.ranking(make.line("Satu")))

    for name, args in [("public-result", [bali.slug]), ("public-recipient", ["51.01", "satu"]), ("home", [])]:
        answer = client.get(address(name, *args))
        page = answer.content.decode()
        assert all(f'property="og:{each}"' in page for each in ("title", "url", "image"))
        assert '<meta name="description" content="' in page
        picture = client.get(answer.context["site"]["picture"].removeprefix("http://127.0.0.1:8000"))
        assert (picture["Content-Type"], picture.content[:4], picture.content[16:24].hex()) == (
            "image/png",
            b"\x89PNG",
            "000004b000000276",
        )


def test_a_withdrawn_result_stays_readable_and_marked_until_its_correction(client, bali):
    first = make.announced(bali, make.ranking(make.line("Salah")))
    make.withdrawn(first)
    while_open = body(client, "public-result", bali.slug)
    second = make.sealed(bali, make.ranking(make.line("Benar")))
    while_sealed = body(client, "public-result", bali.slug)
    signs = {"announced_at": second.sealed_at, "announced_by": second.sealed_by}
    type(second).objects.filter(pk=second.pk).update(public_from=second.sealed_at, **signs)
    corrected = body(client, "public-result", bali.slug)

    assert 'data-remark="withdrawn"' in while_open
    assert ("Salah" in while_open, while_sealed) == (True, while_open)
    assert ('data-remark="correction"' in corrected, "Benar" in corrected, "Salah" in corrected) == (True, True, False)


def test_a_plan_that_has_not_begun_is_in_no_public_calendar(client):
    begun = builders.selection(Stage.NOMINATION)
    builders.selection(Stage.PREPARATION, at=builders.province("63", "Kalimantan Selatan"))
    builders.selection(Stage.PREPARATION, builders.edition(2030))

    page = client.get(reverse("public-calendar"))

    assert (list(page.context["selections"]), page.context["editions"]) == ([begun], [begun.edition])
