"""The calendar of all provinces as fields: ``nominasi_opens``, ``nominasi_closes`` for each stage with days."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from awards.editions.calendar_days import Days, faults_of_days
from awards.stages import DATED, Stage
from paritrana.display.days import DayField


class CalendarFields(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for stage in DATED:
            label = _("Planned for") if stage == Stage.ANNOUNCED else _("Opens on")
            self.fields[f"{stage.value}_opens"] = DayField(label=label, required=False)
            if stage != Stage.ANNOUNCED:
                self.fields[f"{stage.value}_closes"] = DayField(label=_("Last day"), required=False)

    def stages(self) -> list[dict[str, Any]]:
        """Each stage with its fields, for the template."""
        return [
            {
                "stage": stage,
                "opens": self[f"{stage.value}_opens"],
                "closes": self[f"{stage.value}_closes"] if f"{stage.value}_closes" in self.fields else None,
            }
            for stage in DATED
        ]

    @property
    def has_days(self) -> bool:
        """Whether any day is filled in, or any is wrong."""
        return any(row["opens"].value() or row["opens"].errors for row in self.stages())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(name in self.fields and name.endswith(("_opens", "_closes")) for name in self.errors):
            for field, words in faults_of_days(self._typed(cleaned)).items():
                self.add_error(field, ValidationError(words, code="order"))
        return cleaned

    def _typed(self, cleaned: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
        return {
            stage.value: (cleaned.get(f"{stage.value}_opens"), cleaned.get(f"{stage.value}_closes")) for stage in DATED
        }

    def calendar(self) -> dict[str, Days]:
        """The days of the stages that have them, once the form is valid."""
        return {stage: Days(*days) for stage, days in self._typed(self.cleaned_data).items() if days[0]}
