"""The stack of docs/operations without containers: nginx, two servers, a worker, PostgreSQL, started from its files.

A person's way leads through the proxy, which asks the two servers in strict turn; then the servers are reloaded.
"""

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from paritrana.setup.testing import postgres
from tests.paritrana.operations.nginx import written

ROOT = Path(__file__).resolve().parents[3]
FILES = ROOT / "docs" / "operations"
HOST, PASSWORD = "paritrana.example", "sandi-panjang-sekali"
OURS = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "PARITRANA_DATA", "PARITRANA_URL"}
AMBIENT = {name: text for name, text in os.environ.items() if name not in OURS}
REQUESTS = 1000
pytestmark = [
    pytest.mark.program,
    pytest.mark.skipif(not shutil.which("nginx"), reason="needs nginx: sudo apt-get install -y nginx-light"),
]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Visitor:
    """A browser without pages: cookies, forms, one connection a request."""

    def __init__(self, port):
        self.port, self.cookies = port, {}
        self.trust = ssl.create_default_context()
        self.trust.check_hostname, self.trust.verify_mode = False, ssl.CERT_NONE

    def ask(self, method, path, body=None, kind="application/x-www-form-urlencoded"):
        link = http.client.HTTPSConnection("127.0.0.1", self.port, context=self.trust, timeout=70)
        headers = {
            "Host": HOST,
            "Referer": f"https://{HOST}/",
            "Cookie": "; ".join(map("=".join, self.cookies.items())),
        }
        link.request(method, path, body, headers | ({"Content-Type": kind} if body else {}))
        answer = link.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.cookies.update([value.partition(";")[0].split("=", 1)])
        text = answer.read().decode(errors="replace")
        link.close()
        return answer.status, answer.headers.get("Location", ""), text

    def send(self, path, **fields):
        token = self.cookies.get("__Host-csrf", "")
        return self.ask("POST", path, urlencode(fields | {"csrfmiddlewaretoken": token}))

    def upload(self, path, name, content):
        token = self.cookies["__Host-csrf"]
        parts = f'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        parts += f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n{content}\r\n--x--\r\n'
        return self.ask("POST", path, parts.encode(), "multipart/form-data; boundary=x")


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """Two servers with a data folder each, as two machines have them."""
    folder, begun = tmp_path_factory.mktemp("stack"), []
    ports = {"https": free_port(), "http": free_port(), "one": free_port(), "two": free_port()}
    with postgres.throwaway() as url, tempfile.TemporaryDirectory(prefix="paritrana-acme-") as challenges:
        shared = {
            "DATABASE_URL": url,
            "PARITRANA_URL": f"https://{HOST}",
            "PARITRANA_PROXIES": "1",
            "PARITRANA_SECOND_FACTOR": "nobody",
            "SECRET_KEY": "stack-of-the-tests-0123456789-0123456789-0123456789-0123456789",
            "DJANGO_SETTINGS_MODULE": "paritrana.settings",
        }

        def own(name):
            return AMBIENT | shared | {"PARITRANA_DATA": str(folder / name)}

        def run(name, *arguments):
            command = [sys.executable, "manage.py", *arguments]
            subprocess.run(command, cwd=ROOT, env=own(name), check=True, capture_output=True, timeout=300)

        for name in ("one", "two"):
            run(name, "prepare", "--empty", "--adopt-data-folder")
        make = f"User.objects.create_superuser('admin@example.org', '{PASSWORD}', name='Admin')"
        run("one", "shell", "-v", "0", "-c", f"from paritrana.accounts.models import User; {make}")
        for unit, instance, name in (("", ports["one"], "one"), ("", ports["two"], "two"), ("-worker", 1, "two")):
            begun.append(subprocess.Popen(command_of(unit, instance), cwd=ROOT, env=own(name) | {"WEB_WORKERS": "2"}))
        begun.append(subprocess.Popen(["nginx", "-c", str(proxy(folder, ports, challenges)), "-g", "daemon off;"]))
        try:
            visitor = Visitor(ports["https"])
            visitor.http_port, visitor.challenges = ports["http"], Path(challenges)
            yield visitor, begun
        finally:
            for process in reversed(begun):
                process.terminate()
            for process in begun:
                process.wait(60)


def command_of(unit, instance):
    """What systemd would start, with the programs of this environment."""
    text = (FILES / f"paritrana{unit}@.service").read_text()
    command = re.search("^ExecStart=(.*)$", text, re.MULTILINE).group(1).replace("%i", str(instance))
    return command.replace("/opt/paritrana/.venv/bin", str(Path(sys.executable).parent)).split()


