"""The trail: who did what to which object, for administrators and auditors."""

import json

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from awards.filters import TrailFilter
from awards.permissions import is_auditor, may_read_trail
from paritrana.accounts import trail
from paritrana.accounts.models import AuditEvent

ROWS_A_PAGE = 25
CONFIDENTIAL = "scoring."
"""Events of judging may carry marks: only an auditor reads their details."""


@require_safe
def trail_page(request: HttpRequest) -> HttpResponse:
    if not may_read_trail(request.user):
        raise Http404
    narrowed = TrailFilter(request.GET, AuditEvent.objects.select_related("actor"))
    page = Paginator(narrowed.qs, ROWS_A_PAGE).get_page(request.GET.get("page"))
    reads_all = is_auditor(request.user)
    rows = [
        {
            "event": event,
            "is_withheld": event.object_type.startswith(CONFIDENTIAL) and not reads_all,
            "detail": json.dumps(event.detail, ensure_ascii=False, sort_keys=True) if event.detail else "",
        }
        for event in page
    ]
    return render(request, "awards/trail.html", {"filter": narrowed, "page": page, "rows": rows, "head": trail.head()})
