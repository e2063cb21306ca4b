"""A server whose threads do not wait for slow clients.

Gunicorn gives a connection a thread as soon as one byte is there, so a few clients that never end a line, or send a
file drop by drop, would stop every page. Here a connection waits with the poller, which costs nothing, until the head
of its request is whole; and requests whose body is still on its way have half of the threads at most, so pages keep
the rest.
"""

import re
import socket
import time
from collections import deque
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

HEAD = 10
"""Seconds for the head of a request."""
BODY = 180
"""Seconds for its body: the largest file at half a megabit a second."""
PAUSE = 15
"""Seconds without a byte of it."""
LARGEST_HEAD = 64 * 1024
GLANCE = 0.2
"""Seconds until a request that cannot begin yet is looked at again."""
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,12})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)


class PacedSocket:
    """The socket as the body is read from: with a pause or an end too late it is over."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock, self.until, self.is_over = sock, time.monotonic() + BODY, False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.sock, name)

    def recv(self, size: int) -> bytes:
        if self.is_over:
            return b""
        try:
            self.sock.settimeout(max(min(PAUSE, self.until - time.monotonic()), 0.001))
            return self.sock.recv(size)
        except TimeoutError:
            self.is_over = True
            raise
        finally:
            self.sock.settimeout(None)


class PatientWorker(ThreadWorker):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.waiting: deque[tuple[float, Any]] = deque()
        self.reading = 0

    def enqueue_req(self, conn: Any) -> None:
        """Called on the thread of the poller for every connection that is new, kept or woken."""
        there = b"" if conn.is_http2 or self._has_read_ahead(conn) else _lies_there(conn.sock)
        if there is None:
            self._wait_for_the_first_byte(conn)
        elif there and _END not in there and len(there) < LARGEST_HEAD:
            self._wait(conn, HEAD)
        elif there and _comes_later(there) and self.reading >= self.cfg.threads // 2:
            self._wait(conn, BODY)
        else:
            conn.is_reading = bool(there) and _comes_later(there)
            self.reading += conn.is_reading
            conn.waits, conn.data_ready = None, True
            super().enqueue_req(conn)

    def _has_read_ahead(self, conn: Any) -> bool:
        return conn.parser is not None and bool(conn.parser.unreader.buf.getvalue())

    def _wait_for_the_first_byte(self, conn: Any) -> None:
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + HEAD
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def _wait(self, conn: Any, patience: float) -> None:
        """By the clock: with something lying there the socket is always readable."""
        since, until = getattr(conn, "waits", None) or (patience, time.monotonic() + patience)
        if since != patience:  # its head has come meanwhile, and it waits for a thread now
            until = time.monotonic() + patience
        conn.waits = patience, until
        if until < time.monotonic():
            self.nr_conns -= 1
            conn.close()
        else:
            self.waiting.append((time.monotonic() + GLANCE, conn))

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        super().wait_for_and_dispatch_events(min(timeout, GLANCE) if self.waiting else timeout)
        now = time.monotonic()
        while self.waiting and self.waiting[0][0] <= now:
            self.enqueue_req(self.waiting.popleft()[1])

    def handle(self, conn: Any) -> Any:
        if not self.cfg.is_ssl:
            conn.init()
            if not conn.is_http2:
                conn.parser.unreader.sock = PacedSocket(conn.sock)
        return super().handle(conn)

    def finish_request(self, conn: Any, fs: Any) -> None:
        self.reading -= conn.is_reading
        conn.is_reading = False
        super().finish_request(conn, fs)


def _lies_there(sock: socket.socket) -> bytes | None:
    """What has arrived, left where it is; None when nothing has, empty when nothing will."""
    try:
        return sock.recv(LARGEST_HEAD, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return None
    except OSError:
        return b""


def _comes_later(there: bytes) -> bool:
    """Whether a part of the body has not arrived."""
    head, _end, body = there.partition(_END)
    found = _LENGTH.search(head + b"\r\n")
    return bool(_CHUNKED.search(head)) or (found is not None and int(found[1]) > len(body))
