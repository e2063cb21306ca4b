"""Whoever has come in by a candidate's door alone finds every other address of the portal shut."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from awards.models.doors import doors_of
from paritrana.accounts.models import User

OPEN_TO_CONTACTS = frozenset(
    {
        *("doors", "my-nomination", "door-hand-over", "door-invitation"),
        *("nomination-answers", "nomination-answers-keep", "evidence", "evidence-picture", "evidence-download"),
        *("nomination-traces", "candidate-copy", "form-draft", "my-account"),
        *("my-data", "my-data-file", "my-sessions"),
    }
)
LIBRARY = ("account_", "mfa_")
"""Signing in and out, the own password and second factor."""


NOT_THEIRS = {"home", "metrics"}
"""Open without signing in, yet with something of their own for whoever is signed in."""


def is_contact_only(user: User) -> bool:
    """Somebody with a door and no role of the portal's own."""
    return user.is_authenticated and bool(doors_of(user))


class DoorMiddleware:
    """A page that is not for contacts does not exist for them; home is the page of their nominations."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        name = (match.url_name if match else None) or ""
        is_public = not getattr(view, "login_required", True)
        if name in OPEN_TO_CONTACTS or name.startswith(LIBRARY) or (is_public and name not in NOT_THEIRS):
            return None
        if not is_contact_only(request.user):  # type: ignore[arg-type]
            return None
        leads_on = {"home": "doors", "nomination": "my-nomination"}.get(name)
        if leads_on and kwargs.get("pk") in {None, *doors_of(request.user)}:  # type: ignore[arg-type]
            is_reading = request.method in {"GET", "HEAD"}
            return redirect(leads_on, *kwargs.values()) if is_reading else None  # the page itself refuses the method
        raise Http404
