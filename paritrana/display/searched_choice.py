"""A choice among rows too many for a list: fifty at most are offered, narrowed by a search that needs no script.

The search is a button of the form itself. It checks nothing, and everything typed so far stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.forms.utils import ErrorDict

MOST = 50


class SearchedSelect(forms.Select):
    """Above the list, where it cannot hold everything, what to search for and how many were found."""

    template_name = "django/forms/widgets/searched_select.html"
    search: dict[str, Any] | None = None

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["search"] = self.search
        return context


class _Offered(ModelChoiceIterator):
    field: SearchedChoice

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        yield from (self.choice(row) for row in self.field.offered)

    def __len__(self) -> int:
        return len(self.field.offered) + (self.field.empty_label is not None)

    def __bool__(self) -> bool:
        return True


class SearchedChoice(forms.ModelChoiceField):
    """Its rows are ``offer``-ed; their QuerySet knows ``called(text)``. Any may be chosen, also one not shown."""

    iterator = _Offered
    widget = SearchedSelect

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.text, self.chosen = "", ""
        super().__init__(None, *args, **kwargs)

    def offer(self, name: str, rows: QuerySet[Any], text: str, chosen: str) -> None:
        self.__dict__.pop("offered", None)
        self.text, self.chosen, self.queryset = text, chosen, rows
        self.widget.search = None
        if text or rows[MOST : MOST + 1]:
            found = self._found().count()
            self.widget.search = {"name": name, "text": text, "found": found, "shown": min(found, MOST)}

    @cached_property
    def offered(self) -> list[Any]:
        """Those found, and first whatever was chosen before."""
        shown = list(self._found()[:MOST])
        if self.chosen.isdecimal() and len(self.chosen) < 10 and all(str(row.pk) != self.chosen for row in shown):
            shown = [*self._rows.filter(pk=self.chosen), *shown[: MOST - 1]]
        return shown

    @property
    def _rows(self) -> Any:
        return self.queryset

    def _found(self) -> Any:
        return self._rows.called(self.text) if self.text else self._rows


class SearchingForm(forms.Form):
    """Pressing the search button of one of its fields is answered by the form as it was, with what was found."""

    @property
    def is_searching(self) -> bool:
        found = (name for name, field in self.fields.items() if isinstance(field, SearchedChoice))
        return self.is_bound and any(f"{self.add_prefix(name)}_search" in self.data for name in found)

    def offer(self, name: str, rows: QuerySet[Any]) -> SearchedChoice:
        field, key = cast(SearchedChoice, self.fields[name]), self.add_prefix(name)
        text = str(self.data.get(f"{key}_text", "")).strip()[:100]
        field.offer(key, rows, text, str(self[name].value() or ""))
        return field

    def is_valid(self) -> bool:
        return not self.is_searching and super().is_valid()

    def full_clean(self) -> None:
        if self.is_searching:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()
