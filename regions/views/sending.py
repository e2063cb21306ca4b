"""The branch's last look before it sends: every doubt is mended or answered first."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from regions import actions, permissions
from regions.doubts import doubts
from regions.models import Coverage
from regions.permissions import Permission
from regions.remarks import NotesForm
from regions.views.area import own_region, versions_seen


@require_http_methods(["GET", "HEAD", "POST"])
def coverage_send(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The drafts and returned figures of a region and year with their doubts; a note answers one."""
    region = own_region(request, code, year)
    permissions.require(request.user, Permission.ENTER, region)
    rows = Coverage.objects.filter(region=region, year=year).to_send().with_context()
    figures = list(rows.select_related("region__parent"))
    form = NotesForm(doubts(figures, reader=request.user), request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        if form.is_valid() and _sent(request, region, year, form):
            return redirect("coverage-edit", code, year)
        status = 422
    context = {"region": region, "year": year, "figures": figures, "form": form}
    return render(request, "regions/coverage_send.html", context, status=status)


def _sent(request: HttpRequest, region, year: int, form: NotesForm) -> bool:
    try:
        sent = actions.send(region, year, versions_seen(request), form.notes(), by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    count = len(sent)
    told = ngettext("%(count)s figure sent for verification.", "%(count)s figures sent for verification.", count)
    messages.success(request, told % {"count": count})
    return True
