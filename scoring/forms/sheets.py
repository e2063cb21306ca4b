"""What a juror types: marks, and conflicts of interest."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from awards.models import Criterion, Nomination
from awards.models.rubrics import WHOLE
from paritrana.numbers import HundredthsField
from scoring import boxes


@lru_cache(maxsize=5_000)
def _attributes(drawn: tuple[tuple[str, str | bool | int], ...]) -> SafeString:
    """As HTML; a box has the same ones on every visit, whatever it holds."""
    return flatatt(dict(drawn))


class _MarkBox(forms.TextInput):
    """Drawn without a template: a sheet has dozens of boxes."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        drawn = self.build_attrs({"type": "text", "name": name}, self.attrs | (attrs or {}))
        shown = self.format_value(value)
        held = "" if shown is None else format_html(' value="{}"', shown)
        return format_html("<input{}{}>", _attributes(tuple(drawn.items())), held)


class _WordsBox(forms.Textarea):
    """As a mark's box, drawn without a template."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        drawn = self.build_attrs({"name": name}, self.attrs | (attrs or {}))
        said = self.format_value(value) or ""
        return format_html("<textarea{}>\n{}</textarea>", _attributes(tuple(drawn.items())), said)


class VersionForm(forms.Form):
    """The version of the sheet that was looked at."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class SheetForm(VersionForm):
    """A box for the mark and one for words per criterion, and one for words on the whole, named as in ``boxes``.

    An empty box is a mark not given, never a zero.
    """

    def __init__(self, *args: Any, criteria: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            box = _MarkBox({"data-box": "", "data-weight": criterion.weight})
            mark = HundredthsField(label=criterion.name, required=False, max_value=WHOLE, widget=box)
            self.fields[boxes.mark_box(criterion.pk)] = mark
            self.fields[boxes.remark_box(criterion.pk)] = _words(_("Comment"), rows=2)
        self.fields[boxes.WHOLE_SHEET] = _words(_("Comment on the candidate as a whole"), rows=3)

    def rows(self) -> Iterable[tuple[Criterion, forms.BoundField, forms.BoundField]]:
        return [(each, self[boxes.mark_box(each.pk)], self[boxes.remark_box(each.pk)]) for each in self.criteria]

    def marks(self) -> dict[Criterion, int | None]:
        """Criterion -> hundredths or None, once the form is valid."""
        return {criterion: self.cleaned_data[boxes.mark_box(criterion.pk)] for criterion in self.criteria}

    def remarks(self) -> dict[Criterion | None, str]:
        """Criterion (None: the whole) -> words, once the form is valid; only of the boxes that were sent."""
        named = {boxes.remark_box(each and each.pk): each for each in [*self.criteria, None]}
        return {criterion: self.cleaned_data[box] for box, criterion in named.items() if box in self.data}


def _words(label: Any, *, rows: int) -> forms.CharField:
    widget = _WordsBox(attrs={"rows": rows, "data-box": "", "maxlength": boxes.LONGEST_REMARK})
    return forms.CharField(label=label, required=False, max_length=boxes.LONGEST_REMARK, widget=widget)


class DeclarationForm(forms.Form):
    """Per nomination: do I keep out, and why; and one word for all the others."""

    use_required_attribute = False  # a reason that is not shown must not stop the form

    clear = forms.BooleanField(
        label=_("In all other candidates listed here I have no conflict of interest."),
        error_messages={"required": _("Confirm that you have no conflict of interest in the other candidates.")},
    )

    def __init__(self, *args: Any, nominations: list[Nomination], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nominations = nominations
        for nomination in nominations:
            self.fields[f"out_{nomination.pk}"] = forms.BooleanField(label=_("I keep out"), required=False)
            why = forms.CharField(
                label=_("Reason"), required=not self.is_bound or f"out_{nomination.pk}" in self.data, max_length=300
            )
            why.is_asked = True  # of whoever keeps out; it is shown to nobody else
            self.fields[f"why_{nomination.pk}"] = why
        self.order_fields([*(name for name in self.fields if name != "clear"), "clear"])

    def rows(self) -> Iterable[tuple[Nomination, forms.BoundField, forms.BoundField]]:
        return [(each, self[f"out_{each.pk}"], self[f"why_{each.pk}"]) for each in self.nominations]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for nomination in self.nominations:
            out, why = cleaned.get(f"out_{nomination.pk}"), (cleaned.get(f"why_{nomination.pk}") or "").strip()
            if why and not out:
                error = ValidationError(_("Tick “I keep out”, or take the reason away."), code="reason-alone")
                self.add_error(f"out_{nomination.pk}", error)
        return cleaned

    def reasons(self) -> dict[int, str]:
        """Nomination -> reason, of those the juror keeps out of, once the form is valid."""
        return {
            each.pk: self.cleaned_data[f"why_{each.pk}"].strip()
            for each in self.nominations
            if self.cleaned_data[f"out_{each.pk}"]
        }
