"""Reprints the certificates of past periods together, for people responsible for all of them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards.editions.permissions import may_reprint
from awards.models import PastAward
from awards.models.history import PastAwardQuerySet
from paritrana.accounts.requests import UserRequest
from paritrana.downloads import zip_answer
from scoring.documents import actions, certificate_jobs, past
from scoring.documents import certificate_actions as making
from scoring.documents.forms import ReprintForm


@require_http_methods(["GET", "HEAD", "POST"])
def past_certificates(request: UserRequest) -> HttpResponse:
    """One zip for a period, or for all; existing certificates are delivered unchanged."""
    if not may_reprint(request.user):
        raise PermissionDenied(_("The national committee reprints certificates of past periods."))
    published = past.published()
    form = ReprintForm(request.POST or None, published=published, initial=request.GET.dict())
    if form.is_valid():
        return _zip(request, form)
    winners = published.exclude(prize=PastAward.Prize.NOMINEE).count()
    context = {
        "form": form,
        "count": len(published),
        "winners": winners,
        "nominees": len(published) - winners,
        "missing": len(past.missing(published, settings.LANGUAGE_CODE)),
        "phase": _phase(request, published),
        "here_url": request.get_full_path(),
    }
    page = "scoring/documents/_certificate_job.html" if request.htmx else "scoring/documents/past.html"
    return render(request, page, context)


def _phase(request: UserRequest, published: PastAwardQuerySet) -> certificate_jobs.CertificatePhase | None:
    """The job of the period in the address, if any."""
    asked = ReprintForm(request.GET or None, published=published)
    if not asked.is_valid():
        return None
    return certificate_jobs.now(
        certificate_jobs.key_of_past(asked.cleaned_data["period"], asked.cleaned_data["language"])
    )


def _zip(request: UserRequest, form: ReprintForm) -> HttpResponse:
    """The file; where many are still to be made, the progress page."""
    chosen, period, language = form.narrowed(), form.cleaned_data["period"], form.cleaned_data["language"]
    if len(past.missing(chosen, language)) > certificate_jobs.LONG:
        certificate_jobs.begin_past(period, language, by=request.user)
        query = urlencode({"period": period, "language": language})
        return redirect(f"{reverse('past-certificates')}?{query}")
    made = making.make_past(chosen, by=request.user, language=language)
    return zip_answer(actions.take_all(made, chosen[0], by=request.user), f"piagam-{form.name()}.zip")
