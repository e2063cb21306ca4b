"""What a device sends, as JSON: ``device`` (uuid), ``person`` (who typed) and ``entries``.

Each entry is ``{sequence, nomination, box, value, base}``.
"""

import json
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from paritrana.accounts.models import User
from paritrana.middleware import is_storable
from scoring.sheets.offline.sync import DeviceEntry

MOST_ENTRIES = 2000
LARGEST_FILE = 2_000_000
_LARGEST = 2**31 - 1
_WHOLE = {"sequence": 1, "nomination": 1, "base": 0}
_TEXT = {"box": 40, "value": 4000}


def read_delivery(body: bytes, by: User) -> tuple[uuid.UUID, list[DeviceEntry]]:
    """The device and its entries. ValidationError ``unreadable`` if one is malformed, ``not-yours`` if typed by others.

    A page left open while somebody else signs in would bring their marks as this person's. Files of before this rule
    name nobody.
    """
    try:
        document = json.loads(body)
        device = uuid.UUID(document["device"])
        person = document.get("person", by.pk)
        entries = [_entry(found) for found in document["entries"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValidationError(_("This is no list of marks from a device."), code="unreadable") from error
    if len(entries) > MOST_ENTRIES or len({entry.sequence for entry in entries}) < len(entries):
        raise ValidationError(_("This is no list of marks from a device."), code="unreadable")
    if person != by.pk:
        raise ValidationError(_("Somebody else has typed these marks. Sign in with that account."), code="not-yours")
    return device, entries


def _entry(found: dict[str, Any]) -> DeviceEntry:
    for name, least in _WHOLE.items():
        if type(found[name]) is not int or not least <= found[name] <= _LARGEST:
            raise ValueError(name)
    for name, most in _TEXT.items():
        if not isinstance(found[name], str) or len(found[name]) > most or not is_storable(found[name]):
            raise ValueError(name)
    return DeviceEntry(**{name: found[name] for name in [*_WHOLE, *_TEXT]})


class RescueForm(forms.Form):
    """A file written by a device with entries it could not send; cleans to the device and its entries."""

    file = forms.FileField(label=_("Rescue file"), help_text=_("The file ends in .json and was written on this page."))

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by

    def clean_file(self) -> tuple[uuid.UUID, list[DeviceEntry]]:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("The file is too large to be a rescue file."), code="too-large")
        return read_delivery(file.read(), self.by)
