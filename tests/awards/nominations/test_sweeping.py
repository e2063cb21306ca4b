"""Sweeping evidence: only what no row points at, few at a time, never by a wrong database, never for good at once."""

import datetime
import os
import shutil
import time
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from awards.models import Evidence
from awards.nominations import evidence as actions
from paritrana.accounts import installation, own_files
from paritrana.accounts.models import Installation
from tests import builders as b
from tests.awards.nominations.test_evidence import upload
from tests.paritrana.uploads import papers

pytestmark = pytest.mark.usefixtures("data_folder")
WHOLE_SHARE = 19
"""Files with a row, so that one more without makes exactly five in a hundred."""


@pytest.fixture
def row(bali, jembrana, staff, regulation):
    nomination = b.nomination(bali, jembrana, by=staff)
    row = actions.attach(nomination, regulation, upload(), by=staff)
    age(storages["evidence"].path(row.key))
    return row


@pytest.fixture
def many(row):
    """As many more rows as the share asks for; they share one content."""
    for number in range(WHOLE_SHARE - 1):
        key = f"{number:02x}/known"
        storages["evidence"].save(key, storages["evidence"].open(row.key))
        Evidence.objects.create(**{name: getattr(row, name) for name in COPIED}, key=key)
    return row


COPIED = ["nomination", "criterion", "name", "kind", "size", "pages", "sha256", "uploaded_by"]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "evidence"


def age(path):
    os.utime(path, (time.time() - 90_000,) * 2)


def left(folder, key="ab/left", content=b"x"):
    path = folder / key
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(content)
    age(path)
    return path


def lying(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_without_being_asked_to_delete_it_shows_and_moves_nothing(many, folder, capsys):
    path = left(folder)

    call_command("sweep_evidence")

    said = capsys.readouterr().out
    assert path.exists()
    assert said.splitlines() == [
        "without a row: evidence/ab/left",
        "1 of 20 files have no row; --delete moves them to the trash.",
    ]


def test_files_without_a_row_go_to_the_trash_after_a_day_and_no_others(many, folder, data_folder):
    path, young = left(folder, content=b"content"), folder / "ab" / "new.part"
    young.write_bytes(b"x")

    call_command("sweep_evidence", delete=True)

    trashed = data_folder / "trash" / timezone.localdate().isoformat() / "evidence" / "ab" / "left"
    assert (path.exists(), young.exists(), trashed.read_bytes()) == (False, True, b"content")
    assert storages["evidence"].open(many.key).read() == papers.pdf(2)
    assert len(lying(folder)) == WHOLE_SHARE + 1


def test_more_than_five_in_a_hundred_are_moved_only_when_asked_for_by_name(many, folder):
    paths = [left(folder, f"ab/left{number}") for number in range(2)]

    with pytest.raises(CommandError, match="2 of 21 files .* --even-above-share"):
        call_command("sweep_evidence", delete=True)
    refused = [path.exists() for path in paths]
    call_command("sweep_evidence", delete=True, even_above_share=True)

    assert (refused, [path.exists() for path in paths]) == ([True, True], [False, False])


def test_a_database_without_evidence_moves_nothing_whatever_is_asked(folder):
    path = left(folder)

    with pytest.raises(CommandError, match="DATABASE_URL"):
        call_command("sweep_evidence", delete=True, even_above_share=True)

    assert path.exists()


@pytest.mark.parametrize("other", [None, uuid4()])
def test_the_database_of_another_installation_moves_nothing(many, folder, other):
    path = left(folder)
    Installation.objects.all().delete()
    if other:
        Installation.objects.create(pk=1, identity=other)

    with pytest.raises(CommandError, match="DATABASE_URL"):
        call_command("sweep_evidence", delete=True)

    assert path.exists()


def test_the_trash_is_emptied_after_thirty_days(many, data_folder):
    today = timezone.localdate()
    days = [today - datetime.timedelta(days=number) for number in (30, 31)]
    for day in days:
        left(data_folder / "trash" / day.isoformat() / "evidence")
    (data_folder / "trash" / "notes").mkdir()

    call_command("sweep_evidence", delete=True)

    found = sorted(path.name for path in (data_folder / "trash").iterdir())
    assert found == [days[0].isoformat(), "notes"]


def test_what_a_row_points_at_again_comes_back_even_when_its_day_is_over(many, folder, data_folder):
    path = Path(storages["evidence"].path(many.key))
    over = timezone.localdate() - datetime.timedelta(days=40)
    left(data_folder / "trash" / over.isoformat() / "evidence", many.key, papers.pdf(2))
    path.unlink()

    call_command("sweep_evidence", delete=True)

    assert storages["evidence"].open(many.key).read() == papers.pdf(2)
    assert lying(data_folder / "trash") == []


def test_documents_of_other_kinds_beside_the_evidence_are_left_alone(many, folder):
    path = left(folder, "sk/decree")

    call_command("sweep_evidence", delete=True)

    assert path.exists()


def test_a_database_that_names_documents_is_not_bound_to_a_folder_without(row, folder):
    shutil.rmtree(folder)
    Installation.objects.all().delete()
    own_files.path(own_files.IDENTITY).unlink()

    with pytest.raises(CommandError, match="names documents"):
        installation.demand_before_preparing()
