"""The form of the targets of a region or branch in a year: a share and a number of people per segment, or none."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.display import formats
from paritrana.display.form_fields import retyped
from paritrana.display.numbers import CountField, HundredthsField
from regions.models import Segment, Target
from regions.targets.actions import Aim, Place, known_aims

SHARE, PEOPLE = Target.Kind.SHARE.value, Target.Kind.PARTICIPANTS.value
HIGHEST_SHARE = 10_000
HIGHEST_COUNT = 999_999_999_999


class TargetForm(forms.Form):
    """``seen`` carries, signed, the targets the person saw."""

    source = forms.CharField(label=gettext_lazy("Source"), max_length=300, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, place: Place, year: int, data: Any = None) -> None:
        self.place, self.year = place, year
        self.known = known_aims(place, year)
        self.names = {"": _("PU and BPU together"), **dict(Segment.objects.values_list("code", "name"))}
        source = Target.objects.of(place).filter(year=year).values_list("source", flat=True).first()
        initial: dict[str, Any] = {"source": source or "", "seen": self._sealed()}
        super().__init__(data, initial=initial)
        for code, name in self.names.items():
            share = HundredthsField(label=_("Percentage (%(segment)s)") % {"segment": name}, required=False)
            share.min_value, share.max_value = 1, HIGHEST_SHARE
            people = CountField(label=_("Participants (%(segment)s)") % {"segment": name}, required=False)
            people.min_value, people.max_value = 1, HIGHEST_COUNT
            for kind, field in ((SHARE, share), (PEOPLE, people)):
                self.fields[_name(code, kind)] = field
                self.initial[_name(code, kind)] = self.known.get(Aim(code, kind))

    def rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each segment with its name and its two fields."""
        return [(name, self[_name(code, SHARE)], self[_name(code, PEOPLE)]) for code, name in self.names.items()]

    def wanted(self) -> dict[Aim, int]:
        boxes = {Aim(code, kind): _name(code, kind) for code in self.names for kind in (SHARE, PEOPLE)}
        typed = {aim: self.cleaned_data.get(box) for aim, box in boxes.items()}
        return {aim: value for aim, value in typed.items() if value is not None}

    def clean_seen(self) -> dict[Aim, int]:
        """The targets the page showed; an invalid signature counts as empty and at worst gives a conflict."""
        try:
            rows = signing.loads(self.cleaned_data["seen"], salt=self._salt())
        except signing.BadSignature:
            return {}
        return {Aim(code, kind): value for code, kind, value in rows}

    def differences(self) -> list[dict[str, str]]:
        """Rows for the conflict box: typed value and value in force."""
        mine = self.wanted()
        return [
            {
                "label": self[_name(*aim)].label,
                "mine": _shown(aim.kind, mine.get(aim)),
                "theirs": _shown(aim.kind, self.known.get(aim)),
            }
            for aim in sorted(mine.keys() | self.known.keys())
            if mine.get(aim) != self.known.get(aim)
        ]

    def rebased(self) -> TargetForm:
        """The same typed values based on the targets in force now: saving again replaces the values just shown."""
        data = retyped(self, seen=self._sealed())
        return TargetForm(self.place, self.year, data)

    def _sealed(self) -> str:
        return signing.dumps([[*aim, value] for aim, value in sorted(self.known.items())], salt=self._salt())

    def _salt(self) -> str:
        return f"regions.targets.{self.place._meta.model_name}.{self.place.pk}.{self.year}"


def _name(code: str, kind: str) -> str:
    return f"{kind}-{code or 'PU+BPU'}"


def _shown(kind: str, value: int | None) -> str:
    return formats.percent(value) if kind == SHARE else formats.count(value)
