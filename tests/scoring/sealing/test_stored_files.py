"""A stored file that is missing or is not what was stored is named by the checks, and handed out by no page."""

from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from awards.gravity import Gravity
from awards.management.commands import verify_evidence
from awards.models import Evidence
from paritrana.accounts.models import AuditEvent
from paritrana.uploads import stored_files
from scoring.models import Panel
from scoring.panel.seats import attach_decree
from scoring.sealing import review
from scoring.sealing.invariants import broken
from tests import builders
from tests.paritrana.uploads import papers
from tests.scoring.bench import bench

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """A picture attached to a nomination on the interview list, and the document of a decree."""
    made = bench("verifikasi")
    builders.evidence(made.nominations[0], made.marked[0])
    document = SimpleUploadedFile("SK.pdf", papers.pdf())
    attach_decree(made.selection, document, by=builders.committee(made.selection))
    return made


def path_of(key: str) -> Path:
    return Path(storages["evidence"].path(key))


def keys() -> dict[str, str]:
    return {"evidence": Evidence.objects.get().key, "decree": Panel.objects.get().decree_key}


def lose(key: str) -> None:
    path_of(key).unlink()


def alter(key: str) -> None:
    """One byte, and the size stays."""
    content = path_of(key).read_bytes()
    path_of(key).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


def lengthen(key: str) -> None:
    path_of(key).write_bytes(path_of(key).read_bytes() + b" ")


def verified(capsys, *arguments: str) -> tuple[int, str]:
    """Exit code and what was written."""
    try:
        call_command("verify_evidence", *arguments)
    except CommandError as refusal:
        return refusal.returncode, capsys.readouterr().out
    return 0, capsys.readouterr().out


DAMAGES = [(lose, "missing"), (alter, "altered"), (lengthen, "altered")]


@pytest.mark.parametrize("of", ["evidence", "decree"])
@pytest.mark.parametrize(("damage", "fault"), DAMAGES)
def test_a_file_that_is_not_what_was_stored_is_named(made, capsys, of, damage, fault):
    before, _told = verified(capsys)
    damage(keys()[of])

    code, told = verified(capsys)

    (line,) = told.splitlines()
    assert (before, code, line.startswith(f"{fault}: {made.selection.slug}")) == (0, 1, True)
    assert keys()[of] in line


def test_a_file_without_a_row_is_named_and_breaks_nothing(made, capsys):
    path_of("zz").mkdir()
    path_of("zz/sisa").write_bytes(b"x")

    code, told = verified(capsys)

    assert (code, "zz/sisa" in told) == (0, True)


def test_only_the_files_of_one_selection_are_read(made, capsys):
    other = builders.selection(at=builders.province("63", "Kalimantan Selatan"))
    lose(keys()["evidence"])

    codes = [verified(capsys, "--selection", slug)[0] for slug in (other.slug, made.selection.slug)]

    assert codes == [0, 1]
    with pytest.raises(CommandError):
        call_command("verify_evidence", "--selection", "tidak-ada")


def test_a_file_two_rows_share_is_wrong_for_both(made, capsys):
    row = Evidence.objects.get()
    row.pk = None
    row.save()
    alter(row.key)

    code, told = verified(capsys)

    assert (code, len(told.splitlines())) == (1, 2)


def test_a_key_that_leads_out_of_the_storage_is_not_followed(made, capsys):
    Evidence.objects.update(key="../../rahasia")

    code, told = verified(capsys)

    assert (code, told.splitlines()[0].startswith("unreadable: ")) == (1, True)


def test_a_long_run_tells_how_far_it_is(made, capsys, monkeypatch):
    monkeypatch.setattr(verify_evidence, "STEP", 1)

    call_command("verify_evidence")

    assert len(capsys.readouterr().err.splitlines()) == 2


def test_a_large_file_is_read_a_chunk_at_a_time(made, capsys, monkeypatch):
    monkeypatch.setattr(stored_files, "CHUNK", 7)

    assert verified(capsys)[0] == 0


SEEN = [("evidence", lose, True), ("evidence", lengthen, True), ("evidence", alter, False), ("decree", lose, True)]


@pytest.mark.parametrize(("of", "damage", "found"), SEEN)
def test_the_checks_name_what_is_missing_or_of_another_size_without_reading(made, of, damage, found):
    damage(keys()[of])

    told = [one.what for one in broken() if one.code == "files"]

    assert [keys()[of] in line for line in told] == [True] * found


def test_the_review_before_the_seal_confirms_what_is_missing(made):
    lose(keys()["evidence"])

    remarks = {one.code: one for one in review.review(made.selection).remarks}

    assert remarks["files-missing"].gravity == Gravity.NOTE
    assert [str(made.nominations[0]) in str(item) for item in remarks["files-missing"].items] == [True]


@pytest.mark.parametrize(("damage", "fault"), DAMAGES)
def test_evidence_that_is_not_what_was_attached_is_not_handed_out(client, made, damage, fault):
    row = Evidence.objects.get()
    client.force_login(builders.committee(made.selection))
    address = reverse("evidence-download", args=[row.pk])
    before = b"".join(client.post(address).streaming_content)
    damage(row.key)

    after = client.post(address)

    assert before == builders.PIXEL
    assert (after.status_code, f'data-damaged="{fault}"' in after.content.decode()) == (503, True)
    assert AuditEvent.objects.filter(verb="evidence.download").count() == 1


@pytest.mark.parametrize(("damage", "fault"), DAMAGES)
def test_evidence_that_is_not_what_was_attached_is_not_shown(client, made, damage, fault):
    row = Evidence.objects.get()
    client.force_login(builders.committee(made.selection))
    damage(row.key)

    page = client.get(reverse("evidence", args=[row.pk]))
    picture = client.get(reverse("evidence-picture", args=[row.pk, 1]))

    assert (page.status_code, picture.status_code) == (200, 503)
    told = page.content.decode()
    assert (f'data-damaged="{fault}"' in told, "evidence-picture" in told, "/unduh/" in told) == (True, False, False)


@pytest.mark.parametrize(("damage", "fault"), DAMAGES)
def test_the_document_of_a_decree_that_is_not_what_was_attached_is_not_handed_out(client, made, damage, fault):
    damage(keys()["decree"])
    client.force_login(builders.committee(made.selection))

    answer = client.get(reverse("panel-decree-file", args=[made.selection.slug]))

    assert (answer.status_code, f'data-damaged="{fault}"' in answer.content.decode()) == (503, True)
