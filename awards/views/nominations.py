"""Nominations: the list, nominating, the dossier, the answers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from awards import actions
from awards.actions.nominations import nominable
from awards.completeness import completeness
from awards.dossier import Dossier
from awards.filters import NominationFilter
from awards.forms.answers import AnswersForm
from awards.forms.nominations import NominateForm
from awards.models import Category, Nomination, Selection
from awards.overview import moves_open_to
from awards.permissions import granted, granted_on, require, require_on
from awards.stages import Permission
from awards.tables import NominationTable
from regions import permissions as coverage

ROWS_A_PAGE = 50


@require_safe
def nomination_list(request: HttpRequest, slug: str) -> HttpResponse:
    selection = get_object_or_404(Selection.objects.visible_to(request.user).with_context(), slug=slug)
    visible = Nomination.objects.visible_to(request.user).filter(selection=selection)
    narrowed = NominationFilter(request.GET, visible.with_context(), selection=selection)
    rows = list(narrowed.qs.select_related("nominated_by"))
    lacking = completeness(rows)
    for row in rows:
        row.lacking = lacking[row.pk]
    table = NominationTable(rows)
    RequestConfig(request, paginate={"per_page": ROWS_A_PAGE}).configure(table)
    context = {
        "selection": selection,
        "filter": narrowed,
        "table": table,
        "is_empty": not rows and not request.GET,
        "categories": selection.categories.all(),
        "may_nominate": Permission.NOMINATE in granted(request.user, selection),
        "unsent": sum(row.is_editable for row in rows),
    }
    is_fragment = request.htmx and not request.htmx.history_restore_request
    return render(request, f"awards/{'_nomination_rows' if is_fragment else 'nomination_list'}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def nominate(request: HttpRequest, slug: str, category: str) -> HttpResponse:
    """Tick the regions whose government competes; each becomes a draft."""
    selection = get_object_or_404(Selection.objects.visible_to(request.user).with_context(), slug=slug)
    chosen = get_object_or_404(Category.objects.filter(selections=selection), slug=category)
    require(request.user, Permission.NOMINATE, selection, even_late=request.method == "POST")
    form = NominateForm(request.POST or None, nominable=nominable(selection, chosen, request.user))
    if form.is_valid():
        try:
            made = _nominate_all(selection, chosen, form.cleaned_data["regions"], request)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            text = ngettext("%(count)d draft was made.", "%(count)d drafts were made.", len(made))
            messages.success(request, text % {"count": len(made)})
            return redirect(made[0] if len(made) == 1 else "nominations", *([] if len(made) == 1 else [slug]))
    return render(request, "awards/nominate.html", {"selection": selection, "category": chosen, "form": form})


@transaction.atomic
def _nominate_all(selection: Selection, category: Category, regions: Any, request: HttpRequest) -> list[Nomination]:
    return [actions.nominate(selection, category, actions.government(region), by=request.user) for region in regions]


def visible_nomination(request: HttpRequest, pk: int) -> Nomination:
    """The nomination, or 404 for what is absent and what is not this person's to see alike."""
    return get_object_or_404(Nomination.objects.visible_to(request.user).with_context(), pk=pk)


@require_safe
def nomination_page(request: HttpRequest, pk: int) -> HttpResponse:
    nomination = visible_nomination(request, pk)
    dossier, held = Dossier(nomination), granted_on(request.user, nomination)
    context = {
        "nomination": nomination,
        "selection": nomination.selection,
        "dossier": dossier,
        "lacking": completeness([nomination])[nomination.pk],
        "verbs": moves_open_to(held, nomination),
        "may_enter_coverage": coverage.may(request.user, coverage.Permission.ENTER, nomination.candidate.region),
        "may_answer": nomination.is_editable and Permission.REPAIR in held,
    }
    return render(request, "awards/nomination.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def nomination_answers(request: HttpRequest, pk: int) -> HttpResponse:
    nomination = visible_nomination(request, pk)
    require_on(request.user, Permission.REPAIR, nomination, even_late=request.method == "POST")
    criteria = Dossier(nomination).criteria
    form = AnswersForm(request.POST or None, nomination=nomination, criteria=criteria)
    context: dict[str, Any] = {"nomination": nomination, "selection": nomination.selection, "form": form}
    if form.is_valid():
        try:
            actions.answer(nomination, form.answers(), version=form.cleaned_data["version"], by=request.user)
        except ValidationError as error:
            return _refused(request, nomination, form, error, context)
        messages.success(request, _("Answers saved."))
        return redirect(nomination)
    return render(request, "awards/nomination_answers.html", context)


def _refused(
    request: HttpRequest, nomination: Nomination, form: AnswersForm, error: ValidationError, context: dict[str, Any]
) -> HttpResponse:
    """What was typed stays; after a conflict it stands beside what somebody else wrote, on the present version."""
    nomination.refresh_from_db(fields=["version", "state"])
    if error.code == "conflict":
        context |= {"conflict": form.differences(nomination), "form": form.rebased(nomination)}
    else:
        form.add_error(None, error)
    return render(request, "awards/nomination_answers.html", context, status=409)
