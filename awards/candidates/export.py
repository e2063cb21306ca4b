"""The workbook of candidates, without personal data: made by a task, a batch of rows in memory at a time."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from awards import masks
from awards.candidates.forms import CandidateFilter
from awards.models import Candidate, Nomination
from awards.models.candidates import CandidateQuerySet
from paritrana.accounts.models import User
from paritrana.intake.made_files import MadeFile
from paritrana.queue.phases import WorkRun
from regions.atlas import workbook

BATCH = 2_000


def narrowed(user: User, query: QueryDict) -> tuple[CandidateFilter, CandidateQuerySet]:
    """The filter as it is asked for, and the visible, unmerged candidates it leaves, in the order of their list."""
    among = Candidate.objects.visible_to(user).current()
    narrowing = CandidateFilter(query, among)
    rows = narrowing.narrow(among).select_related("region__parent").order_by("region__code", "name", "pk")
    return narrowing, rows


def count_nominations(candidates: Iterable[Candidate], user: User) -> None:
    """Sets ``times``: how often each is nominated, as far as the person may see nominations."""
    seen = Nomination.objects.visible_to(user).filter(candidate__in=list(candidates)).order_by()
    times = dict(seen.values_list("candidate").annotate(times=Count("pk", distinct=True)))
    for candidate in candidates:
        candidate.times = times.get(candidate.pk, 0)  # type: ignore[attr-defined]


def candidate_file(user: User, query: str) -> MadeFile:
    """One for each query string, so that a workbook is never taken for another one's."""
    return MadeFile(f"candidates {hashlib.sha256(query.encode()).hexdigest()[:16]}", user)


def begin(query: str, *, by: User) -> None:
    candidate_file(by, query).begin(write_candidates, by.pk, query)


@task()
def write_candidates(run: list[str], user: int, query: str) -> None:
    def write(run: WorkRun) -> None:
        by = User.objects.get(pk=user)
        content = candidate_book(_counted(run, by, narrowed(by, QueryDict(query))[1]))
        with transaction.atomic():
            name = f"kandidat-{timezone.localdate().isoformat()}.xlsx"
            candidate_file(by, query).keep(run, name, content)

    WorkRun(*run).carry_out_or_tell(write)


def _counted(run: WorkRun, by: User, rows: CandidateQuerySet) -> Iterator[Candidate]:
    """The rows with the number of their nominations, telling how far it is."""
    of, done, found = rows.count(), 0, rows.iterator(BATCH)
    while batch := list(islice(found, BATCH)):
        count_nominations(batch, by)
        yield from batch
        done += len(batch)
        run.tell(done, of)


def candidate_book(rows: Iterable[Any]) -> bytes:
    """Candidates with ``times``, the number of their nominations the reader may see."""
    head = [_("Kind"), _("Name"), _("Code"), _("Region")]
    head += [_("NPP"), _("NIB"), _("NPWP"), _("KBLI"), _("Scale"), _("Nominations")]
    lines: Iterator[list[workbook.Cell]] = (
        [
            str(row.get_kind_display()),
            row.name,
            row.region.code,
            row.region.name,
            row.npp,
            row.nib,
            masks.npwp(row.npwp),
            row.kbli,
            str(row.get_scale_display()),
            row.times,
        ]
        for row in rows
    )
    return workbook.table(
        _("Candidates"), _("Candidates as entered in the portal, without their contacts"), head, lines
    )
