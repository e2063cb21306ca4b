"""Rows of lists, such as regulations and budgets: each is ticked by somebody before the nomination is verified."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from awards.criteria.kinds import KINDS
from awards.criteria.listed import Listed
from awards.models import Answer, CheckedRow, Criterion, Evidence, Nomination
from awards.nominations import row_files
from awards.nominations.four_eyes import was_handled_by
from awards.nominations.row_files import TextOfRow
from paritrana.accounts import trail
from paritrana.accounts.models import User

LISTED = [name for name, kind in KINDS.items() if kind.is_listed]


@dataclass(frozen=True)
class ListedRow:
    """``check`` is the tick of a verifier, None while nobody has ticked it."""

    criterion: Criterion
    shown: TextOfRow
    digest: str
    check: CheckedRow | None


def rows_of(nominations: Iterable[Nomination]) -> dict[int, list[ListedRow]]:
    """The rows of each nomination by its primary key; three queries."""
    given = Answer.objects.filter(nomination__in=list(nominations), criterion__kind__in=LISTED)
    answers = list(given.select_related("criterion__aspect").order_by("criterion__aspect__order", "criterion__order"))
    ticked = CheckedRow.objects.filter(nomination__in={answer.nomination_id for answer in answers})
    checks = {(row.nomination_id, row.criterion_id, row.digest): row for row in ticked.select_related("checked_by")}
    files: dict[tuple[int, int], list[Evidence]] = defaultdict(list)
    for file in Evidence.objects.current().filter(nomination__in={answer.nomination_id for answer in answers}):
        files[file.nomination_id, file.criterion_id].append(file)
    found: dict[int, list[ListedRow]] = defaultdict(list)
    for answer in answers:
        kind = cast(Listed, KINDS[answer.criterion.kind])
        texts = kind.row_texts(answer.criterion, answer.value)
        shown = row_files.linked(texts, files[answer.nomination_id, answer.criterion_id])
        for row, text in zip(answer.value["rows"], shown, strict=True):
            digest = digest_of(row)
            check = checks.get((answer.nomination_id, answer.criterion_id, digest))
            found[answer.nomination_id].append(ListedRow(answer.criterion, text, digest, check))
    return found


def digest_of(row: Mapping[str, Any]) -> str:
    return sha256(json.dumps(row, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def tick(nomination: Nomination, digests: Iterable[str], *, by: User) -> int:
    """Tick rows by ``criterion:digest``; others are ignored. Answers how many were ticked.

    Raises ValidationError ``four-eyes`` for whoever nominated or sent it.
    """
    if was_handled_by(nomination, by):
        raise ValidationError(_("Whoever nominated, sent or verified it before cannot verify it."), code="four-eyes")
    wanted = set(digests)
    rows = [row for row in rows_of([nomination])[nomination.pk] if not row.check and name_of(row) in wanted]
    for row in {name_of(row): row for row in rows}.values():
        made, is_new = CheckedRow.objects.get_or_create(
            nomination=nomination, criterion=row.criterion, digest=row.digest, defaults={"checked_by": by}
        )
        if is_new:
            trail.record(by, "nomination.check-row", nomination, criterion=row.criterion.slug, row=row.shown.in_words)
    return len(rows)


def name_of(row: ListedRow) -> str:
    return f"{row.criterion.pk}:{row.digest}"


def unticked(nominations: Iterable[Nomination]) -> dict[int, list[ListedRow]]:
    """The rows nobody has ticked, for those nominations that have any."""
    found = {pk: [row for row in rows if not row.check] for pk, rows in rows_of(nominations).items()}
    return {pk: rows for pk, rows in found.items() if rows}
