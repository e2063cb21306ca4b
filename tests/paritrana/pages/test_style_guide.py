import pytest
from django.conf import settings
from django.urls import reverse

from paritrana.display import theme as display_theme
from paritrana.pages.style_guide import PARTS
from regions.atlas.scales import STEPS
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("part", PARTS)
def test_an_administrator_sees_every_part_of_the_style_page(client, part):
    client.force_login(builders.administrator())

    response = client.get(reverse("style", args=[part]))

    assert response.status_code == 200
    assert response.context["part"] == part


def test_the_style_page_opens_with_the_tokens(client):
    client.force_login(builders.administrator())

    assert client.get(reverse("style")).context["part"] == "tokens"


def test_every_step_of_the_maps_colours_is_shown(client):
    client.force_login(builders.administrator())
    drawn = (settings.BASE_DIR / "static" / "css" / "style-page.css").read_text()

    shown = list(client.get(reverse("style")).context["scale"])

    assert shown == list(range(1, STEPS + 1))
    assert [number for number in shown if f".swatch-scale-{number} {{" not in drawn] == []


def test_for_everybody_else_the_style_page_does_not_exist(client):
    client.force_login(builders.person())

    assert [client.get(reverse("style", args=[part])).status_code for part in PARTS] == [404] * len(PARTS)


def test_a_part_that_does_not_exist_is_not_found(client):
    client.force_login(builders.administrator())

    assert client.get(reverse("style", args=["absent"])).status_code == 404


def test_the_style_page_reads_no_rows_of_the_award(client, django_assert_max_num_queries):
    client.force_login(builders.administrator())
    client.get(reverse("style", args=["tables"]))

    with django_assert_max_num_queries(14):  # session, account and the frame with its menu
        client.get(reverse("style", args=["tables"]))


@pytest.mark.parametrize("theme", display_theme.THEMES)
def test_the_chosen_appearance_is_kept_and_shown_from_the_first_byte(client, theme):
    response = client.post(reverse("theme"), {"theme": theme, "next": reverse("account_login")})

    assert response.url == reverse("account_login")
    assert client.cookies["theme"].value == theme
    assert client.get(reverse("account_login")).content.count(f'data-theme="{theme}"'.encode()) == 1


def test_an_unknown_appearance_changes_nothing(client):
    response = client.post(reverse("theme"), {"theme": "pink"})

    assert response.status_code == 302
    assert "theme" not in client.cookies


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_choosing_an_appearance_never_leads_to_another_host(client, target):
    assert client.post(reverse("theme"), {"theme": "dark", "next": target}).url == "/"


def test_an_appearance_is_chosen_by_post_only(client):
    assert client.get(reverse("theme")).status_code == 405


def test_a_forged_cookie_falls_back_to_the_device(client):
    client.cookies["theme"] = '"><script>'

    assert client.get(reverse("account_login")).content.count(b'data-theme="auto"') == 1
