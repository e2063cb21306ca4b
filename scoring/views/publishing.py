"""What is told of the winners besides their places: decided before they are announced."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards import permissions
from awards.stages import Permission
from scoring.actions.publishing import set_publishing
from scoring.forms.publishing import PublishingForm
from scoring.views.access import selection_seen


@require_http_methods(["GET", "HEAD", "POST"])
def publishing(request: HttpRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.ANNOUNCE, selection)
    form = PublishingForm(request.POST if request.method == "POST" else None, instance=selection)
    if request.method == "POST" and form.is_valid():
        try:
            is_new = set_publishing(selection, totals=form.cleaned_data["publishes_totals"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved.") if is_new else _("Nothing was changed."))
            return redirect("result", selection.slug)
    status = 422 if form.is_bound else 200
    return render(request, "scoring/results/publishing.html", {"selection": selection, "form": form}, status=status)
