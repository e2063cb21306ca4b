"""``manage.py start`` as a person meets it: a program, an address, Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.program

ROOT = Path(__file__).resolve().parents[2]
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


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
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
