"""What 200 slow clients do to everybody else: the time of a page beside none and beside all of them.

``python benchmarks/slow_clients.py [--clients N] [--pages N] [--turns N] [--worker CLASS]``: prepares the portal with
its example, starts gunicorn with the settings of ``start`` on 127.0.0.1, without a proxy, signs in as a committee and
asks for its home and its list of nominations. The pages are asked for in turns without and with the slow clients, so
that whatever else the machine does falls on both. Half of them never end the head of their request, half send a file a
byte a second. Ends with 1 when the median of a page is more than doubled.
"""

import argparse
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import nullcontext, suppress
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from paritrana.setup.server import GUNICORN  # noqa: E402

MOST = 2.0
PAGES = ["/", "/seleksi/2023-bali/nominasi/"]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HEAD = b"GET /masuk/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "
BODY = b"POST /akun/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\n"
BODY += b"Content-Length: 9000000\r\n\r\n"


def begin(port: int, worker: str, folder: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PARITRANA_DATA": folder, "DJANGO_SETTINGS_MODULE": "paritrana.settings"}
    environment["PARITRANA_URL"] = f"http://127.0.0.1:{port}"
    prepare = [sys.executable, "manage.py", "prepare"]
    subprocess.run(prepare, cwd=ROOT, env=environment, check=True, timeout=900, stdout=subprocess.DEVNULL)
    given = GUNICORN | {"worker_class": worker}
    named = ["workers", "threads", "worker_class", "worker_connections", "timeout"]
    options = [part for name in named for part in (f"--{name.replace('_', '-')}", str(given[name]))]
    command = [sys.executable, "-m", "gunicorn", *options, "--bind", f"127.0.0.1:{port}", "paritrana.wsgi"]
    return subprocess.Popen(command, cwd=ROOT, env=environment)


class Visitor:
    """Asks for pages, each over a connection of its own, with the cookies of its session."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, {"language": "id"}

    def ask(self, path: str, body: str = "") -> tuple[int, str]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        link.request("POST" if body else "GET", path, body or None, {"Cookie": cookies, **kind})
        answer = link.getresponse()
        page = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.cookies.update([value.partition(";")[0].split("=", 1)])
        link.close()
        return answer.status, page

    def sign_in(self, account: str, password: str) -> None:
        token = TOKEN.search(self.ask("/akun/login/")[1])
        typed = {"csrfmiddlewaretoken": token[1] if token else "", "login": account, "password": password}
        status, _page = self.ask("/akun/login/", urlencode(typed))
        if status != 302:
            raise OSError(f"not signed in: {status}")

    def time(self, path: str) -> float:
        begun = time.perf_counter()
        try:
            status, _page = self.ask(path)
        except TimeoutError:
            return 60.0
        if status != 200:
            raise OSError(f"{path}: {status}")
        return time.perf_counter() - begun


def committee(folder: str) -> tuple[str, str]:
    """Address and password of the example's committee."""
    text = (Path(folder) / "example-accounts.txt").read_text()
    password, account = re.search(r"password: (\S+)", text), re.search(r"^panitia\.\S+", text, re.MULTILINE)
    if not password or not account:
        raise OSError("no example account")
    return account[0], password[1]


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


def measured(port: int, folder: str, given: argparse.Namespace) -> dict[str, tuple[list[float], list[float]]]:
    """Path of a page -> its times without and with the slow clients."""
    visitor = Visitor(port)
    for _try in range(300):
        try:
            visitor.ask("/akun/login/")
            break
        except OSError:
            time.sleep(0.2)
    visitor.sign_in(*committee(folder))
    times: dict[str, tuple[list[float], list[float]]] = {path: ([], []) for path in PAGES}
    for path in PAGES * 10:
        visitor.time(path)
    for _turn in range(given.turns):
        for beside in (False, True):
            with SlowClients(port, given.clients) if beside else nullcontext():
                for path in PAGES * given.pages:
                    times[path][beside].append(visitor.time(path))
    return times


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--pages", type=int, default=20, help="times each page is asked for in a turn")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--worker", default=GUNICORN["worker_class"])
    given = parser.parse_args()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        server = begin(port, given.worker, folder)
        try:
            times = measured(port, folder, given)
        finally:
            server.terminate()
            server.wait(timeout=60)
    ratios = []
    for path, both in times.items():
        (alone, beside), worst = (statistics.median(one) * 1000 for one in both), [max(one) * 1000 for one in both]
        ratios.append(beside / alone)
        print(
            f"{path}: alone {alone:.0f} ms, worst {worst[0]:.0f}; beside {given.clients} {beside:.0f}, {worst[1]:.0f}"
        )
        print(f"ratio {ratios[-1]:.2f}")
    return max(ratios) > MOST


if __name__ == "__main__":
    sys.exit(main())
