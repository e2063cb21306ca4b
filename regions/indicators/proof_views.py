"""The documents behind one answer to an indicator: its page, a picture of a page, and the download."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import refusals_above
from paritrana.uploads import delivery
from regions import permissions
from regions.indicators import proofs
from regions.indicators.forms import IndicatorChoice, ProofForm, choice_of
from regions.models import IndicatorAnswer, IndicatorFile, Region
from regions.permissions import RegionPermission


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_files(request: UserRequest, code: str) -> HttpResponse:
    """The answer of a kabupaten or kota with its documents; who answers for it attaches and takes back."""
    region = get_object_or_404(Region.objects.worked_by(request.user).regencies(), code=code)
    choice = choice_of(request.GET)
    may_answer = permissions.may(request.user, RegionPermission.ENTER, region)
    if request.method == "POST" and not may_answer:
        raise permissions.refused(RegionPermission.ENTER, request.user)
    form = ProofForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = proofs.attach(choice.chosen, region, choice.at, form.cleaned_data["file"], by=request.user)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            messages.success(request, _("“%(file)s” is attached; the answer has to be verified.") % {"file": made})
            return redirect(_page(region, choice))
    known = {"indicator": choice.chosen, "region": region, "year": choice.at}
    context = {
        "region": region,
        "choice": choice,
        "answer": IndicatorAnswer.objects.filter(**known).select_related("answered_by", "verified_by").first(),
        "files": IndicatorFile.objects.filter(**known).current().select_related("uploaded_by"),
        "form": form,
        "may_answer": may_answer,
    }
    return render(request, "regions/indicators/files.html", context, status=422 if form.errors else 200)


@require_safe
def indicator_file(request: UserRequest, pk: int) -> HttpResponse:
    """One document, its pages as pictures; ``?halaman=`` is the page of a PDF."""
    row = _visible(request, pk)
    pages = delivery.page_count(row.kind, row.pages)
    typed = request.GET.get("halaman", "")[:6]
    page = min(int(typed), pages) if typed.isdecimal() and int(typed) else 1
    return render(request, "regions/indicators/file.html", {"file": row, "pages": pages, "page": page})


@require_safe
@delivery.damage_explained
def indicator_file_picture(request: UserRequest, pk: int, page: int) -> HttpResponse:
    row = _visible(request, pk)
    if not 1 <= page <= delivery.page_count(row.kind, row.pages):
        raise Http404
    return delivery.picture(row.stored, row.kind, page)


@require_POST
@delivery.damage_explained
def indicator_file_download(request: UserRequest, pk: int) -> FileResponse:
    """By POST, because each download is recorded."""
    row = _visible(request, pk)
    return delivery.as_attachment(proofs.hand_out(row, by=request.user), row.name, row.kind)


@require_POST
def indicator_file_take_back(request: UserRequest, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    permissions.require(request.user, RegionPermission.ENTER, row.region)
    with refusals_above(request):
        proofs.take_back(row, by=request.user)
        messages.success(request, _("“%(file)s” has been taken back; it stays in the history.") % {"file": row})
    return redirect(f"{reverse('indicator-files', args=[row.region.code])}?{_query(row)}")


def _visible(request: UserRequest, pk: int) -> IndicatorFile:
    rows = IndicatorFile.objects.visible_to(request.user).current()
    return get_object_or_404(rows.select_related("indicator", "region__parent", "uploaded_by"), pk=pk)


def _page(region: Region, choice: IndicatorChoice) -> str:
    return f"{reverse('indicator-files', args=[region.code])}?{choice.query}"


def _query(row: IndicatorFile) -> str:
    return choice_of({"indicator": row.indicator.code, "year": str(row.year)}).query
