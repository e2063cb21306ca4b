"""A server or a command says in a sentence why it does not fit the database, and what to do."""

import logging

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper as Postgres
from django.db.migrations.recorder import MigrationRecorder

from paritrana import schema, triggers
from tests.once import taken_back
from tests.upgrade import databases

UNPREPARED = (
    "The database has not been prepared yet. If DATABASE_URL names the right one, run python3 manage.py prepare, "
    "then start again."
)

WITHOUT_ROWS = {"draw_icons", "prepare", "restore"}
"""Commands of ours that use no rows, or make the tables themselves."""
OUR_APPS = {"paritrana", "paritrana.accounts", "regions", "awards", "scoring"}
UNRELEASED = "made by a version before 0.2.0 or changed by hand, and cannot be upgraded"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), databases.another("prepared", tmp_path_factory.mktemp("prepared")):
        call_command("migrate", verbosity=0)
        yield


@pytest.fixture
def database(prepared):
    """What a test does to it is taken back."""
    with taken_back():
        yield


@pytest.fixture
def empty(tmp_path, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), databases.another("empty", tmp_path):
        yield


def change(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def applied(app, name):
    MigrationRecorder(connection).record_applied(app, name)


def unapplied(app, name):
    MigrationRecorder(connection).record_unapplied(app, name)


def refusal(ask=schema.demand_fit):
    with pytest.raises(schema.SchemaMismatch) as refused:
        ask(connection)
    return str(refused.value)


def test_a_prepared_database_fits(database):
    schema.demand_fit(connection)
    schema.demand_upgradable(connection)

    assert schema.is_newer(connection) is False


def test_an_empty_database_is_to_be_prepared_first(empty):
    assert refusal() == UNPREPARED
    schema.demand_upgradable(connection)


def test_an_older_database_is_to_be_prepared_first(database):
    unapplied("scoring", "0001_initial")

    found = refusal()

    assert found.startswith(f"The database is older than this code, {schema.__version__}: ")
    assert "scoring.0001_initial" in found
    assert found.endswith("Make a copy of the database, run python3 manage.py prepare, then start again.")
    schema.demand_upgradable(connection)


FOREIGN = {
    "a column": ("ALTER TABLE awards_contact DROP COLUMN phone", "no column awards_contact.phone"),
    "a table": ("DROP TABLE scoring_note", "no table scoring_note"),
    "a relation": ("DROP TABLE regions_branch_working_area", "no table regions_branch_working_area"),
    "a constraint": ("DROP INDEX one_government_a_region", "no constraint one_government_a_region"),
    "one too many": (
        "ALTER TABLE awards_contact ADD COLUMN former integer NOT NULL DEFAULT 1",
        "unknown column awards_contact.former",
    ),
}


@pytest.mark.parametrize(("statement", "difference"), FOREIGN.values(), ids=FOREIGN)
def test_a_database_of_an_unreleased_version_is_told_so(database, statement, difference):
    change(statement)
    if difference.startswith("unknown"):
        demand_a_value("awards_contact", "former")

    found = refusal()

    assert UNRELEASED in found
    assert difference in found
    assert refusal(schema.demand_upgradable) == found


def demand_a_value(table, column):
    """Without the default that SQLite wants where a column is added."""
    if connection.vendor == "postgresql":
        return change(f"ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT")
    sql = f"SELECT sql FROM sqlite_master WHERE name = '{table}'"
    with connection.cursor() as cursor:
        made = cursor.execute(sql).fetchone()[0]
    change(f"DROP TABLE {table}", made.replace(f"{column} integer NOT NULL DEFAULT 1", f"{column} integer NOT NULL"))
    return None


@pytest.mark.parametrize("command", ["migrate", "prepare"])
def test_upgrading_a_database_of_an_unreleased_version_is_refused_before_it_begins(database, command):
    change("ALTER TABLE awards_contact DROP COLUMN phone")
    unapplied("scoring", "0001_initial")

    with pytest.raises((SystemCheckError, CommandError), match=UNRELEASED):
        call_command(command, skip_checks=False)


def test_a_newer_database_is_logged_and_used(database, caplog):
    applied("awards", "0999_more")
    change("ALTER TABLE awards_contact ADD COLUMN more integer NOT NULL DEFAULT 1")

    with caplog.at_level(logging.WARNING, logger="paritrana.schema"):
        schema.demand_fit(connection)

    assert schema.is_newer(connection) is True
    assert [record.getMessage().partition(",")[0] for record in caplog.records] == [
        "The database was prepared by a newer release than this code"
    ]


def test_a_newer_database_that_does_without_what_this_code_uses_is_refused(database):
    applied("awards", "0999_drop_phone_after_99_1_0")

    found = refusal()

    assert found.startswith("The database needs release 99.1.0 or later (awards.0999_drop_phone_after_99_1_0)")
    assert found.endswith("Start the newer code instead.")


def test_a_newer_database_that_does_without_what_this_code_no_longer_uses_is_used(database):
    applied("awards", "0999_drop_phone_after_0_1_0")

    schema.demand_fit(connection)


def test_rows_of_an_app_that_is_gone_say_nothing(database):
    applied("gone", "0001_initial")

    schema.demand_fit(connection)

    assert schema.is_newer(connection) is False


def test_an_older_portal_leaves_the_guards_of_a_newer_one_as_they_are(database):
    applied("awards", "0999_more")
    triggers.take_down(connection)

    call_command("migrate", verbosity=0)

    assert triggers.standing_in(connection) == {}


def test_a_command_typed_at_a_keyboard_asks_first(database):
    change("ALTER TABLE awards_contact DROP COLUMN phone")

    with pytest.raises(schema.SchemaMismatch, match=UNRELEASED):
        call_command("verify_trail", skip_checks=False)


def test_every_command_of_ours_asks_first():
    ours = {name: app for name, app in get_commands().items() if app in OUR_APPS}
    asking = {name for name, app in ours.items() if isinstance(load_command_class(app, name), schema.DatabaseCommand)}

    assert set(ours) - asking == WITHOUT_ROWS


def test_a_downloaded_seal_is_verified_without_a_database(empty, tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("verify_results", str(tmp_path / "absent.json"), skip_checks=False)

    assert not isinstance(refused.value, schema.SchemaMismatch)


def test_a_server_that_does_not_fit_does_not_start(empty):
    assert refusal(schema.demand_fit_of_server).startswith("The database has not been prepared yet.")


def test_a_database_that_does_not_answer_yet_keeps_no_server_from_starting(caplog, tmp_path, django_db_blocker):
    absent = Postgres({**connection.settings_dict, "NAME": "absent", "HOST": str(tmp_path), "OPTIONS": {}})

    with django_db_blocker.unblock(), caplog.at_level(logging.WARNING, logger="paritrana.schema"):
        schema.demand_fit_of_server(absent)

    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        "Whether the tables fit could not be asked"
    ]


def test_what_is_asked_at_each_probe_sees_a_change_of_the_database_at_once(database):
    schema.of_this_code.cache_clear()  # whoever asked before may have run without migrations
    before = schema.progress_now(connection)
    applied("awards", "9999_drop_everything_after_99_0_0")
    newer = schema.progress_now(connection).too_new
    unapplied(*before.applied[-1])

    assert (before.unapplied, before.too_new) == ([], [])
    assert newer == [("awards", "9999_drop_everything_after_99_0_0")]
    assert schema.progress_now(connection).unapplied == [before.applied[-1]]
