"""Forms of an edition: its head, its source when created, its zones, and a category with its sectors.

``seen`` carries, signed, the values the page showed, so that saving over another person's change is detected.
"""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from awards.editions.actions import CATEGORY, plain
from awards.editions.document_files import read_document_file
from awards.legal_scale import Scale
from awards.models.editions import GOVERNMENTS, ORGANISATIONS, CandidateKind, EnglishText
from paritrana.display.days import DayField
from paritrana.display.form_fields import retyped
from paritrana.display.numbers import CountField
from regions.models import Region
from regions.offices.forms import SOURCE_HELP

LARGEST_FILE = 2_000_000
NEW_ZONES = 2
NEW_SECTORS = 3


class SealedForm(forms.Form):
    """``shown`` are the initial values; ``seen`` returns them as JSON gives them back."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, shown: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        self.shown = plain(shown)
        super().__init__(data, initial=(initial or {}) | {"seen": self._sealed()}, **kwargs)

    def _sealed(self) -> str:
        return signing.dumps(self.shown, salt=type(self).__name__)

    def clean_seen(self) -> Any:
        """An invalid signature counts as nothing seen, which at worst gives a conflict."""
        try:
            return signing.loads(self.cleaned_data["seen"], salt=type(self).__name__)
        except signing.BadSignature:
            return None

    def rebase(self) -> None:
        """Keep the typed values but take the present ones as seen, so that saving again overwrites them knowingly."""
        self.data = retyped(self, seen=self._sealed())


class HeadFields(forms.Form):
    label = forms.CharField(label=_("Label"), max_length=100, help_text=_("As it is shown, for example Periode 2025."))
    period_start = DayField(label=_("Period from"))
    period_end = DayField(label=_("Period to"))
    implementation_year = forms.IntegerField(label=_("Year of implementation"), min_value=2000, max_value=2100)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("period_start"), cleaned.get("period_end")
        if start and end and start >= end:
            self.add_error("period_end", ValidationError(_("The period ends after it begins."), code="period"))
        return cleaned

    def head(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in HeadFields.base_fields}


class HeadForm(SealedForm, HeadFields):
    pass


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("A JSON file exported by this portal, here or at another office.")
    )
    slug = forms.SlugField(
        label=_("Another short name"),
        max_length=20,
        required=False,
        help_text=_("Only if the one in the file is taken here."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 2 MB: it is no edition."), code="too-large")
        self.document = read_document_file(file.read())
        return file

    def named(self) -> Any:
        """The document, with the other slug if one was typed."""
        slug = self.cleaned_data.get("slug")
        return self.document | {"slug": slug} if slug and isinstance(self.document, dict) else self.document


class EnglishForm(SealedForm):
    """An English box for every text of the edition, ``text-0`` ..., in the order of ``terms``.

    ``too_long`` are the texts that exceed the ``longest`` that is stored (characters); they have no box.
    """

    def __init__(self, *args: Any, terms: list[tuple[Any, list[str]]], english: dict[str, str], **kwargs: Any) -> None:
        self.longest = EnglishText._meta.get_field("indonesian").max_length or 0
        self.too_long = [text for _words, texts in terms for text in texts if len(text) > self.longest]
        terms = [(words, [text for text in texts if len(text) <= self.longest]) for words, texts in terms]
        self.names = {f"text-{n}": text for n, text in enumerate(text for _words, texts in terms for text in texts)}
        initial = {box: english.get(text, "") for box, text in self.names.items()}
        super().__init__(*args, shown=english, initial=initial, **kwargs)
        for box, text in self.names.items():
            widget = forms.TextInput({"class": "form-control", "lang": "en"})
            self.fields[box] = forms.CharField(label=text, max_length=self.longest, required=False, widget=widget)
        boxes = iter(self.names)
        self.parts = [(words, [self[next(boxes)] for _text in texts]) for words, texts in terms]

    def texts(self) -> dict[str, str]:
        return {text: self.cleaned_data[box] for box, text in self.names.items()}


class ZonesForm(SealedForm):
    """Names ``name-0`` ...; for each province its zone ``zone-51`` and who says so, ``source-51``."""

    def __init__(self, *args: Any, zones: list[dict[str, Any]], **kwargs: Any) -> None:
        self.numbers = range(len(zones) + NEW_ZONES)
        self.provinces = list(Region.objects.provinces())
        names = [zone["name"] for zone in zones] + [""] * NEW_ZONES
        places = {code: (n, source) for n, zone in enumerate(zones) for code, source in zone["provinces"].items()}
        initial: dict[str, Any] = {f"name-{n}": name for n, name in enumerate(names)}
        for province in self.provinces:
            number, source = places.get(province.code, ("", ""))
            initial |= {f"zone-{province.code}": str(number), f"source-{province.code}": source}
        super().__init__(*args, shown=zones, initial=initial, **kwargs)
        for n in self.numbers:
            label = _("Zone %(number)s") % {"number": n + 1}
            self.fields[f"name-{n}"] = forms.CharField(label=label, max_length=60, required=False)
        choices = [("", _("no zone")), *((str(n), name or _("New zone %s") % (n + 1)) for n, name in enumerate(names))]
        for province in self.provinces:
            code, name = province.code, province.name
            self.fields[f"zone-{code}"] = forms.ChoiceField(label=name, choices=choices, required=False)
            label = _("Source (%s)") % name
            self.fields[f"source-{code}"] = forms.CharField(label=label, max_length=500, required=False)

    def rows(self) -> list[tuple[Region, forms.BoundField, forms.BoundField]]:
        return [(each, self[f"zone-{each.code}"], self[f"source-{each.code}"]) for each in self.provinces]

    def names(self) -> list[forms.BoundField]:
        return [self[f"name-{n}"] for n in self.numbers]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for province in self.provinces:
            number = cleaned.get(f"zone-{province.code}")
            if number and not cleaned.get(f"name-{number}"):
                error = ValidationError(_("Name the zone, or choose another for its provinces."), code="name")
                self.add_error(f"name-{number}", error)
                break
        return cleaned

    def zones(self) -> list[dict[str, Any]]:
        """The zones in document form; a zone whose name is emptied is deleted."""
        return [
            {
                "name": self.cleaned_data[f"name-{n}"],
                "provinces": {
                    each.code: self.cleaned_data[f"source-{each.code}"]
                    for each in self.provinces
                    if self.cleaned_data[f"zone-{each.code}"] == str(n)
                },
            }
            for n in self.numbers
            if self.cleaned_data[f"name-{n}"]
        ]


class CategoryForm(SealedForm):
    """A category and its sectors: ``sector-17`` renames, ``sector-new-0`` adds, an empty box deletes."""

    name = forms.CharField(label=_("Name"), max_length=100)
    candidate_kind = forms.ChoiceField(label=_("Kind of candidate"), choices=CandidateKind.choices)
    more_kinds = forms.MultipleChoiceField(
        label=_("Kinds it takes as well"),
        required=False,
        choices=[(kind.value, kind.label) for kind in ORGANISATIONS],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A university or a regional water company may stand in public service, for example."),
    )
    scales = forms.MultipleChoiceField(
        label=_("Scales it takes"),
        required=False,
        choices=Scale.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("By PP 7/2021 article 35. Tick none where the scale does not matter."),
    )
    exclusive_group = forms.CharField(
        label=_("Group of categories that exclude each other"),
        required=False,
        max_length=60,
        help_text=_(
            "One candidate stands in one of them alone. Categories whose scales never meet exclude each other anyway."
        ),
    )
    order = CountField(label=_("Order"), required=False, max_value=999, help_text=_("Small numbers come first."))
    proposed = CountField(
        label=_("Proposed to the national selection"),
        max_value=99,
        initial=1,
        help_text=_("How many first places each province proposes; 0 for none."),
    )
    called = CountField(
        label=_("Called to the national interview"),
        required=False,
        min_value=1,
        max_value=999,
        help_text=_("More are called only with a reason. Leave empty where no number is set."),
    )
    source = forms.CharField(label=_("Source"), required=False, max_length=500, help_text=SOURCE_HELP)
    rubric_source = forms.CharField(
        label=_("Source of the rubric and titles"), required=False, max_length=500, help_text=SOURCE_HELP
    )

    def __init__(self, *args: Any, shown: dict[str, Any] | None = None, **kwargs: Any) -> None:
        values = shown or {"sectors": []}
        self.sectors: list[tuple[int | None, str]] = [(key, f"sector-{key}") for key, _name in values["sectors"]]
        self.sectors += [(None, f"sector-new-{n}") for n in range(NEW_SECTORS)]
        initial = {name: value for name, value in values.items() if name != "sectors"}
        initial |= {f"sector-{key}": name for key, name in values["sectors"]}
        super().__init__(*args, shown=shown, initial=initial, **kwargs)
        for key, name in self.sectors:
            label = _("Sector") if key else _("New sector")
            self.fields[name] = forms.CharField(label=label, max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("candidate_kind") in GOVERNMENTS and (cleaned.get("more_kinds") or cleaned.get("scales")):
            fault = _("Governments compete with their like alone: they have no scale and no other kind beside them.")
            self.add_error("candidate_kind", ValidationError(fault, code="governments"))
        return cleaned

    def head(self) -> list[forms.BoundField]:
        return [self[name] for name in CATEGORY]

    def boxes(self) -> list[forms.BoundField]:
        return [self[name] for _key, name in self.sectors]

    def values(self) -> dict[str, Any]:
        typed = {name: self.cleaned_data[name] for name in CATEGORY}
        sectors = [(key, name) for key, box in self.sectors if (name := self.cleaned_data[box].strip())]
        return typed | {"order": typed["order"] or 0, "sectors": sectors}
