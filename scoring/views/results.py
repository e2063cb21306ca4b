"""The ranking and the result of a selection, its seal and its announcement."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards import permissions
from awards.models import Selection
from awards.stages import Permission
from scoring import display, readiness, results
from scoring.actions import results as actions
from scoring.forms.results import SealForm
from scoring.views.access import selection_seen


@require_safe
def rankings(request: HttpRequest, slug: str) -> HttpResponse:
    """The first title that has somebody to rank."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.SEE_RANKING, selection)
    headings = results.headings(selection)
    if not headings:
        return render(request, "scoring/results/no_titles.html", {"selection": selection})
    return redirect("ranking", selection.slug, headings[0][0])


@require_safe
def ranking(request: HttpRequest, slug: str, title: str) -> HttpResponse:
    """One title, as it stands; after the seal, as it was sealed. ``title`` may leave the category out."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.SEE_RANKING, selection)
    try:
        shown = results.titled(selection, title)
    except LookupError as error:
        raise Http404 from error
    links = [
        {"path": path, "name": name, "category": category, "is_here": path == shown.path}
        for path, name, category in results.headings(selection)
    ]
    context = {"selection": selection, "links": links, **_doors(request, selection), **display.page_of(shown)}
    return render(request, "scoring/results/ranking.html", context)


@require_safe
def result(request: HttpRequest, slug: str) -> HttpResponse:
    """The sealed result: who holds which place, with what it rests on."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.SEE_RESULT, selection)
    seal = selection.seal
    context = {"selection": selection, "seal": seal, "rankings": results.sealed(seal), **_doors(request, selection)}
    return render(request, "scoring/results/result.html", context)


def _doors(request: HttpRequest, selection: Selection) -> dict[str, Any]:
    """Where this person may go from here."""
    granted = permissions.granted(request.user, selection)
    return {
        "may_see_ranking": Permission.SEE_RANKING in granted,
        "may_seal": Permission.SEAL in granted,
        "may_see_result": Permission.SEE_RESULT in granted,
        "may_export": Permission.EXPORT in granted,
        "may_announce": Permission.ANNOUNCE in granted,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def seal(request: HttpRequest, slug: str) -> HttpResponse:
    """The last look before the result is frozen."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.SEAL, selection)
    review = readiness.review(selection)
    form = SealForm(request.POST or None, has_remarks=bool(review.warnings), initial={"seen": review.fingerprint})
    # Somebody who looked at another ranking must look again before being asked anything about this one.
    is_current = request.POST.get("seen") == review.fingerprint
    if request.method == "POST" and (not is_current or form.is_valid()):
        try:
            actions.seal(selection, by=request.user, confirmed=True, seen=request.POST.get("seen", "-"))
        except ValidationError as error:
            messages.error(request, error.message)
            return redirect("seal", selection.slug)
        messages.success(request, _("The result is sealed."))
        return redirect("result", selection.slug)
    context = {"selection": selection, "review": review, "form": form, "back_url": selection.get_absolute_url()}
    return render(request, "scoring/results/seal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: HttpRequest, slug: str) -> HttpResponse:
    """The last look before the winners become public."""
    selection = selection_seen(request, slug)
    permissions.require(request.user, Permission.ANNOUNCE, selection)
    if request.method == "POST":
        try:
            actions.announce(selection, by=request.user)
        except ValidationError as error:
            messages.error(request, error.message)
            return redirect(selection)
        messages.success(request, _("The winners are announced."))
        return redirect("result", selection.slug)
    context = {
        "selection": selection,
        "seal": selection.seal,
        "rankings": results.sealed(selection.seal),
        "back_url": selection.get_absolute_url(),
    }
    return render(request, "scoring/results/announce.html", context)
