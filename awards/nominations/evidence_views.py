"""Attached documents: viewed with the answer they prove, and downloaded by those who may see the nomination."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from awards.criteria import answers
from awards.models import Evidence
from awards.nominations import stored_files
from awards.nominations.eligibility import obstacles
from awards.nominations.evidence_delivery import damage_explained, delivered, page_count, pictured
from paritrana.accounts.requests import UserRequest


def visible_evidence(request: UserRequest, pk: int) -> Evidence:
    """A document of a nomination this person sees; 404 when missing, not visible or withdrawn."""
    related = ("criterion__aspect", "uploaded_by", "nomination__candidate__region", "nomination__category")
    rows = Evidence.objects.visible_to(request.user).current()
    return get_object_or_404(
        rows.select_related(*related, "nomination__selection__edition", "nomination__selection__province"), pk=pk
    )


@require_safe
def evidence_page(request: UserRequest, pk: int) -> HttpResponse:
    """The answer and the document together; ``?halaman=`` is the page of a PDF."""
    evidence = visible_evidence(request, pk)
    nomination, criterion = evidence.nomination, evidence.criterion
    files = list(nomination.evidence.current().select_related("criterion"))
    at = files.index(evidence)
    answer = nomination.answers.filter(criterion=criterion).first()
    context = {
        "evidence": evidence,
        "nomination": nomination,
        "selection": nomination.selection,
        "criterion": criterion,
        "answer": answer,
        "answer_text": answers.answer_text(criterion.kind, answers.facts(criterion, answer.value)) if answer else "",
        "obstacle": next(iter(obstacles(nomination, [criterion], {criterion.pk: answer})), None) if answer else None,
        "files": files,
        "previous": files[at - 1] if at else None,
        "next": files[at + 1] if at + 1 < len(files) else None,
        "pages": page_count(evidence),
        "fault": stored_files.fault_of(stored_files.of_evidence(evidence)),
        "page": _chosen(request, page_count(evidence)),
    }
    return render(request, "awards/nominations/evidence.html", context)


def _chosen(request: UserRequest, pages: int) -> int:
    typed = request.GET.get("halaman", "")[:6]
    return min(int(typed), pages) if typed.isdecimal() and int(typed) else 1


@require_safe
@damage_explained
def evidence_picture(request: UserRequest, pk: int, page: int) -> HttpResponse:
    """A picture drawn by the portal: the cleaned picture itself, or one page of a PDF."""
    return pictured(visible_evidence(request, pk), page)


@require_POST
@damage_explained
def evidence_download(request: UserRequest, pk: int) -> FileResponse:
    return delivered(visible_evidence(request, pk), by=request.user)
