"""What lists can be narrowed to."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.eligibility import eligibility
from awards.models import Category, Letter, Nomination, Selection
from awards.querysets import LetterQuerySet, NominationQuerySet
from awards.stages import NominationState
from paritrana.accounts.models import AuditEvent, AuditEventQuerySet, User

ELIGIBILITY = [
    ("eligible", _("eligible")),
    ("ineligible", _("not eligible")),
    ("cleared", _("not eligible, but cleared")),
]


class NominationFilter(django_filters.FilterSet):
    category = django_filters.ModelChoiceFilter(
        label=_("Category"), queryset=Category.objects.none(), empty_label=_("All categories")
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=NominationState.choices, empty_label=_("All states"))

    eligibility = django_filters.ChoiceFilter(
        label=_("Eligibility"), choices=ELIGIBILITY, empty_label=_("All"), method="by_eligibility"
    )

    class Meta:
        model = Nomination
        fields = ("category", "state", "eligibility")

    def __init__(self, *args: Any, selection: Selection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["category"].queryset = selection.categories.all()

    def by_eligibility(self, nominations: NominationQuerySet, name: str, value: str) -> NominationQuerySet:
        """It follows from the answers, so it is told from the rows, not by the database."""
        held = eligibility(nominations)
        return nominations.filter(pk__in=[pk for pk, one in held.items() if one.code == value])


class TrailFilter(django_filters.FilterSet):
    verb = django_filters.CharFilter(label=_("Act"), lookup_expr="istartswith")
    actor = django_filters.CharFilter(label=_("Person"), method="by_person")
    object = django_filters.CharFilter(label=_("Object"), method="by_object")

    class Meta:
        model = AuditEvent
        fields = ("verb",)

    def by_person(self, events: AuditEventQuerySet, name: str, value: str) -> AuditEventQuerySet:
        return events.filter(Q(actor__name__icontains=value) | Q(actor__email__icontains=value))

    def by_object(self, events: AuditEventQuerySet, name: str, value: str) -> AuditEventQuerySet:
        return events.filter(Q(object_label__icontains=value) | Q(object_type=value.lower()))


class LetterFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=Letter.State.choices, method="by_state", empty_label=_("All states")
    )
    selection = django_filters.ModelChoiceFilter(
        label=_("Selection"), queryset=Selection.objects.none(), empty_label=_("All selections")
    )

    class Meta:
        model = Letter
        fields = ("selection",)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["selection"].queryset = Selection.objects.visible_to(user).with_context()

    def by_state(self, letters: LetterQuerySet, name: str, value: str) -> LetterQuerySet:
        return letters.in_state(value)
