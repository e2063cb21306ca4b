"""What must always hold is checked by one table; each line of it finds the row that does not, and only then."""

from contextlib import contextmanager
from hashlib import sha256

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection

from awards.models import Appointment, Criterion, Nomination, Rubric, Selection
from paritrana import triggers
from paritrana.accounts.models import AuditEvent, User
from regions.models import Coverage
from scoring.models import Conflict, Document, Mark, ScoreSheet, Seal, SealRequest, Standing
from scoring.sealing.invariants import INVARIANTS, broken
from tests import builders
from tests.once import made_once
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


def build():
    """Sealed, with a coverage figure behind it."""
    made = plenary.plenary()
    signed = {"verified_at": plenary.NOW, "verified_by": builders.person()}
    builders.coverage(made.nominations[0].candidate.region, 2023, **signed)
    plenary.sealed(made)
    return made


built, made = made_once(build)


def only(model, **change):
    """Change one row, whatever it is."""
    return lambda made: model.objects.filter(pk=model.objects.order_by("pk").first().pk).update(**change)


def keep_out(made):
    seat = made.seats[0]
    Conflict.objects.create(
        seat=seat, nomination=made.nominations[0], kind="recusal", reason="Adik", declared_by=seat.user
    )


def another_number(made):
    Seal.objects.update(number=2)


def of_another_panel(made):
    other = builders.selection("wawancara", at=builders.province("63", "Kalimantan Selatan"))
    Appointment.objects.filter(pk=made.seats[0].appointment_id).update(selection=other)


@contextmanager
def without(constraint: str, table: str):
    """One of the table's own constraints out of the way."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            yield
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
        else:
            connection.check_constraints()
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
            yield


def beyond(made):
    mark = Mark.objects.order_by("pk").first()
    with without("mark_in_range", "scoring_mark"):
        Mark.objects.filter(pk=mark.pk).update(value=10_001)
        mark.versions.update(value=10_001)


def without_its_file(made):
    storages["evidence"].delete(builders.evidence(made.nominations[0], made.marked[0]).key)


def of_other_bytes(made):
    Document.objects.create(
        seal=made.selection.seal, kind="minutes", code="ABCD", content=b"isi lain", sha256=sha256(b"isi").hexdigest()
    )


def one_for_two(made):
    with without("sealrequest_by_two_people", "scoring_sealrequest"):
        SealRequest.objects.update(ended_by=SealRequest.objects.get().asked_by)


def of_one_line(made):
    request = SealRequest.objects.get()
    User.objects.filter(pk=request.ended_by_id).update(brought_by=request.asked_by)


BREAKING = {
    "guards": None,
    "trail": only(AuditEvent, verb="lain"),
    "stage-and-seal": only(Selection, stage="pleno"),
    "seal-numbers": another_number,
    "seal-digest": only(Seal, digest="0" * 64),
    "seal-asked": only(SealRequest, kind="reopen", reason="x"),
    "two-people": one_for_two,
    "two-lines": of_one_line,
    "document-digest": of_other_bytes,
    "files": without_its_file,
    "standings": only(Standing, total=1),
    "mark-range": beyond,
    "mark-version": only(Mark, value=1),
    "sheet-juror": None,
    "seat-panel": of_another_panel,
    "coverage-version": only(Coverage, participants=1),
    "weights": only(Criterion, weight=1),
    "kept-out": keep_out,
    "state": only(Nomination, submitted_at=None, submitted_by=None),
    "locked": only(Rubric, locked_at=None, locked_by=None),
}


def test_every_invariant_is_broken_once_below():
    assert BREAKING.keys() == {one.code for one in INVARIANTS}


def test_a_sealed_selection_breaks_nothing(made):
    assert list(broken()) == []


@pytest.mark.parametrize("code", [code for code, change in BREAKING.items() if change])
def test_what_does_not_hold_is_found(made, code):
    with triggers.lifted(connection):
        BREAKING[code](made)

    assert code in {one.code for one in broken()}


def test_a_sheet_handed_in_by_somebody_else_is_found(made):
    with triggers.lifted(connection):
        ScoreSheet.objects.update(submitted_by=builders.person())

    assert {one.code for one in broken()} == {"sheet-juror"}


def test_a_seal_written_anew_with_its_digest_is_not_the_one_in_the_trail(made):
    payload = Seal.objects.get().payload.replace("Kabupaten Nomor 1", "Kabupaten Nomor 9")
    with triggers.lifted(connection):
        Seal.objects.update(payload=payload, digest=sha256(payload.encode()).hexdigest())

    assert {one.code for one in broken()} == {"seal-digest"}


def test_a_guard_that_does_not_stand_is_found(made):
    triggers.take_down(connection)

    found = {one.code for one in broken()}

    triggers.put_up(connection)
    assert found == {"guards"}


def test_of_one_selection_only_its_own_rows_are_told(made):
    other = builders.selection("pleno", at=builders.province("63", "Kalimantan Selatan"))
    with triggers.lifted(connection):
        Standing.objects.update(total=1)

    assert (list(broken(other)), {one.code for one in broken(made.selection)}) == ([], {"standings"})


def test_the_command_names_the_row_and_ends_with_one(made, capsys):
    call_command("check_invariants")
    whole = capsys.readouterr().out
    with triggers.lifted(connection):
        only(Mark, value=1)(made)

    with pytest.raises(CommandError) as refusal:
        call_command("check_invariants")

    told = capsys.readouterr().out
    assert (whole.startswith(str(len(INVARIANTS))), refusal.value.returncode) == (True, 1)
    assert str(Mark.objects.order_by("pk").first()) in told
