"""Which regions an office has and may have, and moving them: a region leaves one office the day it comes to another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from paritrana.accounts.models import User
from regions import rules
from regions.models import AreaRegion, Basis, Branch, FormerArea, Region, RegionalOffice
from regions.signals import area_moved

AnOffice = Branch | RegionalOffice


@dataclass(frozen=True)
class Holder:
    """Who answers for a region now, since when, and on whose word."""

    office: AnOffice
    since: date | None
    basis: str
    source: str

    @property
    def is_assumed(self) -> bool:
        return self.basis == Basis.ASSUMED


def choices_for(office: AnOffice) -> QuerySet[Region]:
    """A branch takes kabupaten and kota of its regional office's provinces, a regional office takes provinces."""
    if isinstance(office, RegionalOffice):
        return Region.objects.provinces().order_by("code")
    inside = Region.objects.regencies().filter(parent__regional_office=office.regional_office_id)
    return inside.select_related("parent").order_by("code")


def area_of(office: AnOffice) -> QuerySet[Region]:
    if isinstance(office, RegionalOffice):
        return Region.objects.provinces().filter(regional_office=office).order_by("code")
    return Region.objects.filter(branches=office).select_related("parent").order_by("code")


def holders(regions: Iterable[Region], *, of_provinces: bool) -> dict[int, Holder]:
    """By the region's primary key; a region nobody answers for is left out."""
    keys = [region.pk for region in regions]
    if of_provinces:
        held = Region.objects.filter(pk__in=keys, regional_office__isnull=False).select_related("regional_office")
        return {
            one.pk: Holder(
                cast(RegionalOffice, one.regional_office),
                one.regional_office_since,
                one.regional_office_basis,
                one.regional_office_source,
            )
            for one in held
        }
    rows = AreaRegion.objects.filter(region__in=keys).select_related("branch")
    return {row.region_id: Holder(row.branch, row.since, row.basis, row.source) for row in rows}


def move(regions: Iterable[Region], to: AnOffice | None, since: date, *, source: str = "", by: User | None) -> None:
    """Give these regions to an office, or to none, from this day on; the period before it becomes history.

    Raises ValidationError ``future``, and ``before`` where an office had the region from a later day on.
    """
    moved = list(regions)
    of_provinces = isinstance(to, RegionalOffice) if to else bool(moved) and moved[0].is_province
    known = holders(moved, of_provinces=of_provinces)
    check_day(since, (known[region.pk] for region in moved if region.pk in known))
    for region in moved:
        if region.pk in known:
            end(region, known[region.pk], since, by)
    if of_provinces:
        _place_provinces(moved, to, since, source, by)
    else:
        _place_in_branch(moved, cast("Branch | None", to), since, source, by)
    former = {key: holder.office for key, holder in known.items()}
    area_moved.send(sender=None, regions=moved, former=former, to=to, since=since, source=source, by=by)


def check_day(since: date, held: Iterable[Holder]) -> None:
    if since > rules.today():
        raise ValidationError(_("Enter a change on the day it begins: this day is still to come."), code="future")
    later = [one for one in held if one.since and one.since > since]
    if later:
        raise ValidationError(
            _("%(office)s has one of these regions only since %(day)s: choose that day or a later one.")
            % {"office": later[0].office, "day": later[0].since},
            code="before",
        )


def end(region: Region, held: Holder, until: date, by: User | None) -> None:
    """Keep the period that is over."""
    name = "regional_office" if isinstance(held.office, RegionalOffice) else "branch"
    FormerArea.objects.create(region=region, since=held.since, until=until, ended_by=by, **{name: held.office})


def _place_provinces(regions: list[Region], to: AnOffice | None, since: date, source: str, by: User | None) -> None:
    Region.objects.filter(pk__in=[region.pk for region in regions]).update(
        regional_office=to,
        regional_office_since=since if to else None,
        regional_office_source=source if to else "",
        regional_office_basis=_basis(source) if to else "",
        regional_office_set_by=by,
    )


def _place_in_branch(regions: list[Region], to: Branch | None, since: date, source: str, by: User | None) -> None:
    AreaRegion.objects.filter(region__in=regions).delete()
    if to is not None:
        AreaRegion.objects.bulk_create(
            AreaRegion(branch=to, region=region, since=since, basis=_basis(source), source=source, placed_by=by)
            for region in regions
        )


def _basis(source: str) -> str:
    """A fact without a source is an assumption."""
    return Basis.ATTESTED if source else Basis.ASSUMED


def attest(office: AnOffice, regions: Iterable[Region], source: str, by: User) -> None:
    """This source proves that the office has these regions, whoever gave them to it."""
    keys = [region.pk for region in regions]
    if isinstance(office, RegionalOffice):
        Region.objects.filter(pk__in=keys).update(
            regional_office_basis=Basis.ATTESTED, regional_office_source=source, regional_office_set_by=by
        )
    else:
        rows = AreaRegion.objects.filter(branch=office, region__in=keys)
        rows.update(basis=Basis.ATTESTED, source=source, placed_by=by)
