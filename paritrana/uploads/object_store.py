"""Attached documents in a private bucket, for several servers; imported only where ``STORAGE_URL`` names one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.utils.deconstruct import deconstructible
from storages.backends.s3 import S3Storage

PATIENCE = Config(
    connect_timeout=3,
    read_timeout=20,
    retries={"max_attempts": 3},
    s3={"addressing_style": "path"},
    signature_version="s3v4",
)


@contextmanager
def _as_file_errors() -> Iterator[None]:
    """A store that is away, or refuses, is to the portal what a broken disk is."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise OSError(f"the object store failed: {type(error).__name__}") from error


@deconstructible(path="paritrana.uploads.object_store.ObjectStore")
class ObjectStore(S3Storage):
    """Objects have no web address: a view that knows who asks streams them. An object is there whole or not at all."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, client_config=PATIENCE, querystring_auth=True)

    def make_bucket(self) -> None:
        """Create the bucket where the store has none of this name; stores make private ones."""
        with _as_file_errors():
            try:
                self.connection.meta.client.head_bucket(Bucket=self.bucket_name)
            except ClientError as error:
                if error.response["Error"]["Code"] not in {"404", "NoSuchBucket"}:
                    raise
                where = {} if self.region_name == "us-east-1" else {"LocationConstraint": self.region_name}
                self.bucket.create(**({"CreateBucketConfiguration": where} if where else {}))

    def _open(self, name: str, mode: str = "rb") -> Any:
        """Fetched at once, so that a failure shows before an answer has begun."""
        with _as_file_errors():
            found = super()._open(name, mode)
            found.file  # noqa: B018
            return found

    def _save(self, name: str, content: Any) -> str:
        with _as_file_errors():
            return str(super()._save(name, content))

    def size(self, name: str) -> int:
        with _as_file_errors():
            return int(super().size(name))

    def exists(self, name: str) -> bool:
        with _as_file_errors():
            return not name or bool(super().exists(name))

    def delete(self, name: str) -> None:
        with _as_file_errors():
            super().delete(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with _as_file_errors():
            folders, files = super().listdir(name)
            return list(folders), list(files)

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> str:
        raise ValueError("attached documents have no address: a view that knows who asks hands them out")