def proxy(folder, ports, challenges):
    """The file of docs/operations with this machine's ports and a certificate of its own."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    text = (FILES / "nginx.conf").read_text()
    for old, new in {
        "127.0.0.1:8000": f"127.0.0.1:{ports['one']}",
        "127.0.0.1:8001": f"127.0.0.1:{ports['two']}",
        "listen 443": f"listen 127.0.0.1:{ports['https']}",
        "listen 80;": f"listen 127.0.0.1:{ports['http']};",
        "/var/www/html": str(challenges),
        "/etc/letsencrypt/live/paritrana.example/fullchain.pem": str(certificate),
        "/etc/letsencrypt/live/paritrana.example/privkey.pem": str(key),
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    return written(folder, text)


def until(holds, seconds=120):
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end
        time.sleep(0.2)
    return found


def is_up(visitor):
    try:
        return all(visitor.ask("GET", "/-/ready")[0] == 200 for _server in range(2))
    except OSError:
        return False


def test_a_way_through_the_proxy_is_whole_although_each_step_meets_another_server(stack):
    visitor, _begun = stack
    until(lambda: is_up(visitor))
    visitor.ask("GET", "/akun/login/")
    status, _place, text = visitor.send("/akun/login/", login="admin@example.org", password=PASSWORD)
    assert status == 302, text[-2000:]
    visitor.ask("GET", "/pengguna/berkas/unggah/")

    status, place, text = visitor.upload("/pengguna/berkas/unggah/", "a.csv", "email,name\r\nani@example.org,Ani\r\n")
    assert status == 302, text[-2000:]
    shown = until(lambda: next((page for page in [visitor.ask("GET", place)[2]] if 'name="fingerprint"' in page), ""))
    given = dict(re.findall(r'name="(digest|fingerprint)" value="([\w ]+)"', shown))
    status, _place, text = visitor.send(place, **given)

    assert status == 302, text[-2000:]
    assert "ani@example.org" in visitor.ask("GET", "/pengguna/")[2]
    assert [visitor.ask("GET", "/operasi/")[0], visitor.ask("GET", "/-/metrics")[0]] == [200, 404]
    large = visitor.upload("/pengguna/berkas/unggah/", "a.csv", "x" * 13_000_000)
    assert large[0] == 413


def test_a_certificate_is_renewed_through_the_proxy_and_all_else_is_led_to_https(stack):
    visitor, _begun = stack
    until(lambda: is_up(visitor))
    challenge = visitor.challenges / ".well-known" / "acme-challenge" / "token"
    challenge.parent.mkdir(parents=True)
    visitor.challenges.chmod(0o755)  # nginx reads it as nobody
    challenge.write_text("proof")

    told = []
    for path in ("/.well-known/acme-challenge/token", "/nominasi/"):
        link = http.client.HTTPConnection("127.0.0.1", visitor.http_port, timeout=10)
        link.request("GET", path, headers={"Host": HOST})
        answer = link.getresponse()
        told.append((answer.status, answer.headers.get("Location") or answer.read().decode()))

    assert told == [(200, "proof"), (301, f"https://{HOST}/nominasi/")]


LEFT_ALONE = 6
"""Seconds, more than ``fail_timeout`` in ``nginx.conf``: so long the proxy asks no server that closed a connection."""


def workers_of(server):
    return set(subprocess.run(["pgrep", "-P", str(server.pid)], capture_output=True, text=True).stdout.split())


def reload(server):
    """As the guide of upgrades says: the next one waits for new workers, and until the proxy asks this one again."""
    before = workers_of(server)
    server.send_signal(signal.SIGHUP)
    until(lambda: workers_of(server) and not workers_of(server) & before)
    time.sleep(LEFT_ALONE)


@pytest.mark.complete
def test_a_thousand_requests_meet_no_fault_while_both_servers_are_reloaded(stack):
    visitor, begun = stack
    until(lambda: is_up(visitor))
    statuses, asked = [], threading.Semaphore(REQUESTS)

    def ask():
        own = Visitor(visitor.port)
        while asked.acquire(blocking=False):
            try:
                statuses.append(own.ask("GET", "/")[0])
            except OSError as error:
                statuses.append(str(error))

    threads = [threading.Thread(target=ask) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for server in begun[:2]:
        reload(server)
    for thread in threads:
        thread.join()

    assert (len(statuses), set(statuses)) == (REQUESTS, {200})
