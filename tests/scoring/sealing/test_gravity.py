"""“Menghalangi” and “catatan” mean the same wherever a check is shown, and all of it stands on one page."""

import re

import polib
import pytest
from django.urls import reverse
from django.utils import translation

from awards.gravity import Gravity
from awards.models import Answer, Contact, Role
from awards.stages import Stage
from scoring.models import Panel
from scoring.sealing import actions, review
from scoring.standings import store
from tests import builders
from tests.catalogue import SOURCE
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """One sheet is not handed in, which blocks; one candidate is not ranked, which is a note."""
    made = plenary.plenary()
    actions.lock_rubrics(made.selection, by=builders.committee(made.selection))
    made.seat()
    Answer.objects.filter(nomination=made.nominations[2]).delete()
    store.refresh(made.selection)
    return made


def listed(page) -> dict[str, list[str]]:
    """Gravity -> the codes listed under its heading."""
    parts = re.split(r'data-gravity-list="(\w+)"', page.content.decode())[1:]
    return {
        gravity: re.findall(r'data-remark="([\w-]+)"', part)
        for gravity, part in zip(parts[::2], parts[1::2], strict=True)
    }


BOTH = {"blocks": ["sheets-open"], "note": ["not-ranked", "winners-unreachable"]}


def test_every_page_before_the_seal_lists_the_same_under_the_same_words(client, made):
    committee, chair = builders.committee(made.selection), builders.appointed(Role.CHAIR, made.selection)
    client.force_login(committee)
    before = client.get(reverse("checks", args=[made.selection.slug]))
    plenary.asked(made.selection, committee)
    waiting = client.get(reverse("checks", args=[made.selection.slug]))
    client.force_login(chair)
    second = client.get(reverse("seal-second", args=[made.selection.slug]))

    assert [listed(page) for page in (before, waiting, second)] == [BOTH, BOTH, BOTH]
    for page in (before, waiting, second):
        headings = re.findall(r"<h2>(\S+) <span", page.content.decode())
        assert headings == ["Menghalangi", "Catatan"]
        assert "Disepakati pleno" in page.content.decode() or page is before


def test_the_review_before_a_stage_uses_the_same_two_words(client):
    builders.rubric(builders.category())
    selection = builders.selection(Stage.VERIFICATION)
    builders.nomination(selection, builders.regency("51.01"), "terverifikasi")
    builders.nomination(selection, builders.regency("51.02", "Kabupaten Tabanan"), "terkirim")
    client.force_login(builders.committee(selection))

    page = client.get(reverse("selection-open-next", args=[selection.slug])).content.decode()

    found = re.findall(r'data-unfinished="([\w-]+)" data-gravity="(\w+)".*?</svg>(?:<span>)?(\w+)', page)
    assert {code: gravity for code, gravity, _word in found} == {"terkirim": "note", "terverifikasi": "blocks"}


def test_blocking_is_said_by_the_word_of_the_enum_alone():
    """No other message says that something “menghalangi”."""
    said = [entry.msgid for entry in polib.pofile(str(SOURCE)) if re.search(r"\bmenghalangi\b", entry.msgstr)]

    with translation.override("id"):
        assert (Gravity.BLOCKS.label, Gravity.NOTE.label) == ("menghalangi", "catatan")
    assert set(said) == {"blocks", "Nothing stands in the way"}


def test_every_check_says_what_it_means_and_who_lifts_it():
    checks = [*review.CHECKS, *review.INTEGRITY, review.STANDINGS]

    assert [one.code for one in checks if not (str(one.meaning) and str(one.cure))] == []
    assert {type(one.gravity) for one in checks} == {Gravity}


def test_what_nobody_may_pass_over_leaves_nothing_to_ask(client, made):
    Panel.objects.update(overridable=[])
    client.force_login(builders.committee(made.selection))

    page = client.get(reverse("checks", args=[made.selection.slug])).content.decode()

    assert "data-cannot-ask" in page and "decree_number" not in page


def test_whoever_may_not_seal_reads_the_checks_without_the_form(client, made):
    client.force_login(builders.appointed(Role.SECRETARY, made.selection))

    page = client.get(reverse("checks", args=[made.selection.slug]))

    assert listed(page) == BOTH
    assert "decree_number" not in page.content.decode() and "override_" not in page.content.decode()


def test_a_link_leads_only_where_this_person_may_go(client):
    made = plenary.plenary()
    Panel.objects.update(closed_at=None, closed_by=None)
    closing = f'href="{reverse("panel-close", args=[made.selection.slug])}"'

    def has_link(user) -> bool:
        client.force_login(user)
        return closing in client.get(reverse("checks", args=[made.selection.slug])).content.decode()

    assert (has_link(made.seats[0].user), has_link(builders.committee(made.selection))) == (True, False)


def test_winners_nobody_can_write_to_are_named_before_the_seal(made):
    def silent() -> list[str]:
        return [
            str(item)
            for one in review.review(made.selection).notes
            if one.code == "winners-unreachable"
            for item in one.items
        ]

    before = silent()
    winner = made.nominations[0]
    Contact.objects.create(candidate=winner.candidate, name="Tanpa surel")
    without = silent()
    Contact.objects.create(candidate=winner.candidate, name="Narahubung", email="humas@contoh.example")

    assert (before, without) == ([str(made.nominations[0]), str(made.nominations[1])], before)
    assert silent() == [str(made.nominations[1])]


def test_an_address_added_meanwhile_does_not_overtake_the_request(made):
    asked = plenary.asked(made.selection, builders.committee(made.selection))
    candidate = made.nominations[0].candidate
    Contact.objects.create(candidate=candidate, name="Narahubung", email="humas@contoh.example")

    seal = actions.second(asked, by=builders.appointed(Role.CHAIR, made.selection))

    assert seal.current_of == made.selection
    assert "winners-unreachable" not in seal.payload
