"""Many figures at once: saving a whole grid, all of it or nothing, and keeping what is typed until then."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from paritrana.accounts.models import User
from paritrana.display.numbers import LONGEST
from regions.coverage import actions
from regions.coverage.actions import FigureEntry
from regions.coverage.grid import GridCell
from regions.models import Coverage, CoverageDraft, Region

BATCH = 200


@transaction.atomic
def enter_all(
    entries: Mapping[tuple[Region, int], Sequence[FigureEntry]],
    *,
    by: User,
    origin: str | Mapping[tuple[Region, int], str],
) -> list[Coverage]:
    """Enter the figures of many regions and years; answers those that changed. Raises ``actions.EntriesRefused``.

    ``origin`` may differ by region and year. What this person had typed of these figures and not saved is forgotten.
    """
    ordered = dict(sorted(entries.items(), key=lambda item: (item[0][0].code, item[0][1])))
    origins = dict.fromkeys(ordered, origin) if isinstance(origin, str) else origin
    changed = actions.enter_many(ordered, by=by, origins=origins)
    written = {(region.pk, year, entry.segment.pk) for (region, year), said in entries.items() for entry in said}
    drafts = CoverageDraft.objects.filter(user=by, region__in={region for region, _year in entries})
    forgotten = [draft.pk for draft in drafts if (draft.region_id, draft.year, draft.segment_id) in written]
    CoverageDraft.objects.filter(pk__in=forgotten).delete()
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
