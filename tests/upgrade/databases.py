"""Empty databases of their own, beside the one all tests share; and the migrations of a release in them."""

import json
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.test.utils import override_settings

Node = tuple[str, str]

RELEASES = Path(__file__).parent / "releases.json"
"""Version -> ``files``: sha256 of each migration that came with it; ``others``: the last ones of the libraries."""
OWN = ("accounts", "regions", "awards", "scoring")


def releases() -> dict[str, Any]:
    """Oldest first."""
    return json.loads(RELEASES.read_text()) if RELEASES.exists() else {}


def nodes_of(version: str) -> list[Node]:
    """Every migration of ours this release knew, and the last ones of the libraries."""
    found: list[Node] = []
    for each, content in releases().items():
        found += [tuple(name.split(".")) for name in content["files"]]
        if each == version:
            return found + [tuple(name.split(".")) for name in content["others"]]
    raise KeyError(version)


def later_than_each_release(loader: MigrationLoader) -> Iterator[tuple[str, list[Node]]]:
    """The migrations of ours between a release and the next; after the last, those not released yet."""
    versions = list(releases())
    for version, following in zip(versions, [*versions[1:], None], strict=True):
        until = set(nodes_of(following)) if following else set(loader.graph.nodes)
        yield version, [node for node in later(loader, set(nodes_of(version))) if node in until]


def later(loader: MigrationLoader, known: Collection[Node]) -> list[Node]:
    """Ours that are not among ``known``, in the order they are applied."""
    order: dict[Node, None] = {}
    for leaf in loader.graph.leaf_nodes():
        order |= dict.fromkeys(loader.graph.forwards_plan(leaf))
    return [node for node in order if node[0] in OWN and node not in known]


def migrations_on() -> AbstractContextManager[None]:
    """Whatever pytest was asked."""
    return override_settings(MIGRATION_MODULES={})


@contextmanager
def another(name: str, folder: Path) -> Iterator[None]:
    """``connection`` leads to an empty database inside; migrations are on, whatever pytest was asked."""
    former = connection.settings_dict["NAME"]
    is_file = connection.vendor == "sqlite"
    new = str(folder / f"{name}.sqlite3") if is_file else f"{former}_{name}"
    connection.close()
    if not is_file:
        _administer(f'DROP DATABASE IF EXISTS "{new}"', f'CREATE DATABASE "{new}"')
    connection.settings_dict["NAME"] = new
    ContentType.objects.clear_cache()
    try:
        with migrations_on():
            yield
    finally:
        ContentType.objects.clear_cache()
        connection.close()
        connection.settings_dict["NAME"] = former
        if not is_file:
            _administer(f'DROP DATABASE "{new}"')


def _administer(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def migrate_to(nodes: list[Node]) -> None:
    """Make the tables, without guards."""
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous = OFF")  # nothing here has to survive a power cut
    MigrationExecutor(connection).migrate(nodes)
    connection.close()


def newest() -> list[Node]:
    return MigrationLoader(connection).graph.leaf_nodes()


def models_of(version: str) -> Any:
    """The models as the code of that release had them: what they write names only its columns."""
    return MigrationLoader(connection).project_state(nodes_of(version)).apps
