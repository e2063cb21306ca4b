"""Database triggers: rules the database enforces for every client, defined once and written for both engines.

Every app lists its own in ``<app>/triggers.py`` as ``GUARDS``. They are created after ``migrate`` and dropped before it
changes a table, because SQLite loses the triggers of a table that Django rebuilds; see docs/adr/0014.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.module_loading import module_has_submodule

PREFIX = "guard_"


@dataclass(frozen=True)
class Guard:
    """Refuses ``event`` on a row of ``table`` while ``condition`` holds, with ``refusal`` as the error.

    ``condition`` is SQL both engines understand, over ``OLD`` and ``NEW``; empty means always. ``{now}`` and
    ``{differs}`` (``IS NOT``, ``IS DISTINCT FROM``) are replaced by what each engine writes.
    """

    name: str
    table: str
    event: str
    refusal: str
    condition: str = ""

    @property
    def trigger(self) -> str:
        return PREFIX + self.name

    @property
    def tables(self) -> set[str]:
        """The guarded table and those the condition reads."""
        return {self.table, *re.findall(r"\b(?:FROM|JOIN) (\w+)", self.condition)}


_SPELLED: dict[str, dict[str, str]] = {
    "sqlite": {"now": "strftime('%Y-%m-%d %H:%M:%f', 'now')", "differs": "IS NOT"},
    "postgresql": {"now": "statement_timestamp()", "differs": "IS DISTINCT FROM"},
}


def every() -> list[Guard]:
    """The triggers of all apps, lower apps first."""
    found: list[Guard] = []
    for config in apps.get_app_configs():
        if config.module and config.name != __package__ and module_has_submodule(config.module, "triggers"):
            found += import_module(f"{config.name}.triggers").GUARDS
    return found


def put_up(connection: Any) -> list[str]:
    """Create each trigger whose table exists and whose definition is missing or different; answers their names."""
    wanted = {guard.trigger: guard for guard in _wanted(connection)}
    standing, renewed = standing_in(connection), []
    for trigger, guard in wanted.items():
        if standing.get(trigger) == (guard.table, DEFINED[connection.vendor](guard)):
            continue
        # One table is locked at a time: a server that holds one and waits for another is no deadlock.
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            if trigger in standing:
                cursor.execute(_dropped(connection.vendor, trigger, standing[trigger][0]))
            for statement in STATEMENTS[connection.vendor](guard):
                cursor.execute(statement)
        renewed.append(guard.name)
    return renewed


def take_down(connection: Any) -> None:
    """Drop every trigger of the portal in the database, also those no app lists any more."""
    if connection.vendor == "postgresql":
        connection.check_constraints()  # a table with deferred checks pending does not let a trigger be dropped
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for trigger, (table, _definition) in standing_in(connection).items():
            cursor.execute(_dropped(connection.vendor, trigger, table))


@contextmanager
def lifted(connection: Any) -> Iterator[None]:
    """Without triggers, for the owner of the database who empties it."""
    take_down(connection)
    try:
        yield
    finally:
        put_up(connection)


def missing(connection: Any) -> list[str]:
    """Names of the triggers that are missing or different although their table exists."""
    standing, define = standing_in(connection), DEFINED[connection.vendor]
    return [guard.name for guard in _wanted(connection) if standing.get(guard.trigger) != (guard.table, define(guard))]


def standing_in(connection: Any) -> dict[str, tuple[str, str]]:
    """Trigger -> (table, definition) of the triggers in the database; a disabled one has another definition."""
    with connection.cursor() as cursor:
        cursor.execute(_LISTED[connection.vendor], [f"{PREFIX}%"])
        return {trigger: (table, definition) for trigger, table, definition in cursor.fetchall()}


def _wanted(connection: Any) -> list[Guard]:
    tables = set(connection.introspection.table_names())
    found = [guard for guard in every() if guard.tables <= tables]
    if connection.vendor == "postgresql":
        found += [_against_emptying(guard) for guard in found if guard.event == "DELETE"]
    return found


_ANY_THERE = "EXISTS (SELECT 1 FROM {table} gone{stays})"


def _against_emptying(guard: Guard) -> Guard:
    """TRUNCATE skips row triggers, so it is refused as soon as the table has a row that may not be deleted."""
    stays = f" WHERE {guard.condition.replace('OLD.', 'gone.')}" if guard.condition else ""
    condition = _ANY_THERE.format(table=guard.table, stays=stays)
    return Guard(f"{guard.name}_all", guard.table, "TRUNCATE", guard.refusal, condition)


def _dropped(vendor: str, trigger: str, table: str) -> str:
    return f'DROP TRIGGER "{trigger}"' + (f' ON "{table}"' if vendor == "postgresql" else "")


_LISTED = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
    # The function, whether it is enabled, when it fires, and whether it does so for every row and column.
    "postgresql": "SELECT t.tgname, c.relname, concat_ws(' ', p.prosrc, t.tgenabled, t.tgtype,"
    " t.tgqual IS NULL AND cardinality(t.tgattr) = 0)"
    " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
    " WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid) AND t.tgname LIKE %s",
}
# PostgreSQL's own bits in pg_trigger.tgtype, BEFORE and FOR EACH ROW among them; TRUNCATE is per statement.
_TYPE_IN_POSTGRESQL = {"INSERT": 7, "DELETE": 11, "UPDATE": 19, "TRUNCATE": 34}


def _condition(guard: Guard, vendor: str) -> str:
    words = _SPELLED[vendor]
    spelled = guard.condition or "1 = 1"
    for key, words_of_engine in words.items():
        spelled = spelled.replace(f"{{{key}}}", words_of_engine)
    return spelled


def _trigger_of_sqlite(guard: Guard) -> str:
    when = _condition(guard, "sqlite")
    refuse = f"SELECT RAISE(ABORT, '{guard.refusal}')"
    return f'CREATE TRIGGER "{guard.trigger}" BEFORE {guard.event} ON "{guard.table}" WHEN {when} BEGIN {refuse}; END'


def _body_of_postgresql(guard: Guard) -> str:
    """Fails as a check constraint does, so that both engines raise Django's IntegrityError."""
    when, row = _condition(guard, "postgresql"), {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(guard.event, "NEW")
    refuse = f"RAISE EXCEPTION '{guard.refusal}' USING ERRCODE = 'check_violation'"
    return f"BEGIN IF {when} THEN {refuse}; END IF; RETURN {row}; END"


def _statements_of_postgresql(guard: Guard) -> list[str]:
    body, name = _body_of_postgresql(guard), f'"{guard.trigger}"'
    each = "STATEMENT" if guard.event == "TRUNCATE" else "ROW"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard${body}$guard$",
        f'CREATE TRIGGER {name} BEFORE {guard.event} ON "{guard.table}" FOR EACH {each} EXECUTE FUNCTION {name}()',
    ]


def _defined_in_postgresql(guard: Guard) -> str:
    """What ``_LISTED`` returns for this trigger: enabled, without a condition of its own."""
    return f"{_body_of_postgresql(guard)} O {_TYPE_IN_POSTGRESQL[guard.event]} t"


DEFINED: dict[str, Callable[[Guard], str]] = {"sqlite": _trigger_of_sqlite, "postgresql": _defined_in_postgresql}
STATEMENTS: dict[str, Callable[[Guard], list[str]]] = {
    "sqlite": lambda guard: [_trigger_of_sqlite(guard)],
    "postgresql": _statements_of_postgresql,
}
