"""Logs, metrics and a collector of faults: what is recorded about requests and errors, and who is notified.

Nothing of it holds a secret or personal data: see ``discreet``. What is not configured is not imported.
"""

import logging
import os
import re
import time
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

AGAIN = 60.0
"""Seconds within which the same fault is one line instead of another traceback."""
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+")
_KEY = re.compile(r"[A-Za-z0-9_-]{20,}")
"""In an address a key opens a door; in a traceback it is the name of a function."""


def discreet(text: str) -> str:
    return _KEY.sub("…", _ADDRESS.sub("…", text))


class Discreet(logging.Filter):
    """Takes keys and e-mail addresses out of every line, and shows the same traceback once a minute."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: dict[tuple[str, str, int], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if not isinstance(record.msg, dict):  # those of structlog went through their own processors
            record.msg, record.args = discreet(record.getMessage()), ()
        if record.exc_info and record.exc_info[0]:
            record.exc_info = None if self._is_known(record.exc_info) else record.exc_info
            if record.exc_info is None:
                record.msg = f"{record.msg} (the same fault as before)"
            else:
                record.exc_text = _ADDRESS.sub("…", logging.Formatter().formatException(record.exc_info))
        return True

    def _is_known(self, fault: Any) -> bool:
        kind, _error, step = fault
        while step and step.tb_next:
            step = step.tb_next
        where = (kind.__name__, step.tb_frame.f_code.co_filename if step else "", step.tb_lineno if step else 0)
        before, self.shown[where] = self.shown.get(where, -AGAIN), time.monotonic()
        return time.monotonic() - before < AGAIN


def logging_config(*, as_json: bool) -> dict[str, Any]:
    handler: dict[str, Any] = {"class": "logging.StreamHandler", "filters": ["discreet"]}
    found: dict[str, Any] = {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"discreet": {"()": "paritrana.setup.monitoring.Discreet"}},
        "handlers": {"console": handler},
        "root": {"handlers": ["console"], "level": "WARNING"},
    }
    if as_json:
        handler["formatter"] = "json"
        found["formatters"] = {"json": _json_formatter()}
        found["loggers"] = {
            "django_structlog": {"level": "INFO"},
            "django.request": {"level": "CRITICAL"},  # the line above is about the same request
        }
    return found


def _json_formatter() -> dict[str, Any]:
    import structlog

    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        _without_people,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "processor": structlog.processors.JSONRenderer(),
        "foreign_pre_chain": shared,
    }


_KEPT = {"request_id", "timestamp", "logger", "level"}


def _without_people(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name in ("user_id", "ip", "user_agent"):
        event.pop(name, None)
    for name, value in event.items():
        if isinstance(value, str) and name not in _KEPT and not name.startswith("_"):
            event[name] = _ADDRESS.sub("…", value) if name == "exception" else discreet(value)
    return event


def watch(settings: dict[str, Any], *, metrics: bool, as_json: bool) -> None:
    """Add the apps and middleware of what is configured to the settings."""
    if as_json:
        settings["INSTALLED_APPS"].append("django_structlog")
        settings["MIDDLEWARE"].insert(0, "django_structlog.middlewares.RequestMiddleware")
        settings["DJANGO_STRUCTLOG_IP_LOGGING_ENABLED"] = False
        settings["DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL"] = logging.DEBUG  # one line a request: its answer
    if metrics:
        folder = Path(settings["DATA_DIR"]) / "metrics"  # where the processes of one server add up what they count
        folder.mkdir(mode=0o700, exist_ok=True)
        os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(folder))
        settings["INSTALLED_APPS"].append("django_prometheus")
        settings["MIDDLEWARE"].insert(0, "django_prometheus.middleware.PrometheusBeforeMiddleware")
        settings["MIDDLEWARE"].append("django_prometheus.middleware.PrometheusAfterMiddleware")


def collect_faults(dsn: str, release: str) -> None:
    """Send faults to the collector, without bodies, cookies, addresses of people, or keys in addresses."""
    import sentry_sdk

    def scrubbed(event: Any, _hint: Any) -> Any:
        event.pop("user", None)
        request = event.get("request", {})
        for name in ("data", "cookies", "headers", "env", "query_string"):
            request.pop(name, None)
        if "url" in request:
            request["url"] = discreet(request["url"])
        return event

    sentry_sdk.init(
        dsn=dsn,
        release=release,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        traces_sample_rate=0,
        before_send=scrubbed,
    )
