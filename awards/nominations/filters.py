"""Filters of the lists of nominations."""

from typing import Any

import django_filters
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from awards.criteria.completeness import completeness
from awards.models import Candidate, Category, Nomination, Selection
from awards.models.nominations import NominationQuerySet
from awards.nominations.eligibility import eligibility
from awards.stages import NominationState
from paritrana.accounts.models import User
from regions.models import Posting

ELIGIBILITY = [
    ("eligible", _("eligible")),
    ("ineligible", _("not eligible")),
    ("cleared", _("not eligible, but cleared")),
]
COMPLETENESS = [("complete", _("complete")), ("incomplete", _("not complete"))]


class NominationFilter(django_filters.FilterSet):
    category = django_filters.ModelChoiceFilter(
        label=_("Category"), queryset=Category.objects.none(), empty_label=_("All categories")
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=NominationState.choices, empty_label=_("All states"))

    eligibility = django_filters.ChoiceFilter(
        label=_("Eligibility"), choices=ELIGIBILITY, empty_label=_("All"), method="by_eligibility"
    )

    lacking = django_filters.ChoiceFilter(
        label=_("Completeness"), choices=COMPLETENESS, empty_label=_("All"), method="by_completeness"
    )
    nominator = django_filters.ChoiceFilter(label=_("Nominated by"), empty_label=_("All"), method="by_nominator")
    q = django_filters.CharFilter(label=_("Search"), method="by_text")

    class Meta:
        model = Nomination
        fields = ("category", "state", "eligibility", "lacking", "nominator", "q")

    def __init__(
        self, asked: QueryDict, nominations: NominationQuerySet, *, selection: Selection, **kwargs: Any
    ) -> None:
        super().__init__(asked, nominations, **kwargs)
        self.filters["category"].queryset = selection.categories.all()
        self.filters["nominator"].extra["choices"] = _nominators(nominations)

    def by_eligibility(self, nominations: NominationQuerySet, name: str, value: str) -> NominationQuerySet:
        """Filters in Python, because eligibility follows from the answers, not from a column."""
        held = eligibility(nominations)
        return nominations.filter(pk__in=[pk for pk, one in held.items() if one.code == value])

    def by_completeness(self, nominations: NominationQuerySet, name: str, value: str) -> NominationQuerySet:
        found = completeness(nominations)
        return nominations.filter(pk__in=[pk for pk, one in found.items() if one.is_complete == (value == "complete")])

    def by_nominator(self, nominations: NominationQuerySet, name: str, value: str) -> NominationQuerySet:
        """``branch-3``: nominators currently posted there; ``person-7``: that person."""
        what, _dash, key = value.partition("-")
        if what == "person":
            return nominations.filter(nominated_by=int(key))
        return nominations.filter(nominated_by__in=Posting.objects.current().filter(branch=int(key)).values("user"))

    def by_text(self, nominations: NominationQuerySet, name: str, value: str) -> NominationQuerySet:
        """By the candidate's name in any spelling, its NPP or NIB, or its region."""
        found = Candidate.objects.called(value).values("pk")
        return nominations.filter(
            Q(candidate__in=found)
            | Q(candidate__region__name__icontains=value.strip())
            | Q(candidate__region__code=value.strip())
        )


def _nominators(nominations: NominationQuerySet) -> list[Any]:
    """The branches and people who made these nominations; two queries."""
    people = User.objects.filter(pk__in=nominations.order_by().values("nominated_by")).order_by("name")
    posted = Posting.objects.current().filter(user__in=people, branch__isnull=False).select_related("branch")
    branches = {posting.branch_id: str(posting.branch) for posting in posted}
    offices = [(f"branch-{pk}", name) for pk, name in sorted(branches.items(), key=lambda one: one[1])]
    return [(_("Branches"), offices), (_("People"), [(f"person-{one.pk}", str(one)) for one in people])]
