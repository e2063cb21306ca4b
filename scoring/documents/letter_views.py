"""The last look before winners and nominees are written to, and what became of the letters."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from awards.models import Letter
from awards.stages import Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import refusals_above
from scoring.documents import letters as actions
from scoring.documents.letters import Notices
from scoring.lookups import selection_seen


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.NOTIFY)
    if request.method == "POST":
        with refusals_above(request):
            written = actions.write_notices(selection, by=request.user)
            message = ngettext("%(count)d letter is on its way.", "%(count)d letters are on their way.", written)
            messages.success(request, message % {"count": written})
        return redirect("notices", slug)
    due = Notices(selection)
    letters = due.letters()
    there = Letter.objects.filter(key__in=[letter.key for letter in letters])
    keys = {letter.key for letter in there}
    context = {
        "selection": selection,
        "notices": due,
        "samples": letters[:1] + letters[1:][-1:],  # winners come first: one of each where there are both
        "left": sum(letter.key not in keys for letter in letters),
        "written": there.order_by("pk"),
        "back_url": selection.get_absolute_url(),
    }
    return render(request, "scoring/documents/letters.html", context)
