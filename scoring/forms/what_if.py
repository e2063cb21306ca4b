"""Weights to try out: one box per criterion of the title, 100.00 percent together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from paritrana import formats
from paritrana.numbers import HundredthsField
from scoring.ranking import WHOLE
from scoring.results import Weighed


class WhatIfForm(forms.Form):
    def __init__(self, *args: Any, criteria: list[Weighed], **options: Any) -> None:
        super().__init__(*args, **options)
        self.boxes = {f"bobot-{each.slug}": each.slug for each in criteria}
        for name, each in zip(self.boxes, criteria, strict=True):
            self.fields[name] = HundredthsField(label=each.name, max_value=WHOLE, initial=each.weight)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        found = [cleaned.get(name) for name in self.boxes]
        if None not in found and sum(found) != WHOLE:
            told = {"sum": formats.percent(sum(found)), "rest": formats.signed(WHOLE - sum(found))}
            raise ValidationError(_("The weights add up to %(sum)s; %(rest)s is left.") % told, code="sum")
        return cleaned

    @property
    def weights(self) -> dict[str, int]:
        """Criterion -> basis points, once it is valid."""
        return {slug: self.cleaned_data[name] for name, slug in self.boxes.items()}
