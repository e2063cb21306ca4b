"""How many bytes a country takes on PostgreSQL: each table and its indexes, at a size, as JSON; then two such compared.

``python -m paritrana.setup.testing.postgres python benchmarks/sizes.py fill PROVINCES EACH OUT [EVENTS]`` fills a
database (``country.py``) and measures it; EVENTS are those of the trail, as many letters, and a quarter as many people.
``... sizes.py copy SQLITE TIMES SMALL LARGE`` takes the rows of a country that was filled on SQLite, multiplies what
grows with its nominations, and measures before and after; minutes instead of hours.
``python benchmarks/sizes.py compare SMALL LARGE`` prints what each further nomination adds, and the largest indexes.
"""

import io
import json
import math
import sqlite3
import sys
import tempfile
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
SIZES = """
SELECT c.relname, c.reltuples::bigint, pg_table_size(c.oid), pg_indexes_size(c.oid)
FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname
"""
INDEXES = """
SELECT c.relname, t.relname, pg_relation_size(c.oid), a.amname
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
JOIN pg_am a ON a.oid = c.relam
WHERE c.relnamespace = 'public'::regnamespace ORDER BY 3 DESC LIMIT 25
"""


def fill(provinces: int, each: int, out: Path, events: int) -> None:
    from benchmarks import country

    folder = Path(tempfile.mkdtemp(prefix="paritrana-sizes-"))
    country.prepare(folder)
    country.world_of(
        country.Size(provinces=provinces, each=each, events=events, people=events // 4, letters=events), folder
    )
    measure(out)


GROWING = (
    *("awards.Candidate", "awards.Nomination", "awards.Answer", "awards.Letter", "accounts.AuditEvent"),
    *("scoring.Interview", "scoring.Declaration", "scoring.ScoreSheet", "scoring.Mark", "scoring.MarkVersion"),
    "scoring.Standing",
)
BATCH = 20_000


def copy(source: Path, times: int, small: Path, large: Path) -> None:
    """Unique rows that a copy would double, such as the government of a region, are left out of the copies."""
    from benchmarks import copies, country

    country.prepare(Path(tempfile.mkdtemp(prefix="paritrana-sizes-")))
    from django.apps import apps
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor, closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as filled:
        cursor.execute("SET session_replication_role = replica")  # neither guards nor foreign keys
        _bring(cursor, filled)
        measure(small)
        copies.add(cursor, [apps.get_model(name) for name in GROWING], times)
        measure(large)


def _bring(cursor: Any, filled: sqlite3.Connection) -> None:
    """Every table by COPY."""
    cursor.execute("SELECT table_name, column_name, data_type FROM information_schema.columns")
    kinds: dict[str, dict[str, str]] = defaultdict(dict)
    for table, column, kind in cursor.fetchall():
        kinds[table][column] = kind
    found = [name for (name,) in filled.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    tables = [name for name in found if name in kinds and name not in {"django_migrations", "cache"}]
    cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
    for table in tables:
        columns = [row[1] for row in filled.execute(f"PRAGMA table_info({table})") if row[1] in kinds[table]]
        named = ", ".join(f'"{column}"' for column in columns)
        rows = filled.execute(f"SELECT {named} FROM {table}")
        while batch := rows.fetchmany(BATCH):
            lines = ("\t".join(map(_cell, row, [kinds[table][name] for name in columns])) for row in batch)
            cursor.copy_expert(f"COPY {table} ({named}) FROM STDIN", io.StringIO("\n".join(lines)))


def _cell(value: Any, kind: str) -> str:
    if value is None:
        return "\\N"
    if kind == "boolean":
        return "t" if value else "f"
    if kind == "bytea":
        return "\\\\x" + bytes(value).hex()
    return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def measure(out: Path) -> None:
    from django.db import connection

    from awards.models import Nomination

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute(SIZES)
        tables = {name: [max(rows, 0), heap, indexes] for name, rows, heap, indexes in cursor.fetchall()}
        cursor.execute(INDEXES)
        indexes = cursor.fetchall()
    found = {"nominations": Nomination.objects.count(), "tables": tables, "indexes": indexes}
    out.write_text(json.dumps(found))


def compare(small: dict[str, Any], large: dict[str, Any]) -> list[tuple[str, float, float, float, float]]:
    """Table, rows and bytes each further nomination adds, share of the indexes, exponent of the rows; largest first.

    Differences, not quotients: an empty table with its indexes has pages of its own already.
    """
    more, found = large["nominations"] - small["nominations"], []
    for name, (rows, heap, indexes) in large["tables"].items():
        before, *bytes_before = small["tables"].get(name, [0, 0, 0])
        added, grown = rows - before, heap + indexes - sum(bytes_before)
        if added > more / 100 and grown > 0:
            exponent = (
                math.log(rows / before) / math.log(large["nominations"] / small["nominations"]) if before else 1.0
            )
            found.append((name, added / more, grown / added, (indexes - bytes_before[1]) / grown, exponent))
    return sorted(found, key=lambda row: -row[1] * row[2])


def main() -> None:
    verb, *given = sys.argv[1:]
    if verb == "fill":
        fill(int(given[0]), int(given[1]), Path(given[2]), int(given[3]) if given[3:] else 0)
        return
    if verb == "copy":
        copy(Path(given[0]), int(given[1]), Path(given[2]), Path(given[3]))
        return
    small, large = (json.loads(Path(name).read_text()) for name in given[:2])
    print(f"nominations: {small['nominations']:,} -> {large['nominations']:,}")
    print("| table | rows a nomination | bytes a row | of that indexes | exponent |\n|---|---:|---:|---:|---:|")
    for name, rows, each, share, exponent in compare(small, large):
        print(f"| `{name}` | {rows:.1f} | {each:,.0f} | {share:.0%} | {exponent:.2f} |")
    print("\n| index | table | kind | MB |\n|---|---|---|---:|")
    for name, table, size, kind in large.get("indexes", []):
        print(f"| `{name}` | `{table}` | {kind} | {size / 1e6:.1f} |")


if __name__ == "__main__":
    main()
