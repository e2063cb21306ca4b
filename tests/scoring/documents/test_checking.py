"""The check of a paper by a stranger: the same answer for what is secret and for what does not exist."""

import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from scoring.documents import checking, codes
from scoring.models import Document, Seal
from scoring.sealing import announcing
from tests.once import each_once
from tests.scoring.documents import documents as document_documents
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


@pytest.fixture(autouse=True)
def no_guesses():
    cache.clear()


def print_certificates():
    made, by = document_documents.sealed()
    return made, by, document_documents.certificates(made, by)


def publish():
    """Sealed, a certificate for each winner, announced."""
    made, by, documents = print_certificates()
    announcing.announce(made.selection, by=by)
    return made, by, documents


STATES = {"made_by": document_documents.sealed, "printed": print_certificates, "public": publish}
built, made_by, printed, public = each_once(STATES)


def address(code: str) -> str:
    return reverse("check-code", args=[codes.grouped(code)])


def state_of(answer) -> str:
    return re.search(r'data-check="([^"]*)"', answer.content.decode())[1]


def bare(answer, code: str) -> tuple:
    content = TOKEN.sub(b"", answer.content).replace(codes.grouped(code).encode(), b"CODE")
    return answer.status_code, sorted(answer.headers.items()), content


def test_before_the_announcement_a_code_is_answered_like_one_that_does_not_exist(client, printed):
    secret, unknown = printed[2][0].code, codes.fresh_code()

    answers = [bare(client.get(address(code)), code) for code in (secret, unknown)]

    assert answers[0] == answers[1]
    assert answers[0][0] == 404


def test_a_file_cannot_be_compared_before_the_announcement_either(client, printed):
    document, unknown = printed[2][0], codes.fresh_code()
    said = {"digest": document.sha256}

    answers = [bare(client.post(address(code), said), code) for code in (document.code, unknown)]

    assert answers[0] == answers[1]


def test_the_moment_is_that_of_the_database_not_of_the_stage(client, printed):
    made, by, (document, *_others) = printed
    announcing.announce(made.selection, by=by, at=timezone.now() + timezone.timedelta(hours=1))
    before = client.get(address(document.code)).status_code

    Seal.objects.filter(pk=document.seal_id).update(public_from=timezone.now() - timezone.timedelta(seconds=1))

    assert (before, client.get(address(document.code)).status_code) == (404, 200)


def test_after_the_announcement_it_says_what_was_awarded_to_whom_and_when(client, public):
    _made, _by, (document, *_others) = public

    answer = client.get(address(document.code))

    told = dict(answer.context["found"].facts).values()
    subject = document.subject
    assert {subject["name"], subject["region"], subject["prize"], subject["award"], subject["number"]} <= set(told)
    assert (state_of(answer), answer.context["found"].document) == ("in-force", document)


def test_it_tells_no_total(client, made_by):
    made, by = made_by
    found = document_documents.minutes(made, by)["minutes", "a4"]
    announcing.announce(made.selection, by=by)

    content = client.get(address(found.code)).content.decode()

    assert [figure for figure in ("92,50", "92.50") if figure in content] == []


@pytest.mark.parametrize(("spoilt", "same"), [(b"", "yes"), (b" ", "no")])
def test_a_file_is_the_one_that_was_kept_or_is_not(client, public, spoilt, same):
    _made, _by, (document, *_others) = public
    file = SimpleUploadedFile("piagam.pdf", bytes(document.content) + spoilt)

    answer = client.post(address(document.code), {"file": file})

    assert f'data-same="{same}"' in answer.content.decode()


@pytest.mark.parametrize(("digest", "same"), [("{}", True), ("{} ", True), ("0" * 64, False)])
def test_a_digest_matches_or_does_not(client, public, digest, same):
    _made, _by, (document, *_others) = public

    answer = client.post(address(document.code), {"digest": digest.format(document.sha256.upper())})

    assert answer.context["is_same"] is same


