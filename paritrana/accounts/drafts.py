"""Drafts of forms: kept while somebody types, offered again after the window was closed, deleted once they are sent."""

import json
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from paritrana.accounts.models import FormDraft, User

FIELD = "form_draft"
"""The form sends its draft's address by this name, so that it is forgotten when the form was taken."""

LARGEST = 200_000
TAKEN = frozenset({302, 303})


class FormDraftForm(forms.Form):
    """An address, and each field by name with the list of its values."""

    address = forms.CharField(max_length=400)
    content = forms.CharField(max_length=LARGEST)

    def clean_content(self) -> dict[str, list[str]]:
        try:
            content = json.loads(self.cleaned_data["content"])
        except (ValueError, RecursionError) as wrong:
            raise ValidationError("no JSON") from wrong
        if not isinstance(content, dict) or not all(_is_texts(values) for values in content.values()):
            raise ValidationError("no fields")
        return content


def _is_texts(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


def keep(user: User, address: str, content: dict[str, list[str]]) -> FormDraft:
    """Keep what is typed now in place of what was kept before."""
    values = {"content": content, "saved_at": timezone.now()}
    draft, _is_new = FormDraft.objects.update_or_create(user=user, address=address, defaults=values)
    return draft


def find(user: User, address: str) -> FormDraft | None:
    return FormDraft.objects.filter(user=user, address=address).first()


def forget(user: User, address: str) -> None:
    FormDraft.objects.filter(user=user, address=address).delete()


def forget_sent(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A form that was taken, which answers by leading on, needs its draft no longer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "POST" and response.status_code in TAKEN and request.user.is_authenticated:
            address = request.POST.get(FIELD, "")
            if address:
                forget(request.user, address)
        return response

    return middleware
