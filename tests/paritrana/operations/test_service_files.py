"""The files for systemd and Caddy are read by systemd and Caddy themselves; nginx is started in ``test_stack``."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core import management

FILES = Path(__file__).resolve().parents[3] / "docs" / "operations"
UNITS = sorted([*FILES.glob("*.service"), *FILES.glob("*.timer")])
pytestmark = pytest.mark.program


def run(*command: str) -> str:
    """What the program complains about; empty when it accepts the file."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.stderr.strip() if done.returncode or "warn" in done.stderr.lower() else ""


@pytest.fixture
def installed(tmp_path):
    """The units as they would lie in /etc/systemd/system; the programs they start are not in /opt here."""
    for unit in UNITS:
        name = unit.name.replace("@.", "@1.")
        text = unit.read_text()
        for program in ("python", "gunicorn"):
            text = text.replace(f"/opt/paritrana/.venv/bin/{program}", sys.executable)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_accepts_every_unit(installed):
    complaints = {path.name: run("systemd-analyze", "verify", str(path)) for path in sorted(installed.iterdir())}

    assert len(complaints) == len(UNITS) == 4
    assert {name: text for name, text in complaints.items() if text} == {}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_a_unit_with_a_wrong_word_is_noticed(installed):
    unit = installed / "paritrana@1.service"
    unit.write_text(unit.read_text().replace("Restart=always", "Restart=sometimes"))

    assert (
        "sometimes"
        in subprocess.run(
            ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, timeout=60, check=False
        ).stderr
    )


@pytest.mark.skipif(not shutil.which("caddy"), reason="needs caddy: sudo apt-get install -y caddy")
def test_caddy_accepts_its_file():
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(FILES / "Caddyfile")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 0, done.stderr


def test_the_settings_of_all_say_nothing_that_a_unit_says_for_each():
    """systemd lets a file of settings win over the unit that reads it."""
    given = {line.partition("=")[0] for line in (FILES / "paritrana.env").read_text().splitlines() if "=" in line}
    lines = "\n".join(unit.read_text() for unit in UNITS)
    own = {each.partition("=")[0] for each in re.findall("^Environment=(.*)$", lines, re.MULTILINE)}

    assert "WEB_BIND" not in given and given & own == set()


def test_a_shell_reads_the_settings_as_systemd_does():
    told = subprocess.run(
        ["sh", "-ec", f". {FILES / 'paritrana.env'}; echo $EMAIL_FROM"], capture_output=True, text=True, check=False
    )

    assert (told.returncode, told.stdout, told.stderr) == (0, "paritrana@example.org\n", "")


def test_the_image_has_client_programs_as_new_as_the_database_of_the_stack():
    image = re.search(r"^FROM .*-(\w+)$", (FILES / "Containerfile").read_text(), re.MULTILINE).group(1)
    server = re.search(r"image: docker.io/library/postgres:(\d+)", (FILES / "compose.yaml").read_text()).group(1)

    assert int(server) <= {"bookworm": 15, "trixie": 17}[image]


def test_no_data_and_no_keys_get_into_the_image():
    ignored = (FILES.parents[1] / ".dockerignore").read_text().split()

    assert {".git", ".venv", "var", "docs/operations/*.env"} <= set(ignored)


def commands_in(text):
    """What follows ``manage.py``, written for systemd or as a list."""
    for line in re.findall(r"manage\.py\W+([^\]\n`]+)", text):
        name, *options = re.findall(r"[\w-]+", line)
        yield name, options


@pytest.mark.parametrize("name", ["compose.yaml", "kubernetes.yaml", "paritrana-worker@.service"])
def test_every_command_of_the_files_is_one_of_the_portal_with_its_options(name):
    found = list(commands_in((FILES / name).read_text()))

    for command, options in found:
        management.load_command_class(management.get_commands()[command], command).create_parser(
            "manage.py", command
        ).parse_args(options)
    assert ("worker", []) in found


def test_both_proxies_say_the_same():
    caddy, nginx = (FILES / "Caddyfile").read_text(), (FILES / "nginx.conf").read_text()

    assert "max_size 12MB" in caddy and "client_max_body_size 12m" in nginx
    for text in (caddy, nginx):
        assert "/-/metrics" in text and "X-Forwarded-For" in text
