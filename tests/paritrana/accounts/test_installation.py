"""Data folder and database belong together by one id; nobody works on a folder with the database of another."""

from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError
from django.db import connection

from paritrana import triggers
from paritrana.accounts import installation, own_files
from paritrana.accounts.models import Installation
from paritrana.setup import startup
from tests import builders


@pytest.fixture
def unbound(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    return settings.DATA_DIR


def test_a_new_folder_and_a_new_database_are_bound_and_stay_so(unbound):
    installation.demand_before_preparing()
    installation.bind()
    first = own_files.path(own_files.IDENTITY).read_text()
    installation.demand_before_preparing()
    installation.bind()

    installation.demand()
    assert own_files.path(own_files.IDENTITY).read_text() == first == f"{Installation.objects.get()}\n"
    assert own_files.path(own_files.IDENTITY).stat().st_mode & 0o777 == 0o600


def test_what_was_never_prepared_is_not_worked_on(unbound):
    with pytest.raises(CommandError, match="manage.py prepare"):
        installation.demand()


def no_row(folder):
    Installation.objects.all().delete()


def another_row(folder):
    Installation.objects.all().update(identity=uuid4())


def no_file(folder):
    own_files.path(own_files.IDENTITY).unlink()


def another_file(folder):
    own_files.path(own_files.IDENTITY).write_text(f"{uuid4()}\n")


def damaged_file(folder):
    own_files.path(own_files.IDENTITY).write_text("")


@pytest.mark.parametrize("fault", [no_row, another_row, no_file, another_file, damaged_file])
def test_halves_that_do_not_belong_together_are_refused_until_the_folder_is_adopted(data_folder, fault):
    fault(data_folder)

    for demand in (installation.demand, installation.demand_before_preparing, startup.demand):
        with pytest.raises(CommandError, match="prepare --adopt-data-folder"):
            demand()
    installation.bind()

    installation.demand()


def test_a_folder_adopted_by_a_new_database_is_lost_to_the_old_one(data_folder):
    before = own_files.path(own_files.IDENTITY).read_text()
    Installation.objects.all().delete()

    installation.bind()

    assert own_files.path(own_files.IDENTITY).read_text() != before


def test_two_servers_share_a_database_with_a_folder_each(data_folder, settings, tmp_path):
    first = own_files.path(own_files.IDENTITY).read_text()
    settings.DATA_DIR = tmp_path / "second"
    settings.DATA_DIR.mkdir()

    installation.bind()

    installation.demand()
    assert own_files.path(own_files.IDENTITY).read_text() == first


def test_documents_from_before_there_were_ids_are_not_bound_to_an_empty_database(unbound):
    storages["evidence"].save("ab/abcdef", ContentFile(b"x"))

    with pytest.raises(CommandError, match="holds documents, but the database is empty"):
        installation.demand_before_preparing()
    builders.person()

    installation.demand_before_preparing()


def test_a_server_does_not_serve_a_database_whose_guards_are_missing(data_folder):
    startup.demand()
    triggers.take_down(connection)

    with pytest.raises(CommandError, match=r"event_delete.*manage\.py prepare"):
        startup.demand()
