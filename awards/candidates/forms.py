"""Forms of candidates by kind, the filter of their list, and their contacts."""

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import taxpayer_number
from awards.candidates import industries
from awards.candidates.actions import FACTS
from awards.candidates.permissions import CandidatePermission, candidate_area
from awards.legal_scale import Scale, ScaleBasis
from awards.models import Candidate, Contact
from awards.models.candidates import CandidateQuerySet
from awards.models.editions import ENTERPRISES, CandidateKind
from awards.names import tidy
from paritrana.accounts.models import User
from paritrana.display.form_fields import choice_field, model_field, retyped
from paritrana.display.numbers import CountField, parse_count
from regions.models import Region

VILLAGE_WORDS = ("desa", "kelurahan", "gampong", "kampung", "nagari", "kalurahan", "pekon", "negeri", "lembang", "ohoi")
"""What a village calls itself is part of its name; the first five are the award's own words."""
_ENTERPRISE = ("name", "region", "npp", "nib", "npwp", "kbli", "scale_basis", "scale_amount", "is_day_labour")
FIELDS: dict[str, tuple[str, ...]] = {
    **{kind: _ENTERPRISE for kind in CandidateKind if kind in ENTERPRISES},
    CandidateKind.UNIVERSITY: ("name", "region", "npp", "npwp"),
    CandidateKind.VILLAGE: ("name", "region"),
}
"""What is asked of each kind; governments are not typed, they are their region."""
LARGEST_AMOUNT = 999_999_999_999_999
"""Rupiah: nearly a thousand trillion."""


class RupiahField(CountField):
    """An amount in rupiah: read like a count, with a higher limit."""

    parse = staticmethod(partial(parse_count, largest=LARGEST_AMOUNT))


class TaxpayerField(forms.CharField):
    """An NPWP as it is printed, with or without its dots."""

    def to_python(self, value: Any) -> str:
        return taxpayer_number.read(super().to_python(value) or "")


