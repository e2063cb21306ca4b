"""Forms for nominating, and for the transitions of a nomination."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Candidate, Category, Criterion
from awards.models.candidates import CandidateQuerySet
from paritrana.display.form_fields import choice_field, model_field, text_box
from regions.models.places import RegionQuerySet


class NominateForm(forms.Form):
    """Which regions to nominate; offers only those that may still be nominated."""

    regions: forms.ModelChoiceField[Any] = forms.ModelMultipleChoiceField(
        label=_("Candidates to nominate"), queryset=None, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, nominable: RegionQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model_field(self, "regions").queryset = nominable


class NominateCandidateForm(forms.Form):
    """A candidate that may be nominated, and its sector where the category has sectors.

    ``offered`` are those found by a search; any other of ``nominable`` chosen before is accepted too.
    """

    candidate: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Candidate"), queryset=None, widget=forms.RadioSelect, empty_label=None, blank=False
    )
    sector: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Sector"), queryset=None, empty_label=_("Choose the sector")
    )

    def __init__(
        self,
        *args: Any,
        category: Category,
        nominable: CandidateQuerySet,
        offered: list[Candidate],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        model_field(self, "candidate").queryset = nominable
        chosen = str(self["candidate"].value() or "")
        chosen_before = list(nominable.filter(pk=int(chosen))) if chosen.isdecimal() and len(chosen) < 10 else []
        shown = chosen_before + [one for one in offered if one not in chosen_before]
        choice_field(self, "candidate").choices = [(one.pk, f"{one.name} · {one.region}") for one in shown]
        model_field(self, "sector").queryset = category.sectors.all()
        if not category.sectors.exists():
            del self.fields["sector"]


class SeenForm(forms.Form):
    """The version of the nomination the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ExemptionForm(SeenForm):
    """A criterion that does not apply, and the reason."""

    criterion: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Criterion"), queryset=None, empty_label=_("Choose the criterion")
    )
    reason = text_box(
        _("Reason"), 300, help_text=_("Everybody who sees the nomination reads it, and it stands in the sealed result.")
    )

    def __init__(self, *args: Any, criteria: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model_field(self, "criterion").queryset = Criterion.objects.filter(pk__in=[one.pk for one in criteria])


class ReasonForm(SeenForm):
    reason = text_box(_("Reason"), 1000, rows=4, help_text=_("The nominator reads it, and it is kept in the history."))


class ReturnNominationForm(ReasonForm):
    """A reason for the whole, and a remark per criterion the nominator can correct."""

    def __init__(self, *args: Any, criteria: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            self.fields[_name(criterion)] = forms.CharField(
                label=_("What is to be mended"), required=False, max_length=500
            )

    def remark_fields(self) -> list[tuple[Criterion, forms.BoundField]]:
        return [(criterion, self[_name(criterion)]) for criterion in self.criteria]

    def remarks(self) -> dict[Criterion, str]:
        """The typed remarks by criterion."""
        remarks = {criterion: self.cleaned_data.get(_name(criterion), "") for criterion in self.criteria}
        return {criterion: text for criterion, text in remarks.items() if text}


class CommentForm(forms.Form):
    """A comment to the nominator, on one criterion or on the whole, with a file where one helps."""

    text = text_box(
        _("Comment"),
        3000,
        rows=4,
        help_text=_("The nominator reads it, here and in a letter. It cannot be changed or taken away."),
    )
    criterion: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("On which criterion"), queryset=None, required=False, empty_label=_("The whole nomination")
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        max_length=300,
        help_text=_("PDF, picture, Word or Excel; only the nominator, the committee and auditors can open it."),
    )

    def __init__(self, *args: Any, criteria: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model_field(self, "criterion").queryset = Criterion.objects.filter(pk__in=[one.pk for one in criteria])


class ChosenForm(forms.Form):
    """One reason for several nominations; required only for removing them from the shortlist."""

    reason = text_box(
        _("Reason"),
        1000,
        rows=4,
        help_text=_("The nominators read it, each at their own nomination, and it is kept in the history."),
    )


def _name(criterion: Criterion) -> str:
    return f"remark-{criterion.pk}"
