"""Adding, changing, splitting and closing offices, and giving them regions. Figures stay with their region."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from paritrana.accounts import trail
from paritrana.accounts.models import User
from regions.models import Basis, Branch, Posting, Region, RegionalOffice
from regions.places import areas, postings
from regions.places.areas import AnOffice


@transaction.atomic
def add_branch(
    name: str, regional_office: RegionalOffice, *, source: str = "", note: str = "", by: User | None
) -> Branch:
    """Raises ValidationError ``name`` when an office is called so, ``closed`` when the regional office is closed."""
    _check_open(regional_office)
    fields = {"regional_office": regional_office, "source": source, "note": note}
    basis = Basis.ATTESTED if source else Basis.ASSUMED
    return _add(Branch(name=name, basis=basis, changed_by=by, **fields), by)


@transaction.atomic
def add_regional_office(name: str, *, by: User | None) -> RegionalOffice:
    """Raises ValidationError ``name`` when an office is called so."""
    return _add(RegionalOffice(name=name, changed_by=by), by)


def _add(office: Any, by: User | None) -> Any:
    _write(office)
    trail.record(by, "office.add", office, name=office.name)
    return office


def _write(office: AnOffice) -> None:
    same = type(office).objects.filter(name__iexact=office.name).exclude(pk=office.pk)
    taken = ValidationError({"name": ValidationError(_("Another office has this name already."), code="name")})
    if same.exists():
        raise taken
    try:
        with transaction.atomic():
            office.save()
    except IntegrityError as error:
        raise taken from error


@transaction.atomic
def change(office: AnOffice, fields: dict[str, Any], *, by: User) -> bool:
    """Rename an office, or change what is known of it; answers whether anything differed.

    A branch moves to another regional office only without regions outside its provinces: ValidationError ``area``.
    """
    changed = type(office).objects.select_for_update().get(pk=office.pk)
    before = {name: str(getattr(changed, name)) for name in fields}
    for name, value in fields.items():
        setattr(changed, name, value)
    after = {name: str(getattr(changed, name)) for name in fields}
    if before == after:
        return False
    if isinstance(changed, Branch):
        _check_inside(changed)
        changed.basis = Basis.ATTESTED if changed.source else Basis.ASSUMED
    changed.changed_by = by
    _write(changed)
    trail.record(by, "office.change", changed, before=before, after=after)
    office.refresh_from_db()
    return True


def _check_inside(branch: Branch) -> None:
    outside = areas.area_of(branch).exclude(pk__in=areas.choices_for(branch))
    if outside.exists():
        names = ", ".join(region.name for region in outside[:5])
        text = _("These regions lie outside the provinces of that regional office: %(regions)s.") % {"regions": names}
        raise ValidationError({"regional_office": ValidationError(text, code="area")})


@transaction.atomic
def set_area(
    office: AnOffice, wanted: Collection[Region], *, since: date, source: str = "", proves: bool = False, by: User
) -> bool:
    """From ``since`` on the office has exactly these regions; answers whether anything differed.

    Those that come leave the office they had; those that go have none until another one takes them. ``source`` proves
    what comes, and with ``proves`` what the office had before. Raises ValidationError ``closed``, ``area``, ``future``,
    ``before``, ``branches``.
    """
    _check_open(office)
    before = list(areas.area_of(office).select_for_update(of=("self",)))
    coming = [region for region in wanted if region not in before]
    going = [region for region in before if region not in wanted]
    _check_choice(office, coming)
    staying = [region for region in before if region in wanted] if proves and source else []
    if not (coming or going or staying):
        return False
    if isinstance(office, RegionalOffice):
        _take_branches_along(coming, office, by)
        _take_branches_along(going, None, by)
    taken = _names_of_holders(coming, office)
    areas.move(coming, office, since, source=source, by=by)
    areas.move(going, None, since, source=source, by=by)
    areas.attest(office, staying, source, by)
    codes = {"before": _codes(before), "after": _codes(wanted)}
    trail.record(by, "office.area", office, **codes, since=since, source=source, taken_from=taken)
    return True


def _check_open(office: AnOffice) -> None:
    if office.is_closed:
        raise ValidationError(_("%(office)s is closed.") % {"office": office}, code="closed")


def _check_choice(office: AnOffice, regions: list[Region]) -> None:
    outside = {region.pk for region in regions} - set(areas.choices_for(office).values_list("pk", flat=True))
    if outside:
        raise ValidationError(_("A branch takes regions of its regional office's provinces only."), code="area")


def _codes(regions: Iterable[Region]) -> list[str]:
    return sorted(region.code for region in regions)


def _names_of_holders(regions: list[Region], to: AnOffice) -> dict[str, str]:
    held = areas.holders(regions, of_provinces=isinstance(to, RegionalOffice))
    return {region.code: str(held[region.pk].office) for region in regions if region.pk in held}


def _take_branches_along(provinces: list[Region], to: RegionalOffice | None, by: User) -> None:
    """A branch goes with its provinces; one that has regions of others too stops the move."""
    here = Branch.objects.filter(working_area__parent__in=provinces).distinct()
    for branch in here:
        elsewhere = branch.working_area.exclude(parent__in=provinces).exists()
        if to is None or elsewhere:
            text = _("%(branch)s has regions there. Give them to another branch first, or move the province together.")
            raise ValidationError(text % {"branch": branch}, code="branches")
        if branch.regional_office_id != to.pk:
            detail = {"before": str(branch.regional_office), "after": str(to)}
            Branch.objects.filter(pk=branch.pk).update(regional_office=to, changed_by=by)
            trail.record(by, "office.change", branch, **detail)


@transaction.atomic
def split(office: AnOffice, name: str, regions: Collection[Region], *, since: date, source: str = "", by: User) -> Any:
    """A new office takes these regions of an old one over; answers the new one.

    Raises ValidationError ``none`` without regions, ``all`` where nothing would stay, and what adding and moving do.
    """
    before = set(areas.area_of(office))
    if not regions or not set(regions) <= before:
        raise ValidationError(_("Tick the regions the new office takes over."), code="none")
    if set(regions) == before:
        raise ValidationError(_("Something must stay with %(office)s: rename it instead."), code="all")
    if isinstance(office, Branch):
        made: Any = add_branch(name, office.regional_office, source=source, by=by)
    else:
        made = add_regional_office(name, by=by)
    set_area(made, regions, since=since, source=source, by=by)
    trail.record(by, "office.split", office, new=made.pk, name=made.name, regions=_codes(regions), since=since)
    return made


@transaction.atomic
def close(office: AnOffice, *, on: date, successor: AnOffice | None = None, by: User) -> None:
    """Close an office; its regions and people go to the successor, or have none from this day on.

    Raises ValidationError ``closed``, ``branches`` while a regional office has open branches, ``successor``.
    """
    _check_open(office)
    if isinstance(office, RegionalOffice) and successor is None and office.branches.open().exists():
        raise ValidationError(_("Choose the office that takes over its provinces and branches."), code="branches")
    if successor is not None and (successor.pk == office.pk or successor.is_closed):
        raise ValidationError(_("Choose another open office as successor."), code="successor")
    regions = list(areas.area_of(office))
    if isinstance(office, RegionalOffice) and successor is not None:
        office.branches.update(regional_office=successor, changed_by=by)
    areas.move(regions, successor, on, by=by)
    people = _move_people(office, successor, by)
    type(office).objects.filter(pk=office.pk).update(closed_on=on, closed_by=by, changed_by=by)
    office.refresh_from_db()
    heir = str(successor) if successor else ""
    trail.record(by, "office.close", office, on=on, successor=heir, regions=_codes(regions), people=people)


def _move_people(office: AnOffice, successor: AnOffice | None, by: User) -> int:
    held = list(office.postings.filter(ended_at=None).select_related("user"))
    place, name = _posted_at(office)
    for posting in held:
        postings.end_posting(posting, by=by)
        where: dict[str, Any] = {name: successor}
        known = Posting.objects.current().filter(user=posting.user, **where)
        if successor is not None and posting.user.is_active and not known.exists():
            postings.post(posting.user, place, **where, by=by)
    return len(held)


def _posted_at(office: AnOffice) -> tuple[str, str]:
    """The place of a posting, and the field that names the office."""
    if isinstance(office, Branch):
        return Posting.Place.BRANCH, "branch"
    return Posting.Place.REGIONAL, "regional_office"


@transaction.atomic
def reopen(office: AnOffice, *, by: User) -> None:
    """Open a closed office again, without regions and people. Raises ValidationError ``open``."""
    closed = type(office).objects.exclude(closed_on=None).filter(pk=office.pk)
    if not closed.update(closed_on=None, closed_by=None, changed_by=by):
        raise ValidationError(_("This office is open."), code="open")
    office.refresh_from_db()
    trail.record(by, "office.reopen", office)
