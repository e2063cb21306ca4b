"""What the public reads about winners and what they are given: the committee writes it, the announcement opens it."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.text import slugify
from PIL import Image

from awards.models import Nomination, Title
from paritrana.accounts.models import AuditEvent
from scoring.models import Reward, WinnerStory
from scoring.sealing import announcing
from scoring.showcase import actions
from tests import builders
from tests.scoring.documents import documents
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """A sealed selection of three, all of whom win, and its committee."""
    return documents.sealed()


def picture(size=(1600, 900), kind="JPEG") -> SimpleUploadedFile:
    paper = io.BytesIO()
    Image.new("RGB", size, "#0063a8").save(paper, kind)
    return SimpleUploadedFile(f"foto.{kind.lower()}", paper.getvalue())


def winner(made) -> Nomination:
    return made[0].nominations[0]


def write(made, version=0, **more) -> WinnerStory:
    texts = {"citation": "Melindungi semua", "text": "Kisahnya.", "photo_alt": "Penyerahan", "photo_credit": "Humas"}
    return actions.write_story(winner(made), version=version, by=made[1], **texts | more)


def give(made, given, seen=None) -> bool:
    selection = made[0].selection
    return actions.set_rewards(selection, Title.objects.get(), given, seen=seen, by=made[1])


def public(client, made) -> str:
    return client.get(reverse("public-result", args=[made[0].selection.slug])).content.decode()


def test_a_story_with_its_photo_is_public_after_the_announcement_and_not_before(client, made):
    story = write(made, photo=picture())
    photo = reverse("winner-photo", args=[made[0].selection.slug, winner(made).pk])
    assert client.get(photo).status_code == 404
    announce(made)

    page = public(client, made)
    answer = client.get(photo)

    assert "Melindungi semua" in page
    assert "Kisahnya." not in page
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert max(Image.open(io.BytesIO(answer.content)).size) == 1200
    assert AuditEvent.objects.filter(verb="story.write", detail__photo=story.photo_sha256).exists()


def test_whoever_won_two_titles_is_told_of_once_on_its_own_page(client):
    bench = plenary.plenary()
    builders.title(plenary.title_of(bench).rubric, slug="terbaik-lain")
    made = bench, builders.committee(bench.selection)
    plenary.sealed(*made)
    write(made, photo=picture())
    announce(made)
    candidate = winner(made).candidate

    page = client.get(reverse("public-recipient", args=[candidate.region.code, slugify(candidate.name)]))

    assert len(page.context["recipient"].awards) == 2
    assert page.content.decode().count("Melindungi semua") == 1


def announce(made):
    announcing.announce(made[0].selection, by=made[1])


def test_a_photo_is_a_picture_and_is_described(made):
    with pytest.raises(ValidationError):
        write(made, photo=SimpleUploadedFile("foto.jpg", b"%PDF-1.7 nothing"))
    with pytest.raises(ValidationError):
        write(made, photo=picture(), photo_alt="")

    assert not WinnerStory.objects.exclude(photo_key="").exists()


def test_whoever_saves_on_an_older_version_sees_both(client, made):
    write(made)
    client.force_login(made[1])
    address = reverse("showcase-story", args=[made[0].selection.slug, winner(made).pk])

    answer = client.post(address, {"version": 0, "citation": "Lain"})

    assert answer.status_code == 409
    assert "Melindungi semua" in answer.content.decode()
    assert WinnerStory.objects.get().citation == "Melindungi semua"


def test_rewards_are_money_goods_or_both_and_stand_on_the_public_page(client, made):
    give(made, {1: (15_000_000, "televisi"), 2: (7_500_000, ""), 3: (None, "")})
    announce(made)

    page = public(client, made)

    assert "Rp\N{NO-BREAK SPACE}15.000.000 dan televisi" in page
    assert "7.500.000" in page
    assert Reward.objects.count() == 2


def test_rewards_changed_by_somebody_else_meanwhile_are_not_written_over(made):
    give(made, {1: (1_000_000, "")})

    with pytest.raises(ValidationError) as error:
        give(made, {1: (2_000_000, "")}, seen={})

    assert error.value.code == "conflict"
    assert Reward.objects.get().amount == 1_000_000


def test_minutes_annex_and_certificate_name_the_reward(made):
    give(made, {1: (15_000_000, "televisi")})

    papers = documents.minutes(*made)
    certificate = documents.certificates(*made)[0]

    assert all("15.000.000" in documents.words(each.content) for each in papers.values())
    assert "dengan hadiah Rp 15.000.000 dan televisi" in documents.words(certificate.content)


def test_the_committee_sees_who_has_a_story_and_everybody_else_nothing(client, made):
    client.force_login(made[1])
    address = reverse("showcase", args=[made[0].selection.slug])

    assert client.get(address).content.decode().count("data-winner=") == 3
    client.force_login(builders.person())
    assert client.get(address).status_code == 404
