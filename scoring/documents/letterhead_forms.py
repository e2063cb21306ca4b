"""The form of a selection's letterhead: institution, place, emblem, and who signs with which signature."""

from hashlib import sha256
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.display.form_fields import text_box
from scoring.documents import logos
from scoring.documents.letterhead import EMBLEMS, TEXTS, Signatory
from scoring.models import Letterhead, SignatureScan

MOST = 3
PERSON = ("name", "office", "rank", "number", "scan", "unsigned")
OF_ALL = ("institution", "address", "emblem", "without_emblem", "place")
OF_DECREE = ("decree_institution", "decree_emblem", "without_decree_emblem", "legal_basis")


class LetterheadForm(forms.Form):
    """``present`` is the version the person looks at; its pictures stay unless new ones come or they are removed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    institution = text_box(
        gettext_lazy("Institution"),
        400,
        help_text=gettext_lazy("One line each: the government first, then the office."),
    )
    address = text_box(gettext_lazy("Address"), 400, rows=2, required=False)
    place = forms.CharField(
        label=gettext_lazy("Place where papers are signed"),
        max_length=80,
        help_text=gettext_lazy("As in “Ditetapkan di Denpasar”."),
    )
    legal_basis = text_box(
        gettext_lazy("Regional laws and regulations"),
        3000,
        required=False,
        help_text=gettext_lazy(
            "One line each, with the gazette: the law on the province first, then its regulations. They stand first "
            "under “Mengingat” of the decree, before the laws that every province recalls."
        ),
    )
    emblem = forms.FileField(label=gettext_lazy("Emblem (PNG or JPEG)"), required=False)
    without_emblem = forms.BooleanField(label=gettext_lazy("Take the emblem away"), required=False)
    decree_institution = text_box(
        gettext_lazy("Who issues the decree"),
        400,
        rows=2,
        required=False,
        help_text=gettext_lazy("One line each, as in “Gubernur Bali”."),
    )
    decree_emblem = forms.FileField(
        label=gettext_lazy("Emblem of the decree (PNG or JPEG)"),
        required=False,
        help_text=gettext_lazy("A decree of a governor or a minister bears the national emblem, in gold or black."),
    )
    without_decree_emblem = forms.BooleanField(label=gettext_lazy("Take the emblem of the decree away"), required=False)

    def __init__(self, *args: Any, present: Letterhead, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.present = present
        self.initial.update({name: getattr(present, name) for name in (*TEXTS, "version")})
        for name in EMBLEMS:
            if not getattr(present, name):
                del self.fields[f"without_{name}"]
        for number in range(1, MOST + 1):
            self._add_person(number)

    def _add_person(self, number: int) -> None:
        labels = {
            "name": _("Name"),
            "office": _("Office held"),
            "rank": _("Rank (pangkat/golongan)"),
            "number": _("NIP"),
        }
        stored = self._stored(number)
        for name, label in labels.items():
            self.fields[f"{name}_{number}"] = forms.CharField(
                label=label, required=False, max_length=120, initial=stored.get(name, "")
            )
        self.fields[f"scan_{number}"] = forms.FileField(
            label=_("Scan of the signature (PNG or JPEG)"),
            required=False,
            help_text=_("Ink on white paper; the paper is taken out. Only with the consent of who signs."),
        )
        if stored.get("scan"):
            self.fields[f"unsigned_{number}"] = forms.BooleanField(label=_("Take the scan away"), required=False)

    def _stored(self, number: int) -> dict[str, str]:
        people = self.present.signatories
        return people[number - 1] if number <= len(people) else {}

    def of_all(self) -> tuple[str, list[BoundField]]:
        """The stored emblem as a ``data:`` address, and the fields of the head of all papers."""
        return self._head("emblem", OF_ALL)

    def of_decree(self) -> tuple[str, list[BoundField]]:
        """The same of what stands on the decree alone."""
        return self._head("decree_emblem", OF_DECREE)

    def _head(self, emblem: str, names: tuple[str, ...]) -> tuple[str, list[BoundField]]:
        stored = getattr(self.present, emblem)
        shown = [self[name] for name in names if name in self.fields]
        return logos.as_address(bytes(stored)) if stored else "", shown

    def people(self) -> list[tuple[int, str, list[BoundField]]]:
        """Number, the stored signature as a ``data:`` address, and the fields of each who signs."""
        rows = SignatureScan.objects.filter(selection=self.present.selection)
        scans = {row.sha256: logos.as_address(bytes(row.picture)) for row in rows}
        return [
            (
                number,
                scans.get(self._stored(number).get("scan", ""), ""),
                [self[f"{name}_{number}"] for name in PERSON if f"{name}_{number}" in self.fields],
            )
            for number in range(1, MOST + 1)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in range(1, MOST + 1):
            self._clean_person(number, data)
        for name in EMBLEMS:
            self._read(name, logos.cleaned)
        return data

    def _clean_person(self, number: int, data: dict[str, Any]) -> None:
        name, office = data.get(f"name_{number}"), data.get(f"office_{number}")
        filled = any(data.get(f"{part}_{number}") for part in ("name", "office", "rank", "number", "scan"))
        if filled and not name:
            self.add_error(f"name_{number}", _("Who signs has a name."))
        if filled and not office:
            self.add_error(f"office_{number}", _("Who signs does so by an office."))
        self._read(f"scan_{number}", logos.inked)

    def _read(self, name: str, read: Any) -> None:
        """The picture in place of the upload."""
        upload = self.cleaned_data.get(name)
        if not upload or self.errors.get(name):
            return
        try:
            self.cleaned_data[name] = read(upload)
        except forms.ValidationError as error:
            self.add_error(name, error)

    def values(self) -> dict[str, Any]:
        """What ``set_letterhead`` takes."""
        data = self.cleaned_data
        new = [data[f"scan_{number}"] for number in range(1, MOST + 1) if data.get(f"scan_{number}")]
        return {
            "version": data["version"],
            "texts": {name: data[name].replace("\r\n", "\n") for name in TEXTS},
            "signatories": tuple(filter(None, map(self._signatory, range(1, MOST + 1)))),
            **{name: data.get(name) or self._kept(name) for name in EMBLEMS},
            "scans": tuple(new),
        }

    def _kept(self, emblem: str) -> bytes:
        return b"" if self.cleaned_data.get(f"without_{emblem}") else bytes(getattr(self.present, emblem) or b"")

    def _signatory(self, number: int) -> Signatory | None:
        data = self.cleaned_data
        if not data[f"name_{number}"]:
            return None
        new = data.get(f"scan_{number}")
        kept = "" if data.get(f"unsigned_{number}") else self._stored(number).get("scan", "")
        scan = sha256(new).hexdigest() if new else kept
        texts = {part: data[f"{part}_{number}"] for part in ("name", "office", "number", "rank")}
        return Signatory(**texts, scan=scan)
