"""Making, verifying and restoring a backup; each is an event of the trail."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tarfile import TarFile
from tempfile import TemporaryDirectory
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.base import File
from django.core.files.storage import storages
from django.core.management import CommandError
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from awards.letters import outbox
from awards.letters.anchors import BACKUP
from paritrana import __version__, triggers
from paritrana.accounts import chaining, installation, lanes, own_files, trail
from paritrana.accounts.models import Installation, User
from paritrana.operations import archive, databases
from paritrana.operations.archive import BackupManifest, BadArchive
from paritrana.queue.models import QueueWorker
from paritrana.uploads import trash

COUNTED = (
    *("accounts.User", "accounts.AuditEvent", "awards.Nomination", "awards.Evidence", "scoring.Mark", "scoring.Seal"),
)


def make(folder: Path) -> Path:
    """Write one archive into the folder; its path. The head of the trail in it is mailed to the administrators."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    moment = timezone.now()
    path = folder / f"paritrana-{moment:%Y%m%d-%H%M%S}.tar"
    chaining.chain()
    with TemporaryDirectory(dir=folder, prefix=".backup-") as passing, archive.written(path) as out:
        copy = Path(passing) / archive.DATABASE
        with databases.copied(copy):
            manifest = BackupManifest(
                version=__version__,
                engine=connection.vendor,
                installation=str(Installation.objects.get(pk=1)),
                head=str(trail.head()),
                made_at=moment.isoformat(),
                migrations=applied(),
                rows={name: apps.get_model(name)._base_manager.count() for name in COUNTED},
            )
        with copy.open("rb") as content:
            out.add(archive.DATABASE, content, copy.stat().st_size)
        _add_documents(out)
        out.finish(manifest)
    _tell(path, manifest)
    return path


def _add_documents(out: archive.ArchiveWriter) -> None:
    """After the database: a document is stored before its row, and swept a day after it lost its row."""
    storage = storages["evidence"]
    for key in trash.names(storage):
        if key not in own_files.NAMES:
            with storage.open(key) as content:
                out.add(f"{archive.FILES}{key}", content, storage.size(key))


def _tell(path: Path, manifest: BackupManifest) -> None:
    digest = digest_of(path)
    with transaction.atomic():
        of = Installation.objects.get(pk=1)
        detail = {"archive": path.name, "sha256": digest, "head": manifest.head, "documents": len(manifest.documents)}
        trail.record(None, "backup.make", of, bytes=path.stat().st_size, **detail)
        for user in User.objects.filter(is_superuser=True, is_active=True):
            with override(user.language):
                text = _(
                    "Backup %(archive)s\n\nHead of the trail: %(head)s\nsha256 of the archive: %(sha256)s\n\n"
                    "Keep this letter: it shows whether the trail was changed later."
                )
                outbox.note(user, f"{BACKUP}{digest[:32]}:{user.pk}", _("A backup was made"), text % detail)


def verify(path: Path) -> BackupManifest:
    """Read every byte of it. Raises BadArchive with the first fault."""
    with archive.opened(path) as (tar, manifest):
        if fault := next(archive.faults(tar, manifest), None):
            raise BadArchive(fault)
        with _unpacked(tar, path.parent) as copy:
            if fault := databases.fault_of(copy, manifest.engine):
                raise BadArchive(f"the copy of the database is damaged: {fault}")
    return manifest


def note_verified(path: Path, manifest: BackupManifest) -> None:
    with transaction.atomic():
        of = Installation.objects.get(pk=1)
        trail.record(None, "backup.verify", of, archive=path.name, head=manifest.head, sha256=digest_of(path))


def restore(path: Path) -> BackupManifest:
    """Replace database and documents by those of the archive, and end every session.

    Raises BadArchive. An event of the trail says from which head it goes on, and the new id of the installation.
    """
    manifest = verify(path)
    _demand_fit(manifest)
    with archive.opened(path) as (tar, _same):
        with _unpacked(tar, Path(settings.DATA_DIR)) as copy:
            databases.put_back(copy)
        _put_documents_back(tar, manifest)
    triggers.put_up(connection)
    lanes.forget()
    with transaction.atomic():
        Session.objects.all().delete()
        QueueWorker.objects.all().delete()  # their tasks are queued again
        Installation.objects.filter(pk=1).update(identity=uuid4())
        of = Installation.objects.get(pk=1)
        before = {"made_at": manifest.made_at, "head": manifest.head, "installation": manifest.installation}
        trail.record(None, "backup.restore", of, archive=path.name, epoch=str(of), **before)
    installation.bind()
    return manifest


def _demand_fit(manifest: BackupManifest) -> None:
    if manifest.version != __version__:
        raise BadArchive(f"the archive is of release {manifest.version}; restore it with that one, not {__version__}")
    if manifest.engine != connection.vendor:
        raise BadArchive(f"the archive is of {manifest.engine}, this database is {connection.vendor}")
    own = {f"{app}.{name}" for app, name in _known()}
    if unknown := sorted(set(manifest.migrations) - own):
        raise BadArchive(f"the archive has migrations this code does not know: {', '.join(unknown[:5])}")
    if missing := sorted(own - set(manifest.migrations)):
        raise BadArchive(f"the archive lacks migrations of this code: {', '.join(missing[:5])}")


def _known() -> set[tuple[str, str]]:
    from django.db.migrations.loader import MigrationLoader

    return set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def _put_documents_back(tar: TarFile, manifest: BackupManifest) -> None:
    """Documents that came later stay: no row names them, and the sweep moves them to the trash."""
    storage = storages["evidence"]
    for key in manifest.documents:
        if storage.exists(key):
            storage.delete(key)
        storage.save(key, File(archive.member(tar, f"{archive.FILES}{key}")))


@contextmanager
def _unpacked(tar: TarFile, folder: Path) -> Iterator[Path]:
    with TemporaryDirectory(dir=folder, prefix=".backup-") as passing:
        copy = Path(passing) / archive.DATABASE
        with copy.open("wb") as target:
            shutil.copyfileobj(archive.member(tar, archive.DATABASE), target)
        yield copy


def applied() -> list[str]:
    known = _known()
    rows = MigrationRecorder.Migration.objects.values_list("app", "name") if _has_recorder() else []
    return sorted(f"{app}.{name}" for app, name in rows if (app, name) in known)


def _has_recorder() -> bool:
    return MigrationRecorder(connection).has_table()


def digest_of(path: Path) -> str:
    found = sha256()
    with path.open("rb") as file:
        while chunk := file.read(archive.CHUNK):
            found.update(chunk)
    return found.hexdigest()


def newest(folder: Path) -> Path:
    """Raises CommandError where there is none."""
    found = sorted(folder.glob("paritrana-*.tar"))
    if not found:
        raise CommandError(f"There is no backup in {folder}.")
    return found[-1]
