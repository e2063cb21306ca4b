"""Uploads at once: so many of one person, so many in all, on whichever server they arrive."""

import threading
from contextlib import ExitStack, contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from paritrana.middleware import LARGEST_BODY
from paritrana.queue import upload_turns
from paritrana.queue.models import UploadTurn
from tests import builders as make

FILE = SimpleUploadedFile("daftar.csv", b"a;b\n" * 20_000)
SMALL = SimpleUploadedFile("daftar.csv", b"a;b\n")


@contextmanager
def running(*whose):
    """Uploads of these people that have begun, on another server."""
    with ExitStack() as stack:
        for each in whose:
            turn = upload_turns.take(each)
            assert turn
            stack.callback(turn.delete)
        yield


def of(user):
    request = RequestFactory().get("/")
    request.session = {"_auth_user_id": str(user.pk)}
    return upload_turns._whose(request)


def sent(client, file=FILE):
    file.seek(0)
    return client.post(reverse("check"), {"file": file})


def test_a_cookie_no_database_can_hold_is_asked_of_none(settings):
    """On PostgreSQL it would be an error before the page that refuses it."""
    spoiled, empty = RequestFactory().get("/"), RequestFactory().get("/")
    spoiled.COOKIES[settings.SESSION_COOKIE_NAME] = "\0aaaaaaa"
    spoiled.session, empty.session = None, {}

    assert upload_turns._whose(spoiled) == upload_turns._whose(empty)


@pytest.mark.django_db
def test_of_one_person_two_uploads_run_and_a_third_is_refused_until_one_has_ended(client):
    user = make.person()
    client.force_login(user)

    with running(of(user), of(user)):
        refused = sent(client)
        small = sent(client, SMALL)

    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "10")
    assert "berkas" in refused.content.decode().lower()
    assert 429 not in {small.status_code, sent(client).status_code}
    assert UploadTurn.objects.count() == 0


@pytest.mark.django_db
def test_other_people_upload_meanwhile_until_all_places_are_taken(client):
    user = make.person()
    client.force_login(user)

    with running("a", "a"):
        assert sent(client).status_code != 429
    with running(*(f"{number}" for number in range(upload_turns.IN_ALL))):
        assert sent(client).status_code == 429
        assert upload_turns.take(of(make.person())) is None


@pytest.mark.django_db
def test_whoever_is_not_signed_in_is_counted_by_address(client):
    for address, status in [("192.0.2.1", 429), ("192.0.2.2", 405)]:
        request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1")
        request.session = {}
        with running(*[upload_turns._whose(request)] * 2):
            FILE.seek(0)
            answer = client.post(reverse("check"), {"file": FILE}, REMOTE_ADDR=address)
        assert answer.status_code == status


@pytest.mark.django_db
def test_a_turn_is_given_back_when_the_page_fails():
    def failing(request):
        assert UploadTurn.objects.count() == 1
        raise RuntimeError

    FILE.seek(0)
    request = RequestFactory().post("/", {"file": FILE})
    request.session = {}

    with pytest.raises(RuntimeError):
        upload_turns.middleware(failing)(request)
    assert UploadTurn.objects.count() == 0


@pytest.mark.django_db
def test_what_a_server_that_died_has_left_is_free_again():
    for _each in range(upload_turns.OF_ONE):
        upload_turns.take("a")
    refused = upload_turns.take("a")
    UploadTurn.objects.update(began_at=timezone.now() - 2 * upload_turns.LASTS)

    assert refused is None
    assert upload_turns.take("a")
    assert UploadTurn.objects.count() == 1


@pytest.mark.django_db
def test_a_refused_upload_is_not_read():
    read = []

    class Body:
        def read(self, *size):
            read.append(size)
            return b""

    request = RequestFactory().generic("POST", "/", b"x", "multipart/form-data; boundary=x")
    request.META["CONTENT_LENGTH"], request.session, request._stream = "9000000", {"_auth_user_id": "1"}, Body()

    with running(*[upload_turns._whose(request)] * upload_turns.OF_ONE):
        answer = upload_turns.middleware(lambda request: HttpResponse())(request)

    assert (answer.status_code, read) == (429, [])


def test_a_body_no_proxy_would_have_let_through_is_refused_here_too(client):
    answer = client.generic("POST", reverse("live"), b"", CONTENT_LENGTH=str(LARGEST_BODY + 1))

    assert answer.status_code == 413


@pytest.mark.django_db(transaction=True)
def test_however_many_ask_at_once_no_more_than_two_begin():
    """Each thread has a connection of its own, as each server has."""
    given, together = [], threading.Barrier(8)

    def ask():
        together.wait()
        given.append(upload_turns.take("a"))
        connections.close_all()

    threads = [threading.Thread(target=ask) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(list(filter(None, given))) == upload_turns.OF_ONE == UploadTurn.objects.count()
