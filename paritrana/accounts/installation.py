"""One id ties a data folder to its database: both store it, and a server refuses a pair that does not match.

Otherwise a command started without DATABASE_URL would use an empty database with the files of another. Several servers
may share a database, each with its own data folder; then every folder stores the same id.
"""

from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.files.storage import storages
from django.core.management import CommandError
from django.db import connection, models, transaction

from paritrana.accounts import own_files
from paritrana.accounts.models import Installation, User
from paritrana.uploads import trash

_CURE = (
    "Correct DATABASE_URL or PARITRANA_DATA. Only if this folder shall serve this database from now on "
    "(a restored backup, a second server): python3 manage.py prepare --adopt-data-folder"
)


def demand() -> None:
    """Raise CommandError unless data folder and database belong to the same installation."""
    in_database, in_folder = _of_database(), _of_folder()
    if in_database is None and in_folder is None:
        raise CommandError("This installation has not been prepared. Type: python3 manage.py prepare")
    _demand_same(in_database, in_folder)


def demand_before_preparing() -> None:
    """The same check before ``prepare`` writes.

    Both may be without an id yet, unless only one of them has data.
    """
    in_database, in_folder = _of_database(), _of_folder()
    if in_database is None and in_folder is None:
        _demand_no_loss()
    else:
        _demand_same(in_database, in_folder)


def bind() -> None:
    """Write the id of the database into the data folder; a new id where the database has none.

    The head noted in the data folder of another database says nothing about this one.
    """
    with transaction.atomic():
        row, _made = Installation.objects.get_or_create(pk=1)
        if _of_folder(strictly=False) != row.identity:
            own_files.remove(own_files.HEAD)
            own_files.write(own_files.IDENTITY, f"{row.identity}\n")


def _demand_same(in_database: UUID | None, in_folder: UUID | None) -> None:
    if in_database == in_folder:
        return
    folder = settings.DATA_DIR
    if in_database is None:
        fault = f"The data folder {folder} belongs to an installation this database knows nothing of."
    elif in_folder is None:
        fault = f"The database belongs to an installation, but the data folder {folder} is not one of its folders."
    else:
        fault = f"The data folder {folder} and the database belong to two different installations."
    raise CommandError(f"{fault} {_CURE}")


def _demand_no_loss() -> None:
    """For installations older than the id: refuse documents without a database, or rows without documents."""
    lie = bool(trash.listed(storages["evidence"])[0])
    if lie and not _has_rows(User):
        raise CommandError(f"The data folder {settings.DATA_DIR} holds documents, but the database is empty. {_CURE}")
    if not lie and _has_rows(apps.get_model("awards", "Evidence")):
        raise CommandError(f"The database names documents, but {settings.DATA_DIR} holds none. {_CURE}")


def _of_database() -> UUID | None:
    if not _has_rows(Installation):
        return None
    return Installation.objects.values_list("identity", flat=True).get(pk=1)


def _has_rows(model: type[models.Model]) -> bool:
    """False also before the first ``migrate``, when the table does not exist."""
    return model._meta.db_table in connection.introspection.table_names() and model._base_manager.exists()


def _of_folder(*, strictly: bool = True) -> UUID | None:
    try:
        found = own_files.read(own_files.IDENTITY)
        return None if found is None else UUID(found.strip())
    except (OSError, ValueError):
        if strictly:
            place = own_files.path(own_files.IDENTITY)
            raise CommandError(f"{place} holds no id of an installation. Restore the file. {_CURE}") from None
        return None
