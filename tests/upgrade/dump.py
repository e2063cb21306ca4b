"""The rows of a database as text, the same for both engines; written by a release, read by every later one.

One line of JSON for each table, ``[model, columns, rows]``, then one for each stored file, ``[key, base64]``.
"""

import base64
import json
import lzma
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.test.utils import override_settings

from tests.upgrade.databases import OWN

FOLDER = Path(__file__).parent / "data"
LEFT_OUT = {"sessions.session", "auth.permission"}
"""Of no use to another installation, or made anew by ``migrate``."""
WITHOUT_ROWS = {"accounts.user_groups", "accounts.user_user_permissions"}
"""Tables Django brings along that the portal never fills."""
PROOFS = ["verify_trail", "verify_results", "check_invariants"]


@contextmanager
def files_in(folder: Path) -> Iterator[None]:
    """Stored files lie in this folder, which is the data folder as well."""
    storage = {"BACKEND": settings.STORAGES["evidence"]["BACKEND"], "OPTIONS": {"location": folder / "evidence"}}
    with override_settings(DATA_DIR=folder, STORAGES={**settings.STORAGES, "evidence": storage}):
        yield


def path_of(version: str) -> Path:
    return FOLDER / f"{version}.jsonl.xz"


def tables(apps: Any) -> list[type[models.Model]]:
    """Every model with a table, those of many-to-many relations as well."""
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return [model for model in found if not model._meta.proxy and model._meta.label_lower not in LEFT_OUT]


def empty_tables(apps: Any) -> set[str]:
    """Of ours, without those that stay empty."""
    ours = [model for model in tables(apps) if model._meta.app_label in OWN]
    return {each._meta.label_lower for each in ours if not each._base_manager.exists()} - WITHOUT_ROWS


def write(version: str, apps: Any, keys: Iterable[str]) -> Path:
    """``keys`` are those of the stored files the rows name."""
    lines = []
    for model in tables(apps):
        fields = model._meta.concrete_fields
        rows = [[_text(field, row) for field in fields] for row in model._base_manager.order_by("pk")]
        if rows:
            lines.append([model._meta.label_lower, [field.attname for field in fields], rows])
    for key in keys:
        with storages["evidence"].open(key) as file:
            lines.append([key, base64.b64encode(file.read()).decode()])
    text = "\n".join(json.dumps(line, cls=DjangoJSONEncoder, separators=(",", ":")) for line in lines)
    FOLDER.mkdir(exist_ok=True)
    path_of(version).write_bytes(lzma.compress(text.encode(), preset=9))
    return path_of(version)


def _text(field: models.Field, row: models.Model) -> Any:
    """JSON stays JSON, everything else is text; None is None."""
    value = field.value_from_object(row)
    return None if value is None else field.value_to_string(row)


def read(version: str) -> list[list[Any]]:
    return [json.loads(line) for line in lzma.decompress(path_of(version).read_bytes()).decode().splitlines()]


def load(version: str, apps: Any) -> None:
    """Into the empty tables of that release; ``apps`` are its models. No guard may stand yet."""
    filled = []
    with transaction.atomic():
        for line in read(version):
            if len(line) == 2:
                storages["evidence"].save(line[0], ContentFile(base64.b64decode(line[1])))
            else:
                filled.append(_fill(apps, *line))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)


def _fill(apps: Any, label: str, columns: list[str], rows: list[list[Any]]) -> type[models.Model]:
    """Exactly these values: no field of these models puts the present moment into itself."""
    model = apps.get_model(label)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    for field in fields.values():
        field.auto_now = field.auto_now_add = False
    given = [dict(zip(columns, row, strict=True)) for row in rows]
    made = [model(**{name: _value(fields[name], value) for name, value in each.items()}) for each in given]
    model._base_manager.bulk_create(made, batch_size=200)
    return model


def _value(field: models.Field, value: Any) -> Any:
    return None if value is None else field.to_python(value)
