"""``python -m tests.upgrade.freeze``: what a release leaves to later ones; see docs/releasing.md.

Writes the migrations that are new since the last release into ``releases.json``, with their sha256, and the rows of a
played-on example into ``data/``. Run on SQLite, with the version in ``pyproject.toml`` raised already.
"""

import hashlib
import inspect
import json
import os
import sys
import tempfile
from pathlib import Path


def sha256_of(migration: object) -> str:
    return hashlib.sha256(Path(inspect.getfile(type(migration))).read_bytes()).hexdigest()


def freeze(version: str) -> None:
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    from tests.upgrade.databases import OWN, RELEASES, releases

    earlier = releases()
    known = {name for content in earlier.values() for name in content["files"]}
    loader = MigrationLoader(connection)
    found = {".".join(node): sha256_of(loader.disk_migrations[node]) for node in sorted(loader.disk_migrations)}
    own = {name: digest for name, digest in found.items() if name.split(".")[0] in OWN}
    others = [".".join(node) for node in loader.graph.leaf_nodes() if node[0] not in OWN]
    added = {name: digest for name, digest in own.items() if name not in known}
    everything = earlier | {version: {"files": added, "others": sorted(others)}}
    RELEASES.write_text(json.dumps(everything, indent=2) + "\n")


def write_rows(version: str, folder: Path) -> Path:
    from django.apps import apps
    from django.core.management import call_command

    from awards.models import Evidence
    from scoring.models import Panel
    from tests.upgrade import dump, story

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    story.play(folder)
    if empty := dump.empty_tables(apps):
        sys.exit(f"No row in {', '.join(sorted(empty))}: let tests/upgrade/story.py write one.")
    decrees = Panel.objects.exclude(decree_key="").values_list("decree_key", flat=True)
    return dump.write(version, apps, [*Evidence.objects.values_list("key", flat=True), *decrees])


def main() -> None:
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from paritrana import __version__
    from tests.upgrade.databases import releases

    if __version__ in releases():
        sys.exit(f"{__version__} is frozen already. Raise it in pyproject.toml and paritrana/__init__.py first.")
    with tempfile.TemporaryDirectory() as folder:
        size = write_rows(__version__, Path(folder)).stat().st_size
    freeze(__version__)
    print(f"{__version__} is frozen: {size:,} bytes of rows")


if __name__ == "__main__":
    main()
