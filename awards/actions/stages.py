"""Opening a selection, and its stages one by one up to the plenary; sealing and announcing belong to the results."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from awards.models import Category, Edition, Selection
from awards.models.selections import Level
from awards.overview import undecided
from awards.signals import selection_changed
from awards.stages import NEXT, Stage
from paritrana.accounts import trail
from paritrana.accounts.models import User
from regions.models import Region


@transaction.atomic
def open_next_stage(selection: Selection, *, by: User, present: str | None = None) -> Stage:
    """Move on from the stage the person saw (``present``); the stage that is open now is returned.

    Raises ValidationError: ``last-stage`` when nothing follows here, ``moved-on`` when somebody was faster,
    ``undecided`` before the interviews while a verified candidate is neither on their list nor left off with a reason.
    """
    seen = Stage(selection.stage if present is None else present)
    following = NEXT.get(seen)
    if following is None:
        raise ValidationError(_("No further stage is opened from here."), code="last-stage")
    if not Selection.objects.filter(pk=selection.pk, stage=seen).update(stage=following):
        raise ValidationError(_("Somebody has already opened the next stage."), code="moved-on")
    if following == Stage.INTERVIEW and (number := undecided(selection).count()):
        raise ValidationError(
            ngettext_lazy(
                "%(count)d verified candidate is neither on the interview list nor left off it with a reason.",
                "%(count)d verified candidates are neither on the interview list nor left off it with a reason.",
                "count",
            ),
            code="undecided",
            params={"count": number},
        )
    selection.refresh_from_db()
    trail.record(by, "selection.open-stage", selection, before=seen.value, after=following.value)
    selection_changed.send(sender=Selection, selection=selection, by=by)
    return following


@transaction.atomic
def open_selection(
    edition: Edition, province: Region | None, categories: Iterable[Category], *, by: User | None
) -> Selection:
    """Open the selection of a province, or of the nation, in an edition; it starts with its preparation.

    Raises ValidationError: ``opened`` when the edition has it already, ``category`` for one of another edition or none.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    chosen = list(categories)
    if not chosen or any(category.edition_id != edition.pk or category.selection_id for category in chosen):
        raise ValidationError(_("Name at least one category of this edition."), code="category")
    level = Level.PROVINCIAL if province else Level.NATIONAL
    if Selection.objects.filter(edition=edition, level=level, province=province).exists():
        raise ValidationError(_("This selection has already been opened."), code="opened")
    place = slugify(province.short_name) if province else "nasional"
    selection = Selection.objects.create(
        edition=edition, slug=f"{edition.slug}-{place}", level=level, province=province
    )
    selection.categories.set(chosen)
    trail.record(by, "selection.create", selection, categories=[category.slug for category in chosen])
    return selection


@transaction.atomic
def open_selections(
    edition: Edition, places: Iterable[Region | None], categories: Iterable[Category], *, by: User
) -> list[Selection]:
    """Open several at once, all or none; None among the places is the nation. Raises what ``open_selection`` raises."""
    chosen = list(categories)
    return [open_selection(edition, place, chosen, by=by) for place in places]
