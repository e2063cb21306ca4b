"""Minutes, the annex of the decree, certificates and letters of a selection; certificates of past winners."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import permissions
from awards.editions.permissions import may_reprint
from awards.lookups import selection_seen
from awards.models import Letter, PastAward, Selection
from awards.models.history import PastAwardQuerySet
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.listing import beyond, listed
from paritrana.display.pdf import PDF
from paritrana.display.refusals import refusals_above
from paritrana.downloads import attached, named, zip_answer
from scoring.documents import actions, certificate_jobs, letters, past
from scoring.documents import certificate_actions as making
from scoring.documents.forms import DraftForm, ReprintForm
from scoring.documents.letters import Notices
from scoring.lookups import edition_language
from scoring.models import Addendum, Document
from scoring.models.documents import DocumentQuerySet
from scoring.standings import visibility
from scoring.standings.views import papers_seen

FORM = ["GET", "HEAD", "POST"]
ROWS_A_PAGE = 50


def _of(selection: Selection) -> DocumentQuerySet:
    """The documents of the result in force; those of an earlier seal are found by their code only."""
    return Document.objects.filter(seal=selection.seal)


@require_safe
def documents(request: UserRequest, slug: str) -> HttpResponse:
    """The documents that exist and those that can be made."""
    selection = papers_seen(request, slug, Permission.SEE_DOCUMENTS)
    rows = _of(selection).defer("content")
    made = rows.filter(kind=Document.Kind.CERTIFICATE).last_issues().order_by("pk")
    page = Paginator(made.filter(language=settings.LANGUAGE_CODE), ROWS_A_PAGE).get_page(request.GET.get("page"))
    shown = made.filter(recipient__in=[one.recipient for one in page])
    papers = rows.exclude(kind=Document.Kind.CERTIFICATE).order_by("pk")
    context = {
        "selection": selection,
        "seal": selection.seal,
        "papers": _in_languages(papers, lambda one: (one.kind, one.recipient, one.issue, one.paper)),
        "page": page,
        "certificates": _in_languages(shown, lambda one: one.recipient),
        "addenda": Addendum.objects.filter(seal=selection.seal).open().with_people(),
        "may_second": permissions.may(request.user, Permission.SECOND_SEAL, selection),
        "may_make": permissions.may(request.user, Permission.MAKE_DOCUMENTS, selection),
    }
    return render(request, "scoring/documents/documents.html", context)


def _in_languages(rows: Iterable[Document], of: Callable[[Document], Any]) -> list[list[Document]]:
    """The languages of each document side by side, the official one first."""
    found: dict[Any, list[Document]] = {}
    for one in rows:
        found.setdefault(of(one), []).append(one)
    return [sorted(each, key=lambda one: one.language != settings.LANGUAGE_CODE) for each in found.values()]


@require_http_methods(FORM)
def minutes_draft(request: UserRequest, slug: str) -> HttpResponse:
    """The minutes from the present figures, before the seal."""
    selection = selection_seen(request, slug, Permission.SEE_RANKING)
    if selection.is_sealed:
        return redirect("documents", slug)
    visibility.require_shown(request.user, selection)
    form = DraftForm(request.POST or None)
    if form.is_valid():
        paper, language = form.cleaned_data["paper"], form.cleaned_data["language"]
        made = actions.draft_minutes(selection, paper, by=request.user, language=language)
        return paper_answer(made, f"draf-berita-acara-{slug}{named(language)}.pdf")
    context = {"selection": selection, "form": form, "back_url": selection.get_absolute_url()}
    return render(request, "scoring/documents/draft.html", context)


@require_safe
def certificates_progress(request: UserRequest, slug: str) -> HttpResponse:
    """The progress or result of a job that makes certificates; only the fragment for htmx."""
    selection = papers_seen(request, slug, Permission.MAKE_DOCUMENTS)
    phase = certificate_jobs.now(certificate_jobs.key_of(selection.seal))
    if phase is None:
        return redirect("documents", slug)
    context = {
        "selection": selection,
        "phase": phase,
        "here_url": request.path,
        "next_url": reverse("documents", args=[slug]),
        "again_url": reverse("certificates-make", args=[slug]),
    }
    page = "scoring/documents/_certificate_job.html" if request.htmx else "scoring/documents/certificate_job.html"
    return render(request, page, context)


@require_POST
def certificates_take(request: UserRequest, slug: str) -> HttpResponse:
    """All certificates of one language in one zip."""
    selection, language = selection_seen(request, slug), edition_language(request)
    permissions.require(request.user, Permission.SEE_DOCUMENTS, selection)
    visibility.require_shown(request.user, selection)
    made = _of(selection).filter(kind=Document.Kind.CERTIFICATE, language=language)
    rows = list(made.last_issues().order_by("pk"))
    if not rows:
        messages.info(request, _("No certificate is made yet."))
        return redirect("documents", slug)
    return zip_answer(actions.take_all(rows, selection, by=request.user), f"piagam-{slug}{named(language)}.zip")


@require_POST
def document_take(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    """One document, byte for byte as stored."""
    selection = papers_seen(request, slug, Permission.SEE_DOCUMENTS)
    document = get_object_or_404(_of(selection), pk=pk)
    return paper_answer(actions.take(document, by=request.user), actions.file_name(document))


def paper_answer(content: bytes, name: str) -> HttpResponse:
    return attached(content, name, PDF)


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


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.NOTIFY)
    if request.method == "POST":
        with refusals_above(request):
            written = letters.write_notices(selection, by=request.user)
            message = ngettext("%(count)d letter is on its way.", "%(count)d letters are on their way.", written)
            messages.success(request, message % {"count": written})
        return redirect("notices", slug)
    due = Notices(selection)
    to_write = due.to_write
    there = Letter.objects.filter(selection=selection, key__startswith=due.key).order_by("pk")
    keys, unreachable = set(there.values_list("key", flat=True)), due.unreachable
    samples = to_write[:1] + to_write[1:][-1:]  # winners come first: one of each where there are both
    context = {
        "selection": selection,
        "unreachable": listed(unreachable, ROWS_A_PAGE),
        "further": beyond(unreachable, ROWS_A_PAGE),
        "left": (left := sum(due.key_of(*each) not in keys for each in to_write)),
        "samples": due.letters(samples) if left else [],
        "page": Paginator(there, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "back_url": selection.get_absolute_url(),
    }
    return render(request, "scoring/documents/letters.html", context)
