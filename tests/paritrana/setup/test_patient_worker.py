"""Clients that are slow, or never finish, leave the pages to the others."""

import http.client
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager

import pytest

from paritrana.setup.server import GUNICORN

APPLICATION = """
def application(environ, start_response):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start_response("200 OK", [("Content-Length", str(len(str(len(body)))))])
    return [str(len(body)).encode()]
"""
SLOW = 40
"""More than twice the threads of the server."""
BODY = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nab"


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    (folder / "small.py").write_text(APPLICATION)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    named = ["worker_class", "threads", "worker_connections"]
    options = [part for name in named for part in (f"--{name.replace('_', '-')}", str(GUNICORN[name]))]
    command = [sys.executable, "-m", "gunicorn", "--chdir", str(folder), "--workers", "1", *options]
    server = subprocess.Popen([*command, "--bind", f"127.0.0.1:{number}", "small:application"])
    try:
        for _try in range(150):
            try:
                ask(number)
                break
            except OSError:
                time.sleep(0.2)
        yield number
    finally:
        server.terminate()
        server.wait(timeout=30)


def ask(port, body=None):
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        link.request("POST" if body else "GET", "/", body)
        return link.getresponse().read()
    finally:
        link.close()


def answer(link):
    """Head and body, which is one digit."""
    found = b""
    while not found.partition(b"\r\n\r\n")[2]:
        found += link.recv(1000)
    return found


@contextmanager
def slow(port, beginning, count=SLOW):
    with ExitStack() as stack:
        links = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20)) for _one in range(count)
        ]
        for link in links:
            link.sendall(beginning)
        time.sleep(0.5)
        yield links


@pytest.mark.parametrize("beginning", [b"", b"G", b"GET / HTTP/1.1\r\nHost: x\r\nX: ", BODY], ids=len)
def test_pages_are_answered_while_others_never_finish(port, beginning):
    with slow(port, beginning):
        begun = time.monotonic()
        answers = [ask(port) for _page in range(5)]

    assert answers == [b"0"] * 5
    assert time.monotonic() - begun < 5


def test_forms_and_files_are_read_whole(port):
    assert ask(port, b"x" * 20) == b"20"
    assert ask(port, b"x" * 3_000_000) == b"3000000"


def test_a_head_in_two_parts_is_a_request_and_one_connection_takes_several(port):
    with slow(port, b"GET / HTTP/1.1\r\nHo", count=1) as (link,):
        link.sendall(b"st: x\r\n\r\n")
        assert b"200 OK" in answer(link)
        link.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"200 OK" in answer(link)


def test_a_body_waits_its_turn_and_is_then_read(port):
    with slow(port, BODY), socket.create_connection(("127.0.0.1", port), timeout=40) as link:
        link.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab")
        time.sleep(0.5)
        link.sendall(b"cd")
        assert b"200 OK" in link.recv(1000)
