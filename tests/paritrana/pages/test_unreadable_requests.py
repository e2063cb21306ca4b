"""What no page can read or store is refused with a page, or JSON where JSON is asked for, and one line in the log."""

import json
import logging
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from paritrana.accounts.models import User
from paritrana.middleware import PortalRequest, Readable, is_storable
from paritrana.setup.server import GUNICORN
from scoring.sheets.offline.forms import read_delivery
from tests import builders as make

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
BOUNDARY = "--x\r\n"
BEYOND = 2**63


@pytest.fixture
def visitor(client, monkeypatch):
    """Signed in, through requests as the server makes them."""
    monkeypatch.setattr("django.test.client.WSGIRequest", PortalRequest)
    client.raise_request_exception = False
    client.force_login(make.administrator())
    return client


def refused(answer, caplog, status=400):
    """One page of the right status that leads on, and one line in the log."""
    page = answer.content.decode()
    lines = [record for record in caplog.records if record.name.startswith("django")]
    return (answer.status_code, f'data-error="{status}"' in page, len(lines)) == (status, True, 1)


@pytest.mark.parametrize(
    "name", ["bogus", "utf-7", "idna", "punycode", "base64", "utf-16", "undefined", "iso-8859-1", "u\0"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_charset_other_than_plain_text_is_refused(visitor, caplog, method, name):
    answer = visitor.generic(method, f"{reverse('search')}?q=%ff%2b2AA-", b"q=%ff", f"{FORM}; charset={name}")

    assert refused(answer, caplog)


@pytest.mark.parametrize("name", ["utf-8", "UTF-8", '"utf-8"'])
def test_forms_of_browsers_are_read(visitor, name):
    answer = visitor.generic("GET", f"{reverse('search')}?q=Bali", b"-", f"{FORM}; charset={name}")

    assert answer.status_code == 200


@pytest.mark.parametrize("kind", ["charset*=bogus''x", "charset*=utf-8''%00", "a*=\0''x", "charset=a\0b"])
def test_a_content_type_that_cannot_be_read_is_refused(visitor, caplog, kind):
    assert refused(visitor.generic("POST", reverse("search"), b"q=1", f"{FORM}; {kind}"), caplog)


def test_no_text_with_nul_reaches_a_page(visitor, caplog):
    assert refused(visitor.get(f"{reverse('search')}?q=%00"), caplog)
    caplog.clear()
    assert refused(visitor.get(f"{reverse('people')}?q%00=1"), caplog)
    caplog.clear()
    assert refused(visitor.get("/cari/%00/"), caplog)
    caplog.clear()
    assert refused(visitor.post(reverse("theme"), {"theme": "a\0b"}), caplog)
    caplog.clear()
    assert refused(visitor.get(reverse("home"), headers={"user-agent": "a\0b"}), caplog)


def test_no_cookie_with_nul_reaches_a_page(visitor, caplog, settings):
    visitor.cookies.clear()

    answer = visitor.get(reverse("home"), HTTP_COOKIE=f'{settings.SESSION_COOKIE_NAME}="abcdefgh\\000abc"')

    assert refused(answer, caplog)


def test_text_is_storable_without_nul_and_half_pairs():
    assert is_storable("Bali 😀 \n\t")
    assert not is_storable("a\0")
    assert not is_storable("\ud800")


@pytest.mark.parametrize(
    "kind, body",
    [
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=", b""),
        (
            "multipart/form-data; boundary=x",
            BOUNDARY.encode() + b"Content-Disposition: form-data; name*=bogus''a\r\n\r\n",
        ),
        ("multipart/form-data; boundary=\xe9", b"--x"),
        ("multipart/form-data; boundary=x; charset=idna", b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n\xff"),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n=\r\n--x--",
        ),
    ],
)
def test_damaged_forms_are_no_fault(visitor, kind, body):
    answer = visitor.generic("POST", reverse("theme"), body, kind)

    assert answer.status_code < 500


def test_a_form_without_a_boundary_is_refused(visitor, caplog):
    assert refused(visitor.generic("POST", reverse("theme"), b"--", "multipart/form-data"), caplog)


def test_too_much_is_refused_as_too_much(visitor, caplog, settings):
    fields = "&".join(f"f{number}=" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    assert refused(visitor.generic("POST", reverse("theme"), fields, FORM), caplog, 413)
    caplog.clear()
    assert refused(visitor.get(f"{reverse('search')}?{fields}"), caplog, 413)
    caplog.clear()
    body = b"q=" + b"a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    answer = visitor.generic("POST", reverse("theme"), body, FORM)
    assert refused(answer, caplog, 413)
    assert "bagian" in answer.content.decode()


def test_an_unknown_host_is_refused_with_one_line(visitor, caplog):
    assert refused(visitor.get(reverse("home"), headers={"host": "a b"}), caplog)


@pytest.mark.parametrize("digits", [str(BEYOND), "9" * 30, "9" * 4400], ids=len)
def test_a_number_no_column_holds_is_not_in_any_address(visitor, caplog, digits):
    for path in (f"/pengguna/{digits}/", f"/target/51/{digits}/", f"/bukti/1/gambar/{digits}/"):
        caplog.clear()

        assert refused(visitor.get(path), caplog, 404), path


def _answering(error):
    def view(request):
        raise error

    middleware = Readable(view)
    request = RequestFactory().get("/")
    try:
        return middleware(request)
    except type(error):
        return middleware.process_exception(request, error)


def test_a_value_the_database_refuses_is_refused_to_the_person(caplog):
    with pytest.raises((OverflowError, DataError)) as found, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s + CAST(%s AS integer)" if connection.vendor == "postgresql" else "SELECT %s + %s", [1, BEYOND]
        )

    assert refused(_answering(found.value), caplog)


def test_a_device_sends_no_half_of_a_surrogate_pair():
    entry = {"sequence": 1, "nomination": 1, "base": 0, "box": "notes", "value": "\ud800"}
    body = json.dumps({"device": str(uuid.UUID(int=1)), "entries": [entry]}).encode()

    with pytest.raises(ValidationError):
        read_delivery(body, User(pk=1))


def test_our_own_faults_stay_faults():
    assert _answering(ValueError("invalid literal")) is None
    assert _answering(OverflowError("date value out of range")) is None


@pytest.mark.parametrize("asked", [{"accept": "application/json"}, {"content-type": "application/json"}])
def test_who_asks_for_json_is_refused_in_json(visitor, asked):
    answer = visitor.get(f"{reverse('search')}?q=%00", headers=asked)

    assert answer.status_code == 400
    assert json.loads(answer.content)["code"] == "unreadable"


def test_a_request_that_can_be_read_passes(caplog):
    caplog.set_level(logging.WARNING)
    request = RequestFactory().post("/", {"name": "Ni Luh 😀"})

    assert Readable(lambda request: HttpResponse("yes"))(request).content == b"yes"
    assert caplog.records == []


@pytest.mark.parametrize(
    "headers",
    [
        {"range": "bytes=9-1"},
        {"range": f"bytes={10**30}-"},
        {"range": "bytes=a-b"},
        {"if-modified-since": "Sun, 99 Foo 99999999 99:99:99 GMT"},
        {"if-none-match": '"' * 99},
        {"accept-language": "\xff;q=a," * 50},
        {"accept": ";;;"},
        {"cookie": "=;;=\xff; language=\xff; theme=%00"},
        {"x-forwarded-for": "[[::1"},
        {"referer": "http://[/"},
        {"origin": "http://["},
        {"hx-current-url": "http://[/%ff"},
        {"hx-target": "%ff", "hx-target-uri-autoencoded": "true"},
    ],
)
@pytest.mark.parametrize("address", ["/cari/", "/", "/static/js/app.js"])
def test_odd_headers_are_no_fault(visitor, address, headers):
    assert visitor.get(address, headers=headers).status_code < 500


def test_a_header_never_moves_the_portal():
    assert GUNICORN["forwarder_headers"] == ""
