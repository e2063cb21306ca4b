"""Migrations only grow: a released one is never edited. See docs/releasing.md."""

import re
import tomllib

import pytest
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

import paritrana
from tests.upgrade import databases, dump
from tests.upgrade.freeze import sha256_of

FIRST_FROZEN = (0, 2, 0)


@pytest.fixture
def loader():
    with databases.migrations_on():
        yield MigrationLoader(None)


def edited(frozen, present):
    """Sentences about migrations that are not as they were released; both are name -> sha256."""
    return [
        f"{name} was released and must not change: take the change back and write a new migration."
        for name, digest in frozen.items()
        if present.get(name) != digest
    ]


def test_a_released_migration_is_never_edited(loader):
    frozen = {name: digest for each in databases.releases().values() for name, digest in each["files"].items()}
    present = {".".join(node): sha256_of(migration) for node, migration in loader.disk_migrations.items()}

    assert len(frozen) >= len(databases.OWN)
    assert edited(frozen, present) == []


@pytest.mark.parametrize("present", [{"awards.0001_initial": "other"}, {}])
def test_an_edited_and_a_deleted_migration_are_found(present):
    found = edited({"awards.0001_initial": "as released"}, present)

    assert found == [
        "awards.0001_initial was released and must not change: take the change back and write a new migration."
    ]


def test_every_release_of_the_changelog_is_frozen():
    released = released_versions()
    expected = [version for version in released if tuple(map(int, version.split("."))) >= FIRST_FROZEN]

    assert sorted(databases.releases()) == sorted(expected)
    assert [version for version in expected if not dump.path_of(version).exists()] == []


def test_the_version_is_the_newest_release_of_the_changelog_everywhere():
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]

    assert {project["version"], paritrana.__version__, released_versions()[0]} == {paritrana.__version__}


def test_the_changelog_begins_with_what_is_not_released_yet():
    headings = re.findall(r"^## (.+)$", changelog(), re.MULTILINE)

    assert headings[0] == "Unreleased"
    assert all(re.fullmatch(r"\d+\.\d+\.\d+ - \d{4}-\d\d-\d\d", heading) for heading in headings[1:])


def changelog() -> str:
    return (settings.BASE_DIR / "CHANGELOG.md").read_text()


def released_versions() -> list[str]:
    """Newest first."""
    return re.findall(r"^## (\d+\.\d+\.\d+) - ", changelog(), re.MULTILINE)
