"""The page /gaya/: every component in every state with invented data; no database is read."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import django_tables2
from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from paritrana.display.form_fields import choice_field
from paritrana.display.numbers import CountField, HundredthsField
from paritrana.templatetags.components import STATES, TONES
from paritrana.todo import Task, Urgency

NOW = datetime(2025, 3, 9, 6, 30, tzinfo=UTC)
REGIONS = ["Jembrana", "Tabanan", "Badung", "Gianyar", "Klungkung", "Bangli", "Karangasem", "Buleleng", "Denpasar"]
WORKERS = [131204, 251933, 402188, 271065, 98112, 121740, 219630, 340256, 498731]
SHARES = [7216, 6480, 9120, 5868, 4990, 4136, 3904, 5544, 8812]


def tokens(request: HttpRequest) -> dict[str, Any]:
    surfaces = ["canvas", "surface", "surface-sunken", "surface-raised", "surface-inverse"]
    meanings = ["primary", "primary-hover", "primary-soft", "positive", "positive-soft", "caution", "caution-soft"]
    meanings += ["critical", "critical-hover", "critical-soft", "info-soft", "neutral-soft"]
    return {
        "surfaces": surfaces,
        "meanings": meanings,
        "brand": [50, *range(100, 1000, 100), 950],
        "chart": range(1, 7),
        "scale": range(1, 8),
        "sizes": ["xs", "sm", "md", "lg", "xl", "2xl", "3xl", "4xl"],
        "spaces": range(1, 9),
    }


def components(request: HttpRequest) -> dict[str, Any]:
    return {
        "states": [(code, code) for code in STATES],
        "tones": list(TONES),
        "levels": ["info", "success", "warning", "error"],
        "stages": [
            {"label": _("Nomination"), "state": "done", "starts": "1 Feb", "ends": "28 Feb"},
            {"label": _("Verification"), "state": "done", "starts": "1 Mar", "ends": "8 Mar"},
            {"label": _("Interview"), "state": "current", "starts": "9 Mar", "ends": "11 Mar", "note": "WITA"},
            {"label": _("Plenary"), "state": "ahead", "starts": "20 Mar"},
            {"label": _("Announced"), "state": "ahead"},
        ],
        "tasks": [
            Task(_("Verify nominations"), "#", "Bali 2023", count=12, deadline="9 Mar 2025 14.30 WITA"),
            Task(_("Score the interview of Gianyar"), "#", urgency=Urgency.TURN),
            Task(_("Declare conflicts of interest"), "#", done=True),
        ],
        "facts": [
            (_("Candidate"), "Pemerintah Kabupaten Gianyar"),
            (_("Category"), "Kabupaten/Kota"),
            (_("Decree"), None),
        ],
        "events": [
            {"when": "14.30 WITA", "who": "Ni Made Ayu", "text": _("verified the nomination")},
            {"when": "13.05 WITA", "who": "I Wayan Sudira", "text": _("sent the nomination")},
        ],
        "conflict": [{"label": _("Participants"), "mine": "135.220", "theirs": "135.202"}],
        "now": NOW,
        "chart": bars(),
        "chart_header": [_("Region"), _("Coverage")],
        "chart_rows": [[name, value / 100] for name, value in zip(REGIONS, SHARES, strict=True)],
    }


def bars() -> dict[str, Any]:
    rows = sorted(zip(SHARES, REGIONS, strict=True))
    return {
        "xAxis": {"type": "value", "max": 100, "name": "%"},
        "yAxis": {"type": "category", "data": [name for _share, name in rows], "axisTick": {"show": False}},
        "series": [
            {
                "type": "bar",
                "data": [share / 100 for share, _name in rows],
                "label": {"show": True, "position": "right"},
                "itemStyle": {"color": "--chart-1"},
            }
        ],
    }


def rows_of_regions() -> list[SimpleNamespace]:
    return [
        SimpleNamespace(pk=at, name=name, workers=workers, participants=workers * value // 10000, growth=(at - 3) * 91)
        for at, (name, workers, value) in enumerate(zip(REGIONS, WORKERS, SHARES, strict=True), 1)
    ]


class RegionTable(django_tables2.Table):
    name = django_tables2.Column(verbose_name=_("Region"))
    workers = django_tables2.Column(
        verbose_name=_("Workers"), attrs={"td": {"class": "number"}, "th": {"class": "number"}}
    )


class RegionFilter(forms.Form):
    q = forms.CharField(label=_("Name contains"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice_field(self, "state").choices = [("", _("All")), ("draf", _("draft")), ("terverifikasi", _("verified"))]


def tables(request: HttpRequest) -> dict[str, Any]:
    rows = rows_of_regions()
    table = RegionTable(rows)
    django_tables2.RequestConfig(request, paginate={"per_page": 4}).configure(table)
    return {
        "rows": rows,
        "workers": sum(row.workers for row in rows),
        "participants": sum(row.participants for row in rows),
        "table": table,
        "filter": RegionFilter(request.GET or None),
        "page": Paginator(range(412), 25).get_page(request.GET.get("page")),
    }


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Candidate"), max_length=60, help_text=_("As written in the decree."))
    category = forms.ChoiceField(label=_("Category"), choices=[("", "–"), ("a", "Kabupaten/Kota"), ("b", "Desa")])
    participants = CountField(label=_("Participants"), help_text=_("Active at the end of the period."))
    coverage = HundredthsField(label=_("Budget realised"), max_value=10000)
    note = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    level = forms.ChoiceField(
        label=_("Attendance"), widget=forms.RadioSelect, choices=[("head", _("Head")), ("deputy", _("Deputy"))]
    )
    segments = forms.MultipleChoiceField(
        label=_("Segments"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("pu", "PU"), ("bpu", "BPU"), ("jakon", "Jakon")],
    )
    agreed = forms.BooleanField(label=_("The figures agree with the source."))


class SampleScore(forms.Form):
    value = HundredthsField(max_value=10000)
    other = HundredthsField(max_value=10000)


def samples_of_forms(request: HttpRequest) -> dict[str, Any]:
    faulty = {"name": "Gianyar", "participants": "85.12", "coverage": "85.125", "level": "head"}
    return {
        "empty_form": SampleForm(prefix="empty"),
        "faulty_form": SampleForm({f"faulty-{name}": value for name, value in faulty.items()}, prefix="faulty"),
        "scores": SampleScore({"value": "87,50", "other": "850"}),
        "now": NOW,
        "earlier": NOW - timedelta(minutes=4),
    }


def pages(request: HttpRequest) -> dict[str, Any]:
    return {
        "facts": [(_("Candidate"), "Pemerintah Kabupaten Gianyar"), (_("Total"), "86,42"), (_("Place"), "1")],
        "back_url": "/gaya/",
    }


PARTS = {"tokens": tokens, "components": components, "tables": tables, "forms": samples_of_forms, "pages": pages}


@require_safe
def page(request: HttpRequest, part: str = "tokens") -> HttpResponse:
    if not request.user.is_superuser or part not in PARTS:
        raise Http404
    return render(request, f"style/{part}.html", {"part": part, "parts": PARTS, **PARTS[part](request)})
