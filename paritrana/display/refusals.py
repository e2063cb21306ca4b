"""What an action came to: done, and on to the next page; or its ValidationErrors, in the form or above the page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class Refusals:
    """A context around an action and what follows its success; after a refusal the code below the block continues."""

    def __init__(self, show: Callable[[ValidationError], None]) -> None:
        self.show = show

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        if not isinstance(error, ValidationError):
            return False
        self.show(error)
        return True


def refusals_in(form: BaseForm, field: str | None = None) -> Refusals:
    return Refusals(lambda error: form.add_error(field, error))


def refusals_above(request: HttpRequest) -> Refusals:
    return Refusals(lambda error: messages.error(request, " ".join(error.messages)))


def done(request: HttpRequest, message: str, to: Any, *args: Any) -> HttpResponse:
    """Go on to a page, named as for ``redirect``, which says above it what was done."""
    messages.success(request, message)
    return redirect(to, *args)
