"""Data of every release is brought up to this code; and the code of a release writes on tables this code has made."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.urls import reverse

from awards.models import Evidence, Selection
from paritrana import triggers
from paritrana.accounts.models import User
from scoring.models import Document, Seal
from tests.once import taken_back
from tests.upgrade import databases, dump
from tests.upgrade.dump import PROOFS, WITHOUT_ROWS, files_in

VERSIONS = list(databases.releases())


@pytest.fixture(scope="module", params=VERSIONS)
def upgraded(request, tmp_path_factory, django_db_setup, django_db_blocker):
    """As whoever runs the portal does it: the data of the old release, then ``prepare`` of this code."""
    folder, version = tmp_path_factory.mktemp("upgraded"), request.param
    with django_db_blocker.unblock(), databases.another("upgraded", folder), files_in(folder):
        databases.migrate_to(databases.nodes_of(version))
        dump.load(version, databases.models_of(version))
        triggers.put_up(connection)  # as that release left it
        call_command("prepare", empty=True)
        yield folder


@pytest.fixture(scope="module")
def newest(tmp_path_factory, django_db_setup, django_db_blocker):
    """Tables of this code, without rows and guards."""
    folder = tmp_path_factory.mktemp("newest")
    with django_db_blocker.unblock(), databases.another("newest", folder), files_in(folder):
        databases.migrate_to(databases.newest())
        yield


def test_upgraded_data_pass_every_proof(upgraded):
    with files_in(upgraded):
        for proof in PROOFS:
            call_command(proof)


def test_pages_open_on_upgraded_data(upgraded, client):
    addresses = [reverse("home"), reverse("selections"), reverse("coverage"), reverse("trail")]
    addresses += [reverse(name, args=["2023-bali"]) for name in ("selection", "panel", "public-result")]

    with taken_back():
        client.force_login(User.objects.get(email="admin@paritrana.example"))
        answers = {address: client.get(address).status_code for address in addresses}

    assert answers == dict.fromkeys(addresses, 200)


def test_seals_papers_and_files_come_along(upgraded):
    selection = Selection.objects.get(slug="2023-bali")

    numbers = list(Seal.objects.order_by("number").values_list("number", "current_of"))

    assert numbers == [(1, None), (2, selection.pk)]
    assert Document.objects.exists()
    assert all(bytes(paper.content).startswith(b"%PDF-") for paper in Document.objects.all())
    assert (upgraded / "evidence" / Evidence.objects.get().key).is_file()


@pytest.mark.complete
@pytest.mark.parametrize("version", VERSIONS)
def test_the_data_of_a_release_fill_every_table_of_ours(version, newest):
    filled = {line[0] for line in dump.read(version) if len(line) == 3}
    ours = [model._meta for model in dump.tables(databases.models_of(version))]
    wanted = {each.label_lower for each in ours if each.app_label in databases.OWN}

    assert wanted - filled == WITHOUT_ROWS


@pytest.mark.complete
@pytest.mark.parametrize("version", VERSIONS)
def test_code_of_a_release_writes_every_row_on_the_newest_tables(version, newest):
    with taken_back():
        dump.load(version, databases.models_of(version))
        triggers.put_up(connection)
        for proof in PROOFS:
            call_command(proof)


@pytest.mark.complete
def test_a_column_that_demands_a_value_is_found_by_writing_as_a_release_does(newest):
    apps = databases.models_of(VERSIONS[-1])

    with taken_back(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_user ADD COLUMN demanding integer CHECK (demanding IS NOT NULL)")
        with pytest.raises(IntegrityError):
            dump.load(VERSIONS[-1], apps)
