"""The database itself refuses, whoever asks; and what was done without its guards is found and named."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from awards.models import Answer, Criterion, Nomination, Rubric, Sector, TitleWeight
from paritrana import triggers
from paritrana.accounts.models import AuditEvent, TrailHead
from paritrana.setup import checks
from regions.models import Coverage, CoverageVersion
from scoring.models import Conflict, Interview, Mark, MarkVersion, ScoreSheet, Seal, SealRequest, Seat, Standing
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


def executed(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def table(model) -> str:
    return model._meta.db_table


UPDATES = [
    (Seal, "payload = '{}'"),
    (Seal, "digest = '0'"),
    (Seal, "seconded_by_id = sealed_by_id"),
    (Seal, "decree_number = 'lain'"),
    (SealRequest, "reason = 'lain'"),
    (SealRequest, "outcome = ''"),
    (Mark, "value = 1"),
    (MarkVersion, "value = 1"),
    (ScoreSheet, "submitted_at = NULL, submitted_by_id = NULL"),
    (Interview, "attended = 'deputy'"),
    (Answer, "value = '{}'"),
    (Standing, "total = 1"),
    (Standing, "place = NULL, total = NULL"),
    (Nomination, "state = 'tidak-lolos'"),
    (Seat, "is_observer = (1 = 1)"),
    (Coverage, "participants = participants + 1"),
    (Coverage, "workers = workers + 1"),
    (Coverage, "locked_at = NULL, locked_by_id = NULL"),
    (CoverageVersion, "participants = participants + 1"),
    (Rubric, "locked_at = NULL, locked_by_id = NULL"),
    (Criterion, "weight = 1"),
    (Criterion, "rules = '{}'"),
    (TitleWeight, "weight = 1"),
    (AuditEvent, "verb = 'lain'"),
    (AuditEvent, "detail = '{}'"),
    (TrailHead, "digest = '0'"),
]
DELETES = [
    Seal,
    SealRequest,
    MarkVersion,
    Interview,
    Answer,
    Standing,
    CoverageVersion,
    TitleWeight,
    AuditEvent,
    TrailHead,
]


@pytest.mark.parametrize(("model", "change"), UPDATES)
def test_nothing_behind_a_seal_is_changed(made, model, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        executed(f"UPDATE {table(model)} SET {change}")


@pytest.mark.parametrize("model", DELETES)
def test_nothing_behind_a_seal_is_taken_away(made, model):
    with pytest.raises(IntegrityError), transaction.atomic():
        executed(f"DELETE FROM {table(model)}")


def emptied(model):
    """In one go where the database knows how, else row by row."""
    connection.check_constraints()  # or the checks still pending would refuse
    way = "TRUNCATE {} CASCADE" if connection.vendor == "postgresql" else "DELETE FROM {}"
    executed(way.format(table(model)))


@pytest.mark.parametrize("model", DELETES)
def test_what_may_not_be_taken_away_is_not_emptied_either(made, model):
    with pytest.raises(IntegrityError), transaction.atomic():
        emptied(model)

    assert model.objects.exists()


def test_nothing_is_added_behind_a_seal(made):
    first, seat = made.nominations[0], made.seats[0]
    added = [
        lambda: Conflict.objects.create(seat=seat, nomination=first, kind="recusal", reason="x", declared_by=seat.user),
        lambda: MarkVersion.objects.create(mark=Mark.objects.first(), value=1, version=2, written_by=seat.user),
        lambda: builders.nomination(made.selection, builders.regency("51.08", "Kabupaten Lain")),
        lambda: TitleWeight.objects.create(
            title=plenary.title_of(made), criterion=Criterion.objects.create(aspect_id=1), weight=1
        ),
        lambda: Criterion.objects.create(
            aspect=made.marked[0].aspect, slug="x", name="x", kind="mark", weight=0, order=9
        ),
    ]

    for add in added:
        with pytest.raises(IntegrityError), transaction.atomic():
            add()


def test_the_stage_does_not_leave_its_seal(made):
    with pytest.raises(IntegrityError), transaction.atomic():
        plenary.move_to(made.selection, "pleno")


def test_another_selection_stays_open(made):
    other = builders.selection("wawancara", at=builders.province("63", "Kalimantan Selatan"))
    nomination = builders.nomination(other, builders.regency("63.01", "Kabupaten Lain"), "wawancara")

    plenary.attend(nomination)
    Interview.objects.filter(nomination=nomination).update(room="Lain")

    assert Interview.objects.get(nomination=nomination).room == "Lain"


def test_a_reopened_selection_is_open_again(made):
    plenary.reopened(made.selection, builders.committee(made.selection))

    Mark.objects.update(value=1)

    assert set(Mark.objects.values_list("value", flat=True)) == {1}


def test_a_reopened_seal_stays_as_it_was(made):
    plenary.reopened(made.selection, builders.committee(made.selection))

    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.update(reopen_reason="Alasan lain")


def test_what_does_not_count_may_change_behind_a_seal(made):
    sector = Sector.objects.create(category=made.nominations[0].category, slug="jasa", name="Jasa")

    made.seats[0].appointment.ended_at = plenary.NOW
    made.seats[0].appointment.save()
    Nomination.objects.update(version=9)

    assert (sector.pk is not None, set(Nomination.objects.values_list("version", flat=True))) == (True, {9})


# Without guards

TAMPERED = [
    (Mark, "value = value - 5", "verify_results", "inovasi"),
    (TitleWeight, "weight = weight + 1", "verify_results", "weights"),
    (Standing, "total = total + 1", "verify_results", "stored standing"),
    (Coverage, "participants = participants + 1", "check_invariants", "coverage-version"),
    (Answer, 'value = \'{"level": "edaran"}\'', "verify_results", "regulasi"),
    (Mark, "value = value - 5", "check_invariants", "mark-version"),
    (Standing, "total = total + 1", "check_invariants", "standings"),
    (Criterion, "weight = weight + 1", "check_invariants", "weights"),
    (AuditEvent, "verb = 'lain'", "verify_trail", "event"),
    (Seal, "decree_number = 'lain'", "verify_results", "decree"),
    (Seal, "payload = '{}'", "check_invariants", "seal-digest"),
]


@pytest.mark.parametrize(("model", "change", "command", "named"), TAMPERED)
def test_whoever_takes_the_guards_down_is_found_and_the_place_is_named(made, capsys, model, change, command, named):
    row = model.objects.order_by("pk").first()
    with triggers.lifted(connection):
        executed(f"UPDATE {table(model)} SET {change} WHERE id = {row.pk}")

    with pytest.raises(CommandError) as refusal:
        call_command(command)

    assert refusal.value.returncode == 1
    assert named in capsys.readouterr().out + str(refusal.value)


def test_what_nobody_touched_holds(made, capsys):
    for command in ("verify_results", "verify_trail", "check_invariants"):
        call_command(command)

    assert len(capsys.readouterr().out.splitlines()) == 3


def test_a_guard_that_is_gone_or_weakened_is_missed(made):
    triggers.take_down(connection)
    taken_down = triggers.missing(connection)
    triggers.put_up(connection)
    if connection.vendor == "sqlite":
        executed('DROP TRIGGER "guard_seal_delete"')
        executed('CREATE TRIGGER "guard_seal_delete" BEFORE DELETE ON "scoring_seal" WHEN 1 = 0 BEGIN SELECT 1; END')
    else:
        weak = "LANGUAGE plpgsql AS $$BEGIN RETURN OLD; END$$"
        executed(f'CREATE OR REPLACE FUNCTION "guard_seal_delete"() RETURNS trigger {weak}')

    deletions = sum(guard.event == "DELETE" for guard in triggers.every())
    assert len(taken_down) == len(triggers.every()) + (deletions if connection.vendor == "postgresql" else 0)
    assert triggers.missing(connection) == ["seal_delete"]
    assert [each.id for each in checks.guards_stand(["default"])] == ["paritrana.W003"]
    with pytest.raises(CommandError):
        call_command("check_invariants")
    triggers.put_up(connection)
    assert triggers.missing(connection) == []


def test_every_guard_has_a_name_of_its_own():
    names = [guard.trigger for guard in triggers.every()]

    assert (len(set(names)), max(map(len, names)) < 63) == (len(names), True)


def test_every_way_to_take_a_guards_force_is_missed_and_mended(made):
    """A trigger that fires too late, or on another event, or for some rows only, or that is switched off."""
    name = "guard_seal_delete"
    found = []
    connection.check_constraints()  # PostgreSQL lets nobody change a table with checks pending
    for fault in FAULTS_OF_A_TRIGGER[connection.vendor]:
        for statement in fault:
            executed(statement.format(name=f'"{name}"', table=f'"{table(Seal)}"'))
        found.append((triggers.missing(connection), triggers.put_up(connection), triggers.missing(connection)))

    assert found == [(["seal_delete"], ["seal_delete"], [])] * len(FAULTS_OF_A_TRIGGER[connection.vendor])


FAULTS_OF_A_TRIGGER = {
    "sqlite": [
        ["DROP TRIGGER {name}"],
        ["DROP TRIGGER {name}", "CREATE TRIGGER {name} AFTER DELETE ON {table} BEGIN SELECT 1; END"],
        ["DROP TRIGGER {name}", "CREATE TRIGGER {name} BEFORE DELETE ON scoring_standing BEGIN SELECT 1; END"],
    ],
    "postgresql": [
        ["DROP TRIGGER {name} ON {table}"],
        ["ALTER TABLE {table} DISABLE TRIGGER {name}"],
        ["ALTER TABLE {table} ENABLE REPLICA TRIGGER {name}"],
        *[
            ["DROP TRIGGER {name} ON {table}", f"CREATE TRIGGER {{name}} {when} EXECUTE FUNCTION {{name}}()"]
            for when in (
                "AFTER DELETE ON {table} FOR EACH ROW",
                "BEFORE INSERT ON {table} FOR EACH ROW",
                "BEFORE DELETE ON {table} FOR EACH ROW WHEN (OLD.id < 0)",
                "BEFORE DELETE ON scoring_standing FOR EACH ROW",
            )
        ],
    ],
}
