"""The form of the targets of one place in a year: a share and a number of people for each set of segments."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.display import formats
from paritrana.display.form_fields import choice_field, retyped
from paritrana.display.numbers import CountField, HundredthsField
from regions.atlas.readings import in_order, named
from regions.models import Segment, Target
from regions.models.measures import OVERALL
from regions.targets.actions import Aim, Aims, Place, Wanted, joined, known_aims

SHARE, PEOPLE = Target.Kind.SHARE.value, Target.Kind.PARTICIPANTS.value
HIGHEST_SHARE = 10_000
HIGHEST_COUNT = 999_999_999_999
OTHER = "other"


def value_field(kind: str, label: str) -> CountField | HundredthsField:
    """A target of this kind, or none."""
    if kind == SHARE:
        return HundredthsField(label=label, required=False, min_value=1, max_value=HIGHEST_SHARE)
    return CountField(label=label, required=False, min_value=1, max_value=HIGHEST_COUNT)


class TargetForm(forms.Form):
    """A row for PU and BPU together, each segment, each set with a target, and one for another set.

    ``seen`` carries, signed, the targets the person saw.
    """

    others: Any = forms.MultipleChoiceField(
        label=gettext_lazy("Other segments together"), required=False, widget=forms.CheckboxSelectMultiple
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, place: Place, year: int, data: Any = None) -> None:
        self.place, self.year = place, year
        self.known = known_aims(place, year)
        segments = dict(Segment.choices())
        sets = sorted({OVERALL, *(aim.segments for aim in self.known)} - segments.keys(), key=in_order)
        self.names = {**{key: named(key) for key in sets}, **segments}
        source = Target.objects.of(place).filter(year=year).values_list("source", flat=True).first()
        super().__init__(data, initial={"source": source or "", "seen": self._sealed()})
        choice_field(self, "others").choices = [(code, code) for code in segments]
        for key, name in {**self.names, OTHER: _("other segments together")}.items():
            share = value_field(SHARE, _("Percentage (%(segment)s)") % {"segment": name})
            people = value_field(PEOPLE, _("Participants (%(segment)s)") % {"segment": name})
            for kind, field in ((SHARE, share), (PEOPLE, people)):
                self.fields[_name(key, kind)] = field
                self.initial[_name(key, kind)] = self.known.get(Aim(key, kind))

    def rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each set of segments with its name and its two fields."""
        return [(name, self[_name(key, SHARE)], self[_name(key, PEOPLE)]) for key, name in self.names.items()]

    def other(self) -> tuple[forms.BoundField, forms.BoundField]:
        return self[_name(OTHER, SHARE)], self[_name(OTHER, PEOPLE)]

    def clean(self) -> dict[str, Any]:
        """Another set needs two segments at least, and a set that has a row is typed there."""
        chosen = self.cleaned_data.get("others") or []
        is_given = any(self.cleaned_data.get(_name(OTHER, kind)) for kind in (SHARE, PEOPLE))
        if chosen and joined(chosen) in self.names:
            taken = _("These segments have a row of their own above. Write the target there.")
            self.add_error("others", ValidationError(taken, code="taken"))
        elif is_given and not chosen:
            self.add_error("others", ValidationError(_("Choose the segments this target adds up."), code="none"))
        elif chosen and not is_given and not self.errors:
            missing = _("Write a percentage or a number of participants for these segments.")
            self.add_error(_name(OTHER, SHARE), ValidationError(missing, code="missing"))
        return self.cleaned_data

    def wanted(self) -> Wanted:
        """What was typed; None withdraws what was there."""
        boxes = {Aim(key, kind): _name(key, kind) for key in self.names for kind in (SHARE, PEOPLE)}
        typed = {aim: self.cleaned_data.get(box) for aim, box in boxes.items()}
        if chosen := self.cleaned_data.get("others"):
            key = joined(chosen)
            typed |= {Aim(key, kind): self.cleaned_data.get(_name(OTHER, kind)) for kind in (SHARE, PEOPLE)}
        return {aim: value for aim, value in typed.items() if value is not None or aim in self.known}

    def clean_seen(self) -> Aims:
        """The targets the page showed; an invalid signature counts as empty and at worst gives a conflict."""
        try:
            rows = signing.loads(self.cleaned_data["seen"], salt=self._salt())
        except signing.BadSignature:
            return {}
        return {Aim(key, kind): value for key, kind, value in rows}

    def differences(self) -> list[dict[str, str]]:
        """Rows for the conflict box: typed value and value in force."""
        mine = self.wanted()
        return [
            {
                "label": f"{self.names.get(aim.segments, aim.segments)} · {Target.Kind(aim.kind).label}",
                "mine": _shown(aim.kind, mine.get(aim)),
                "theirs": _shown(aim.kind, self.known.get(aim)),
            }
            for aim in sorted(mine.keys() | self.known.keys())
            if mine.get(aim) != self.known.get(aim)
        ]

    def rebased(self) -> "TargetForm":
        """The same typed values based on the targets in force now: saving again replaces the values just shown."""
        data = retyped(self, seen=self._sealed())
        return TargetForm(self.place, self.year, data)

    def _sealed(self) -> str:
        return signing.dumps([[*aim, value] for aim, value in sorted(self.known.items())], salt=self._salt())

    def _salt(self) -> str:
        whose = f"{self.place._meta.model_name}.{self.place.pk}" if self.place else "nation"
        return f"regions.targets.{whose}.{self.year}"


def _name(key: str, kind: str) -> str:
    return f"{kind}-{key}"


def _shown(kind: str, value: int | None) -> str:
    return formats.percent(value) if kind == SHARE else formats.count(value)
