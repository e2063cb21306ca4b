"""What 200 slow clients do to everybody else: the time of a page beside none and beside all of them.

``python benchmarks/slow_clients.py [--clients N] [--pages N] [--worker CLASS]``: prepares an empty portal, starts
gunicorn with the settings of ``start`` on 127.0.0.1, without a proxy, and asks for the page of signing in. Half of the
slow clients never end the head of their request, half send a file a byte a second. Ends with 1 when the median is more
than doubled.
"""

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from paritrana.setup.server import GUNICORN  # noqa: E402

MOST = 2.0
HEAD = b"GET /masuk/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "
BODY = b"POST /akun/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\n"
BODY += b"Content-Length: 9000000\r\n\r\n"


def begin(port: int, worker: str, folder: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PARITRANA_DATA": folder, "DJANGO_SETTINGS_MODULE": "paritrana.settings"}
    environment["PARITRANA_URL"] = f"http://127.0.0.1:{port}"
    prepare = [sys.executable, "manage.py", "prepare", "--empty"]
    subprocess.run(prepare, cwd=ROOT, env=environment, check=True, timeout=600, stdout=subprocess.DEVNULL)
    given = GUNICORN | {"worker_class": worker}
    named = ["workers", "threads", "worker_class", "worker_connections", "timeout"]
    options = [part for name in named for part in (f"--{name.replace('_', '-')}", str(given[name]))]
    command = [sys.executable, "-m", "gunicorn", *options, "--bind", f"127.0.0.1:{port}", "paritrana.wsgi"]
    return subprocess.Popen(command, cwd=ROOT, env=environment)


def ask(port: int) -> float:
    begun = time.perf_counter()
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    link.request("GET", "/akun/login/")
    answer = link.getresponse()
    answer.read()
    link.close()
    if answer.status != 200:
        raise OSError(answer.status)
    return time.perf_counter() - begun


def asked(port: int, pages: int) -> list[float]:
    found = []
    for _page in range(pages):
        with suppress(TimeoutError):
            found.append(ask(port))
    return found or [60.0]


class SlowClients:
    """Keeps this many open, opening another where the server has ended one."""

    def __init__(self, port: int, count: int) -> None:
        self.port, self.count, self.ends = port, count, threading.Event()
        self.thread = threading.Thread(target=self.go)

    def go(self) -> None:
        links: list[tuple[socket.socket, bytes]] = []
        while not self.ends.wait(1):
            links = [one for one in links if self._drips(*one)]
            for number in range(self.count - len(links)):
                beginning = (HEAD, BODY)[number % 2]
                with suppress(OSError):
                    link = socket.create_connection(("127.0.0.1", self.port), timeout=5)
                    link.sendall(beginning)
                    links.append((link, beginning))
        for link, _beginning in links:
            link.close()

    def _drips(self, link: socket.socket, _beginning: bytes) -> bool:
        try:
            link.send(b"a")
        except OSError:
            return False
        return True

    def __enter__(self) -> None:
        self.thread.start()
        time.sleep(4)

    def __exit__(self, *_error: object) -> None:
        self.ends.set()
        self.thread.join(30)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--worker", default=GUNICORN["worker_class"])
    given = parser.parse_args()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        server = begin(port, given.worker, folder)
        try:
            for _try in range(300):
                try:
                    ask(port)
                    break
                except OSError:
                    time.sleep(0.2)
            asked(port, 20)
            alone = asked(port, given.pages)
            with SlowClients(port, given.clients):
                beside = asked(port, given.pages)
        finally:
            server.terminate()
            server.wait(timeout=60)
    times = [statistics.median(one) * 1000 for one in (alone, beside)]
    worst = [max(one) * 1000 for one in (alone, beside)]
    print(f"alone: median {times[0]:.0f} ms, worst {worst[0]:.0f}")
    print(f"beside {given.clients} slow clients: median {times[1]:.0f} ms, worst {worst[1]:.0f}")
    print(f"ratio {times[1] / times[0]:.2f}")
    return times[1] > MOST * times[0]


if __name__ == "__main__":
    sys.exit(main())
