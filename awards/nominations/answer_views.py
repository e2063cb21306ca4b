"""Answering the rubric: the form, automatic saving while typing, and the evidence of each criterion."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.criteria import answers
from awards.models import AnswerDraft, Evidence, Nomination
from awards.nominations import actions as nomination_actions
from awards.nominations import evidence as files
from awards.nominations import file_rows
from awards.nominations.answer_forms import AnswersForm
from awards.nominations.answer_page import Answering, faults
from awards.nominations.eligibility import obstacles
from awards.nominations.evidence_delivery import delivered, page_count, pictured
from awards.permissions import require_on
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import refusals_above
from paritrana.uploads import stored_files
from paritrana.uploads.delivery import damage_explained


def reachable_nomination(request: UserRequest, pk: int) -> Nomination:
    """A visible nomination, or the one a contact of the candidate was let in to; 404 for every other."""
    return get_object_or_404(Nomination.objects.reachable_by(request.user).with_context(), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def nomination_answers(request: UserRequest, pk: int) -> HttpResponse:
    nomination = reachable_nomination(request, pk)
    require_on(request.user, Permission.ANSWER, nomination, even_late=request.method == "POST")
    page = Answering(nomination, request.user)
    if request.method == "POST":
        return _save(request, page)
    draft = AnswerDraft.objects.filter(nomination=nomination, user=request.user).first()
    if draft is None:
        return _show(request, page, AnswersForm(nomination=nomination, criteria=page.criteria))
    form = AnswersForm.from_draft(draft, nomination, page.criteria)
    form.is_valid()
    overtaken = form.differences(nomination) if draft.based_on != nomination.version else None
    return _show(request, page, form, draft=draft, conflict=overtaken or None)


def _show(request: UserRequest, page: Answering, form: AnswersForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {"nomination": page.nomination, "selection": page.nomination.selection, "form": form, "page": page}
    return render(
        request, "awards/nominations/answers.html", context | {"sections": page.sections(form)} | more, status=status
    )


def _save(request: UserRequest, page: Answering) -> HttpResponse:
    """Readable answers are written, the rest is kept as a draft; chosen files are attached in any case."""
    nomination, then = page.nomination, request.POST.get("then", "")
    if then == "discard":
        nomination_actions.discard(nomination, by=request.user)
        return redirect("nomination-answers", nomination.pk)
    form = AnswersForm(request.POST, nomination=nomination, criteria=page.criteria)
    form.is_valid()
    _change_evidence(request, page, then)
    try:
        _keep(request, nomination, form)
    except ValidationError as error:
        return _refused(request, page, form, error)
    if form.errors and not then.startswith(("attach-", "take-back-")):
        return _show(request, page, form.rebased(nomination))
    return _go_on(nomination, then)


def _keep(request: UserRequest, nomination: Nomination, form: AnswersForm) -> None:
    nomination_actions.keep_answers(
        nomination,
        form.readable(),
        unreadable=form.unreadable(),
        typed=form.typed(),
        version=form.seen,
        by=request.user,
    )


def _refused(request: UserRequest, page: Answering, form: AnswersForm, error: ValidationError) -> HttpResponse:
    """Show the typed values; after a conflict with the values somebody else saved, on the present version."""
    page.nomination.refresh_from_db(fields=["version", "state"])
    if error.code == "conflict":
        return _show(request, page, form.rebased(page.nomination), 409, conflict=form.differences(page.nomination))
    form.add_error(None, error)
    return _show(request, page, form, 409)


def _change_evidence(request: UserRequest, page: Answering, then: str) -> None:
    """Attach every chosen file, and withdraw the one whose button was pressed."""
    for criterion in page.criteria:
        for upload in request.FILES.getlist(f"file-{criterion.pk}"):
            try:
                made = files.attach(page.nomination, criterion, upload, by=request.user)
            except ValidationError as error:
                values = {"file": upload.name, "criterion": criterion, "reason": error.messages[0]}
                words = _("“%(file)s” was not attached to %(criterion)s. %(reason)s") % values
                messages.error(request, words, extra_tags=f"criterion-{criterion.pk}")
            else:
                values = {"file": made.name, "criterion": criterion}
                messages.success(request, _("“%(file)s” is attached to %(criterion)s.") % values)
    if then.startswith("take-back-"):
        _take_back(request, page.nomination, then.removeprefix("take-back-"))


def _take_back(request: UserRequest, nomination: Nomination, key: str) -> None:
    found = Evidence.objects.current().filter(nomination=nomination, pk=int(key[:9]) if key.isdecimal() else 0).first()
    if found is None:
        messages.error(request, _("This file has already been taken back."))
        return
    with refusals_above(request):
        files.take_back(found, by=request.user)
        messages.success(request, _("“%(file)s” has been taken back; it stays in the history.") % {"file": found})


def _go_on(nomination: Nomination, then: str) -> HttpResponse:
    if then.startswith("attach-"):
        address = redirect("nomination-answers", nomination.pk)
        address["Location"] += f"#criterion-{then.removeprefix('attach-')}" if then[7:].isdecimal() else ""
        return address
    if then.startswith("take-back-"):
        return redirect("nomination-answers", nomination.pk)
    if then == "send":
        return redirect("nomination-submit", nomination.pk)
    return redirect(nomination)


@require_POST
def nomination_answers_keep(request: UserRequest, pk: int) -> HttpResponse:
    """Save what is typed; answers only the state, so that typing is not interrupted."""
    nomination = reachable_nomination(request, pk)
    require_on(request.user, Permission.ANSWER, nomination, even_late=True)
    page = Answering(nomination, request.user)
    form = AnswersForm(request.POST, nomination=nomination, criteria=page.criteria)
    form.is_valid()
    context: dict[str, Any] = {"nomination": nomination, "moment": timezone.now()}
    status = 200
    try:
        _keep(request, nomination, form)
    except ValidationError as error:
        status = 409
        context["refusal"] = error.messages[0]
        context["conflict"] = form.differences(nomination) if error.code == "conflict" else None
    context |= {
        "page": Answering(nomination, request.user),
        "faults": faults(form),
        "zone": nomination.selection.zone_label,
    }
    return render(request, "awards/nominations/_answers_state.html", context, status=status)


def visible_evidence(request: UserRequest, pk: int) -> Evidence:
    """A document of a nomination this person sees; 404 when missing, not visible or withdrawn."""
    related = ("criterion__aspect", "uploaded_by", "nomination__candidate__region", "nomination__category")
    rows = Evidence.objects.reachable_by(request.user).current()
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
        "answer_text": answers.in_words(criterion, answer.value) if answer else "",
        "obstacle": next(iter(obstacles(nomination, [criterion], {criterion.pk: answer})), None) if answer else None,
        "files": files,
        "previous": files[at - 1] if at else None,
        "next": files[at + 1] if at + 1 < len(files) else None,
        "pages": page_count(evidence),
        "fault": stored_files.fault_of(file_rows.of_evidence(evidence)),
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
