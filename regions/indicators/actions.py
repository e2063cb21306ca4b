"""Answering a yes/no indicator for regions of a year, and verifying the answers."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from paritrana.accounts import trail
from paritrana.accounts.models import User
from regions import rules
from regions.models import Indicator, IndicatorAnswer, Region


class Said(NamedTuple):
    """``is_met`` is None where there is no answer; ``based_on`` is the version seen, 0 without one."""

    is_met: bool | None
    evidence: str
    link: str
    based_on: int


@transaction.atomic
def answer(indicator: Indicator, year: int, said: Mapping[Region, Said], *, by: User) -> int:
    """Let these be the answers of the year, all or none; answers how many were given, changed or taken back.

    A changed answer has to be verified again. Raises ValidationError ``year``, ``unproved``, ``conflict``.
    """
    rules.check_year(year)
    rows = IndicatorAnswer.objects.filter(indicator=indicator, year=year, region__in=said)
    known = {row.region_id: row for row in rows.select_for_update()}
    return sum(_answer(indicator, year, region, each, known.get(region.pk), by) for region, each in said.items())


def _answer(indicator: Indicator, year: int, region: Region, said: Said, row: IndicatorAnswer | None, by: User) -> bool:
    before = row.content() if row else {}
    after = {} if said.is_met is None else {"is_met": said.is_met, "evidence": said.evidence, "link": said.link}
    if before == after:
        return False
    if said.is_met and not said.evidence:
        raise ValidationError(_("Write what proves the yes, such as the number of the decree."), code="unproved")
    if (row.version if row else 0) != said.based_on:
        raise _conflict(region)
    if row is None:
        row = IndicatorAnswer(indicator=indicator, region=region, year=year, version=0)
    if after:
        row.is_met, row.evidence, row.link = bool(said.is_met), said.evidence, said.link
        row.version, row.answered_by, row.verified_at, row.verified_by = said.based_on + 1, by, None, None
        _save(row)
    else:
        IndicatorAnswer.objects.filter(pk=row.pk).delete()
    trail.record(by, "indicator.answer", region, indicator=indicator.code, year=year, before=before, after=after)
    return True


def _save(row: IndicatorAnswer) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise _conflict(row.region) from None


@transaction.atomic
def verify(picked: Iterable[IndicatorAnswer], versions: Mapping[int, int], *, by: User) -> int:
    """Verify answers at the versions seen; ``versions`` by primary key.

    Raises ValidationError ``conflict`` and, for an answer of one's own, ``four-eyes``.
    """
    done = 0
    for row in picked:
        if row.answered_by_id == by.pk:
            raise ValidationError(_("Whoever gave an answer cannot verify it."), code="four-eyes")
        moved = IndicatorAnswer.objects.filter(pk=row.pk, version=versions[row.pk], verified_at=None).update(
            verified_at=timezone.now(), verified_by=by
        )
        if not moved and row.version != versions[row.pk]:
            raise _conflict(row.region)
        if moved:
            trail.record(by, "indicator.verify", row.region, indicator=row.indicator.code, year=row.year)
        done += moved
    return done


def _conflict(region: Region) -> ValidationError:
    text = _("Somebody else answered for %(region)s meanwhile. Look at it again.")
    return ValidationError(text, code="conflict", params={"region": region})
