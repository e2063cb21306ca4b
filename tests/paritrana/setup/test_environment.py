"""Unsafe and contradictory configurations are refused, each with a sentence that names the variable."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from paritrana.setup import environment
from paritrana.setup.bootstrap import SetupRefused
from paritrana.setup.secret import secret_key

ROOT = Path(__file__).resolve().parents[3]
REAL = {"PARITRANA_URL": "https://paritrana.example", "DATABASE_URL": "postgres://user:word@host/name"}

UNSAFE_ADDRESSES = [
    *["paritrana.example", "paritrana.example:8000", "//paritrana.example", "https:/paritrana.example", "https://"],
    *["http://paritrana.example", "http://192.168.1.5:8000", "http://0.0.0.0:8000", "http://localhost.evil.example"],
    *["ftp://paritrana.example", "https://*", "https://*.example", "https://.example", "https://paritrana.example."],
    *["https://paritrana.example/portal", "https://paritrana.example?a=b", "https://paritrana.example#a"],
    *[
        "https://user:secret-word@paritrana.example",
        "https://a.example,https://b.example",
        "https://a.example b.example",
    ],
    *[" https://paritrana.example", "https://paritrana.example\n", "https://paritrana.example:0"],
    *["https://paritrana.example:99999", "https://paritrana.example:x", "https://[::1", "https://[fe80::1]"],
    *["https://103.10.10.5", "https://127.1", "https://0x7f.1", "https://2130706433", "https://pari_trana.example"],
    *["https://-a.example", "https://a..example", "https://paritraná.example", "https://a.example\\b", ""],
]
UNSAFE_DATABASES = [
    *["", " ", "paritrana.sqlite3", "mysql://user:secret-word@host/name", "postgres://user:secret/word@host/name"],
    *[
        "postgres://user:secret#word@host/name",
        "postgres://user@host",
        "postgres://user@host/",
        "postgres://host:x/name",
    ],
    *["postgres://user@[host/name", '"postgres://user@host/name"', "postgres://user@host/name ", "postgres://u@h/a/b"],
    *["sqlite://", "sqlite://:memory:", "sqlite:///", "sqlite:///relative.sqlite3", "sqlite:////elsewhere/a.sqlite3"],
]
UNSAFE_MAIL = [
    *["", "mail.example", "imap://mail.example", "smtp://", "smtp+tls://user:secret-word@", "smtps://mail.example:x"],
    *["smtp://user:secret-word@mail.example", "smtp+tls://mail.example/?verify=no", "smtp+tls://user@mail.example"],
    *["smtp+tls://user:secret/word@mail.example", "smtp+tls://:secret-word@mail.example", "smtps://mail.example:0"],
]
UNSAFE_SENDERS = ["", "paritrana", "@example.org", "a@", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example"]
UNSAFE_DEBUG = ["true", "yes", "no", "2", " 1"]

REFUSED = [
    *[("PARITRANA_URL", {"PARITRANA_URL": text}) for text in UNSAFE_ADDRESSES],
    *[("DATABASE_URL", {"DATABASE_URL": text}) for text in UNSAFE_DATABASES],
    *[("EMAIL_URL", {"EMAIL_URL": text}) for text in UNSAFE_MAIL],
    *[("EMAIL_FROM", {"EMAIL_FROM": text}) for text in UNSAFE_SENDERS],
    *[("DEBUG", {"DEBUG": text}) for text in UNSAFE_DEBUG],
    ("DEBUG", {**REAL, "DEBUG": "1"}),
    ("DEBUG", {**REAL, "PARITRANA_URL": "https://localhost", "DEBUG": "1"}),
    ("DATABASE_URL", {"PARITRANA_URL": "https://paritrana.example"}),
    ("PARITRANA_DATA", {"PARITRANA_DATA": ""}),
    ("PARITRANA_DATA", {"PARITRANA_DATA": "relative"}),
    ("PARITRANA_DATA", {"PARITRANA_DATA": str(ROOT / "static" / "data")}),
]


def read(folder: Path, given: dict[str, str]) -> environment.Environment:
    return environment.read({"PARITRANA_DATA": str(folder), **given})


@pytest.mark.parametrize(("name", "given"), REFUSED)
def test_an_unsafe_variable_is_refused_by_its_name_and_without_its_password(tmp_path, name, given):
    with pytest.raises(SetupRefused) as refusal:
        read(tmp_path, given)

    assert name in str(refusal.value)
    assert "secret" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost:9/", "http://localhost:9"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_own_machine_is_reached_without_https(tmp_path, text, origin):
    assert read(tmp_path, {"PARITRANA_URL": text, "DEBUG": "1"}).address.origin == origin


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("HTTPS://Paritrana.Example/", "https://paritrana.example"),
        ("https://paritrana.example:443", "https://paritrana.example"),
        ("https://paritrana.example:8443", "https://paritrana.example:8443"),
        ("https://xn--paritran-8ta.example", "https://xn--paritran-8ta.example"),
        ("https://paritrana", "https://paritrana"),
    ],
)
def test_an_address_is_used_as_browsers_write_it(tmp_path, text, origin):
    assert read(tmp_path, {**REAL, "PARITRANA_URL": text}).address.origin == origin


def test_https_uses_sqlite_when_it_is_asked_for_by_name(tmp_path):
    named = f"sqlite:///{tmp_path}/paritrana.sqlite3"

    assert read(tmp_path, {**REAL, "DATABASE_URL": named}).database == named


def test_without_a_variable_the_defaults_are_safe_on_the_own_machine(tmp_path):
    found = read(tmp_path, {})

    assert (found.address.origin, found.debug, found.mail) == ("http://127.0.0.1:8000", False, None)
    assert found.database == f"sqlite:///{tmp_path}/paritrana.sqlite3"
    assert found.sender == "Paritrana <paritrana@127.0.0.1>"


@pytest.mark.parametrize(
    ("text", "mail"),
    [
        ("smtp+tls://user:p%40ss@mail.example", ("smtp+tls", "mail.example", 587, "user", "p@ss")),
        ("smtps://user:word@mail.example:1465", ("smtps", "mail.example", 1465, "user", "word")),
        ("smtp://relay.example", ("smtp", "relay.example", 25, "", "")),
        ("smtp://user:word@127.0.0.1", ("smtp", "127.0.0.1", 25, "user", "word")),
    ],
)
def test_a_mail_password_travels_over_tls_or_stays_on_the_machine(tmp_path, text, mail):
    assert read(tmp_path, {"EMAIL_URL": text}).mail == environment.Mail(*mail)


@pytest.mark.parametrize("mode", [0o755, 0o750, 0o701, 0o777])
def test_a_data_folder_others_may_enter_is_refused_with_the_command_that_closes_it(tmp_path, mode):
    tmp_path.chmod(mode)

    with pytest.raises(SetupRefused, match=f"chmod 700 {tmp_path}"):
        read(tmp_path, {})


def test_a_data_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").touch()

    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(SetupRefused, match="PARITRANA_DATA"):
            read(folder, {})


def test_a_data_folder_with_special_characters_holds_its_own_database(tmp_path):
    folder = tmp_path / "a#b?c%20d e"

    given = {"PARITRANA_DATA": str(folder)}
    printed = settings_say("DATABASES['default']['NAME']", given)

    assert printed.stdout.strip() == str(folder / "paritrana.sqlite3"), printed.stderr


def empty(path: Path) -> None:
    path.write_text("")
    path.chmod(0o600)


def short(path: Path) -> None:
    path.write_text("abc\n")
    path.chmod(0o600)


def monotonous(path: Path) -> None:
    path.write_text("a" * 86)
    path.chmod(0o600)


def readable_by_others(path: Path) -> None:
    secret_key(path)
    path.chmod(0o644)


def linked(path: Path) -> None:
    secret_key(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


def dangling(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def binary(path: Path) -> None:
    path.write_bytes(b"\xff" * 86)
    path.chmod(0o600)


@pytest.mark.parametrize("fault", [empty, short, monotonous, readable_by_others, linked, dangling, binary, Path.mkdir])
def test_a_secret_key_that_protects_nothing_is_refused(tmp_path, fault):
    fault(tmp_path / "secret-key")

    with pytest.raises(SetupRefused, match=str(tmp_path / "secret-key")):
        secret_key(tmp_path / "secret-key")


def test_a_secret_key_is_made_once_and_for_its_owner_only(tmp_path):
    made = secret_key(tmp_path / "secret-key")

    assert secret_key(tmp_path / "secret-key") == made
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def ambient(given: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in os.environ.items() if name not in environment.NAMES} | given


def settings_say(expression: str, given: dict[str, str]) -> subprocess.CompletedProcess[str]:
    code = f"from paritrana import settings; print(settings.{expression})"
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=ambient(given), capture_output=True, text=True)


WAYS_TO_START = [
    ["manage.py", "start", "--port", "1"],
    ["manage.py", "prepare"],
    ["manage.py", "check"],
    ["-m", "django", "check"],
    ["-c", "import paritrana.wsgi"],
    ["-m", "gunicorn", "--workers", "1", "--bind", "127.0.0.1:0", "--no-control-socket", "paritrana.wsgi"],
]


@pytest.mark.program
@pytest.mark.parametrize("way", WAYS_TO_START, ids=lambda way: " ".join(way[:2]))
def test_every_way_to_start_ends_with_one_sentence(tmp_path, way):
    given = {"PARITRANA_DATA": str(tmp_path), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "paritrana.settings"}

    done = subprocess.run(
        [sys.executable, *way], cwd=ROOT, env=ambient(given), capture_output=True, text=True, timeout=60
    )

    assert done.returncode != 0
    assert "DATABASE_URL is set but empty" in done.stderr
    assert "Traceback" not in done.stderr