@pytest.mark.parametrize("said", [{}, {"digest": "abc"}])
def test_nothing_to_compare_is_no_answer(client, public, said):
    _made, _by, (document, *_others) = public

    answer = client.post(address(document.code), said)

    assert ("is_same" in answer.context, bool(answer.context["form"].errors)) == (False, True)


def test_a_paper_issued_again_and_one_of_a_reopened_result_say_so(client, made_by):
    made, by = made_by
    (old, *_rest), (new, *_more) = (
        document_documents.certificates(made, by),
        document_documents.certificates(made, by, again=True),
    )
    announcing.announce(made.selection, by=by)
    states = [state_of(client.get(address(one.code))) for one in (old, new)]

    plenary.reopened(made.selection, by)

    assert states == ["replaced", "in-force"]
    assert [state_of(client.get(address(one.code))) for one in (old, new)] == ["withdrawn", "withdrawn"]


def test_a_seal_reopened_before_it_was_public_stays_unknown(client, printed):
    made, by, (document, *_others) = printed
    plenary.reopened(made.selection, by)

    assert client.get(address(document.code)).status_code == 404


def test_what_was_typed_leads_to_the_code_whatever_its_gaps_and_case(client):
    code = "ABCDEFGOIB234567"
    typed = " abcd efg0-18 23.4567"

    answer = client.get(reverse("check"), {"code": typed})

    assert (answer.status_code, answer["Location"]) == (302, address(code))


def test_codes_have_eighty_bits_and_letters_nobody_mistakes():
    found = {codes.fresh_code() for _each in range(200)}

    assert {(len(code), bool(re.fullmatch("[A-Z2-7]{16}", code))) for code in found} == {(16, True)}
    assert len(found) == 200


def test_guessing_is_slowed_down_for_known_codes_too_and_says_when_to_come_back(client, public):
    _made, _by, (document, *_others) = public
    statuses = [client.get(address(codes.fresh_code())).status_code for _each in range(checking.MOST + 1)]

    answer = client.get(address(document.code))

    assert statuses == [404] * checking.MOST + [429]
    assert (answer.status_code, answer["Retry-After"], state_of(answer)) == (429, str(checking.SECONDS), "shut")
    assert client.get(address(document.code), REMOTE_ADDR="203.0.113.9").status_code == 200


def test_checking_what_exists_is_never_slowed_down(client, public):
    _made, _by, (document, *_others) = public

    statuses = {client.get(address(document.code)).status_code for _each in range(checking.MOST * 2)}

    assert statuses == {200}


def test_addresses_of_one_ipv6_subscriber_count_as_one(client):
    for number in range(checking.MOST):
        client.get(address(codes.fresh_code()), REMOTE_ADDR=f"2001:db8::{number:x}")

    asked = [client.get(reverse("check"), REMOTE_ADDR=each).status_code for each in ("2001:db8::ffff", "2001:db9::1")]

    assert asked == [429, 200]


def test_nobody_keeps_the_answer(client, public):
    _made, _by, (document, *_others) = public

    answers = [client.get(reverse("check")), client.get(address(document.code)), client.get(address("A" * 16))]

    assert {each["Cache-Control"] for each in answers} == {"no-store"}
    assert {each["X-Robots-Tag"] for each in answers} == {"noindex"}


def test_in_english_under_its_own_address(client):
    answer = client.get("/en/periksa/")

    assert (answer.status_code, answer["Content-Language"]) == (200, "en")


def test_what_was_kept_is_computed_again(client, made_by):
    made, by = made_by
    announcing.announce(made.selection, by=by)
    (document,) = document_documents.kept(made.selection.seal, 1, by)
    forged = Document(
        seal=document.seal,
        kind="certificate",
        recipient="forged",
        code=codes.fresh_code(),
        subject=document.subject,
        content=b"other",
        sha256=document.sha256,
    )
    forged.save()

    assert state_of(client.get(address(forged.code))) == "broken"
