"""``prepare`` while the servers of an older release save: it waits briefly, lets them go first, and tries again."""

import threading

import psycopg2
import pytest
from django.db import OperationalError, connection, transaction

from paritrana.management.commands import prepare

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite locks the whole file")
    monkeypatch.setattr(prepare, "PAUSE", 0.01)
    monkeypatch.setattr(prepare, "TURNS", [50] * 40)


def alter():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE awards_rubric IN ACCESS EXCLUSIVE MODE")
    return "altered"


def test_a_table_in_use_is_altered_as_soon_as_it_is_free():
    reader = psycopg2.connect(_dsn())
    reader.cursor().execute("SELECT count(*) FROM awards_rubric")
    threading.Timer(0.4, reader.close).start()

    assert prepare.giving_way(alter) == "altered"
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() != ("50ms",)


def test_a_table_in_use_throughout_is_named_by_the_database(monkeypatch):
    monkeypatch.setattr(prepare, "TURNS", [20, 20])
    reader = psycopg2.connect(_dsn())
    reader.cursor().execute("SELECT count(*) FROM awards_rubric")

    with pytest.raises(OperationalError, match="lock timeout"):
        prepare.giving_way(alter)
    reader.close()


def test_another_fault_is_not_tried_again():
    tries = []

    def fail():
        tries.append(1)
        raise OperationalError("disk full")

    with pytest.raises(OperationalError, match="disk full"):
        prepare.giving_way(fail)
    assert len(tries) == 1


def _dsn():
    known = connection.get_connection_params()
    return psycopg2.extensions.make_dsn(**{key: known[key] for key in ("dbname", "user", "host") if key in known})
