"""What a device requests to score offline, and what it sends afterwards."""

import base64
from pathlib import Path
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse, RawPostDataException
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.models import Nomination
from paritrana.accounts import devices
from paritrana.accounts.requests import UserRequest
from paritrana.display import formats
from scoring.lookups import typed_seat
from scoring.models import Receipt, Seat
from scoring.sheets.offline import receipts, sync
from scoring.sheets.offline.board import board_file, typed
from scoring.sheets.offline.forms import RescueForm, read_delivery


@login_not_required
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The empty page stored on a device: the same for everybody, filled from data on the device."""
    return render(request, "scoring/sheets/offline/offline.html")


@login_not_required
@require_safe
def worker(request: HttpRequest) -> FileResponse:
    """The service worker, at the address whose pages it may answer."""
    path = finders.find("js/marks/worker.js")
    return FileResponse(Path(cast(str, path)).open("rb"), content_type="text/javascript")


@require_safe
def device_keys(request: UserRequest) -> JsonResponse:
    """The keys to what this person's devices keep; a device holds them no longer than the session."""
    keys = [base64.b64encode(key).decode() for key in devices.keys_of(request.user)]
    return JsonResponse({"person": request.user.pk, "keys": keys})


@require_safe
def board(request: UserRequest, slug: str) -> JsonResponse:
    """The juror's own data, and the token that lets this page send entries."""
    seat = typed_seat(request, slug)
    return JsonResponse(board_file(seat, reader=request.user) | {"token": get_token(request)})


def _body(request: UserRequest) -> bytes:
    """Nothing where it came as a form, which was read as such already."""
    try:
        return request.body
    except RawPostDataException:
        return b""


@require_POST
def deliver(request: UserRequest, slug: str) -> JsonResponse:
    """Takes a list of entries: answers an outcome for each, the sheets' present values, and a receipt."""
    seat = typed_seat(request, slug)
    try:
        device, entries = read_delivery(_body(request), request.user)
    except ValidationError as error:
        status = 409 if error.code == "not-yours" else 400
        return JsonResponse({"code": error.code, "words": " ".join(error.messages)}, status=status)
    answer = sync.deliver(seat, device, entries, by=request.user)
    return JsonResponse(
        {
            "outcomes": [_result_json(result) for result in answer.results],
            "sheets": {str(nomination): _held(sheet) for nomination, sheet in answer.held.items()},
            "receipt": _receipt(seat, answer.receipt),
        }
    )


def _result_json(result: sync.EntryResult) -> dict[str, Any]:
    theirs = "" if result.theirs is None else result.theirs
    return {
        "sequence": result.entry.sequence,
        "outcome": result.outcome,
        "reason": result.reason,
        "words": result.words,
        "version": result.version,
        "theirs": formats.hundredths(theirs) if isinstance(theirs, int) else theirs,
    }


def _held(sheet: sync.Held) -> dict[str, Any]:
    return {"version": sheet.version, "values": typed(sheet.values, sheet.criteria)}


def _receipt(seat: Seat, receipt: Receipt) -> dict[str, Any]:
    zone = seat.panel.selection.zone_label
    return {
        "at": formats.clock(receipt.given_at, zone),
        "digest": receipt.digest,
        "url": reverse("sheets-receipts", args=[seat.panel.selection.slug]),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def rescue(request: UserRequest, slug: str) -> HttpResponse:
    """Upload a rescue file: the rules of the device that wrote it apply, with the outcome of every entry."""
    seat = typed_seat(request, slug)
    form = RescueForm(request.POST or None, request.FILES or None, by=request.user)
    context: dict[str, Any] = {"selection": seat.panel.selection, "form": form}
    if request.method == "POST" and form.is_valid():
        device, entries = form.cleaned_data["file"]
        answer = sync.deliver(seat, device, entries, by=request.user)
        names = Nomination.objects.filter(selection=seat.panel.selection).select_related("candidate")
        context |= {"results": _named(answer, {each.pk: str(each) for each in names}), "receipt": answer.receipt}
        messages.success(request, _("The file has been read. The outcome of every entry is listed below."))
    return render(request, "scoring/sheets/offline/rescue.html", context)


def _named(answer: sync.SyncResult, names: dict[int, str]) -> list[dict[str, Any]]:
    return [
        _result_json(result) | {"name": names.get(result.entry.nomination, formats.DASH), "entry": result.entry}
        for result in answer.results
    ]


@require_safe
def receipt_list(request: UserRequest, slug: str) -> HttpResponse:
    """The latest receipts, and whether the server still matches the last one."""
    seat = typed_seat(request, slug)
    given = list(Receipt.objects.filter(seat=seat).select_related("given_to", "seat")[:20])
    context = {
        "selection": seat.panel.selection,
        "receipts": given,
        "is_current": bool(given) and receipts.is_current(given[0]),
        "held": len(receipts.held_lines(seat)),
    }
    return render(request, "scoring/sheets/offline/receipts.html", context)
