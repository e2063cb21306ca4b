"""The categories a selection competes in: a subset of its edition's, and additions of its own."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from awards.models import Category, Nomination, Sector, Selection
from awards.rubrics import write_rubric
from awards.signals import selection_changed
from awards.stages import OPEN_IN, Permission, Stage
from paritrana.accounts import trail
from paritrana.accounts.models import User


@transaction.atomic
def set_categories(selection: Selection, categories: Iterable[Category], *, seen: set[int], by: User) -> bool:
    """Let the selection compete in these; ``seen`` are the keys of those it had when it was looked at. True if changed.

    Raises ValidationError: ``stage``, ``conflict``, ``none``, ``foreign`` for one of another edition or another
    selection, ``nominated`` for one that would be taken away although somebody is nominated in it.
    """
    present, wanted = _held(selection), {category.pk: category for category in categories}
    before = {category.pk: category for category in present.categories.all()}
    if before.keys() != seen:
        raise ValidationError(_("Somebody changed the categories meanwhile."), code="conflict")
    if not wanted:
        raise ValidationError(_("Choose at least one category."), code="none")
    if any(
        one.edition_id != present.edition_id or one.selection_id not in {None, present.pk} for one in wanted.values()
    ):
        raise ValidationError(_("Choose from the categories of this edition and of this selection."), code="foreign")
    gone = before.keys() - wanted.keys()
    kept = Nomination.objects.filter(selection=present, category__in=gone).order_by().values_list("category", flat=True)
    if kept := sorted({str(before[pk]) for pk in kept}):
        told = {"categories": ", ".join(kept)}
        raise ValidationError(_("Somebody is nominated in: %(categories)s."), code="nominated", params=told)
    if before.keys() == wanted.keys():
        return False
    present.categories.set(wanted.values())
    _record(present, before.values(), wanted.values(), by)
    return True


@transaction.atomic
def add_category(selection: Selection, name: str, source: dict[str, Any], *, by: User) -> Category:
    """A category of this selection's own, begun as a copy: ``source`` is a category in ``edition_format``'s form.

    Raises ValidationError: ``stage``, ``taken`` when the edition has one of that name.
    """
    present = _held(selection)
    slug = slugify(f"{name} {present.slug}")[:50]
    others = present.edition.categories
    if others.filter(slug=slug).exists() or others.filter(name__iexact=name, selection__in=[present]).exists():
        raise ValidationError(_("This selection has a category of that name already."), code="taken")
    before = list(present.categories.all())
    category = Category.objects.create(
        edition=present.edition,
        selection=present,
        slug=slug,
        name=name,
        candidate_kind=source["candidate_kind"],
        proposed=0,
        order=(others.aggregate(last=Max("order"))["last"] or 0) + 1,
    )
    Sector.objects.bulk_create(Sector(category=category, **sector) for sector in source["sectors"])
    write_rubric(category, source, version=1, by=by)
    present.categories.add(category)
    _record(present, before, [*before, category], by)
    return category


def _held(selection: Selection) -> Selection:
    present: Selection = Selection.objects.select_for_update(no_key=True).get(pk=selection.pk)
    if Permission.CHOOSE_CATEGORIES not in OPEN_IN[Stage(present.stage)]:
        raise ValidationError(_("The categories are no longer chosen at the present stage."), code="stage")
    return present


def _record(selection: Selection, before: Iterable[Category], after: Iterable[Category], by: User) -> None:
    told = {"before": sorted(one.slug for one in before), "after": sorted(one.slug for one in after)}
    trail.record(by, "selection.categories", selection, **told)
    selection_changed.send(sender=Selection, selection=selection, by=by)
