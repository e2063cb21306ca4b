"""Certificates: for everybody who won, on one page whatever the name, issued again where one was misprinted."""

import datetime
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from awards.models import Candidate
from paritrana.accounts.models import AuditEvent
from paritrana.display.pdf import printable
from scoring.documents import certificate_actions, codes
from scoring.models import Document
from scoring.standings import rankings
from tests import builders
from tests.once import each_once
from tests.scoring.documents import documents
from tests.scoring.plenary import plenary
from tests.scoring.public import announced

pytestmark = pytest.mark.django_db
HARD_NAMES = [
    'PT "Sinar, Harapan" #Maju $Jaya\\ Tbk & Rekan @home <b> *x* _y_ [z] `q` //t',
    "Universitas Pendidikan dan Keguruan Negeri Nusantara Bersatu " * 3,
    "X" * 200,
    "Maju 😀👨‍👩‍👧 Jaya ✈️ 漢字 ꦗꦮ ﷽ Łódź ﬁ 𝓑",
    "#include image('x') \n= judul",
    "'; DROP TABLE --",
]


def print_certificates():
    made, by = documents.sealed()
    return made, by, documents.certificates(made, by)


STATES = {"unsealed": plenary.plenary, "alone": lambda: plenary.plenary(("perda",)), "printed": print_certificates}
built, unsealed, alone, printed = each_once(STATES)


def as_printed(name: str) -> str:
    """What is left of a name once letters no font has are gone."""
    return " ".join(printable(" ".join(name.split())).split())


def test_every_winner_is_given_a_certificate_and_nominees_only_where_asked(printed):
    made, by, found = printed
    title = plenary.title_of(made)
    (ranking,) = rankings.sealed(made.selection.seal)
    names = [line.name for line in ranking.groups[0].lines]

    assert [(one.subject["name"], one.subject["title"]) for one in found] == [(name, title.name) for name in names]
    assert all(one.subject["name"] in documents.words(one.content) for one in found)


def test_who_wins_nothing_is_a_nominee(unsealed):
    title = plenary.title_of(made := unsealed)
    title.places = 1
    title.save()
    by = builders.committee(made.selection)
    plenary.sealed(made, by)

    found = documents.certificates(made, by, nominees=True)

    assert [bool(one.subject["prize"]) for one in found] == [True, False, False]
    assert [one.subject["number"] for one in found] == ["1/PA/2024", "2/PA/2024", "3/PA/2024"]


@pytest.mark.once
@pytest.mark.parametrize("name", HARD_NAMES)
def test_no_name_breaks_a_certificate_or_leaves_its_page(alone, name):
    Candidate.objects.filter(pk=alone.nominations[0].candidate_id).update(name=name[:200], kind="company")
    by = builders.committee(alone.selection)
    plenary.sealed(alone, by)

    (document,) = documents.certificates(alone, by)

    told = documents.words(document.content).replace(" ", "")
    assert as_printed(name[:200]).replace(" ", "") in told
    assert documents.sizes(document.content) == {(297, 210)}
    assert len(documents.opened(document.content).pages) == 1
    assert documents.codes(document.content) == [codes.check_address(document.code)]
    assert documents.words_beyond(document.content) is False


def test_a_certificate_printed_wrongly_is_issued_again_and_the_older_one_stays(printed):
    made, by, first = printed
    with pytest.raises(ValidationError) as refusal:
        documents.certificates(made, by)

    second = documents.certificates(made, by, again=True)

    assert refusal.value.code == "nothing-new"
    assert [one.issue for one in second] == [2, 2, 2]
    assert list(Document.objects.filter(issue=1, language="id")) == first
    assert set(Document.objects.filter(language="id").last_issues()) == set(second)


def test_all_certificates_in_one_zip_are_those_that_were_kept(client, printed):
    made, by, found = printed
    client.force_login(by)

    answer = client.post(reverse("certificates-take", args=[made.selection.slug]))

    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert [archive.read(name) for name in archive.namelist()] == [bytes(one.content) for one in found]
    assert AuditEvent.objects.get(verb="document.take-all").detail == {"count": 3}


def test_what_was_asked_for_is_offered_again_after_a_new_seal(client, printed):
    made, by, _documents = printed
    plenary.reopened(made.selection, by)
    plenary.sealed(made, by)
    client.force_login(by)

    form = client.get(reverse("certificates-make", args=[made.selection.slug])).context["form"]

    offered = {name: form[name].value() for name in ("number", "paper", "dated")}
    assert offered == {"number": "{n}/PA/2024", "paper": "a4", "dated": datetime.date(2025, 3, 12)}


def test_the_order_of_another_province_is_not_offered(client, printed):
    _made, by, _documents = printed
    other = announced.at_province("63", "Kalimantan Selatan", 2022)

    assert certificate_actions.asked_before(other, by) == {}
