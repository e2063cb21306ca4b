"""Choosing the shortlist: several candidates at once, each reviewed before anything is written."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from awards.criteria.completeness import Completeness, completeness, read
from awards.lookups import selection_seen
from awards.models import Nomination, Selection
from awards.nominations import calling
from awards.nominations.eligibility import Eligibility, eligibility
from awards.nominations.forms import ChosenForm
from awards.nominations.shortlisting import CHOICES, choose
from awards.nominations.transitions import MOVE_WORDS
from awards.stages import MOVES, REASON_NEEDED, Permission
from paritrana.accounts.requests import UserRequest
from paritrana.display.refusals import done, refusals_above

_LONGEST_KEY = 18


@dataclass(frozen=True)
class Chosen:
    """One nomination, and why it cannot be moved; empty when it can."""

    nomination: Nomination
    obstacle: str | Promise


@require_http_methods(["GET", "HEAD", "POST"])
def nominations_choose(request: UserRequest, slug: str) -> HttpResponse:
    """GET reviews those ticked in the list, POST moves all that were shown as movable, or none."""
    selection = selection_seen(request, slug, Permission.SHORTLIST)
    asked = request.POST if request.method == "POST" else request.GET
    verb = asked.get("act", CHOICES[0])
    if verb not in CHOICES:
        raise Http404
    picked = _picked(request, selection, asked.getlist("pick"))
    asks = verb in REASON_NEEDED or calling.is_beyond(verb, selection, picked)
    form = ChosenForm(request.POST or None) if asks else None
    if request.method == "POST" and (form is None or form.is_valid()):
        return _move(request, selection, verb, form, picked)
    status = 422 if request.method == "POST" else 200
    return _review(request, selection, verb, form, picked, status)


def _move(
    request: UserRequest, selection: Selection, verb: str, form: ChosenForm | None, picked: list[Nomination]
) -> HttpResponse:
    ticked = request.POST.getlist("pick")
    seen = {key: version for key, version in (_pair(text) for text in ticked) if version is not None}
    rows = {row: seen[row.pk] for row in picked if row.pk in seen}
    with refusals_above(request):
        choose(verb, rows, by=request.user, reason=form.cleaned_data["reason"] if form else "")
        text = ngettext("%(count)d candidate: %(act)s.", "%(count)d candidates: %(act)s.", len(rows))
        return done(request, text % {"count": len(rows), "act": MOVE_WORDS[verb]}, "nominations", selection.slug)
    now = _picked(request, selection, ticked)  # somebody else may have moved them meanwhile
    return _review(request, selection, verb, form, now, 409)


def _review(
    request: UserRequest, selection: Selection, verb: str, form: ChosenForm | None, rows: list[Nomination], status: int
) -> HttpResponse:
    known = read(rows)
    held, lacking = eligibility(rows, known), completeness(rows, known)
    chosen = [Chosen(row, _obstacle(verb, row, lacking[row.pk], held[row.pk])) for row in rows]
    context: dict[str, Any] = {
        "selection": selection,
        "verb": verb,
        "act": MOVE_WORDS[verb],
        "form": form,
        "movable": [one for one in chosen if not one.obstacle],
        "others": [one for one in chosen if one.obstacle],
        "calls": calling.calls(verb, selection, rows),
        "back_url": reverse("nominations", args=[selection.slug]),
    }
    return render(request, "awards/nominations/shortlist.html", context, status=status)


def _obstacle(verb: str, nomination: Nomination, lacking: Completeness, held: Eligibility) -> str | Promise:
    if nomination.state not in MOVES[verb][0]:
        return gettext_lazy("its state does not allow it: %(state)s") % {"state": nomination.get_state_display()}
    if verb == "shortlist" and not held.may_compete:
        return gettext_lazy("not eligible, and not cleared")
    if verb == "shortlist" and lacking.to_send:
        figures = ", ".join(figure.text for figure in lacking.to_send)
        return gettext_lazy("coverage figures that were not sent: %(figures)s") % {"figures": figures}
    return ""


def _picked(request: UserRequest, selection: Selection, picked: list[str]) -> list[Nomination]:
    keys = [key for key, _version in map(_pair, picked) if key is not None]
    visible = Nomination.objects.visible_to(request.user).filter(selection=selection, pk__in=keys)
    return list(visible.with_context())


def _pair(text: str) -> tuple[int | None, int | None]:
    """``17:3`` or ``17``: the key of a nomination, and the version the person saw."""
    key, _colon, version = text.partition(":")
    return _number(key), _number(version)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_KEY else None
