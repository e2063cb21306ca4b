"""How many bytes a country takes on PostgreSQL: each table and its indexes, at a size, as JSON; then two such compared.

``python -m paritrana.setup.testing.postgres python benchmarks/sizes.py fill PROVINCES EACH OUT`` fills a database
(``country.py``), measures it; ``python benchmarks/sizes.py compare SMALL LARGE NOMINATIONS`` prints bytes a row, the
exponent by which each table grows with the nominations, and what it holds at so many.
"""

import json
import math
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
SIZES = """
SELECT c.relname, c.reltuples::bigint, pg_table_size(c.oid), pg_indexes_size(c.oid)
FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname
"""
SHOWN = 22


def fill(provinces: int, each: int, out: Path) -> None:
    from benchmarks import country

    folder = Path(tempfile.mkdtemp(prefix="paritrana-sizes-"))
    country.prepare(folder)
    from django.db import connection

    from awards.models import Nomination

    country.world_of(country.Size(provinces=provinces, each=each), folder)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute(SIZES)
        tables = {name: [max(rows, 0), heap, indexes] for name, rows, heap, indexes in cursor.fetchall()}
    out.write_text(json.dumps({"nominations": Nomination.objects.count(), "tables": tables}))


def compare(
    small: dict[str, Any], large: dict[str, Any], wanted: int
) -> list[tuple[str, int, float, float, float, float]]:
    """Table, rows, bytes a row, share of the indexes, exponent, GB at ``wanted`` nominations; largest first."""
    found = []
    for name, (rows, heap, indexes) in large["tables"].items():
        before = sum(small["tables"].get(name, [0, 0, 0])[1:])
        now = heap + indexes
        grown = large["nominations"] / small["nominations"]
        exponent = math.log(now / before) / math.log(grown) if before and now > before else 0.0
        there = now * (wanted / large["nominations"]) ** max(exponent, 0.0) / 1e9
        found.append((name, rows, now / rows if rows else 0.0, indexes / now if now else 0.0, exponent, there))
    return sorted(found, key=lambda row: -row[-1])


def main() -> None:
    verb, *given = sys.argv[1:]
    if verb == "fill":
        fill(int(given[0]), int(given[1]), Path(given[2]))
        return
    small, large = (json.loads(Path(name).read_text()) for name in given[:2])
    rows = compare(small, large, int(given[2]))
    print(f"nominations: {small['nominations']:,} -> {large['nominations']:,}")
    print("| table | rows | bytes a row | of that indexes | exponent | GB |\n|---|---|---|---|---|---|")
    for name, count, each, share, exponent, there in rows[:SHOWN]:
        print(f"| `{name}` | {count:,} | {each:,.0f} | {share:.0%} | {exponent:.2f} | {there:.2f} |")
    print(f"| all {len(rows)} | | | | | {sum(row[-1] for row in rows):.1f} |")


if __name__ == "__main__":
    main()
