"""Setting the categories of a selection, opening selections, and opening the next stage."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from awards import deadlines
from awards.editions.rubric_documents import write_rubric
from awards.editions.schema import TAKES
from awards.models import Category, Edition, Nomination, Sector, Selection
from awards.models.editions import CandidateKind
from awards.models.selections import Level
from awards.selections.national_calendar import take_over
from awards.selections.overview import undecided
from awards.signals import nominators_notified, selection_changed
from awards.stages import NEXT, OPEN_IN, Permission, Stage
from paritrana.accounts import trail
from paritrana.accounts.models import User
from regions.models import Region

NEEDS_A_REASON = _("%(published)s Give the reason for not keeping to it: whoever is waiting reads it.")
OWN_GOVERNMENT = _("A province does not judge its own government; the national selection does.")


def may_judge(province: Region | None, category: Category) -> bool:
    """A province does not judge its own government: only the national selection judges those."""
    return province is None or category.candidate_kind != CandidateKind.PROVINCE


@transaction.atomic
def set_categories(selection: Selection, categories: Iterable[Category], *, seen: set[int], by: User) -> bool:
    """Set the categories of the selection; ``seen`` are the keys the person saw. True if changed.

    Raises ValidationError: ``stage``, ``conflict``, ``none``, ``foreign`` for one of another edition or another
    selection, ``own-government``, ``nominated`` for one that would be taken away although somebody is nominated in it.
    """
    present, wanted = _held(selection), {category.pk: category for category in categories}
    before = {category.pk: category for category in present.categories.all()}
    if before.keys() != seen:
        raise ValidationError(_("Somebody changed the categories meanwhile."), code="conflict")
    if not wanted:
        raise ValidationError(_("Choose at least one category."), code="none")
    if any(not may_judge(present.province, one) for pk, one in wanted.items() if pk not in before):
        raise ValidationError(OWN_GOVERNMENT, code="own-government")
    if any(
        one.edition_id != present.edition_id or one.selection_id not in {None, present.pk} for one in wanted.values()
    ):
        raise ValidationError(_("Choose from the categories of this edition and of this selection."), code="foreign")
    gone = before.keys() - wanted.keys()
    nominated = (
        Nomination.objects.filter(selection=present, category__in=gone).order_by().values_list("category", flat=True)
    )
    if names := sorted({str(before[pk]) for pk in nominated}):
        params = {"categories": ", ".join(names)}
        raise ValidationError(_("Somebody is nominated in: %(categories)s."), code="nominated", params=params)
    if before.keys() == wanted.keys():
        return False
    present.categories.set(wanted.values())
    _record(present, before.values(), wanted.values(), by)
    return True


@transaction.atomic
def add_category(selection: Selection, name: str, source: dict[str, Any], *, by: User) -> Category:
    """Add a category of the selection's own as a copy: ``source`` is a normalised category document.

    Raises ValidationError: ``stage``, ``own-government``, ``taken`` when the edition has one of that name.
    """
    present = _held(selection)
    if present.province and source["candidate_kind"] == CandidateKind.PROVINCE:
        raise ValidationError(OWN_GOVERNMENT, code="own-government")
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
        **{key: source[key] for key in TAKES},
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
    detail = {"before": sorted(one.slug for one in before), "after": sorted(one.slug for one in after)}
    trail.record(by, "selection.categories", selection, **detail)
    selection_changed.send(sender=Selection, selection=selection, by=by)


@transaction.atomic
def open_next_stage(selection: Selection, *, by: User, present: str | None = None, reason: str = "") -> Stage:
    """Move on from the stage the person saw (``present``); returns the stage that is open now.

    Before a published date it takes a reason, and whoever could still send something gets a letter. Raises
    ValidationError: ``last-stage`` when none follows, ``moved-on`` when somebody else opened it, ``early`` without that
    reason, ``undecided`` before the interviews while a verified candidate is neither shortlisted nor left off.
    """
    seen = Stage(selection.stage if present is None else present)
    following = NEXT.get(seen)
    if following is None:
        raise ValidationError(_("No further stage is opened from here."), code="last-stage")
    early, open_ones = deadlines.early(selection, following), list(deadlines.waiting_before(selection))
    if early and not reason.strip():
        raise ValidationError(NEEDS_A_REASON, code="early", params={"published": " ".join(early.sentences)})
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
    detail: dict[str, Any] = {"before": seen.value, "after": following.value}
    if early:
        detail |= {"reason": reason.strip(), "published": early.sentences}
    trail.record(by, "selection.open-stage", selection, **detail)
    if early.closes and open_ones:
        news = {"nominations": open_ones, "event": "closed-early", "reason": reason.strip(), "more": early.sentences}
        nominators_notified.send(sender=Selection, by=by, **news)
    selection_changed.send(sender=Selection, selection=selection, by=by)
    return following


@transaction.atomic
def open_selection(
    edition: Edition, province: Region | None, categories: Iterable[Category], *, by: User | None
) -> Selection:
    """Open the selection of a province, or the national one, in an edition; it starts with its preparation.

    A province starts with the dates of all provinces, and is not given the category of provincial governments. Raises
    ValidationError: ``opened`` when the edition has it already, ``category`` for one of another edition or none,
    ``own-government`` for a province with no other category than that.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    chosen = list(categories)
    if not chosen or any(category.edition_id != edition.pk or category.selection_id for category in chosen):
        raise ValidationError(_("Name at least one category of this edition."), code="category")
    held = [category for category in chosen if may_judge(province, category)]
    if not held:
        raise ValidationError(OWN_GOVERNMENT, code="own-government")
    level = Level.PROVINCIAL if province else Level.NATIONAL
    if Selection.objects.filter(edition=edition, level=level, province=province).exists():
        raise ValidationError(_("This selection has already been opened."), code="opened")
    place = slugify(province.short_name) if province else "nasional"
    selection = Selection.objects.create(
        edition=edition, slug=f"{edition.slug}-{place}", level=level, province=province
    )
    selection.categories.set(held)
    dated = take_over(selection)
    trail.record(by, "selection.create", selection, categories=[category.slug for category in held], dates=dated)
    return selection


@transaction.atomic
def open_selections(
    edition: Edition, places: Iterable[Region | None], categories: Iterable[Category], *, by: User
) -> list[Selection]:
    """Open several at once, all or none, and leave those that are open already; None among the places is the nation.

    Raises what ``open_selection`` raises. Returns those opened now.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    known = set(edition.selections.values_list("province", flat=True))
    wanted = [place for place in places if (place.pk if place else None) not in known]
    chosen = list(categories)
    return [open_selection(edition, place, chosen, by=by) for place in wanted]
