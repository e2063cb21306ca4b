"""What several servers share is read from the environment, and what is unsafe there is refused."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from paritrana.setup import services
from paritrana.setup.bootstrap import SetupRefused
from paritrana.setup.testing import postgres

ROOT = Path(__file__).resolve().parents[3]
SERVERS = 5


@pytest.mark.parametrize(
    "text",
    [
        "s3://key:secret@host/bucket",
        "https://host/bucket",
        "https://key:secret@host/",
        "https://key:secret@host/a/b",
        "http://key:secret@s3.example.org/bucket",
        "https://key:secret@host:port/bucket",
    ],
)
def test_an_address_that_names_no_private_bucket_is_refused(text):
    with pytest.raises(SetupRefused, match="STORAGE_URL"):
        services.storage_of(text)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY_FALLBACKS": "django-insecure-" + "x" * 60}, "SECRET_KEY"),
        ({"STORAGE_URL": " "}, "STORAGE_URL"),
        ({"METRICS_TOKEN": "abc"}, "METRICS_TOKEN"),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT"),
    ],
)
def test_a_setting_servers_share_is_refused_where_it_is_unsafe(tmp_path, given, name):
    with pytest.raises(SetupRefused, match=name):
        services.read(given, tmp_path)


def test_a_key_of_the_environment_needs_no_file_and_the_one_before_it_still_opens(tmp_path):
    old, new = "abcdefghij" * 6, "klmnopqrst" * 6

    read = services.read({"SECRET_KEY": new, "SECRET_KEY_FALLBACKS": old}, tmp_path)

    assert (read.secret_key, read.fallbacks, list(tmp_path.iterdir())) == (new, [old], [])


@pytest.mark.program
@pytest.mark.complete
def test_servers_that_start_at_once_prepare_an_empty_database_one_after_the_other(tmp_path):
    ambient = {name: text for name, text in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "manage.py", "prepare", "--empty", "--adopt-data-folder"]
    with postgres.throwaway() as url:
        begun = [
            subprocess.Popen(
                command,
                cwd=ROOT,
                env=ambient | {"DATABASE_URL": url, "PARITRANA_DATA": str(tmp_path / str(number))},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            for number in range(SERVERS)
        ]
        said = [process.communicate(timeout=300)[0] for process in begun]

    assert [process.returncode for process in begun] == [0] * SERVERS, said
    assert sum("Preparing the database" in each for each in said) == 1


@pytest.mark.program
def test_a_request_is_one_line_of_json_with_its_id_and_nobody(tmp_path):
    asks = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "Client(raise_request_exception=False).get('/-/live', HTTP_USER_AGENT='juri@contoh.example')\n"
        "Client().get('/undangan/' + 'k' * 43 + '/')\n"
    )
    told = {"DJANGO_SETTINGS_MODULE": "paritrana.settings", "LOG_FORMAT": "json", "PARITRANA_DATA": str(tmp_path)}
    ran = subprocess.run([sys.executable, "-c", asks], cwd=ROOT, env=os.environ | told, capture_output=True, text=True)

    lines = [json.loads(line) for line in ran.stderr.splitlines() if line.startswith("{")]

    assert [line["request"] for line in lines if "request" in line][0] == "GET /-/live"
    assert [line["event"] for line in lines if "request" in line] == ["request_finished"] * 2, ran.stderr
    assert len({line["request_id"] for line in lines}) == 2
    assert [word for word in ("juri@", "kkkk", "user_id", "127.0.0.1") if word in ran.stderr] == []
