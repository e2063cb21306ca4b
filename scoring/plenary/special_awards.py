"""Special awards: given by the plenary outside the ranking, with a reason, until the seal."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from awards.models import Nomination, Rubric, Selection, Title
from awards.models.nominations import NominationQuerySet
from awards.models.rubrics import Awarding
from awards.stages import NominationState, Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from scoring.models import SpecialAward
from scoring.permissions import hold


def special_titles(selection: Selection) -> list[Title]:
    """The special awards of the rubrics in force, in order."""
    titles = Title.objects.filter(rubric__in=Rubric.objects.in_force(selection), awarding=Awarding.SPECIAL)
    return list(titles.select_related("rubric__category"))


def eligible(selection: Selection) -> NominationQuerySet:
    """Candidates that were verified and neither withdrew nor were disqualified."""
    states = [NominationState.VERIFIED, NominationState.SHORTLISTED, NominationState.NOT_SHORTLISTED]
    rows = Nomination.objects.filter(selection=selection, state__in=states)
    return rows.select_related("candidate", "category")


@transaction.atomic
def grant(selection: Selection, title: Title, nomination: Nomination, *, reason: str, by: User) -> SpecialAward:
    """ValidationError ``not-special``, ``not-eligible`` (e.g. another category), ``reason``, ``granted``."""
    held = hold(selection, Permission.SEAL, by)
    if title not in special_titles(held):
        raise ValidationError(_("This is not a special award of this selection."), code="not-special")
    if not eligible(held).filter(pk=nomination.pk, category=title.rubric.category_id).exists():
        raise ValidationError(_("This candidate cannot receive it."), code="not-eligible")
    if not reason.strip():
        raise ValidationError(_("Give the plenary's reason."), code="reason")
    award, is_new = SpecialAward.objects.get_or_create(
        selection=held, title=title, nomination=nomination, defaults={"reason": reason.strip(), "granted_by": by}
    )
    if not is_new:
        raise ValidationError(_("This candidate has it already."), code="granted")
    trail.record(by, "special-award.grant", award, title=title.slug, nomination=nomination.pk, reason=award.reason)
    return award


@transaction.atomic
def take_back(award: SpecialAward, *, by: User) -> None:
    hold(award.selection, Permission.SEAL, by)
    detail = {"title": award.title.slug, "nomination": award.nomination_id, "reason": award.reason}
    trail.record(by, "special-award.take-back", award, **detail)
    award.delete()
