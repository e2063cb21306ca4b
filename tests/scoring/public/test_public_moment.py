"""Nothing public a moment before its time, by page, feed, picture, cache or difference; everything after."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from tests import builders
from tests.scoring.public import announced as make

pytestmark = pytest.mark.django_db

VOLATILE = re.compile(rb"[A-Za-z0-9]{64}|(?:Dicetak|Printed) [^<]*")


@pytest.fixture
def hidden():
    """A selection beside one that is announced already."""
    other = make.at_province("63", "Kalimantan Selatan")
    make.announced(other, make.ranking(make.line("PT Lama", code="63.01")))
    return make.at_province("51", "Bali")


def addresses(selection) -> list[str]:
    """Every public address there is, those of what is hidden too, in both languages."""
    names = ["public-results", "past-winners", "public-calendar", "public-about", "public-picture"]
    names += ["winners-json", "winners-csv", "winners-atom"]
    of_selection = ["public-result", "public-result-picture"]
    of_winner = ["public-recipient", "public-recipient-picture"]
    found = [reverse(name) for name in ("home", "en:home", "sitemap", "robots")]
    for space in ("", "en:"):
        found += [reverse(f"{space}{name}") for name in names]
        found += [reverse(f"{space}{name}", args=[selection.slug]) for name in of_selection]
        found += [reverse(f"{space}{name}", args=["51.01", "rahasia"]) for name in of_winner]
    return found


def told(client, selection) -> dict[str, tuple]:
    answers = {each: client.get(each) for each in addresses(selection)}
    return {each: (answer.status_code, sorted(answer.items()), steady(answer)) for each, answer in answers.items()}


def steady(answer) -> bytes:
    """The page of a refusal has a form for the language, with a token, and the minute for the printer."""
    return VOLATILE.sub(b"", answer.content) if answer.status_code == 404 else answer.content


def test_a_hidden_result_changes_no_byte_of_anything_public(client, hidden):
    before = told(client, hidden)
    seal = make.sealed(hidden, make.ranking(make.line("Rahasia")))
    sealed = told(client, hidden)
    make.withdrawn(seal)
    reopened = told(client, hidden)
    make.announced(hidden, make.ranking(make.line("Rahasia", 2)), at=datetime.now(UTC) + timedelta(days=1))

    assert len(before) == 28
    assert {status for status, _headers, _body in before.values()} == {200, 404}
    assert sealed == before
    assert reopened == before
    assert told(client, hidden) == before


def test_the_comparison_sees_an_announcement(client, hidden):
    """The positive control: what depends on the winners differs, what does not is the same."""
    before = told(client, hidden)
    make.announced(hidden, make.ranking(make.line("Rahasia")))
    after = told(client, hidden)

    same = {each for each in before if before[each] == after[each]}
    always = {reverse(f"{space}{name}") for space in ("", "en:") for name in ("past-winners", "public-calendar")}
    always |= {reverse(f"{space}{name}") for space in ("", "en:") for name in ("public-about", "public-picture")}
    assert same == always | {reverse("robots")}


def test_at_its_moment_a_result_is_public_without_anybody_doing_anything(client, hidden):
    moment = datetime.now(UTC) + timedelta(seconds=1.5)
    make.announced(hidden, make.ranking(make.line("Rahasia")), at=moment)
    page = reverse("public-result", args=[hidden.slug])
    before = (client.get(page).status_code, b"Rahasia" in client.get(reverse("winners-json")).content)
    asked_before = datetime.now(UTC) < moment

    time.sleep(max(0.0, (moment - datetime.now(UTC)).total_seconds()) + 0.05)
    after = (client.get(page).status_code, b"Rahasia" in client.get(reverse("winners-json")).content)

    assert (asked_before, before, after) == (True, (404, False), (200, True))


def test_what_a_cache_kept_from_before_is_asked_for_again_and_is_not_used_after(client, hidden):
    asked = [reverse("public-results"), reverse("winners-json"), reverse("winners-atom"), reverse("home")]
    kept = {each: client.get(each).headers for each in asked}
    refusal = client.get(reverse("public-result", args=[hidden.slug]))

    def again():
        return [client.get(each, headers={"If-None-Match": kept[each]["ETag"]}).status_code for each in asked]

    unchanged = again()
    make.announced(hidden, make.ranking(make.line("Rahasia")))

    assert {headers["Cache-Control"] for headers in [*kept.values(), refusal.headers]} == {"no-cache"}
    assert (unchanged, again()) == ([304] * 4, [200] * 4)


def test_an_absent_and_a_hidden_selection_answer_alike(client, hidden):
    make.sealed(hidden, make.ranking(make.line("Rahasia")))

    for name in ("public-result", "public-result-picture"):
        answers = [client.get(reverse(name, args=[slug])) for slug in (hidden.slug, "tidak-ada")]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert steady(answers[0]).replace(hidden.slug.encode(), b"tidak-ada") == steady(answers[1])


def test_signed_in_people_find_no_more_on_public_pages_than_strangers(client, hidden):
    committee = builders.committee(hidden)
    make.sealed(hidden, make.ranking(make.line("Rahasia")))
    client.force_login(committee)

    found = [each for each in addresses(hidden) if each != "/" and b"Rahasia" in client.get(each).content]
    assert found == []
