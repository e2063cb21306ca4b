"""Many figures at once: saving a whole grid, all of it or nothing, and keeping what is typed until then."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from paritrana.accounts.models import User
from paritrana.display.numbers import LONGEST
from regions.coverage import actions
from regions.coverage.actions import FigureEntry
from regions.coverage.grid import GridCell
from regions.models import Coverage, CoverageDraft, Region

Refusal = tuple[Region, int, ValidationError]
BATCH = 200


class BatchRefused(Exception):
    """Nothing was written; ``refusals`` are those of ``actions.enter`` with their region and year."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__(len(refusals))
        self.refusals = refusals


@transaction.atomic
def enter_all(
    entries: Mapping[tuple[Region, int], Sequence[FigureEntry]],
    *,
    by: User,
    origin: str | Mapping[tuple[Region, int], str],
) -> list[Coverage]:
    """Enter the figures of many regions and years; answers those that really changed. Raises BatchRefused.

    ``origin`` may differ by region and year. What this person had typed of these figures and not saved is forgotten.
    """
    refusals: list[Refusal] = []
    changed: list[Coverage] = []
    for (region, year), reported in sorted(entries.items(), key=lambda item: (item[0][0].code, item[0][1])):
        source = origin if isinstance(origin, str) else origin[region, year]
        try:
            changed += actions.enter(region, year, reported, by=by, origin=source)
        except ValidationError as error:
            refusals += [(region, year, refusal) for refusal in error.error_list]
    if refusals:
        raise BatchRefused(refusals)
    for (region, year), reported in entries.items():
        segments = [entry.segment for entry in reported]
        CoverageDraft.objects.filter(user=by, region=region, year=year, segment__in=segments).delete()
    return changed


@transaction.atomic
def keep(cells: Iterable[GridCell], *, by: User) -> None:
    """Keep what is typed, as typed; a box that shows what is in force again needs no draft."""
    cells = list(cells)
    moment = timezone.now()
    drafts = [
        CoverageDraft(
            user=by,
            region=cell.region,
            year=cell.year,
            segment=cell.segment,
            workers_text=cell.typed["workers"][:LONGEST],
            participants_text=cell.typed["participants"][:LONGEST],
            based_on=cell.based_on,
            saved_at=moment,
        )
        for cell in cells
        if cell.is_changed
    ]
    CoverageDraft.objects.bulk_create(
        drafts,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["user", "region", "year", "segment"],
        update_fields=["workers_text", "participants_text", "based_on", "saved_at"],
    )
    back = [cell for cell in cells if not cell.is_changed]
    for start in range(0, len(back), BATCH):
        places = Q(pk__in=[])
        for cell in back[start : start + BATCH]:
            places |= Q(region=cell.region, year=cell.year, segment=cell.segment)
        CoverageDraft.objects.filter(places, user=by).delete()
