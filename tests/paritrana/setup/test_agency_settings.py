"""Which agency people may sign in through: all that is needed or nothing, and never over a line that can be forged."""

import pytest

from paritrana.setup import agency
from paritrana.setup.bootstrap import SetupRefused

WHOLE = {
    "OIDC_SERVER": "https://login.example.go.id/realms/dinas",
    "OIDC_CLIENT_ID": "paritrana",
    "OIDC_CLIENT_SECRET": "sangat-rahasia",
    "OIDC_NAME": "SSO Dinas",
}
pytestmark = pytest.mark.once


def test_without_any_of_them_there_is_no_agency():
    assert agency.read({"PARITRANA_URL": "https://paritrana.example"}) is None


def test_levels_that_say_two_factors_are_named_with_commas_between():
    found = agency.read({**WHOLE, "OIDC_SECOND_FACTOR": "level2, gold"})

    assert (found["name"], found["settings"]["strong"]) == ("SSO Dinas", ["level2", "gold"])
    assert agency.read(WHOLE)["settings"]["strong"] == []


@pytest.mark.parametrize("name", agency.NEEDED)
@pytest.mark.parametrize("text", [None, " "])
def test_a_missing_or_empty_one_is_named_and_no_secret_is(name, text):
    given = {key: value for key, value in WHOLE.items() if key != name} | ({} if text is None else {name: text})

    with pytest.raises(SetupRefused) as refusal:
        agency.read(given)

    assert str(refusal.value).startswith(name) and "sangat-rahasia" not in str(refusal.value)


@pytest.mark.parametrize(
    "address",
    [
        "http://login.example.go.id",
        "login.example.go.id",
        "https://",
        "https://user:kata@login.example.go.id",
        "https://login.example.go.id/?a=1",
        "https://login.example.go.id/#a",
        "https://login.example.go.id/ a",
        "https://login.example.go.id:99999",
        "ftp://login.example.go.id",
    ],
)
def test_an_address_that_is_none_or_not_safe_is_refused(address):
    with pytest.raises(SetupRefused, match="^OIDC_SERVER"):
        agency.read({**WHOLE, "OIDC_SERVER": address})


def test_on_this_machine_http_is_enough():
    assert agency.server_of("http://127.0.0.1:9400") == "http://127.0.0.1:9400"
