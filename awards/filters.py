"""What lists can be narrowed to."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models import Category, Nomination, Selection
from awards.stages import NominationState
from paritrana.accounts.models import AuditEvent, AuditEventQuerySet


class NominationFilter(django_filters.FilterSet):
    category = django_filters.ModelChoiceFilter(
        label=_("Category"), queryset=Category.objects.none(), empty_label=_("All categories")
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=NominationState.choices, empty_label=_("All states"))

    class Meta:
        model = Nomination
        fields = ("category", "state")

    def __init__(self, *args: Any, selection: Selection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["category"].queryset = selection.categories.all()


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
