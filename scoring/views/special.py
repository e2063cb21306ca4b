"""The special awards of a plenary: given with a reason, taken back until the seal."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards import permissions
from awards.stages import Permission
from scoring.actions import special
from scoring.forms.special import SpecialAwardForm
from scoring.models import SpecialAward
from scoring.views.access import selection_seen


@require_http_methods(["GET", "HEAD", "POST"])
def special_awards(request: HttpRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.SEAL, selection)
    titles = special.special_titles(selection)
    form = SpecialAwardForm(request.POST or None, titles=titles, eligible=special.eligible(selection))
    if form.is_valid():
        try:
            special.grant(selection, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The special award is recorded."))
            return redirect("special-awards", slug)
    given = SpecialAward.objects.filter(selection=selection).select_related("title", "nomination__candidate")
    context = {"selection": selection, "titles": titles, "given": given, "form": form}
    return render(request, "scoring/results/special.html", context)


@require_POST
def special_award_take_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.SEAL, selection)
    award = get_object_or_404(SpecialAward.objects.select_related("title", "nomination"), selection=selection, pk=pk)
    special.take_back(award, by=request.user)
    messages.success(request, _("The special award is taken back."))
    return redirect("special-awards", slug)
