"""The page of a nomination's comments, and their files."""

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards.criteria.completeness import rubric_criteria
from awards.models import Comment
from awards.nominations import comments as actions
from awards.nominations.forms import CommentForm
from awards.nominations.views import visible_nomination
from awards.permissions import granted_on, require_on
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import done, refusals_in
from paritrana.uploads.delivery import as_attachment, damage_explained

COMMENTS_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def nomination_comments(request: UserRequest, pk: int) -> HttpResponse:
    nomination = visible_nomination(request, pk, Permission.SEE_COMMENTS)
    may_write = Permission.VERIFY in granted_on(request.user, nomination)
    if request.method == "POST":
        require_on(request.user, Permission.VERIFY, nomination)
    criteria = rubric_criteria(nomination.selection, nomination.category)
    form = CommentForm(request.POST or None, request.FILES or None, criteria=criteria)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            typed = form.cleaned_data
            about: dict[str, Any] = {"criterion": typed["criterion"], "upload": typed["file"]}
            actions.write(nomination, text=typed["text"], by=request.user, **about)
            return done(request, _("The comment is written; the nominator gets a letter."), "nomination-comments", pk)
    rows = Comment.objects.filter(nomination=nomination).with_context()
    context = {
        "nomination": nomination,
        "selection": nomination.selection,
        "page": Paginator(rows, COMMENTS_A_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "may_write": may_write,
    }
    return render(request, "awards/nominations/comments.html", context)


@require_POST
@damage_explained
def comment_file(request: UserRequest, pk: int) -> FileResponse:
    """The file of one comment, to those who may read it; by POST, because each download is recorded."""
    rows = Comment.objects.visible_to(request.user).exclude(key="")
    comment = get_object_or_404(rows.select_related("nomination__candidate__region"), pk=pk)
    nomination = visible_nomination(request, comment.nomination_id)
    if Permission.SEE_COMMENTS not in granted_on(request.user, nomination):
        raise Http404
    comment.nomination = nomination
    return as_attachment(actions.hand_out(comment, by=request.user), comment.name, comment.kind)
