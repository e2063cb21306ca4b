"""``manage.py start`` as a person meets it: a program, an address, Ctrl-C."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.program

ROOT = Path(__file__).resolve().parents[3]
OURS = {"PARITRANA_URL", "PARITRANA_DATA", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
AMBIENT = {name: text for name, text in os.environ.items() if name not in OURS}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One data folder for the whole module: preparing it is the slow part of a first start."""
    return tmp_path_factory.mktemp("start")


@pytest.fixture
def start(folder):
    """Start with ``--empty`` on a free port; gives the process and its address once that answers."""
    started = []

    def begin():
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "manage.py", "start", "--empty", "--port", str(port)],
            cwd=ROOT,
            env=AMBIENT | {"PARITRANA_DATA": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process, f"http://127.0.0.1:{port}"

    yield begin
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def answer(process, address, seconds=120):
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline:
        try:
            return urlopen(f"{address}/").status
        except (URLError, ConnectionError):
            time.sleep(0.05)
    raise AssertionError(process.communicate()[0] if process.poll() is not None else "no answer in time")


@pytest.mark.parametrize("stop", [pytest.param(signal.SIGINT, marks=pytest.mark.complete), signal.SIGTERM])
def test_start_serves_its_address_and_stops_cleanly(start, stop):
    process, address = start()
    status = answer(process, address)
    os.killpg(process.pid, stop)
    said = process.communicate(timeout=30)[0]

    assert (status, process.returncode) == (200, 0), said
    assert f"Paritrana is ready: {address}/" in said.splitlines()
    assert [line for line in said.splitlines() if "Traceback" in line or "Error" in line] == []


def test_the_reminders_beside_it_end_with_a_server_that_alone_is_told_to_stop(start):
    process, address = start()
    answer(process, address)
    beside = children(process.pid)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)  # returns only when nobody holds the output any more

    assert len(beside) >= 3
    assert [pid for pid in beside if Path(f"/proc/{pid}").exists()] == []


def children(pid: int) -> list[int]:
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout
    return [int(word) for word in told.split()]


def test_an_empty_start_tells_how_to_make_the_first_administrator(start):
    process, address = start()
    answer(process, address)
    os.killpg(process.pid, signal.SIGINT)

    said = process.communicate(timeout=30)[0].splitlines()

    assert [line for line in said if line.endswith("python3 manage.py createsuperuser")] != []


def test_a_second_start_on_the_same_port_is_refused_at_once(start):
    process, address = start()
    answer(process, address)
    port = address.rpartition(":")[2]
    began = time.monotonic()

    second = subprocess.run(
        [sys.executable, "manage.py", "start", "--port", port], cwd=ROOT, capture_output=True, text=True
    )

    assert second.returncode == 1
    assert second.stderr.startswith(f"manage.py: cannot listen on 127.0.0.1:{port}")
    assert time.monotonic() - began < 5


def test_a_database_that_does_not_answer_is_said_in_words(folder):
    environment = AMBIENT | {
        "PARITRANA_DATA": str(folder),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    }
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])

    done = subprocess.run(
        [sys.executable, "manage.py", "start", "--port", port],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert done.stderr.startswith("manage.py: the database does not answer:")
    assert "Traceback" not in done.stderr


def seen(address, path) -> tuple[float, bool, float]:
    """When it was asked, whether the answer tells of the result, and when the answer was there."""
    asked = time.time()
    try:
        with urlopen(address + path) as found:
            told = found.read().lower()
            tells = found.headers.get_content_maintype() == "image" or b"rahasia" in told or b"hasil/2023-51" in told
    except HTTPError:
        tells = False
    return asked, tells, time.time()


def announcing(folder, *arguments):
    own = AMBIENT | {"PARITRANA_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "paritrana.settings"}
    program = [sys.executable, "-m", "tests.paritrana.announcing", *arguments]
    return json.loads(subprocess.run(program, cwd=ROOT, env=own, stdout=subprocess.PIPE, check=True).stdout)


@pytest.mark.complete
def test_two_servers_tell_nothing_a_second_before_its_moment_and_everything_after(start, folder):
    """On every public channel; the stage of the ceremony never tells a stranger."""
    servers = (start() for _number in range(2))
    addresses = [address for process, address in servers if answer(process, address)]
    told = announcing(folder)
    public = [(address, path) for address in addresses for path in told["public"]]
    codes = [(address, told["code"]) for address in addresses]
    stages = [(address, told["ceremony"]) for address in addresses]

    early = [(where, seen(*where)) for where in public + codes + stages]
    moment = announcing(folder, "6")
    early += [(where, seen(*where)) for where in codes]
    while time.time() < moment:
        early += [(where, seen(*where)) for where in public if time.time() < moment]
    late = {where for where in public + codes + stages if seen(*where)[1]}

    in_time = [(where, tells, there) for where, (_asked, tells, there) in early if there < moment]
    assert {where for where, tells, _there in in_time if tells} == set()
    assert {where for where, _tells, _there in in_time} == {*public, *codes, *stages}
    assert max(there for _where, _tells, there in in_time) > moment - 1
    assert late == {*public, *codes}
