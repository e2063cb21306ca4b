import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from paritrana.pages import help
from tests import builders

LANGUAGES = ["id", "en"]


def names(patterns) -> set[str]:
    found: set[str] = set()
    for each in patterns:
        found |= names(each.url_patterns) if hasattr(each, "url_patterns") else {each.name} - {None}
    return found


def test_every_page_belongs_to_a_topic_that_names_it():
    untold = [name for name in names(get_resolver().url_patterns) if not any(map_to(name))]

    assert untold == []


def map_to(name: str) -> list[str]:
    return [topic for topic in help.TOPICS if help.is_about(topic, name)]


def test_every_topic_is_told_in_both_languages_and_no_text_belongs_to_no_topic():
    told = {language: {path.stem for path in (help.FOLDER / language).iterdir()} for language in LANGUAGES}

    assert told == dict.fromkeys(LANGUAGES, set(help.TOPICS))


@pytest.mark.parametrize("topic", help.TOPICS)
def test_both_languages_tell_it_with_as_many_points(topic):
    shapes = [help.help_on(topic, language).body.count("<li>") for language in LANGUAGES]
    titles = {help.help_on(topic, language).title for language in LANGUAGES}

    assert shapes[0] == shapes[1] > 0 or topic in {"penyebut-dan-target", "indikator"}
    assert "" not in titles


def test_html_in_a_text_stays_text(tmp_path, monkeypatch):
    monkeypatch.setattr(help, "FOLDER", tmp_path)
    (tmp_path / "id").mkdir()
    (tmp_path / "id" / "akun.md").write_text("# Akun\n<b>tebal</b>")

    assert "&lt;b&gt;" in help.help_on.__wrapped__("akun", "id").body


@pytest.mark.django_db
def test_a_page_leads_to_its_own_help_and_an_unknown_topic_to_nowhere():
    client = Client()
    client.force_login(builders.branch_staff())

    assert client.get(reverse("coverage")).context["frame"]["help_url"] == reverse("help-topic", args=["cakupan"])
    assert client.get(reverse("help-topic", args=["cakupan"])).context["shown"].topic == "cakupan"
    assert client.get(reverse("help-topic", args=["tidak-ada"])).status_code == 404
