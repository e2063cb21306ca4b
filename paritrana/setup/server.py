"""``manage.py start`` inside the complete environment: prepare, then serve with gunicorn in this same process.

Preparing and serving share one start of Django, and the servers and the worker beside them are forked from it: that
makes a second start fast.
"""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

# Many connections wait in the kernel's queue, not inside a worker until it runs out of files to open.
GUNICORN = {
    "worker_class": "paritrana.setup.patient_worker.PatientWorker",  # threads do not wait for slow clients
    "workers": 2,
    "threads": 8,
    "worker_connections": 1000,
    "limit_request_line": 4094,
    "limit_request_fields": 60,
    "limit_request_field_size": 8190,
    "timeout": 60,
    "graceful_timeout": 10,
    "loglevel": "warning",
    "control_socket_disable": True,
    "forwarder_headers": "",  # a visitor's header SCRIPT_NAME or PATH_INFO, passed on by a proxy, moves no address
}


def serve(port: int, *, empty: bool) -> None:
    """Never returns: the process ends with gunicorn, with code 0 after Ctrl-C or a termination signal."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paritrana.settings")
    if not os.environ.get("PARITRANA_URL"):
        os.environ["PARITRANA_URL"] = f"http://127.0.0.1:{port}"
    gc.disable()  # almost every object made during the start stays; collecting garbage would cost an eighth of it
    try:
        prepare(empty=empty)
        greeting = greet(port, empty=empty)
        application = quiet_application()
    except KeyboardInterrupt:
        sys.exit(130)
    gc.collect()
    gc.freeze()  # objects shared by the workers are exempt from their garbage collection, so their memory is not copied
    gc.enable()
    companion = begin_worker()
    _gunicorn(application, {**GUNICORN, "bind": f"127.0.0.1:{port}"}, greeting, companion).run()


def prepare(*, empty: bool) -> None:
    import django
    from django.core.management import CommandError, call_command

    django.setup()
    try:
        call_command("prepare", empty=empty)
    except CommandError as error:
        sys.exit(f"manage.py: {error}")


def greet(port: int, *, empty: bool) -> str:
    """Print the address and how to sign in."""
    from django.conf import settings
    from django.contrib.auth import get_user_model

    lines = ["", f"Paritrana is ready: {settings.PARITRANA_URL.rstrip('/')}/"]
    if settings.PARITRANA_URL.rstrip("/") != f"http://127.0.0.1:{port}":
        lines.append(f"Listening on 127.0.0.1:{port}; a proxy in front of it must answer for that address.")
    accounts = settings.DATA_DIR / "example-accounts.txt"
    if accounts.is_file() and not empty and get_user_model().objects.exists():
        lines += [f"Example accounts, kept in {accounts}:", "", accounts.read_text().strip(), ""]
    return "\n".join([*lines, "Ctrl-C stops it."])


def quiet_application() -> Callable[..., Any]:
    """The WSGI application, without an open database connection that forked workers would share."""
    from django.db import connections

    from paritrana.wsgi import application

    connections.close_all()
    return application


GRACE = 10.0
"""Seconds the worker has to finish its task; a task cut short is taken up again."""


def begin_worker() -> int:
    """Fork the worker beside the servers; it shares neither sockets nor connections with them. Its process id."""
    parent = os.getpid()
    child = os.fork()
    if child:
        return child
    from paritrana.queue import worker

    try:
        worker.work_always(parent=parent)
    except SystemExit:
        pass
    finally:
        os._exit(0)


def end_worker(child: int) -> None:
    """Let it finish its task; a second signal puts the task back, and a last one ends what does not listen."""
    urges = [threading.Timer(wait, _kill, (child, number)) for wait, number in _URGES]
    for urge in urges:
        urge.start()
    with suppress(ChildProcessError):  # gunicorn may have collected it
        os.waitpid(child, 0)
    for urge in urges:
        urge.cancel()


def _kill(child: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(child, number)


_URGES = [(0, signal.SIGTERM), (GRACE, signal.SIGTERM), (2 * GRACE, signal.SIGKILL)]


def _gunicorn(application: Callable[..., Any], options: dict[str, Any], greeting: str, companion: int) -> Any:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)
            self.cfg.set("when_ready", lambda arbiter: print(greeting, flush=True))
            self.cfg.set("on_exit", lambda arbiter: self.stop())

        def load(self) -> Callable[..., Any]:
            return application

        def stop(self) -> None:
            end_worker(companion)
            print("\nStopped.", flush=True)

    return Server()
