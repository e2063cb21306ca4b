"""Setting up an edition: creating it, its head (label, period, year), zones, categories and sectors."""

import json
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from awards.editions.documents import load_edition, must_exist, write_zones, zones_of
from awards.editions.schema import STATED, TAKES, read_edition
from awards.models import Appointment, Category, Edition, Role, Sector
from awards.people.appointments import appoint
from awards.signals import selection_changed
from paritrana.accounts import trail
from paritrana.accounts.models import User

HEAD = ("label", "period_start", "period_end", "implementation_year")
CATEGORY = ("name", "candidate_kind", *TAKES, "order", "proposed", *STATED)


@transaction.atomic
def found_edition(document: Any, *, by: User) -> Edition:
    """Create an edition from a document; its creator is appointed to its national committee.

    Raises ValidationError: ``edition`` with every fault of the document, ``slug`` when the short name is taken.
    """
    wanted = read_edition(document)
    if Edition.objects.filter(slug=wanted["slug"]).exists():
        params = {"slug": wanted["slug"]}
        raise ValidationError(_("There is an edition “%(slug)s” already; choose another short name."), "slug", params)
    edition = load_edition(document, by=by)
    held = Appointment.objects.current().filter(user=by, role=Role.NATIONAL_COMMITTEE, edition=edition)
    if not held.exists():
        appoint(by, Role.NATIONAL_COMMITTEE, edition, by=by)
    return edition


def conflict() -> ValidationError:
    return ValidationError(_("Somebody changed this meanwhile."), code="conflict")


def plain(values: Any) -> Any:
    """The values as JSON gives them back from a form: dates as text, pairs as lists."""
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def head_of(edition: Edition) -> dict[str, Any]:
    return {name: getattr(edition, name) for name in HEAD}


@transaction.atomic
def change_edition(edition: Edition, head: dict[str, Any], *, seen: Any, by: User) -> None:
    """Change label, period and year.

    ``seen`` are the ``plain`` values the person saw. Raises ValidationError ``conflict``.
    """
    present = Edition.objects.select_for_update().get(pk=edition.pk)
    before = head_of(present)
    if plain(before) != seen:
        raise conflict()
    if before == head:
        return
    Edition.objects.filter(pk=edition.pk, **before).update(**head)
    trail.record(by, "edition.change", present, before=before, after=head)
    _announce(present, by)


@transaction.atomic
def set_zones(edition: Edition, zones: list[dict[str, Any]], *, seen: Any, by: User) -> None:
    """Replace all zones: ``[{"name", "provinces": {code: source}}]``. Raises ``conflict``, ``twice``."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    names = [zone["name"] for zone in zones]
    codes = [code for zone in zones for code in zone["provinces"]]
    if len(set(names)) != len(names) or len(set(codes)) != len(codes):
        raise ValidationError(_("Every zone has its own name, and a province belongs to one zone."), code="twice")
    must_exist({"zones": zones, "categories": []})
    before = zones_of(edition)
    if plain(before) != seen:
        raise conflict()
    if before == zones:
        return
    write_zones(edition, zones)
    trail.record(by, "edition.zones", edition, before=before, after=zones)
    _announce(edition, by)


def _announce(edition: Edition, by: User) -> None:
    for selection in edition.selections.all():
        selection_changed.send(sender=Edition, selection=selection, by=by)


def category_values(category: Category) -> dict[str, Any]:
    """The initial values of a category's form: its fields, and its sectors as (key, name)."""
    sectors = [(sector.pk, sector.name) for sector in category.sectors.all()]
    return {name: getattr(category, name) for name in CATEGORY} | {"sectors": sectors}


@transaction.atomic
def add_category(edition: Edition, values: dict[str, Any], *, by: User) -> Category:
    """Add a category; ``values`` as from ``category_values``, new sectors with the key None. Raises ``twice``."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    taken = set(edition.categories.values_list("slug", flat=True))
    fields = {name: values[name] for name in CATEGORY}
    fields["order"] = fields["order"] or (edition.categories.aggregate(last=Max("order"))["last"] or 0) + 1
    category = Category.objects.create(edition=edition, slug=_free(values["name"], taken), **fields)
    _write_sectors(category, values["sectors"])
    trail.record(by, "category.add", category, after=values)
    return category


@transaction.atomic
def change_category(category: Category, values: dict[str, Any], *, seen: Any, by: User) -> None:
    """ValidationError: ``conflict``, ``twice``, or ``kind`` and ``sector`` when nominations use them."""
    present = Category.objects.select_for_update().get(pk=category.pk)
    before = category_values(present)
    if plain(before) != seen:
        raise conflict()
    if before == values:
        return
    if values["candidate_kind"] != present.candidate_kind and present.nominations.exists():
        raise ValidationError(_("The kind of candidate stays: there are nominations."), code="kind")
    _write_sectors(present, values["sectors"])
    Category.objects.filter(pk=present.pk).update(**{name: values[name] for name in CATEGORY})
    trail.record(by, "category.change", present, before=before, after=values)
    for selection in present.selections.all():
        selection_changed.send(sender=Category, selection=selection, by=by)


@transaction.atomic
def remove_category(category: Category, *, by: User) -> None:
    """Delete an unused category. ValidationError ``used`` when a selection or a nomination has it."""
    present = Category.objects.select_for_update().get(pk=category.pk)
    if present.contests.exists() or present.nominations.exists():
        raise ValidationError(_("%(category)s is used by a selection and stays."), "used", {"category": present})
    trail.record(by, "category.remove", present, before=category_values(present))
    for rubric in present.rubrics.all():
        rubric.titles.update(among=None, among_places=None)
        rubric.titles.all().delete()
        rubric.delete()
    present.sectors.all().delete()
    present.delete()


def _write_sectors(category: Category, wanted: Iterable[tuple[int | None, str]]) -> None:
    """Sectors as (key, name): a key renames its sector, None adds one, a missing key deletes its sector."""
    wanted = list(wanted)
    names = [name for _key, name in wanted]
    if len({name.casefold() for name in names}) != len(names):
        raise ValidationError(_("A sector occurs twice."), code="twice")
    known = {sector.pk: sector for sector in category.sectors.all()}
    gone = Sector.objects.filter(pk__in=known.keys() - {key for key, _name in wanted})
    for sector in gone.filter(nominations__isnull=False)[:1]:
        raise ValidationError(_("%(sector)s stays: there are nominations in it."), "sector", {"sector": sector})
    gone.delete()
    taken = {sector.slug for sector in known.values()}
    for key, name in wanted:
        if key in known:
            Sector.objects.filter(pk=key).update(name=name)
        else:
            slug = _free(name, taken)
            taken.add(slug)
            Sector.objects.create(category=category, slug=slug, name=name)


def _free(name: str, taken: set[str]) -> str:
    """A slug made from a name, different from those in use."""
    stem = slugify(name)[:45] or "kategori"
    return next(slug for n in range(1, len(taken) + 2) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)
