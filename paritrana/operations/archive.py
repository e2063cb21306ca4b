"""The archive: a tar with the copy of the database, every document, and last the manifest with the digest of each."""

import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

FORMAT = 1
MANIFEST, DATABASE, FILES = "manifest.json", "database", "evidence/"
CHUNK = 1024 * 1024


class BadArchive(Exception):
    """The archive is not what its manifest says, or not one of this portal."""


@dataclass
class BackupManifest:
    """``members`` are the sha256 and size of everything in the archive; ``head`` is the end of the trail in it."""

    version: str
    engine: str
    installation: str
    head: str
    made_at: str
    migrations: list[str]
    rows: dict[str, int]
    members: dict[str, list[Any]] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def documents(self) -> list[str]:
        return [name.removeprefix(FILES) for name in self.members if name.startswith(FILES)]


class ArchiveWriter:
    """Notes the digest of everything it adds."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar, self.members = tar, dict[str, list[Any]]()

    def add(self, name: str, content: IO[bytes], size: int) -> None:
        entry, hashed = tarfile.TarInfo(name), _Hashed(content)
        entry.size, entry.mode = size, 0o600
        self.tar.addfile(entry, hashed)  # type: ignore[arg-type]
        self.members[name] = [hashed.digest.hexdigest(), size]

    def finish(self, manifest: BackupManifest) -> None:
        manifest.members = self.members
        content = json.dumps(asdict(manifest), sort_keys=True, indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size, entry.mode = len(content), 0o600
        self.tar.addfile(entry, io.BytesIO(content))


class _Hashed:
    def __init__(self, content: IO[bytes]) -> None:
        self.content, self.digest = content, sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self.content.read(size)
        self.digest.update(chunk)
        return chunk


@contextmanager
def written(path: Path) -> Iterator[ArchiveWriter]:
    """The archive gets its name only when it is complete."""
    passing = path.with_name(f".{path.name}.part")
    try:
        with passing.open("xb") as file:
            passing.chmod(0o600)
            with tarfile.open(fileobj=file, mode="w") as tar:
                yield ArchiveWriter(tar)
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)


@contextmanager
def opened(path: Path) -> Iterator[tuple[tarfile.TarFile, BackupManifest]]:
    """The archive and its manifest. Raises BadArchive."""
    try:
        with tarfile.open(path, "r:") as tar:
            yield tar, _manifest(tar)
    except (OSError, tarfile.TarError, EOFError) as error:
        raise BadArchive(f"{path} is no archive that can be read: {error}") from error


def _manifest(tar: tarfile.TarFile) -> BackupManifest:
    try:
        content = json.loads(member(tar, MANIFEST).read())
        found = BackupManifest(**content)
    except (KeyError, TypeError, ValueError) as error:
        raise BadArchive("the archive has no manifest: it was never finished, or is not one of this portal") from error
    if found.format != FORMAT:
        raise BadArchive(f"the archive is of format {found.format}, this code reads {FORMAT}")
    return found


def member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    found = tar.extractfile(name)
    if found is None:
        raise KeyError(name)
    return found


def faults(tar: tarfile.TarFile, manifest: BackupManifest) -> Iterator[str]:
    """What is missing, altered, or more than the manifest says."""
    there = {entry.name for entry in tar.getmembers() if entry.isfile()}
    yield from (f"{name} is in no manifest" for name in sorted(there - set(manifest.members) - {MANIFEST}))
    for name, (digest, size) in sorted(manifest.members.items()):
        if name not in there:
            yield f"{name} is missing"
            continue
        found, length = sha256(), 0
        content = member(tar, name)
        while chunk := content.read(CHUNK):
            found.update(chunk)
            length += len(chunk)
        if (found.hexdigest(), length) != (digest, size):
            yield f"{name} is not what was put in"
