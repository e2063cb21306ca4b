"""Whether a figure is doubted is stored when figures change, so that a queue can be narrowed without examining all.

A doubt depends on the figures of the whole province. None means that it was not examined since this is stored, as after
an upgrade: a scheduled task does so.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.dispatch import receiver
from django_tasks import task

from regions import plausibility
from regions.models import Coverage, Justification, Region
from regions.models.figures import CoverageQuerySet
from regions.plausibility import CheckedFigure
from regions.plausibility.figures import FIELDS, Key
from regions.signals import coverage_changed

BATCH = 500


@receiver(coverage_changed)
def refresh(sender: Any, regions: set[int], is_only_state: bool = False, **kwargs: Any) -> None:
    """Examine the provinces of these regions once more, and store what is different; two queries to read."""
    if is_only_state:
        return
    codes = {code[:2] for code in Region.objects.filter(pk__in=regions).values_list("code", flat=True)}
    of_provinces = Q()
    for code in codes:
        of_provinces |= Q(region__code__startswith=code)
    rows = list(Coverage.objects.filter(of_provinces).values_list("pk", "is_doubted", *FIELDS))
    figures = [CheckedFigure.read(row[2:]) for row in rows]
    doubted = _doubted(figures, codes)
    for value in (True, False):
        different = [
            row[0]
            for row, figure in zip(rows, figures, strict=True)
            if (figure.key in doubted) is value and row[1] is not value
        ]
        for start in range(0, len(different), BATCH):
            Coverage.objects.filter(pk__in=different[start : start + BATCH]).update(is_doubted=value)


@task()
def examine_unknown() -> None:
    """Province by province, each in a transaction of its own."""
    unknown = Coverage.objects.filter(is_doubted=None).order_by()
    for code in sorted({code[:2] for code in unknown.values_list("region__code", flat=True).distinct()}):
        with transaction.atomic():
            refresh(None, set(Region.objects.filter(code=code).values_list("pk", flat=True)))


def _doubted(figures: Iterable[CheckedFigure], codes: set[str]) -> set[Key]:
    provinces = Region.objects.provinces().filter(code__in=codes).annotate(of=Count("children"))
    flags = plausibility.examine(figures, date(2000, 12, 31), children=dict(provinces.values_list("code", "of")))
    return {key for flag in flags for key in flag.keys}


def narrowed(figures: CoverageQuerySet, *, doubted: bool) -> CoverageQuerySet:
    """Figures with a doubt or a note about their present version, or those with neither.

    One that was never examined counts as doubted.
    """
    notes = Justification.objects.filter(coverage=OuterRef("pk"), version=OuterRef("version"))
    if doubted:
        return figures.filter(Q(is_doubted=True) | Q(is_doubted=None) | Exists(notes))
    return figures.filter(~Exists(notes), is_doubted=False)
