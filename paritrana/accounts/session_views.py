"""The page of the own sessions: where somebody is signed in, and ending what is not wanted there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from paritrana.accounts import sessions
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import refusals_above


@require_http_methods(["GET", "HEAD", "POST"])
def my_sessions(request: UserRequest) -> HttpResponse:
    current = request.session.session_key or ""
    if request.method == "POST":
        which = request.POST.get("end", "")
        with refusals_above(request):
            chosen = int(which) if which.isdecimal() and len(which) < 10 else None if which == "all" else 0
            count = sessions.end(request.user, current, chosen)
            done = ngettext("%(count)s session has ended.", "%(count)s sessions have ended.", count)
            messages.success(request, done % {"count": count})
        return redirect("my-sessions")
    rows = sessions.others_of(request.user, current)[: sessions.MOST_SHOWN]
    browser = request.headers.get("User-Agent", _("unknown"))
    return render(request, "accounts/sessions.html", {"rows": list(rows), "browser": browser})
