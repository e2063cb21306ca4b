"""Forms of a juror's sheet."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from awards.models import Criterion
from awards.models.rubrics import WHOLE
from paritrana.display.english import in_english
from paritrana.display.numbers import HundredthsField
from scoring.edit_conflicts import VersionForm
from scoring.sheets import entries

_LEVEL = re.compile(r"\s*(\d{1,3})\s*[-\N{EN DASH}]\s*(\d{1,3})\s*:\s*(.+?)\s*")


@dataclass(frozen=True)
class GuidanceLevel:
    """From ``least`` to ``most`` points, whole."""

    least: int
    most: int
    words: str


def read_guidance(guidance: str) -> tuple[str, tuple[GuidanceLevel, ...]]:
    """The words that are no level, and the levels, best first."""
    words, levels = [], []
    for line in in_english(guidance).splitlines():
        match = _LEVEL.fullmatch(line)
        if match and int(match[1]) <= int(match[2]) <= 100:
            levels.append(GuidanceLevel(int(match[1]), int(match[2]), match[3]))
        elif line.strip():
            words.append(line.strip())
    return " ".join(words), tuple(sorted(levels, key=lambda level: -level.least))


class _MarkBox(forms.TextInput):
    """Rendered without a template: a sheet has dozens of fields."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        drawn = self.build_attrs({"type": "text", "name": name}, self.attrs | (attrs or {}))
        shown = self.format_value(value)
        held = "" if shown is None else format_html(' value="{}"', shown)
        return format_html("<input{}{}>", flatatt(drawn), held)


class _WordsBox(forms.Textarea):
    """As the field of a mark, rendered without a template."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        drawn = self.build_attrs({"name": name}, self.attrs | (attrs or {}))
        text = self.format_value(value) or ""
        return format_html("<textarea{}>\n{}</textarea>", flatatt(drawn), text)


class SheetForm(VersionForm):
    """Per criterion a field for the mark and one for a comment, and one comment on the whole; named as in ``entries``.

    An empty field is a mark not given, never a zero.
    """

    def __init__(self, *args: Any, criteria: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            box = _MarkBox({"data-box": "", "data-weight": criterion.weight})
            mark = HundredthsField(label=str(criterion), required=False, max_value=WHOLE, widget=box)
            self.fields[entries.mark_box(criterion.pk)] = mark
            self.fields[entries.remark_box(criterion.pk)] = _words(_("Comment"), rows=2)
        self.fields[entries.WHOLE_SHEET] = _words(_("Comment on the candidate as a whole"), rows=3)

    def rows(self) -> Iterable[tuple[Criterion, forms.BoundField, forms.BoundField]]:
        return [(each, self[entries.mark_box(each.pk)], self[entries.remark_box(each.pk)]) for each in self.criteria]

    def marks(self) -> dict[Criterion, int | None]:
        """Criterion -> hundredths or None, once the form is valid."""
        return {criterion: self.cleaned_data[entries.mark_box(criterion.pk)] for criterion in self.criteria}

    def remarks(self) -> dict[Criterion | None, str]:
        """Criterion (None: the whole) -> comment, once the form is valid; only for fields that were sent."""
        named = {entries.remark_box(each.pk if each else None): each for each in [*self.criteria, None]}
        return {criterion: self.cleaned_data[box] for box, criterion in named.items() if box in self.data}


class ProblemForm(forms.Form):
    text = forms.CharField(
        label=_("What is wrong"),
        help_text=_("Say what keeps you from marking or what is wrong with the data. Write no marks here."),
        max_length=entries.LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReplyForm(forms.Form):
    reply = forms.CharField(
        label=_("Reply"),
        help_text=_("The juror reads it with your name. It closes the message."),
        max_length=entries.LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _words(label: Any, *, rows: int) -> forms.CharField:
    widget = _WordsBox(attrs={"rows": rows, "data-box": "", "maxlength": entries.LONGEST_REMARK})
    return forms.CharField(label=label, required=False, max_length=entries.LONGEST_REMARK, widget=widget)
