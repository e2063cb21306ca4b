"""Lists of winners as files, and a province to win in."""

import csv
from io import StringIO

import pytest
from django.core.management import call_command

from tests import builders as b

HEADER = ["period", "level", "province", "zone", "category", "sector", "place", "name", "region", "source"]
ROW = {
    "period": "2024",
    "level": "provinsi",
    "province": "Jawa Timur",
    "category": "Badan Usaha",
    "place": "1",
    "name": "PT Angin Contoh",
    "source": "https://contoh.example/a",
}


@pytest.fixture
def java(db):
    east = b.province("35", "Jawa Timur")
    for code, name in [("35.05", "Kabupaten Blitar"), ("35.07", "Kabupaten Malang"), ("35.73", "Kota Malang")]:
        b.regency(code, name, parent=east)
    return east


@pytest.fixture
def taken(tmp_path):
    """What the command says of a file of rows, each ROW with some cells changed."""

    def take(*rows):
        path = tmp_path / f"daftar{len(list(tmp_path.iterdir()))}.csv"
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, HEADER, restval="")
            writer.writeheader()
            writer.writerows(ROW | row for row in rows)
        out = StringIO()
        call_command("import_winners", str(path), stdout=out)
        return out.getvalue()

    return take