class CandidateForm(forms.ModelForm):
    """A candidate of one kind. ``similar`` are those found after a look at what was typed; see ``views``."""

    scale_amount = RupiahField(
        label=gettext_lazy("Amount in rupiah"),
        help_text=gettext_lazy("The scale follows from it: PP 7/2021 article 35."),
        required=False,
        max_value=LARGEST_AMOUNT,
    )
    npwp = TaxpayerField(
        label=gettext_lazy("NPWP"),
        help_text=gettext_lazy("15 or 16 digits. That of a person is the NIK, and shown masked."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    is_new = forms.BooleanField(label=gettext_lazy("It is none of these, but another candidate"), required=False)

    class Meta:
        model = Candidate
        fields = FACTS

    def __init__(self, *args: Any, kind: str, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind, self.user = kind, user
        for name in set(FACTS) - set(FIELDS[kind]):
            del self.fields[name]
        model_field(self, "region").queryset = _regions(kind, user)
        self.fields["name"].help_text = _NAME_HELP.get(CandidateKind(kind), "")
        if "npp" in self.fields:
            self.fields["npp"].help_text = _("The number of its registration with BPJS Ketenagakerjaan.")
        if "kbli" in self.fields:
            self.fields["kbli"].help_text = _("At least the first two digits of its main activity.")
        self.initial["version"] = self.instance.version
        if not self.data.get("name"):
            self.fields["is_new"].widget = forms.HiddenInput()

    @property
    def province(self) -> Region | None:
        """Where a name is looked for until a region is chosen: where this person's choices begin."""
        return _regions(self.kind, self.user).first()

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("Write the name."), code="required")
        if self.kind == CandidateKind.VILLAGE and name.split()[0].casefold() not in VILLAGE_WORDS:
            words = ", ".join(word.capitalize() for word in VILLAGE_WORDS[:5])
            raise ValidationError(
                _("Begin with what the village calls itself, for example %(words)s.") % {"words": words},
                code="village-word",
            )
        return name

    def clean_npp(self) -> str:
        """Unused as far as this person sees; that somebody unseen has it, is not told (``held_twice``)."""
        npp = self.cleaned_data["npp"].upper()
        taken = Candidate.objects.visible_to(self.user).current().filter(npp=npp).exclude(pk=self.instance.pk)
        if npp and (known := taken.first()):
            raise ValidationError(_("%(name)s has this NPP.") % {"name": known}, code="npp")
        return npp

    def clean_kbli(self) -> str:
        code = self.cleaned_data["kbli"]
        if code and industries.section(code) is None:
            raise ValidationError(_("KBLI has no such division."), code="kbli")
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_half = bool(cleaned.get("scale_basis")) != (cleaned.get("scale_amount") is not None)
        if "scale_basis" in self.fields and not self.errors and is_half:
            name = "scale_amount" if cleaned.get("scale_basis") else "scale_basis"
            self.add_error(name, ValidationError(_("Give both, or neither."), code="both"))
        return cleaned

    def validate_constraints(self) -> None:
        """What holds between rows is for ``clean_npp``, which knows what may be told."""

    def given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS[self.kind]}

    def changes_identity(self) -> bool:
        """Whether what tells the candidate from others was typed anew."""
        return any(name in self.changed_data for name in ("name", "region", "nib", "npwp"))

    def differences(self, present: Candidate) -> list[dict[str, str]]:
        """Typed and saved values where they differ."""
        return [
            {"label": str(self[name].label), "mine": self._shown(name, mine), "theirs": self._shown(name, theirs)}
            for name, mine in self.given().items()
            if mine != (theirs := getattr(present, name))
        ]

    def _shown(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if name == "scale_basis" and value:
            return str(ScaleBasis(value).label)
        if isinstance(value, int):
            return CountField.show(value)
        return "–" if value in ("", None) else str(value)

    def rebased(self, present: Candidate) -> "CandidateForm":
        """The same typed values, to be saved over the present version."""
        data = retyped(self, version=str(present.version))
        return CandidateForm(data, instance=present, kind=self.kind, user=self.user)


_NAME_HELP = {
    CandidateKind.VILLAGE: gettext_lazy("With Desa, Kelurahan, Gampong, Kampung or Nagari, as it calls itself."),
    CandidateKind.COMPANY: gettext_lazy("As on its registration, with PT, CV or what it is."),
}


def _regions(kind: str, user: User):
    area = candidate_area(user, CandidatePermission.EDIT).order_by("code")
    return area.regencies() if kind == CandidateKind.VILLAGE else area


class CandidateFilter(forms.Form):
    """The filter of the list; invalid values filter nothing."""

    q = forms.CharField(label=gettext_lazy("Name, NPP, NIB or NPWP"), required=False, max_length=100)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    region: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Region"),
        queryset=None,
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("All"),
    )
    scale = forms.ChoiceField(label=gettext_lazy("Scale"), required=False)

    def __init__(self, data: Any, among: CandidateQuerySet) -> None:
        super().__init__(data)
        every = ("", _("All"))
        choice_field(self, "kind").choices = [every, *CandidateKind.choices]
        choice_field(self, "scale").choices = [every, *Scale.choices]
        held = among.order_by().values("region")
        parents = Region.objects.filter(pk__in=held, parent__isnull=False).values("parent")
        model_field(self, "region").queryset = (
            Region.objects.filter(pk__in=held) | Region.objects.filter(pk__in=parents)
        ).order_by("code")

    def narrow(self, rows: CandidateQuerySet) -> CandidateQuerySet:
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("q"):
            rows = rows.called(chosen["q"])
        if chosen.get("kind"):
            rows = rows.filter(kind=chosen["kind"])
        if chosen.get("scale"):
            rows = rows.filter(scale=chosen["scale"])
        if region := chosen.get("region"):
            rows = rows.filter(region__code__startswith=region.code)
        return rows


class ContactForm(forms.ModelForm):
    class Meta:
        model = Contact
        fields = ("name", "office", "phone", "email", "nik")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"
        self.fields["nik"].help_text = _("Only if it is needed; leave it empty otherwise.")


ContactForms = forms.modelformset_factory(
    Contact, ContactForm, extra=1, max_num=6, can_delete=True, can_delete_extra=False
)
