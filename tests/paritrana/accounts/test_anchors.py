"""A trail that was rewritten from its first event on is found without anybody who remembers what it was."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from awards.letters import outbox
from awards.letters.anchors import BACKUP
from awards.models import Letter
from paritrana.accounts import anchors, installation, own_files, trail
from paritrana.accounts.models import Installation, SignedHead, TrailHead
from paritrana.operations import archive
from paritrana.operations.archive import BackupManifest
from tests import builders
from tests.happening import happen
from tests.rewriting import rewrite

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db):
    return builders.person()


def verified():
    """What ``verify_trail`` says: the fault, or an empty text."""
    try:
        call_command("verify_trail", verbosity=0)
    except CommandError as fault:
        return str(fault)
    return ""


@pytest.fixture
def signed(person, data_folder, django_capture_on_commit_callbacks):
    """Four events, verified, so that the data folder says how far."""
    happen(person, 4)
    with django_capture_on_commit_callbacks(execute=True):
        assert verified() == ""
    return str(trail.head())


def test_how_far_was_signed_is_written_beside_the_documents(signed):
    assert own_files.read(own_files.HEAD) == f"{signed}\n"
    assert signed.startswith("4:")


def test_a_trail_rewritten_with_every_signature_taken_away_is_found(signed):
    rewrite(without=2)

    told = f"the trail was signed as {signed}, by the file {own_files.HEAD}: its database no longer says so"
    assert verified() == told
    assert next(trail.recent_faults(), None) is not None
    assert not SignedHead.objects.exists()  # nobody signs what was rewritten


def test_a_trail_put_back_to_what_was_signed_earlier_is_found(signed, person, django_capture_on_commit_callbacks):
    row, head = SignedHead.objects.values().get(), TrailHead.objects.get()
    happen(person, 4)
    with django_capture_on_commit_callbacks(execute=True):
        trail.verify()
    later = str(trail.head())
    SignedHead.objects.update(**row)

    assert (head.sequence, later.split(":")[0]) == (4, "8")
    assert f"was signed as {later}" in verified()


def test_another_past_under_the_same_number_is_found(signed, person, django_capture_on_commit_callbacks):
    other = f"4:{'ab' * 32}"
    own_files.write(own_files.HEAD, other)

    assert verified() == f"the trail was rewritten: it no longer contains {other} (the file {own_files.HEAD})"


def test_a_file_that_is_no_head_is_told(signed):
    own_files.write(own_files.HEAD, "nonsense")

    assert "was signed as nonsense" in verified()


def test_whoever_has_looked_into_it_may_go_on(signed, django_capture_on_commit_callbacks):
    SignedHead.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("verify_trail", accept="the table was lost", verbosity=0)

    assert verified() == ""
    assert own_files.read(own_files.HEAD).startswith("5:")


def test_the_folder_of_another_database_says_nothing_about_this_one(signed):
    Installation.objects.update(identity="00000000-0000-0000-0000-000000000001")
    installation.bind()

    assert own_files.read(own_files.HEAD) is None


def test_what_was_rewritten_is_found_by_the_letter_of_a_backup(person):
    happen(person, 4)
    trail.verify()
    head = trail.head()
    outbox.note(person, f"{BACKUP}1", "Cadangan", f"Kepala jejak: {head}\n")
    rewrite(without=4)
    happen(person, 1)

    assert verified() == f"the trail was rewritten: it no longer contains {head} (letter {Letter.objects.get().pk})"


def manifest(folder, head, identity=None):
    own = str(identity or Installation.objects.get())
    with archive.written(folder / f"paritrana-{head.partition(':')[0]}.tar") as out:
        out.add("database", io.BytesIO(b"x"), 1)
        out.finish(BackupManifest("1", "sqlite", own, head, "2026-01-01", [], {}))


@pytest.fixture
def backups(settings, tmp_path, data_folder):
    settings.BACKUP_FOLDER = tmp_path
    return tmp_path


def test_what_was_rewritten_is_found_by_the_archives_there_are(person, backups):
    happen(person, 4)
    trail.verify()
    head = str(trail.head())
    manifest(backups, head)
    before = verified()
    (backups / "paritrana-broken.tar").write_bytes(b"nothing to read")
    rewrite(without=1)
    happen(person, 3)

    assert before == ""
    assert verified() == f"the trail was rewritten: it no longer contains {head} (archive paritrana-4.tar)"


def test_archives_of_a_past_that_was_given_up_say_nothing(person, backups):
    """After a restoration the events that came later are gone, and archives of them may still lie there."""
    happen(person, 4)
    trail.verify()
    old, head = str(Installation.objects.get()), str(trail.head())
    manifest(backups, head, old)
    manifest(backups, f"9:{'c' * 64}", old)
    manifest(backups, f"2:{'d' * 64}", "00000000-0000-0000-0000-000000000002")
    Installation.objects.update(identity="00000000-0000-0000-0000-000000000001")
    with transaction.atomic():
        trail.record(None, "backup.restore", Installation.objects.get(), installation=old, head=head)
    whole = verified()
    manifest(backups, f"3:{'e' * 64}", old)

    assert whole == ""
    assert "no longer contains 3:eeee" in verified()


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("{head}", True),
        ("jejak {short} pada halaman 1", True),
        ("0:" + "0" * 64, True),
        ("{head} 3:" + "0" * 64, False),
        ("9:" + "0" * 64, False),
        ("", False),
        ("nonsense", False),
    ],
)
def test_a_text_is_held_where_the_chain_has_every_end_in_it(person, text, held):
    happen(person, 4)
    trail.verify()
    head = str(trail.head())

    assert anchors.holds(text.format(head=head, short=head[:14])) is held


def test_many_ends_are_compared_in_few_questions(person, django_assert_max_num_queries, monkeypatch):
    happen(person, 4)
    trail.verify()
    monkeypatch.setattr(anchors, "_sources", [lambda: [("here", f"{number}:{'f' * 12}") for number in range(1, 1200)]])

    with django_assert_max_num_queries(3):
        found = list(anchors.faults())

    assert len(found) == 1199
