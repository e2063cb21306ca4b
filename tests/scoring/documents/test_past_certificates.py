"""Certificates for the published winners of past periods, in one go."""

import io
import zipfile

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from awards.models import PastAward, Role
from scoring.documents import certificate_jobs, codes, past, wording
from scoring.documents.certificate_actions import make_past
from scoring.models import Document
from tests import builders
from tests.scoring.documents import documents

pytestmark = pytest.mark.django_db
PUBLISHED = settings.BASE_DIR / "fixtures" / "history" / "winners_published.csv"


@pytest.fixture
def committee():
    return builders.appointed(Role.NATIONAL_COMMITTEE, builders.edition(2023))


def award(name: str, **more) -> PastAward:
    made = builders.past_award(None, name)
    facts = {"sources": ["https://contoh.example/berita"], "prize": "juara", "place": 1, "category": "Perusahaan besar"}
    PastAward.objects.filter(pk=made.pk).update(**facts | more)
    return past.published().get(pk=made.pk)


def test_everybody_gets_one_and_it_says_that_it_is_a_reprint(committee):
    awards = [award("PT Satu"), award("PT Dua", place=2)]

    found = make_past(awards, by=committee)

    with translation.override(settings.LANGUAGE_CODE):
        label = translation.gettext("Reprint from published sources, not the certificate that was handed over")
    assert [one.past_award for one in found] == awards
    for one in found:
        told = documents.words(one.content)
        assert (one.subject["name"] in told, label in told) == (True, True)
        assert documents.codes(one.content) == [codes.check_address(one.code)]


def test_a_nominee_who_won_nothing_is_given_one_that_names_no_prize(committee):
    nominee, winner = award("PT Nominasi", prize="nominasi"), award("PT Pemenang")

    found = make_past([nominee, winner], by=committee)

    assert [bool(one.subject["prize"]) for one in found] == [False, True]
    with translation.override(settings.LANGUAGE_CODE):
        told = wording.defaults("certificate")["nominee"]
    assert [told in documents.words(one.content) for one in found] == [True, False]


def test_again_gives_what_was_kept(committee):
    awards = [award("PT Satu")]
    first = [bytes(one.content) for one in make_past(awards, by=committee)]

    awards.append(award("PT Dua"))
    second = [bytes(one.content) for one in make_past(awards, by=committee)]

    assert (second[0], len(second), Document.objects.count()) == (first[0], 2, 2)


def test_the_check_tells_the_published_source(client, committee):
    (document,) = make_past([award("PT Satu")], by=committee)

    answer = client.get(reverse("check-code", args=[document.code]))

    assert (answer.status_code, answer.context["found"].state) == (200, "reprint")
    assert "https://contoh.example/berita" in answer.content.decode()


def test_the_page_gives_a_period_in_one_file(client, committee):
    award("PT Satu", period=2021)
    award("PT Dua", period=2022)
    client.force_login(committee)

    answer = client.post(reverse("past-certificates"), {"period": "2022"})

    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["001-piagam-pt-dua.pdf"]


def test_without_published_winners_there_is_nothing_to_make(client, committee):
    client.force_login(committee)

    answer = client.post(reverse("past-certificates"), {"period": ""})

    assert (answer.status_code, Document.objects.count()) == (200, 0)


def test_the_command_writes_one_zip_with_a_certificate_for_each(tmp_path):
    award("PT Satu")
    award("PT Dua")
    target = tmp_path / "piagam.zip"

    call_command("certificates", "--past", "--output", str(target), stdout=io.StringIO())

    with zipfile.ZipFile(target) as archive:
        assert len(archive.namelist()) == 2


def test_the_command_hands_out_those_of_a_selection(tmp_path):
    made, by = documents.sealed()
    found = documents.certificates(made, by)
    target = tmp_path / "piagam.zip"

    call_command("certificates", made.selection.slug, "--output", str(target), stdout=io.StringIO())

    with zipfile.ZipFile(target) as archive:
        assert [archive.read(name) for name in archive.namelist()] == [bytes(one.content) for one in found]


@pytest.mark.parametrize("arguments", [[], ["tidak-ada"], ["--past"], ["2023-51", "--past"]])
def test_the_command_refuses_what_it_cannot_make(tmp_path, arguments):
    with pytest.raises(CommandError):
        call_command("certificates", *arguments, "--output", str(tmp_path / "x.zip"))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_everybody_published_of_all_periods_gets_one_in_one_go(committee):
    call_command("load_reference", stdout=io.StringIO())
    call_command("import_winners", str(PUBLISHED), stdout=io.StringIO())
    awards = list(past.published())

    found = make_past(awards, by=committee)

    assert len(found) == len(awards) == 163
    assert [one.subject["name"] for one in found] == [one.name for one in awards]
    assert {documents.sizes(one.content) == {(297, 210)} for one in found} == {True}


def test_reprints_of_each_language_are_kept_apart(committee):
    awards = [award("PT Satu")]

    found = {language: make_past(awards, by=committee, language=language)[0] for language in ("id", "en")}

    assert [Document.objects.filter(language=language).count() for language in ("id", "en")] == [1, 1]
    with translation.override("en"):
        label = translation.gettext("Reprint from published sources, not the certificate that was handed over")
    assert [label in documents.words(found[language].content) for language in ("id", "en")] == [False, True]


def test_many_reprints_are_made_while_the_page_tells_how_far_and_are_then_a_press_away(client, monkeypatch):
    monkeypatch.setattr(certificate_jobs, "LONG", 0)
    committee = builders.appointed(Role.NATIONAL_COMMITTEE, builders.edition(2023))
    award("PT Satu", period=2022)
    client.force_login(committee)
    asked = {"period": "2022", "language": "en"}

    begun = client.post(reverse("past-certificates"), asked)
    taken = client.post(reverse("past-certificates"), asked)

    assert (begun.status_code, client.get(begun.url).context["phase"].state) == (302, "made")
    with zipfile.ZipFile(io.BytesIO(taken.content)) as archive:
        assert archive.namelist() == ["001-piagam-pt-satu-en.pdf"]


@pytest.mark.parametrize("query", ["?period=../../x&language=id", "?period=2022&language=fr", "?language=id"])
def test_an_address_that_names_nothing_that_was_begun_tells_of_no_progress(client, committee, query):
    award("PT Satu", period=2022)
    client.force_login(committee)

    assert client.get(reverse("past-certificates") + query).context["phase"] is None
