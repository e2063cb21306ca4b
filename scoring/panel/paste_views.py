"""Pasting the members of a panel: the lines become a table, and the pages of its importer do the rest."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from awards.lookups import selection_seen
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.intake.pages import hand_in
from scoring.panel.forms import PasteForm
from scoring.panel.pasted import as_file
from scoring.panel.views import errand


@require_http_methods(["GET", "HEAD", "POST"])
def panel_paste(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.MANAGE_PANEL)
    form = PasteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        table = as_file(form.cleaned_data["members"], form.cleaned_data["element"])
        return hand_in(request, errand(request, slug), "daftar.csv", [table])
    return render(request, "scoring/panel/paste.html", {"selection": selection, "form": form})
