"""The lists of nominations as sortable tables."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from awards.models import Nomination


class NominationTable(tables.Table):
    """Rows are nominations with ``lacking``, their ``Completeness``."""

    candidate = tables.Column(
        _("Candidate"),
        linkify=lambda record: record.get_absolute_url(),
        order_by=("candidate__region__code", "candidate__name"),
    )
    category = tables.Column(_("Category"), order_by="category__order")
    state = tables.TemplateColumn(
        template_name="awards/nominations/_state.html", verbose_name=_("State"), order_by="state"
    )
    lacking = tables.TemplateColumn(
        template_name="awards/nominations/_lacking.html", verbose_name=_("Completeness"), order_by="lacking__given"
    )
    nominated_by = tables.Column(_("Nominated by"))
    profile = tables.Column(
        _("Candidate's record"),
        accessor="candidate__region",
        linkify=lambda record: record.candidate.get_absolute_url(),
        orderable=False,
    )

    pick = tables.TemplateColumn(
        template_name="awards/nominations/_pick.html",
        verbose_name=_("Choose"),
        orderable=False,
        attrs={"td": {"class": "pick"}},
    )

    class Meta:
        model = Nomination
        fields = ("candidate", "category", "state", "lacking", "nominated_by", "profile", "pick")
        row_attrs = {"data-nomination": lambda record: record.pk}
        empty_text = _("No nomination matches.")
