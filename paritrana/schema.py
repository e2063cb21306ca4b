"""Checks that the database's tables fit this code before a server or command uses them; see docs/adr/0019.

Migrations only add, so code may run on a database that a newer release has migrated. A migration that removes something
names the first release that works without it: ``0007_drop_remark_after_0_4_0``.
"""

import logging
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState

from paritrana import __version__

Node = tuple[str, str]

PREPARE = "python3 manage.py prepare"
SHOWN = 5
"""The largest number of names listed in a sentence."""

_NEEDS = re.compile(r"_after_(\d+)_(\d+)_(\d+)$")
log = logging.getLogger(__name__)


class SchemaMismatch(CommandError):
    """The tables do not fit this code; the text says why and what to do."""


class DatabaseCommand(BaseCommand):
    """A command that uses the portal's rows: started from a shell, it first checks that the tables fit."""

    def execute(self, *args: Any, **options: Any) -> Any:
        if not options.get("skip_checks") and self.uses_rows(**options):
            demand_fit(connection)
        return super().execute(*args, **options)

    def uses_rows(self, **options: Any) -> bool:
        return True


@dataclass(frozen=True)
class MigrationProgress:
    """The migrations applied in a database compared with those of this code."""

    unapplied: list[Node]
    unknown: list[Node]
    """Applied by a newer release, of apps this code also has."""
    applied: list[Node]
    """Applied and known."""

    @property
    def too_new(self) -> list[Node]:
        """Applied migrations that removed what this code still uses."""
        return [node for node in self.unknown if needed_release(node[1]) > release(__version__)]


@dataclass(frozen=True)
class TableSchema:
    columns: frozenset[str]
    constraints: frozenset[str]
    """Names of tables and indexes."""


@dataclass
class ActualSchema:
    """The tables of the database: table -> column -> whether every INSERT must give a value."""

    columns: dict[str, dict[str, bool]]
    names: set[str]


def release(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(".")))


def needed_release(migration: str) -> tuple[int, ...]:
    """The first release that works after this migration; (0,) where every release does."""
    found = _NEEDS.search(migration)
    return tuple(map(int, found.groups())) if found else (0,)


def is_newer(connection: Any) -> bool:
    """Whether a newer release than this code has migrated the database."""
    return bool(progress_of(MigrationLoader(connection)).unknown)


def demand_fit(connection: Any) -> None:
    """Raise ``SchemaMismatch`` unless this code may use the database; a newer database is logged and accepted."""
    loader = MigrationLoader(connection)
    found = progress_of(loader)
    if found.unapplied:
        _refuse_unprepared(found)
    _demand_whole(connection, loader, found)
    if found.unknown:
        log.warning(
            "The database was prepared by a newer release than this code, %s (%s). That is fine while servers are "
            "replaced one after the other; replace this one as well.",
            __version__,
            _listed([".".join(node) for node in found.unknown]),
        )


def demand_upgradable(connection: Any) -> None:
    """Raise ``SchemaMismatch`` unless the database is up to date or ``migrate`` can bring it there."""
    loader = MigrationLoader(connection)
    _demand_whole(connection, loader, progress_of(loader))


def demand_fit_of_server(connection: Any) -> None:
    """``demand_fit`` for a server, which may start while the database does not answer yet."""
    try:
        demand_fit(connection)
    except OperationalError as error:
        log.warning("Whether the tables fit could not be asked: the database does not answer (%s).", error)
    finally:
        connection.close()  # each forked worker opens its own connection


@cache
def of_this_code() -> MigrationLoader:
    """The migrations on the disk, read once a process: they change with the code alone."""
    return MigrationLoader(None)


def progress_now(connection: Any) -> MigrationProgress:
    """``progress_of`` for whoever asks again and again: it reads the rows of the database, not the files."""
    return progress_of(of_this_code(), MigrationRecorder(connection).applied_migrations())


def progress_of(loader: MigrationLoader, rows: Collection[Node] | None = None) -> MigrationProgress:
    """Counts only apps whose migrations this code has; rows of removed apps are ignored."""
    own, rows = loader.migrated_apps, loader.applied_migrations if rows is None else rows
    applied = [node for node in rows if node[0] in own]
    return MigrationProgress(
        unapplied=sorted(node for node in loader.graph.nodes if node not in rows),
        unknown=sorted(node for node in applied if node not in loader.disk_migrations),
        applied=sorted(node for node in applied if node in loader.graph.nodes),
    )


