"""Where a page keeps what is typed into its forms, and asks for it again."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from paritrana.accounts import drafts
from paritrana.accounts.requests import UserRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form_draft(request: UserRequest) -> HttpResponse:
    """GET: the own draft of a form by its address. POST: keep one, or delete it when it is empty."""
    if request.method != "POST":
        draft = drafts.find(request.user, request.GET.get("address", ""))
        if draft is None:
            return JsonResponse({})
        notice = render(request, "accounts/_form_draft.html", {"draft": draft}).content.decode()
        return JsonResponse({"content": draft.content, "notice": notice})
    form = drafts.FormDraftForm(request.POST)
    if not form.is_valid():
        return JsonResponse({}, status=422)
    address, content = form.cleaned_data["address"], form.cleaned_data["content"]
    if not content:
        drafts.forget(request.user, address)
        return JsonResponse({})
    draft = drafts.keep(request.user, address, content)
    notice = render(request, "accounts/_form_saved.html", {"draft": draft}).content.decode()
    return JsonResponse({"notice": notice})
