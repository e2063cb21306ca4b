import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paritrana.accounts.models import AuditEvent, AuditEventQuerySet


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