def _refuse_unprepared(found: MigrationProgress) -> None:
    count = len(found.unapplied)
    if not found.applied:
        raise SchemaMismatch(
            f"The database has not been prepared yet. If DATABASE_URL names the right one, run {PREPARE}, "
            "then start again."
        )
    names = _listed([".".join(node) for node in found.unapplied])
    raise SchemaMismatch(
        f"The database is older than this code, {__version__}: {count} migrations are missing ({names}). "
        f"Make a copy of the database, run {PREPARE}, then start again."
    )


def _demand_whole(connection: Any, loader: MigrationLoader, found: MigrationProgress) -> None:
    if found.too_new:
        needed = ".".join(map(str, max(needed_release(name) for _app, name in found.too_new)))
        names = _listed([".".join(node) for node in found.too_new])
        raise SchemaMismatch(
            f"The database needs release {needed} or later ({names}); this code is {__version__}. "
            "Start the newer code instead."
        )
    differences = list(_differences(expected_tables(loader, found.applied), _found(connection)))
    if differences:
        raise SchemaMismatch(
            f"The tables are not those of the migrations applied to this database ({_listed(differences)}). It was "
            "made by a version before 0.2.0 or changed by hand, and cannot be upgraded. Keep it as it is for the code "
            "that made it; name an empty database in DATABASE_URL, or another folder in PARITRANA_DATA, "
            f"and run {PREPARE}."
        )


def expected_tables(loader: MigrationLoader, applied: list[Node]) -> dict[str, TableSchema]:
    """The tables these migrations create, by name."""
    state = loader.project_state(applied)
    found: dict[str, TableSchema] = {}
    for model in state.models.values():
        if _has_no_table(model):
            continue
        table = model.options.get("db_table") or f"{model.app_label}_{model.name_lower}"
        constraints = [*model.options.get("constraints", []), *model.options.get("indexes", [])]
        columns = set()
        for name, field in model.fields.items():
            if not isinstance(field, models.ManyToManyField):
                columns.add(_column(name, field))
            elif not field.remote_field.through:
                found[getattr(field, "db_table", None) or f"{table}_{name}"] = TableSchema(
                    frozenset({"id"}), frozenset()
                )
        found[table] = TableSchema(frozenset(columns), frozenset(each.name for each in constraints))
    return found


def _has_no_table(model: ModelState) -> bool:
    options = model.options
    if options.get("proxy") or options.get("managed") is False:
        return True
    swapped_by: str = getattr(settings, options["swappable"]) if options.get("swappable") else ""
    return bool(swapped_by) and swapped_by.lower() != f"{model.app_label}.{model.name_lower}"


def _column(name: str, field: models.Field) -> str:
    return field.db_column or (f"{name}_id" if field.remote_field else name)


def _differences(expected: dict[str, TableSchema], found: ActualSchema) -> Iterator[str]:
    """Missing tables and columns, and required columns that this code does not fill."""
    for table, wanted in sorted(expected.items()):
        columns = found.columns.get(table)
        if columns is None:
            yield f"no table {table}"
            continue
        yield from (f"no column {table}.{name}" for name in sorted(wanted.columns - columns.keys()))
        yield from (f"no constraint {name}" for name in sorted(wanted.constraints - found.names))
        if len(wanted.columns) > 1:
            demanding = {name for name, is_demanded in columns.items() if is_demanded} - wanted.columns
            yield from (f"unknown column {table}.{name}" for name in sorted(demanding))


_COLUMNS = {
    "sqlite": 'SELECT m.name, c.name, c."notnull" AND c.dflt_value IS NULL AND NOT c.pk'
    " FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'",
    "postgresql": "SELECT c.relname, a.attname,"
    " a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AND a.attgenerated = ''"
    " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
    " WHERE c.relkind IN ('r', 'p') AND pg_table_is_visible(c.oid)",
}
_NAMES = {
    "sqlite": "SELECT name, coalesce(sql, '') FROM sqlite_master WHERE type IN ('table', 'index')",
    "postgresql": "SELECT relname, '' FROM pg_class WHERE relkind = 'i' AND pg_table_is_visible(oid)"
    " UNION ALL SELECT conname, '' FROM pg_constraint",
}


def _found(connection: Any) -> ActualSchema:
    found = ActualSchema({}, set())
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS[connection.vendor])
        for table, column, is_demanded in cursor.fetchall():
            found.columns.setdefault(table, {})[column] = bool(is_demanded)
        cursor.execute(_NAMES[connection.vendor])
        for name, sql in cursor.fetchall():
            found.names |= {name, *re.findall(r'CONSTRAINT "(\w+)"', sql)}
    return found


def _listed(names: list[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")
