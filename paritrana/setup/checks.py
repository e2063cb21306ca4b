"""System checks of the database, and of the settings of a server on the Internet.

A score that was acknowledged must survive a power cut. The checks that query the database have the ``database`` tag:
``migrate``, ``start`` and ``check --database default`` run them, an ordinary ``check`` does not.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from paritrana import schema, triggers

# First release without the rare corruption when two processes reset the write-ahead log at once
SOUND_SQLITE = (3, 51, 3)
WANTED_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}  # synchronous 2 is FULL
DURABLE_POSTGRES = ["fsync", "full_page_writes", "synchronous_commit"]


@register(Tags.database)
def database_is_durable(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for alias in databases or []:
        examine = EXAMINERS.get(connections[alias].vendor)
        found += examine(connections[alias]) if examine else []
    return found


@register(Tags.database)
def guards_stand(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Missing triggers are a warning, not an error: ``migrate``, which creates them again, runs this check first."""
    hint = "The database no longer refuses what it should; python3 manage.py migrate puts them up."
    return [
        Warning(f"The guard {name} of the database is missing.", hint=hint, id="paritrana.W003")
        for alias in databases or []
        if not schema.is_newer(connections[alias])  # a newer release has created its own
        for name in triggers.missing(connections[alias])
    ]


@register(Tags.security, deploy=True)
def proxies_are_counted(**kwargs: Any) -> list[CheckMessage]:
    """Without the number of proxies all clients share one address, and ten wrong passwords lock out everybody."""
    if not settings.PARITRANA_URL.startswith("https://") or settings.PARITRANA_PROXIES is not None:
        return []
    hint = "PARITRANA_PROXIES is how many proxies of yours stand before the portal; 0 when browsers reach it directly."
    return [Error("The address is https, but PARITRANA_PROXIES is not set.", hint=hint, id="paritrana.E010")]


@register(Tags.database)
def tables_fit(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Tables that ``migrate`` cannot bring up to this code are an error; older tables are not."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        try:
            schema.demand_upgradable(connections[alias])
        except schema.SchemaMismatch as reason:
            found.append(Error(str(reason), id="paritrana.E011"))
    return found


def examine_sqlite(connection: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    with connection.cursor() as cursor:
        for pragma, wanted in WANTED_PRAGMAS.items():
            actual = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
            if actual != wanted:
                found.append(Error(f"SQLite: PRAGMA {pragma} is {actual}, wanted {wanted}.", id="paritrana.E001"))
    if connection.transaction_mode != "IMMEDIATE":
        hint = "Deferred transactions fail at once when two people save together."
        found.append(Error("SQLite: transaction_mode is not IMMEDIATE.", hint=hint, id="paritrana.E002"))
    if sqlite3.sqlite_version_info < SOUND_SQLITE:
        text = f"SQLite {sqlite3.sqlite_version} is older than {'.'.join(map(str, SOUND_SQLITE))}."
        hint = "Good for trying out; in production use PostgreSQL, or a Python linked to a newer SQLite."
        found.append(Warning(text, hint=hint, id="paritrana.W001"))
    return found


def examine_postgres(connection: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    with connection.cursor() as cursor:
        for setting in DURABLE_POSTGRES:
            cursor.execute("SELECT current_setting(%s)", [setting])
            if cursor.fetchone()[0] == "off":
                hint = "A saved score can be lost or damaged by a power cut; switch it on unless this is a test server."
                found.append(Warning(f"PostgreSQL: {setting} is off.", hint=hint, id="paritrana.W002"))
    return found


EXAMINERS: dict[str, Callable[[Any], list[CheckMessage]]] = {
    "sqlite": examine_sqlite,
    "postgresql": examine_postgres,
}
