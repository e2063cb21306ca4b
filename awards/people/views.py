"""People: the list and a person's page with postings and appointments. For administrators only."""

from collections.abc import Callable
from typing import Any

import django_filters
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.models import Appointment
from awards.people import appointments, trail_text
from awards.people.forms import GRANTED_HERE, AppointmentForm, PostingForm, SearchForm
from awards.people.intake import PeopleIntake
from awards.permissions import is_auditor, may_read_trail
from paritrana.accounts import agency, pseudonyms, trail
from paritrana.accounts.models import AuditEvent, AuditEventQuerySet, User
from paritrana.accounts.permissions import managed_person, require_people
from paritrana.accounts.requests import UserRequest
from paritrana.accounts.second_factor import factors_of
from paritrana.display.refusals import done, refusals_above, refusals_in
from paritrana.intake import IntakeErrand
from regions.models import Posting
from regions.places import postings


class TrailFilter(django_filters.FilterSet):
    verb = django_filters.CharFilter(label=gettext_lazy("Act"), lookup_expr="istartswith")
    actor = django_filters.CharFilter(label=gettext_lazy("Person"), method="by_person")
    object = django_filters.CharFilter(label=gettext_lazy("Object"), method="by_object")

    class Meta:
        model = AuditEvent
        fields = ("verb",)

    def by_person(self, events: AuditEventQuerySet, name: str, value: str) -> AuditEventQuerySet:
        return events.filter(Q(actor__name__icontains=value) | Q(actor__email__icontains=value))

    def by_object(self, events: AuditEventQuerySet, name: str, value: str) -> AuditEventQuerySet:
        """Also people by name, whom the trail knows by their pseudonym alone."""
        found = Q(object_label__icontains=value) | Q(object_type=value.lower())
        for person in User.objects.filter(name__icontains=value).order_by("pk")[:MOST_NAMED]:
            found |= Q(object_label=person.trail_label) | Q(object_label__startswith=f"{person.trail_label} ")
        return events.filter(found)


ROWS_A_PAGE = 50
MOST_NAMED = 20
"""Of so many people of one name the events are found."""


@require_safe
def people(request: UserRequest) -> HttpResponse:
    require_people(request.user)
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = User.objects.visible_to(request.user).prefetch_related(*_roles()).order_by("-is_active", "name", "pk")
    if text:
        found = found.filter(Q(name__icontains=text) | Q(email__icontains=text) | Q(office__icontains=text))
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"form": form, "page": page, "text": text})


def errand(request: UserRequest) -> IntakeErrand:
    """Handing a file of people in."""
    require_people(request.user)
    return IntakeErrand(PeopleIntake(), "people", (reverse("people"), _("People")))


def _roles() -> list[Prefetch]:
    """Current postings and appointments with their display texts."""
    held = Appointment.objects.current().select_related("edition", "selection__edition", "selection__province")
    posted = Posting.objects.current().select_related("branch", "regional_office")
    return [Prefetch("postings", posted, "current_postings"), Prefetch("appointments", held, "current_appointments")]


@require_safe
def person(request: UserRequest, pk: int) -> HttpResponse:
    require_people(request.user)
    found = get_object_or_404(User.objects.visible_to(request.user).prefetch_related(*_roles()), pk=pk)
    context = {"person": found, "ended_here": [r.value for r in GRANTED_HERE], "factors": factors_of(found)}
    context |= {"agency": agency.app(), "agency_link": agency.link_of(found)}
    return render(request, "accounts/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def posting_create(request: UserRequest, pk: int) -> HttpResponse:
    def post(person: User, form: PostingForm) -> None:
        postings.post(person, **form.cleaned_data, by=request.user)

    return _grant(request, pk, PostingForm(request.POST or None), post, _("New posting"))


@require_http_methods(["GET", "HEAD", "POST"])
def appointment_create(request: UserRequest, pk: int) -> HttpResponse:
    def appoint(person: User, form: AppointmentForm) -> None:
        appointments.appoint(person, *form.scope, by=request.user)

    return _grant(request, pk, AppointmentForm(request.POST or None), appoint, _("New appointment"))


def _grant(request: UserRequest, pk: int, form: Any, verb: Callable[[User, Any], None], heading: str) -> HttpResponse:
    found = managed_person(request, pk)
    if form.is_valid():
        with refusals_in(form):
            verb(found, form)
            return done(request, _("Saved."), found)
    return render(request, "accounts/grant.html", {"person": found, "form": form, "heading": heading})


@require_POST
def posting_end(request: UserRequest, pk: int) -> HttpResponse:
    require_people(request.user)
    posting = get_object_or_404(Posting.objects.visible_to(request.user), pk=pk)
    return _end(request, posting.user, lambda: postings.end_posting(posting, by=request.user))


@require_POST
def appointment_end(request: UserRequest, pk: int) -> HttpResponse:
    require_people(request.user)
    mine = Appointment.objects.visible_to(request.user).filter(role__in=GRANTED_HERE)
    appointment = get_object_or_404(mine, pk=pk)
    return _end(request, appointment.user, lambda: appointments.end_appointment(appointment, by=request.user))


def _end(request: UserRequest, user: User, verb: Callable[[], None]) -> HttpResponse:
    with refusals_above(request):
        verb()
        messages.success(request, _("Ended. It stays on record."))
    return redirect(user)


EVENTS_A_PAGE = 25
CONFIDENTIAL = "scoring."
"""Events of scoring may contain marks: only an auditor reads their details."""


@require_safe
def trail_page(request: UserRequest) -> HttpResponse:
    if not may_read_trail(request.user):
        raise Http404
    narrowed = TrailFilter(request.GET, AuditEvent.objects.select_related("actor"))
    page = Paginator(narrowed.qs, EVENTS_A_PAGE).get_page(request.GET.get("page"))
    reads_all, events = is_auditor(request.user), list(page)
    details = [trail_text.details(each) for each in events]
    words = pseudonyms.in_words([each.object_label for each in events] + details)
    rows = [
        {
            "event": event,
            "is_withheld": event.object_type.startswith(CONFIDENTIAL) and not reads_all,
            "sentence": trail_text.sentence(event, label),
            "detail": detail,
        }
        for event, label, detail in zip(events, words, words[len(events) :], strict=False)
    ]
    return render(
        request, "awards/people/trail.html", {"filter": narrowed, "page": page, "rows": rows, "head": trail.head()}
    )


@require_POST
def trail_check(request: UserRequest) -> HttpResponse:
    """Read the chain from its first event on, and say in words whether it is whole."""
    if not may_read_trail(request.user):
        raise Http404
    fault = trail.verify()
    if fault:
        messages.error(request, trail_text.broken(fault))
    else:
        number = AuditEvent.objects.count()
        words = ngettext(
            "The chain is whole: %(count)d event read from the first to the last, none changed and none missing.",
            "The chain is whole: %(count)d events read from the first to the last, none changed and none missing.",
            number,
        )
        messages.success(request, words % {"count": number})
    return redirect("trail")
