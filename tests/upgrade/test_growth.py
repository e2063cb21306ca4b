"""Migrations only grow: a new one takes nothing away that the code of the release before uses. See docs/adr/0019."""

import re

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import CharField, IntegerField, Value

from tests.upgrade import databases
from tests.upgrade.growth import ACCEPTED, Growth

PRESENT = IntegerField(default=0)
SHORT = CharField("name", max_length=20)


@pytest.fixture
def loader():
    with databases.migrations_on():
        yield MigrationLoader(None)


def test_every_new_migration_only_adds(loader):
    found = []
    for version, later in databases.later_than_each_release(loader):
        growth = Growth(set(loader.project_state(databases.nodes_of(version)).models))
        for node in later:
            found += growth.faults(loader.graph.nodes[node], loader.project_state(node, at_end=False))

    assert found == []


def test_migrations_newer_than_a_release_are_found_in_their_order(loader):
    known = {node for node in loader.graph.nodes if node[0] not in {"regions", "awards", "scoring"}}

    found = [node for node in databases.later(loader, known) if node[1] == "0001_initial"]

    assert found == [("regions", "0001_initial"), ("awards", "0001_initial"), ("scoring", "0001_initial")]


def test_what_is_accepted_says_why():
    assert all(len(reason) > 20 for reason in ACCEPTED.values())


def planted(*operations, name="0002_planted"):
    """The faults of these operations on a model ``awards.thing`` that a release knows."""
    state = ProjectState()
    fields = [("id", models.BigAutoField(primary_key=True)), ("present", PRESENT), ("name", SHORT)]
    state.add_model(ModelState("awards", "Thing", fields))
    migration = type("Migration", (migrations.Migration,), {"operations": list(operations)})(name, "awards")
    return Growth({("awards", "thing")}).faults(migration, state)


def off_the_models(operation):
    return migrations.SeparateDatabaseAndState(state_operations=[operation])


NARROW = {
    "a field goes": migrations.RemoveField("thing", "present"),
    "a field is renamed": migrations.RenameField("thing", "present", "past"),
    "a model goes": migrations.DeleteModel("Thing"),
    "a model is renamed": migrations.RenameModel("Thing", "Other"),
    "a table is renamed": migrations.AlterModelTable("thing", "other"),
    "a field demands a value": migrations.AddField("thing", "more", IntegerField(default=1)),
    "a default is unique": migrations.AddField("thing", "more", IntegerField(db_default=1, unique=True)),
    "a text gets shorter": migrations.AlterField("thing", "name", CharField(max_length=10)),
    "a field gets another type": migrations.AlterField("thing", "present", CharField(max_length=10)),
    "a field may be empty": migrations.AlterField("thing", "present", IntegerField(null=True)),
    "a field becomes unique": migrations.AlterField("thing", "present", IntegerField(unique=True)),
    "a constraint": migrations.AddConstraint("thing", models.UniqueConstraint(fields=["name"], name="once")),
    "uniqueness together": migrations.AlterUniqueTogether("thing", {("present", "name")}),
    "SQL that drops": migrations.RunSQL("ALTER TABLE awards_thing DROP COLUMN present", migrations.RunSQL.noop),
    "SQL without a way back": migrations.RunSQL("UPDATE awards_thing SET present = 1"),
    "Python without a way back": migrations.RunPython(lambda apps, editor: None),
    "off the models, and new code writes no value": off_the_models(migrations.RemoveField("thing", "present")),
    "hidden in two halves": migrations.SeparateDatabaseAndState([migrations.RemoveField("thing", "present")]),
}
WIDE = {
    "a field that may be empty": [migrations.AddField("thing", "more", IntegerField(null=True))],
    "a field the database fills": [migrations.AddField("thing", "more", IntegerField(db_default=Value(1)))],
    "words and checks": [migrations.AlterField("thing", "name", CharField("title", max_length=20, blank=True))],
    "a longer text": [migrations.AlterField("thing", "name", CharField("name", max_length=40))],
    "a default of the database": [migrations.AlterField("thing", "present", IntegerField(db_default=0))],
    "an index": [migrations.AddIndex("thing", models.Index(fields=["name"], name="thing_name"))],
    "Python with a way back": [migrations.RunPython(lambda apps, editor: None, migrations.RunPython.noop)],
    "off the models, filled by the database": [
        migrations.AlterField("thing", "present", IntegerField(db_default=0)),
        off_the_models(migrations.RemoveField("thing", "present")),
    ],
    "anything of a new model": [
        migrations.CreateModel("Fresh", [("id", models.BigAutoField(primary_key=True)), ("a", IntegerField())]),
        migrations.AddConstraint("fresh", models.UniqueConstraint(fields=["a"], name="a_once")),
        migrations.RenameField("fresh", "a", "b"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("operation", NARROW.values(), ids=NARROW)
def test_a_migration_that_takes_away_or_demands_is_found(operation):
    assert len(planted(operation)) == 1


@pytest.mark.parametrize("operations", WIDE.values(), ids=WIDE)
def test_a_migration_that_only_adds_passes(operations):
    assert planted(*operations) == []


def test_a_migration_may_take_away_what_a_named_release_does_without():
    assert planted(NARROW["a field goes"], name="0009_drop_present_after_0_4_0") == []


def test_a_migration_names_only_a_release_that_is_out(loader):
    out = set(databases.releases())
    names = [name for app, name in loader.disk_migrations if app in databases.OWN]
    named = [re.search(r"_after_(\d+)_(\d+)_(\d+)$", name) for name in names]

    assert {".".join(found.groups()) for found in named if found} <= out
