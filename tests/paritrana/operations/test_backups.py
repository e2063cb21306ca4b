"""The drill: a portal is backed up, lost, restored elsewhere and proved; archives that are not right are refused."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from paritrana.operations import archive
from paritrana.operations.archive import BackupManifest, BadArchive
from paritrana.setup.testing import postgres

pytestmark = pytest.mark.program
ROOT = Path(__file__).resolve().parents[3]
AMBIENT = {name: text for name, text in os.environ.items() if name not in {"DJANGO_SETTINGS_MODULE", "DATABASE_URL"}}


@contextmanager
def databases(vendor, folder):
    """The addresses of two empty databases."""
    if vendor == "sqlite":
        yield None, None
        return
    with postgres.throwaway() as url:
        place = quote(postgres.folder_of(url), safe="")
        psql = [postgres.binaries() / "psql", "-h", postgres.folder_of(url), "-U", "postgres", "-c"]
        for name in ("one", "two"):
            subprocess.run([*psql, f"CREATE DATABASE {name}"], check=True, capture_output=True)
        yield f"postgresql://postgres@{place}/one", f"postgresql://postgres@{place}/two"


class Installed:
    """An installation of its own: a data folder and a database."""

    def __init__(self, folder, url):
        folder.mkdir(mode=0o700)
        self.folder, self.environment = folder, AMBIENT | {"PARITRANA_DATA": str(folder)}
        if url:
            self.environment["DATABASE_URL"] = url

    def run(self, *arguments, code=0, given=None):
        command = [sys.executable, "manage.py", *map(str, arguments)]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, input=given, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def python(self, lines):
        return self.run("shell", "-v", "0", "-c", lines).strip()


FILL = """
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from paritrana.accounts import trail
from paritrana.accounts.models import User
user = User.objects.create_superuser("admin@example.org", "x", name="Admin")
with transaction.atomic():
    trail.record(user, "account.change", user, before=1, after=2)
Session.objects.create(session_key="k" * 32, session_data="x", expire_date=timezone.now() + timezone.timedelta(days=1))
storages["evidence"].save("ab/abcdef", ContentFile(b"bukti"))
"""
LATER = """
from paritrana.accounts.models import User
User.objects.create_user("later@example.org", "x", name="Later")
"""
STATE = """
from django.contrib.sessions.models import Session
from django.core.files.storage import storages
from paritrana.accounts.models import AuditEvent, Installation, User
import json
print(json.dumps([
    sorted(User.objects.values_list("email", flat=True)), Session.objects.count(),
    storages["evidence"].open("ab/abcdef").read().decode(), str(Installation.objects.get()),
    list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)),
]))
"""


@pytest.mark.parametrize("vendor", [pytest.param("sqlite", marks=pytest.mark.complete), "postgresql"])
def test_a_portal_lost_with_its_disk_is_restored_elsewhere_and_proved(vendor, tmp_path):
    with databases(vendor, tmp_path) as (one, two):
        lost, fresh = Installed(tmp_path / "one", one), Installed(tmp_path / "two", two)
        lost.run("prepare", "--empty")
        lost.python(FILL)
        made = Path(lost.run("backup", "--folder", tmp_path / "backups").split()[-1])
        lost.python(LATER)
        before = json.loads(lost.python(STATE))
        shutil.copy(tmp_path / "one" / "trail-key", tmp_path / "two" / "trail-key")  # kept apart from the archive
        told = fresh.run("verify_backup", made, "--alone")

        fresh.run("restore", made)
        after = json.loads(fresh.python(STATE))

        assert "1 documents" in told
        assert (before[0], after[0]) == (["admin@example.org", "later@example.org"], ["admin@example.org"])
        assert (before[1], after[1], after[2]) == (1, 0, "bukti")
        assert (after[3] != before[3], after[4][-1]) == (True, "backup.restore")
        fresh.run("verify_trail")
        fresh.run("check_invariants")
        assert re.search("has accounts", fresh.run("restore", made, code=1))
        assert "is not what was put in" in fresh.run("verify_backup", altered(made), "--alone", code=1)
        fresh.run("restore", made, "--replace")


def altered(path):
    """The same archive with one byte of a document changed."""
    content = path.read_bytes()
    other = path.with_name("altered.tar")
    other.write_bytes(content.replace(b"bukti", b"bukto", 1))
    return other


def written(folder, change=lambda manifest: None, content=b"bukti"):
    """A small archive; its manifest is changed before it is written."""
    (folder / "file").write_bytes(content)
    path = folder / "paritrana-1.tar"
    manifest = BackupManifest("0.0.1", "sqlite", "id", "1:x", "now", [], {})
    with archive.written(path) as out, (folder / "file").open("rb") as file:
        out.add("evidence/ab/x", file, len(content))
        change(out.members)
        out.finish(manifest)
    return path


def first_fault(path):
    with archive.opened(path) as (tar, manifest):
        return next(archive.faults(tar, manifest), None)


def test_an_archive_is_whole_when_every_member_is_what_the_manifest_says(tmp_path):
    assert first_fault(written(tmp_path)) is None


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda members: members.clear(), "evidence/ab/x is in no manifest"),
        (lambda members: members.update({"evidence/ab/y": ["0", 1]}), "evidence/ab/y is missing"),
        (lambda members: members.update({"evidence/ab/x": ["0" * 64, 5]}), "evidence/ab/x is not what was put in"),
    ],
)
def test_what_is_missing_altered_or_too_much_is_named(tmp_path, change, fault):
    assert first_fault(written(tmp_path, change)) == fault


def test_an_archive_that_was_cut_or_never_finished_is_none(tmp_path):
    whole = written(tmp_path).read_bytes()
    cut = tmp_path / "cut.tar"
    cut.write_bytes(whole[:700])
    empty = tmp_path / "empty.tar"
    with tarfile.open(empty, "w"):
        pass

    for path in (cut, empty, tmp_path / "absent.tar"):
        with pytest.raises(BadArchive):
            first_fault(path)


def test_an_interrupted_backup_leaves_no_archive(tmp_path):
    with pytest.raises(OSError, match="full"), archive.written(tmp_path / "paritrana-1.tar"):
        raise OSError("disk full")

    assert list(tmp_path.iterdir()) == []
