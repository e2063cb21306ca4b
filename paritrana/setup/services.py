"""Reads the environment variables of what several servers share, and of what watches them; standard library only.

As in ``environment.py``, what is unsafe is refused with a sentence that names the variable and the cure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from paritrana.setup import secret
from paritrana.setup.bootstrap import SetupRefused
from paritrana.setup.environment import LOOPBACK

NAMES = (
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "TRAIL_KEY",
    "TRAIL_KEY_FALLBACKS",
    "STORAGE_URL",
    "METRICS_TOKEN",
    "SENTRY_DSN",
    "LOG_FORMAT",
    "BACKUP_FOLDER",
    "WEB_BIND",
    "WEB_WORKERS",
    "WEB_THREADS",
)


@dataclass(frozen=True)
class Services:
    secret_key: str
    fallbacks: list[str]
    trail_key: str
    trail_fallbacks: list[str]
    storage: dict[str, Any] | None
    """The options of the object store, or None where documents are files in the data folder."""
    metrics_token: str
    sentry_dsn: str
    logs_json: bool
    backups: Path


def read(given: Mapping[str, str], data: Path) -> Services:
    for name in NAMES:
        if given.get(name, "unset").strip() == "":
            raise SetupRefused(f"{name} is set but empty. Give it a value, or unset it.")
    own, fallbacks = _keys(given, "SECRET_KEY", data / "secret-key")
    # Who gives the one key to all servers by the environment may give the other as well, or lets it follow.
    of_trail = "TRAIL_KEY" if {"TRAIL_KEY", "SECRET_KEY"}.isdisjoint(given) or "TRAIL_KEY" in given else "SECRET_KEY"
    trail_key, trail_fallbacks = _keys(given, of_trail, data / "trail-key")
    return Services(
        secret_key=own,
        fallbacks=fallbacks,
        trail_key=trail_key,
        trail_fallbacks=trail_fallbacks,
        storage=storage_of(given["STORAGE_URL"]) if "STORAGE_URL" in given else None,
        metrics_token=token_of(given.get("METRICS_TOKEN", "")),
        sentry_dsn=given.get("SENTRY_DSN", ""),
        logs_json=logs_of(given.get("LOG_FORMAT", "text")) == "json",
        backups=Path(given.get("BACKUP_FOLDER") or data / "backups"),
    )


def _keys(given: Mapping[str, str], name: str, file: Path) -> tuple[str, list[str]]:
    """The key of this name, or of this file where none is given, and the earlier ones that are still believed."""
    key = secret.demand_strong(given[name], name) if name in given else secret.secret_key(file)
    return key, [secret.demand_strong(each, name) for each in given.get(f"{name}_FALLBACKS", "").split()]


def storage_of(text: str) -> dict[str, Any]:
    """``https://KEY:SECRET@host/bucket?region=...``: a private bucket of a store that speaks S3."""
    cure = "Write https://KEY:SECRET@host/bucket, special characters percent-encoded."
    try:
        parts = urlsplit(text)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise SetupRefused(f"STORAGE_URL cannot be understood. {cure}") from None
    host, bucket = parts.hostname or "", parts.path.strip("/")
    if re.search(r"\s", text) or parts.scheme not in {"https", "http"} or not host or not bucket or "/" in bucket:
        raise SetupRefused(f"STORAGE_URL does not name one bucket of a store. {cure}")
    if not parts.username or not parts.password:
        raise SetupRefused(f"STORAGE_URL has no key or no secret. {cure}")
    if parts.scheme == "http" and host not in LOOPBACK and "." in host:
        raise SetupRefused(f"STORAGE_URL is http on {host}, so that documents travel in clear text. {cure}")
    return {
        "endpoint_url": f"{parts.scheme}://{host}{port}",
        "bucket_name": bucket,
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "region_name": parse_qs(parts.query).get("region", ["us-east-1"])[0],
        "file_overwrite": False,
    }


def token_of(text: str) -> str:
    if text and len(text) < 20:
        raise SetupRefused("METRICS_TOKEN can be guessed: give it 20 characters or more.")
    return text


def logs_of(text: str) -> str:
    if text not in {"text", "json"}:
        raise SetupRefused(f"LOG_FORMAT is {text!r}. Write text, or json for one JSON object a line.")
    return text
