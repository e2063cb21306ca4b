"""Nominating many by one workbook."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.lookups import selection_seen
from awards.models import Category
from awards.models.editions import GOVERNMENTS
from awards.nomination_import.intake import NominationIntake
from awards.permissions import require
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.intake import IntakeErrand


def errand(request: UserRequest, slug: str, category: str) -> IntakeErrand:
    """404 for governments, which are nominated by ticking; 403 where nominating is not open."""
    selection = selection_seen(request, slug)
    rows = Category.objects.filter(selections=selection).exclude(candidate_kind__in=GOVERNMENTS)
    chosen = get_object_or_404(rows, slug=category)
    require(request.user, Permission.NOMINATE, selection)
    back = reverse("nominations", args=[selection.slug]), f"{_('Nominations')} · {chosen}"
    return IntakeErrand(NominationIntake(selection, chosen, request.user), "nominations", back, (slug, category))
