"""Sign-in is limited by account and by real address; one proxy in front of everybody is not one address."""

import re

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse

from paritrana.accounts.adapter import ClosedSignup
from tests import builders as b

pytestmark = pytest.mark.django_db
PASSWORD = "kelapa-muda-di-pantai-9"
PROXY = "10.0.0.1"


@pytest.fixture
def person():
    found = b.person("Wayan")
    found.set_password(PASSWORD)
    found.save()
    return found


def sign_in(client, login, password=PASSWORD, *, seen_from="203.0.113.7", via=PROXY):
    """One try through the proxy, which writes the address it sees behind whatever the browser sent."""
    client.logout()
    return client.post(
        reverse("account_login"),
        {"login": login, "password": password},
        HTTP_X_FORWARDED_FOR=seen_from,
        REMOTE_ADDR=via,
    )


def is_in(answer):
    return (answer.status_code, answer.headers.get("Location")) == (302, reverse("home"))


@pytest.fixture
def one_proxy(settings):
    settings.PARITRANA_PROXIES = 1


ADDRESSES = [
    (0, None, "203.0.113.7", "203.0.113.7"),
    (0, "198.51.100.1", "203.0.113.7", "203.0.113.7"),
    (1, "198.51.100.1", PROXY, "198.51.100.1"),
    (1, "9.9.9.9, 198.51.100.1", PROXY, "198.51.100.1"),
    (1, "9.9.9.9,8.8.8.8,198.51.100.1", PROXY, "198.51.100.1"),
    (1, None, PROXY, PROXY),
    (1, "", PROXY, PROXY),
    (1, "unknown", PROXY, PROXY),
    (2, "198.51.100.1, 10.0.0.2", PROXY, "198.51.100.1"),
    (2, "9.9.9.9, 198.51.100.1, 10.0.0.2", PROXY, "198.51.100.1"),
    (2, "198.51.100.1", PROXY, "198.51.100.1"),
    (1, "9.9.9.9, 2001:db8::5", PROXY, "2001:db8::5"),
    (1, "[2001:db8::5]:4711", PROXY, "2001:db8::5"),
    (1, "198.51.100.1:4711", PROXY, "198.51.100.1"),
    (0, None, "::ffff:203.0.113.7", "203.0.113.7"),
    (1, "::ffff:198.51.100.1", PROXY, "198.51.100.1"),
]


@pytest.mark.parametrize(("proxies", "forwarded", "peer", "real"), ADDRESSES)
def test_the_real_address_is_what_the_outermost_trusted_proxy_saw(settings, proxies, forwarded, peer, real):
    settings.PARITRANA_PROXIES = proxies
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}

    request = RequestFactory().get("/", REMOTE_ADDR=peer, **headers)

    assert ClosedSignup().get_client_ip(request) == real


def test_wrong_passwords_for_many_names_shut_out_neither_other_addresses_nor_other_names(client, person, one_proxy):
    for number in range(31):
        last = sign_in(client, f"siapa{number}@dinas.example", "salah", seen_from="198.51.100.66")

    assert is_in(sign_in(client, person.email, seen_from="203.0.113.7"))
    assert last.context["form"].non_field_errors()
    assert not is_in(sign_in(client, person.email, seen_from="198.51.100.66"))


def test_many_sign_ins_through_one_proxy_are_not_one_address(client, person, one_proxy):
    answers = [sign_in(client, person.email, seen_from=f"198.51.100.{number}") for number in range(1, 41)]

    assert {is_in(answer) for answer in answers} == {True}


def test_a_forged_header_buys_no_further_tries(client, person, one_proxy):
    for number in range(5):
        sign_in(client, person.email, "salah", seen_from=f"9.9.9.{number}, 198.51.100.66")

    assert not is_in(sign_in(client, person.email, seen_from="9.9.9.99, 198.51.100.66"))


def test_one_subscriber_of_ipv6_is_one_address(client, person, one_proxy):
    for number in range(5):
        sign_in(client, person.email, "salah", seen_from=f"2001:db8::{number:x}")

    assert not is_in(sign_in(client, person.email, seen_from="2001:db8::ffff"))
    assert is_in(sign_in(client, person.email, seen_from="2001:db8:0:1::1"))


def test_an_account_under_attack_from_one_address_stays_open_for_its_owner(client, person, one_proxy):
    for _try in range(6):
        refused = sign_in(client, person.email, "salah", seen_from="198.51.100.66")

    assert re.search(r"\d+ menit", refused.context["form"].non_field_errors()[0])
    assert is_in(sign_in(client, person.email, seen_from="203.0.113.7"))


def test_an_account_under_attack_from_many_addresses_is_slowed_and_a_new_password_frees_it(
    client, person, one_proxy, mailoutbox
):
    for number in range(61):
        sign_in(client, person.email, "salah", seen_from=f"198.51.100.{number}")
    during = is_in(sign_in(client, person.email))

    client.post(reverse("account_reset_password"), {"email": person.email})
    link = next(word for word in mailoutbox[-1].body.split() if "/password/reset/key/" in word)
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "kopi-Kintamani-7", "password2": "kopi-Kintamani-7"})

    assert (during, is_in(sign_in(client, person.email, "kopi-Kintamani-7"))) == (False, True)


def test_the_refusal_names_the_time_to_wait_in_the_house_style(client, one_proxy):
    for _try in range(121):
        answer = sign_in(client, "", "")

    assert (answer.status_code, answer.templates[0].name) == (429, "429.html")
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert "Coba lagi dalam 1 menit" in answer.content.decode()
    assert answer.content.decode().count("Too Many Requests") == 0


def test_asking_for_a_link_too_often_is_refused_with_the_time_to_wait(client, person):
    for _try in range(4):
        answer = client.post(reverse("account_reset_password"), {"email": person.email})

    assert answer.status_code == 429
    assert 60 < int(answer.headers["Retry-After"]) <= 600


def test_changing_the_password_too_often_is_refused_on_a_page_of_the_office(client, person):
    client.force_login(person)
    for _try in range(6):
        answer = client.post(reverse("account_change_password"), {})

    assert (answer.status_code, answer.templates[0].name) == (429, "429.html")
    assert int(answer.headers["Retry-After"]) > 0


def test_hundreds_of_entries_do_not_push_a_limit_out_of_the_cache(client, person, one_proxy):
    for _try in range(5):
        sign_in(client, person.email, "salah", seen_from="198.51.100.66")
    for number in range(400):
        cache.set(f"z{number}", 1)

    assert not is_in(sign_in(client, person.email, seen_from="198.51.100.66"))
