"""The moves of a nomination, each through its review page: what will be recorded, then the act."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards import actions
from awards.completeness import completeness
from awards.forms.nominations import ReasonForm, SeenForm
from awards.overview import MOVE_WORDS
from awards.permissions import require_on
from awards.stages import MOVES, REASON_NEEDED
from awards.views.nominations import visible_nomination


@require_http_methods(["GET", "HEAD", "POST"])
def nomination_move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """GET reviews, POST does. A refusal by the rules is told on the dossier, a fault in the form beside its field."""
    nomination = visible_nomination(request, pk)
    _origins, target, permission = MOVES[verb]
    require_on(request.user, permission, nomination)
    kind = ReasonForm if verb in REASON_NEEDED else SeenForm
    form = kind(request.POST or None, initial={"version": nomination.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.move(verb, nomination, by=request.user, **{"reason": "", **form.cleaned_data})
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            done = _("%(candidate)s is now: %(state)s.")
            messages.success(request, done % {"candidate": nomination, "state": target.label})
        return redirect(nomination)
    context = {
        "nomination": nomination,
        "selection": nomination.selection,
        "verb": verb,
        "act": MOVE_WORDS[verb],
        "target": target,
        "form": form,
        "lacking": completeness([nomination])[nomination.pk],
        "back_url": nomination.get_absolute_url(),
    }
    return render(request, "awards/nomination_move.html", context)
