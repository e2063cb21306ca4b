"""The form of one region and year: a small form per segment, saved together."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from paritrana.display import formats
from paritrana.display.days import DayField
from paritrana.display.form_fields import choice_field
from paritrana.display.numbers import CountField
from regions import rules
from regions.coverage.actions import FigureEntry
from regions.coverage.workers import may_be_typed
from regions.models import Coverage, Definition, Denominator, Region, Segment

LABELS = {
    "workers": _("Workers"),
    "participants": _("Participants"),
    "definition": _("Definition"),
    "source": _("Source"),
    "as_of": _("As of"),
}


FIXED = ("workers", "definition")
"""What a branch cannot change where an office set the denominator."""


class FigureForm(forms.Form):
    """One segment. Both counts empty means: not reported."""

    workers = CountField(min_value=1, required=False)
    participants = CountField(required=False)
    definition = forms.TypedChoiceField(required=False)
    source = forms.CharField(max_length=300, required=False)
    as_of = DayField(required=False)
    version = forms.IntegerField(min_value=0, max_value=999_999_999, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        segment: Segment,
        figure: Coverage | None,
        before: Coverage | None,
        fixed: Denominator | None,
        definitions: dict[int, Definition],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.segment, self.figure, self.before, self.definitions = segment, figure, before, definitions
        self.is_open = figure is None or figure.is_open
        self.fixed = fixed if self.is_open else None
        self.growth = figure.growth_from(before) if figure else rules.Growth()
        for name, label in LABELS.items():
            self.fields[name].label = f"{label} ({segment.code})"
            self.fields[name].disabled = not (may_be_typed(fixed, figure) if name in FIXED else self.is_open)
        choice_field(self, "definition").choices = [(pk, str(definition)) for pk, definition in definitions.items()]
        cast(forms.TypedChoiceField, self.fields["definition"]).coerce = int
        self.fields["workers"].widget.attrs["data-workers"] = ""
        self.fields["participants"].widget.attrs["data-participants"] = ""

    @property
    def is_reported(self) -> bool:
        """Values were typed; workers set by an office do not count."""
        if self.fixed:
            return self.cleaned_data.get("participants") is not None or "participants" in self.errors
        return self.cleaned_data.get("workers") is not None or self.cleaned_data.get("participants") is not None

    def clean_as_of(self) -> Any:
        rules.check_as_of(self.cleaned_data["as_of"])
        return self.cleaned_data["as_of"]

    def clean(self) -> dict[str, Any]:
        for name in ("workers", "participants"):
            if self.cleaned_data.get(name) is None and name not in self.errors and (self.is_reported or self.figure):
                self.add_error(name, self._missing())
        if self.is_reported and not self.cleaned_data.get("definition") and "definition" not in self.errors:
            self.add_error("definition", ValidationError(_("Choose what the figures count."), code="required"))
        return self.cleaned_data

    def _missing(self) -> ValidationError:
        if self.is_reported:
            return ValidationError(_("Workers and participants are reported together."), code="half")
        return ValidationError(_("A reported figure is not taken away. Write the right one."), code="emptied")

    def entry(self) -> FigureEntry | None:
        """The typed values; None when nothing is reported for this segment."""
        if not self.is_reported:
            return None
        typed = self.cleaned_data
        return FigureEntry(
            segment=self.segment,
            workers=typed["workers"],
            participants=typed["participants"],
            definition=self.definitions[typed["definition"]],
            source=typed["source"],
            as_of=typed["as_of"],
            based_on=typed["version"] or 0,
        )


class SegmentFormSet(forms.BaseFormSet):
    """All segments of a region and year; the number of forms is fixed, whatever was sent."""

    form = FigureForm
    extra, min_num, max_num, absolute_max = 0, 0, 50, 50
    can_order = can_delete = can_delete_extra = validate_min = validate_max = edit_only = False
    renderer = None

    def __init__(self, region: Region, year: int, data: Mapping[str, Any] | None = None) -> None:
        self.region, self.year = region, year
        self.segments = list(Segment.objects.all())
        figures = Coverage.objects.filter(region=region, year__in=(year, year - 1)).with_context().with_notes()
        self.figures = {(row.segment_id, row.year): row for row in figures}
        measured = Denominator.objects.filter(region=region, year=year).select_related("definition", "set_by")
        self.fixed = measured.in_bulk_by_segment()
        self.definitions = {definition.pk: definition for definition in Definition.objects.all()}
        self.renderer = forms.renderers.get_default_renderer()
        super().__init__(data, prefix="figure", initial=[self._initial(segment) for segment in self.segments])

    def figure(self, segment: Segment) -> Coverage | None:
        return self.figures.get((segment.pk, self.year))

    def before(self, segment: Segment) -> Coverage | None:
        return self.figures.get((segment.pk, self.year - 1))

    def _initial(self, segment: Segment) -> dict[str, Any]:
        figure, before, fixed = self.figure(segment), self.before(segment), self.fixed.get(segment.pk)
        if figure:
            return {**figure.content(), "version": figure.version}
        if fixed:
            return {"workers": fixed.workers, "definition": fixed.definition_id, "version": 0}
        return {"definition": before.definition_id if before else self._usual_definition(), "version": 0}

    def _usual_definition(self) -> int | None:
        """The default definition of this kind of region."""
        territory = rules.TERRITORIES[0 if self.region.is_province else 1]
        usual = {"territory": territory, "denominator": ""}
        fitting = (d.pk for d in self.definitions.values() if d.counted == tuple(usual.values()))
        return next(fitting, None)

    def total_form_count(self) -> int:
        return len(self.segments)

    def initial_form_count(self) -> int:
        return len(self.segments)

    def add_prefix(self, index: int | str) -> str:
        return f"{self.prefix}-{self.segments[int(index)].code}"

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        segment = self.segments[index or 0]  # None is Django's empty form, which no page shows
        return {
            "segment": segment,
            "figure": self.figure(segment),
            "before": self.before(segment),
            "fixed": self.fixed.get(segment.pk),
            "definitions": self.definitions,
        }

    def entries(self) -> list[FigureEntry]:
        return [entry for form in self.forms if (entry := form.entry())]

    def refuse(self, error: ValidationError) -> None:
        """Show refusals above the form; those of a conflict have a box of their own."""
        messages = [message for one in error.error_list if one.code != "conflict" for message in one.messages]
        self._non_form_errors = ErrorList(messages, error_class="nonform")

    def rebased(self) -> "SegmentFormSet":
        """The same typed values based on the figures in force now: saving again replaces the values just shown."""
        data = cast(QueryDict, self.data).copy()
        fresh = SegmentFormSet(self.region, self.year, data)
        for index, segment in enumerate(fresh.segments):
            figure = fresh.figure(segment)
            data[f"{self.add_prefix(index)}-version"] = str(figure.version if figure else 0)
        return fresh

    def conflicts(self, error: ValidationError) -> list[dict[str, str]]:
        """Rows for the conflict box: typed value and value in force."""
        clashes = [one.params or {} for one in error.error_list if one.code == "conflict"]
        return [
            {
                "label": f"{clash['segment']} · {LABELS[clash['field']]}",
                "mine": self._shown(clash["field"], clash["mine"]),
                "theirs": self._shown(clash["field"], clash["theirs"]),
            }
            for clash in clashes
        ]

    def _shown(self, field: str, value: Any) -> str:
        if field == "definition":
            return str(self.definitions.get(value, formats.DASH))
        if field == "as_of":
            return formats.day(value)
        return formats.count(value) if isinstance(value, int) else value or formats.DASH
