"""Reads and checks the environment variables before anything else is done; standard library only.

Unsafe or contradictory values are refused with a sentence that names the variable, the fault and what to do. No refusal
repeats a password.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import getaddresses
from ipaddress import ip_address
from pathlib import Path
from typing import NoReturn
from urllib.parse import SplitResult, quote, unquote, urlsplit

from paritrana.setup.bootstrap import ROOT, SetupRefused

NAMES = (
    *("PARITRANA_DATA", "PARITRANA_URL", "DATABASE_URL", "EMAIL_URL", "EMAIL_FROM", "PARITRANA_PROXIES"),
    *("PARITRANA_SECOND_FACTOR", "DEBUG"),
)
ROLES = frozenset(
    {"administrator", "provincial-committee", "national-committee", "chair", "secretary", "juror", "auditor"}
)
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
EXAMPLE = "https://paritrana.example"
CANNOT_BOOT = 3
"""Exit code: gunicorn treats it as a worker that cannot boot, and stops instead of restarting it."""

_DEFAULT_PORTS = {"http": 80, "https": 443, "smtp": 25, "smtp+tls": 587, "smtps": 465}
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


@dataclass(frozen=True)
class Address:
    """The address people type: in lower case, without a path and without the default port."""

    scheme: str
    host: str
    port: int | None

    @property
    def origin(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + (f":{self.port}" if self.port else "")

    @property
    def is_https(self) -> bool:
        return self.scheme == "https"

    @property
    def is_loopback(self) -> bool:
        return self.host in LOOPBACK


@dataclass(frozen=True)
class Mail:
    scheme: str
    host: str
    port: int
    user: str
    password: str


@dataclass(frozen=True)
class Environment:
    data: Path
    address: Address
    database: str
    mail: Mail | None
    sender: str
    proxies: int | None
    second_factor: frozenset[str]
    debug: bool


def read(given: Mapping[str, str]) -> Environment:
    """All settings, or SetupRefused; creates the data folder if it does not exist."""
    for name in NAMES:
        if name != "DEBUG" and given.get(name, "unset").strip() == "":
            raise SetupRefused(f"{name} is set but empty. Give it a value, or unset it to have the default.")
    data = data_folder(given.get("PARITRANA_DATA") or str(ROOT / "var"))
    address = address_of(given.get("PARITRANA_URL") or "http://127.0.0.1:8000")
    debug = debugging(given.get("DEBUG", ""), address)
    database = database_of(given.get("DATABASE_URL"), data, address)
    mail = mail_of(given["EMAIL_URL"]) if "EMAIL_URL" in given else None
    host = "localhost" if ":" in address.host else address.host
    sender = sender_of(given.get("EMAIL_FROM") or f"Paritrana <paritrana@{host}>")
    proxies = proxies_of(given["PARITRANA_PROXIES"].strip()) if "PARITRANA_PROXIES" in given else None
    second = second_factor_of(given.get("PARITRANA_SECOND_FACTOR"), address)
    return Environment(data, address, database, mail, sender, proxies, second, debug)


def second_factor_of(text: str | None, address: Address) -> frozenset[str]:
    """The roles that need a second factor; on an https address everybody but jurors unless it says otherwise."""
    if text is None:
        return ROLES - {"juror"} if address.is_https else frozenset()
    named = {each.strip() for each in text.split(",")}
    if named != {"nobody"} and not named <= ROLES:
        raise SetupRefused(
            f"PARITRANA_SECOND_FACTOR names no role: {', '.join(sorted(named - ROLES))}. "
            f"Write nobody, or any of {', '.join(sorted(ROLES))}, with commas between."
        )
    return frozenset(named - {"nobody"})


def proxies_of(text: str) -> int:
    """The number of trusted proxies before the portal."""
    if not (text.isascii() and text.isdigit()):
        raise SetupRefused(f"PARITRANA_PROXIES is the number of trusted proxies, 0 or more; not {text!r}.")
    return int(text)


@contextmanager
def refusals_end_the_process() -> Iterator[None]:
    """End with one sentence and an exit code instead of a traceback, whatever program loads the portal."""
    try:
        yield
    except SetupRefused as refusal:
        end(str(refusal))


def end(refusal: str) -> NoReturn:
    print(f"Paritrana does not start: {refusal}", file=sys.stderr, flush=True)
    raise SystemExit(CANNOT_BOOT) from None


def data_folder(text: str) -> Path:
    path = Path(text).expanduser()
    if not path.is_absolute():
        raise SetupRefused(
            f"PARITRANA_DATA is a relative path ({text}). Write it from the root, for example /srv/paritrana."
        )
    folder = path.resolve()
    if folder.is_relative_to(ROOT / "static"):
        raise SetupRefused(
            f"PARITRANA_DATA is {folder}, which everybody can download. Choose a folder outside static/."
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = folder.stat().st_mode
    except OSError as error:
        raise SetupRefused(
            f"cannot use the data folder {folder} ({error.strerror}). "
            "Set PARITRANA_DATA to a folder this account may write to."
        ) from None
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise SetupRefused(
            f"cannot write to the data folder {folder}. Set PARITRANA_DATA to a folder this account may write to."
        )
    if mode & 0o077:
        raise SetupRefused(
            f"PARITRANA_DATA is {folder}, which other accounts of this machine may enter (mode {mode & 0o777:o}). "
            f"Close it: chmod 700 {folder}"
        )
    return folder


def address_of(text: str) -> Address:
    if re.search(r"[\s,;*]", text):
        raise SetupRefused(_url("is not one address: it holds a space, a comma or a star", "Give the one people type"))
    if "://" not in text:
        raise SetupRefused(_url(f"has no scheme ({text})", "Write https:// before the name"))
    parts, port = _split("PARITRANA_URL", text, f"Write it like {EXAMPLE}.")
    scheme, host = parts.scheme, parts.hostname or ""
    if scheme not in {"http", "https"}:
        raise SetupRefused(_url(f"begins with {scheme}://", "Begin it with https://"))
    if "@" in parts.netloc:
        raise SetupRefused(_url("holds a user name", "Leave out everything up to the @"))
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise SetupRefused(_url("goes on after the host", "The portal has a host of its own: end it there"))
    _demand_host(host)
    if scheme == "http" and host not in LOOPBACK:
        raise SetupRefused(_url(f"is http on {host}, so that passwords travel in clear text", "Begin it with https://"))
    return Address(scheme, host, None if port == _DEFAULT_PORTS[scheme] else port)


def _url(fault: str, cure: str) -> str:
    return f"PARITRANA_URL {fault}. {cure}, for example {EXAMPLE}."


def _demand_host(host: str) -> None:
    if host in LOOPBACK:
        return
    if host.endswith("."):
        raise SetupRefused(_url("has a host that ends in a dot", "Leave the dot out"))
    if not host.isascii():
        raise SetupRefused(_url(f"has a host with letters beyond a to z ({host})", "Write it in its xn-- form"))
    if _is_ip(host):
        raise SetupRefused(_url(f"has a number for a host ({host})", "Passkeys and certificates need a name: give one"))
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in host.split(".")):
        raise SetupRefused(_url(f"has a host that is none ({host!r})", "Use letters, digits, hyphens and dots"))


def _is_ip(host: str) -> bool:
    """Also for notations of an IP address that only browsers know, such as 127.1 or 0x7f.1."""
    try:
        ip_address(host)
    except ValueError:
        return bool(_NUMBER.fullmatch(host.rpartition(".")[2]))
    return True


def debugging(text: str, address: Address) -> bool:
    if text not in {"", "0", "1"}:
        raise SetupRefused(
            f"DEBUG is {text!r}, which says neither yes nor no. Write DEBUG=1 while developing, else unset it."
        )
    if text == "1" and (address.is_https or not address.is_loopback):
        raise SetupRefused(
            f"DEBUG=1 shows every visitor of {address.origin} what is inside the portal. "
            "Unset DEBUG, or develop on http://127.0.0.1:8000."
        )
    return text == "1"


def database_of(text: str | None, data: Path, address: Address) -> str:
    own = f"sqlite:///{quote(str(data / 'paritrana.sqlite3'))}"
    if text is None:
        if address.is_https:
            raise SetupRefused(
                "PARITRANA_URL is https but DATABASE_URL is not set, which would mean an SQLite file. "
                f"Set DATABASE_URL=postgres://user:password@host/name; to use SQLite all the same: DATABASE_URL={own}"
            )
        return own
    cure = f"Write postgres://user:password@host/name, special characters percent-encoded, or {own}"
    if text == "sqlite://:memory:":
        raise SetupRefused(f"DATABASE_URL names a database in memory, which forgets everything. {cure}")
    parts, _port = _split("DATABASE_URL", text, cure)
    if parts.scheme == "sqlite":
        _demand_sqlite_file(parts, data, cure)
    elif parts.scheme not in {"postgres", "postgresql", "pgsql"}:
        raise SetupRefused(f"DATABASE_URL names neither PostgreSQL nor SQLite. {cure}")
    elif "/" in parts.path[1:] or not parts.path[1:] or parts.fragment:
        raise SetupRefused(f"DATABASE_URL does not name one database of the server. {cure}")
    return text


def _demand_sqlite_file(parts: SplitResult, data: Path, cure: str) -> None:
    file = Path(unquote(parts.path[1:]))
    if parts.netloc or parts.fragment or not file.is_absolute():
        raise SetupRefused(f"DATABASE_URL names no file from the root of this machine. {cure}")
    if not file.resolve().is_relative_to(data) or file.resolve() == data:
        raise SetupRefused(f"DATABASE_URL names an SQLite file outside the data folder {data}. {cure}")


def mail_of(text: str) -> Mail:
    cure = "Write smtp+tls://user:password@host (STARTTLS) or smtps://user:password@host, special characters encoded."
    parts, port = _split("EMAIL_URL", text, cure)
    if parts.scheme not in {"smtp", "smtp+tls", "smtps"}:
        raise SetupRefused(f"EMAIL_URL begins with neither smtp+tls://, smtps:// nor smtp://. {cure}")
    if not parts.hostname or parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise SetupRefused(f"EMAIL_URL is not a host alone: options after it would be ignored. {cure}")
    mail = Mail(
        parts.scheme,
        parts.hostname,
        port or _DEFAULT_PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )
    if bool(mail.user) != bool(mail.password):
        raise SetupRefused(f"EMAIL_URL has a user without a password or the other way round. {cure}")
    if mail.scheme == "smtp" and mail.password and mail.host not in LOOPBACK:
        raise SetupRefused(f"EMAIL_URL sends the password to {mail.host} in clear text. {cure}")
    return mail


def sender_of(text: str) -> str:
    found = getaddresses([text])
    local, _at, host = found[0][1].rpartition("@") if len(found) == 1 else ("", "", "")
    if re.search(r"[\r\n]", text) or not local or not host or re.search(r"[\s@]", local + host):
        raise SetupRefused(f"EMAIL_FROM is not one address ({text!r}). Write it like Paritrana <paritrana@example.org>")
    return text


def _split(name: str, text: str, cure: str) -> tuple[SplitResult, int | None]:
    """The parts of an address and its port; urlsplit itself would silently drop a tab or a line break."""
    if re.search(r"\s", text):
        raise SetupRefused(f"{name} holds a space or a line break. {cure}")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise SetupRefused(f"{name} cannot be understood. {cure}") from None
    if port == 0:
        raise SetupRefused(f"{name} has port 0. {cure}")
    return parts, port
