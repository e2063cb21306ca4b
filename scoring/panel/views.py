"""The panel: decree, seats, invitations, recusals, and how far its jurors are."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import permissions
from awards.lookups import selection_seen
from awards.models import Selection
from awards.nominations.double_roles import double_roles
from awards.stages import Permission
from paritrana.accounts import invited
from paritrana.accounts.address_changes import digest_of
from paritrana.accounts.models import User
from paritrana.accounts.requests import UserRequest
from paritrana.display import formats
from paritrana.display.refusals import done, refusals_above, refusals_in
from paritrana.display.sharing import FRESH_LINK, shared_message
from paritrana.intake import IntakeErrand
from paritrana.uploads import stored_files
from paritrana.uploads.delivery import HEADERS, damage_explained
from scoring import edit_conflicts
from scoring.assignments import criteria
from scoring.assignments import progress as assignment_progress
from scoring.assignments.criteria import marked_nominations
from scoring.edit_conflicts import EditConflict
from scoring.models import Conflict, Invitation, Panel, Seat, SeatChange, SubPanel
from scoring.models.seat_changes import SeatChangeQuerySet
from scoring.panel import invitations
from scoring.panel import seats as actions
from scoring.panel.forms import DecreeDocumentForm, DecreeForm, InvitationForm
from scoring.panel.intake import PanelIntake
from scoring.panel.seats import attach_decree, decree_stored

SEES_CONFLICTS = frozenset({Permission.MANAGE_PANEL, Permission.RECUSE, Permission.SEE_PROGRESS})


@require_safe
def panel(request: UserRequest, slug: str) -> HttpResponse:
    """Names for everybody who sees the selection; conflicts only for those who run or lead it."""
    selection = selection_seen(request, slug)
    granted = permissions.granted(request.user, selection)
    rows = Seat.objects.visible_to(request.user).with_people().filter(panel__selection=selection)
    seats = list(rows.select_related("replaces__appointment__user"))
    panel = Panel.objects.filter(selection=selection).first() or Panel()
    known = Conflict.objects.filter(seat__in=seats).select_related("seat__appointment__user", "nomination__candidate")
    context = {
        "selection": selection,
        "panel": panel,
        "invitations": _invitations(panel) if Permission.MANAGE_PANEL in granted else [],
        "seats": [seat for seat in seats if seat.appointment.ended_at is None],
        "ended": [seat for seat in seats if seat.appointment.ended_at is not None],
        "waiting": list(_waiting(panel)) if Permission.SECOND_PANEL in granted else [],
        "rooms": _rooms(selection),
        "double_roles": double_roles(selection),
        "conflicts": known if granted & SEES_CONFLICTS else [],
        "may_manage": Permission.MANAGE_PANEL in granted,
        "may_recuse": Permission.RECUSE in granted,
        "may_score": Permission.SCORE in granted,
        "may_see_map": bool(granted & SEES_CONFLICTS),
        "may_see_progress": Permission.SEE_PROGRESS in granted,
    }
    return render(request, "scoring/panel/panel.html", context)


def _waiting(panel: Panel) -> SeatChangeQuerySet:
    return SeatChange.objects.open().filter(panel=panel if panel.pk else None).with_people()


def _rooms(selection: Selection) -> list[tuple[str, str]]:
    """Each room and category with its jurors and quorum; empty for a panel without rooms."""
    rows = SubPanel.objects.filter(panel__selection=selection).select_related("category")
    words = _("%(category)s, quorum %(quorum)d: %(names)s")
    return [
        (
            one.room,
            words
            % {
                "category": one.category,
                "quorum": one.quorum,
                "names": "; ".join(seat.user.name for seat in one.seats.all() if seat.appointment.ended_at is None),
            },
        )
        for one in rows.prefetch_related("seats__appointment__user")
    ]


def _invitations(panel: Panel) -> list[Invitation]:
    """Invitations not withdrawn, with the member they replace."""
    rows = Invitation.objects.filter(panel=panel if panel.pk else None, withdrawn_at=None)
    return list(rows.select_related("replaces__appointment__user"))


@require_http_methods(["GET", "HEAD", "POST"])
def decree(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.MANAGE_PANEL)
    current = Panel.objects.filter(selection=selection).first()
    form = DecreeForm(request.POST or None, instance=current, initial={"version": current.version if current else 0})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        rules = {name: typed[name] for name in actions.RULES}
        try:
            actions.set_decree(selection, version=typed["version"], by=request.user, **rules)
        except EditConflict as error:
            rows = edit_conflicts.compared(form, {name: getattr(error.current, name) for name in actions.RULES})
            return edit_conflicts.show(request, "scoring/panel/decree.html", form, error, rows, selection=selection)
        return done(request, _("The decree has been saved."), "panel", selection.slug)
    return render(request, "scoring/panel/decree.html", {"selection": selection, "form": form})


@require_safe
def progress(request: UserRequest, slug: str) -> HttpResponse:
    """Juror by candidate, one page: states only. The number of queries is fixed."""
    selection = selection_seen(request, slug, Permission.SEE_PROGRESS)
    listed = marked_nominations(selection).visible_to(request.user)
    page = Paginator(listed, criteria.PAGE).get_page(request.GET.get("page"))
    nominations = list(page.object_list)
    seats = list(Seat.objects.sitting().visible_to(request.user).with_people().filter(panel__selection=selection))
    states = assignment_progress.progress_of_all(seats, listed)
    panel = Panel.objects.filter(selection=selection).first() or Panel()
    found = assignment_progress.strengths(seats, nominations, states, panel.quorum)
    rows = [(each, [(seat, states[seat.pk, each.pk]) for seat in seats], found[each.pk]) for each in nominations]
    tallies = assignment_progress.tallies(seats, states)
    texts = {key: f"{formats.count(of.handed_in)} / {formats.count(of.due)}" for key, of in tallies.items()}
    context = {"selection": selection, "seats": seats, "rows": rows, "page": page, "quorum": panel.quorum}
    context["totals"] = [(seat, texts[seat.pk]) for seat in seats]
    return render(request, "scoring/panel/progress.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decree_document(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.MANAGE_PANEL)
    form = DecreeDocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form, "document"):
            attach_decree(selection, form.cleaned_data["document"], by=request.user)
            return done(request, _("The document of the decree is attached."), "panel", selection.slug)
    return render(request, "scoring/panel/decree_document.html", {"selection": selection, "form": form})


@require_safe
@damage_explained
def decree_file(request: UserRequest, slug: str) -> FileResponse:
    selection = selection_seen(request, slug)
    panel = Panel.objects.filter(selection=selection).exclude(decree_key="").first()
    if panel is None:
        raise Http404
    content = stored_files.opened(decree_stored(panel))
    kind = "application/pdf"
    return FileResponse(content, as_attachment=True, filename=panel.decree_file, content_type=kind, headers=HEADERS)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: UserRequest, slug: str) -> HttpResponse:
    selection = selection_seen(request, slug, Permission.MANAGE_PANEL)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            made = invitations.invite(selection, by=request.user, **form.cleaned_data)
            messages.success(request, _("The invitation was mailed to %(email)s.") % {"email": made.email})
            return redirect("panel", selection.slug)
    return render(request, "scoring/panel/invite.html", {"selection": selection, "form": form})


@require_POST
def invitation_resend(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    return _do(request, slug, pk, invitations.resend, _("A fresh link was mailed; the older one no longer works."))


@require_POST
def invitation_share(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    selection, wanted = _managed(request, slug, pk)
    with refusals_above(request):
        text, lead = invitations.share(wanted, by=request.user), FRESH_LINK % {"email": wanted.email}
        back = reverse("panel", args=[selection.slug]), _("Panel")
        return shared_message(request, wanted.name, text, lead=lead, back=back, selection=selection)
    return redirect("panel", selection.slug)


@require_POST
def invitation_withdraw(request: UserRequest, slug: str, pk: int) -> HttpResponse:
    return _do(request, slug, pk, invitations.withdraw, _("The invitation is withdrawn; its link no longer works."))


def _do(request: UserRequest, slug: str, pk: int, verb: Callable[..., None], text: str) -> HttpResponse:
    selection, wanted = _managed(request, slug, pk)
    with refusals_above(request):
        verb(wanted, by=request.user)
        messages.success(request, text)
    return redirect("panel", selection.slug)


def _managed(request: UserRequest, slug: str, pk: int) -> tuple[Selection, Invitation]:
    selection = selection_seen(request, slug)
    wanted = get_object_or_404(Invitation.objects.select_related("panel__selection"), pk=pk, panel__selection=selection)
    permissions.require(request.user, Permission.MANAGE_PANEL, selection)
    return selection, wanted


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody is invited to. The link is the secret: whoever holds it may read this, only the invited accepts."""
    rows = Invitation.objects.select_related("panel__selection__edition", "panel__selection__province")
    found = get_object_or_404(rows, digest=digest_of(token))
    selection = found.panel.selection
    context = {"invitation": found, "selection": selection, "until": selection.moment(found.expires_at)}
    if found.state != Invitation.State.SENT:
        return render(request, "scoring/panel/invitation_over.html", context, status=410)

    def accept(user: User) -> HttpResponse:
        invitations.accept(found, by=user)
        return done(request, _("Accepted. The seat is yours once a second person confirms it."), "home")

    return invited.answer(request, found, "scoring/panel/invitation.html", context, accept)


def errand(request: UserRequest, slug: str) -> IntakeErrand:
    """Handing the members of a panel in by a file."""
    selection = selection_seen(request, slug, Permission.MANAGE_PANEL)
    return IntakeErrand(PanelIntake(selection), "panel", (reverse("panel", args=[slug]), _("Panel")), (slug,))
