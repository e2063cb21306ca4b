"""Forms of chair and secretary: note, practice candidate, agreed order; and of jurors: practice marks."""

from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from awards.models import Category, Criterion, Nomination, Title
from awards.models.nominations import NominationQuerySet
from awards.models.rubrics import WHOLE
from paritrana.display.english import in_english
from paritrana.display.form_fields import model_field, text_box
from paritrana.display.numbers import CountField, HundredthsField
from paritrana.display.searched_choice import SearchedChoice, SearchingForm
from scoring.edit_conflicts import VersionForm
from scoring.models import Seat
from scoring.plenary.actions import LONGEST_NOTE
from scoring.plenary.deliberation import GroupOrder
from scoring.plenary.ties import Tie


class NoteForm(VersionForm):
    text = text_box(
        _("Note for the discussion"),
        LONGEST_NOTE,
        rows=5,
        required=False,
        help_text=_("Read by chair, secretary, committee and auditor. Every version is kept."),
    )
    said_by = forms.ModelChoiceField(
        label=_("Who said what was decided"),
        queryset=Seat.objects.none(),
        required=False,
        empty_label=_("nobody yet: a note to prepare"),
        help_text=_("With a name the candidate counts as discussed."),
    )

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = model_field(self, "said_by")
        field.queryset = Seat.objects.filter(pk__in=[seat.pk for seat in seats]).with_people()


class CalibrationForm(forms.Form):
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.none())
    text = text_box(
        _("Description of the practice candidate"),
        LONGEST_NOTE,
        rows=8,
        help_text=_("A made-up candidate with enough to judge by; no name of a real one."),
    )

    def __init__(self, *args: Any, categories: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model_field(self, "category").queryset = Category.objects.filter(pk__in=categories)


class PracticeForm(forms.Form):
    """One mark per criterion, by slug."""

    def __init__(self, *args: Any, criteria: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in criteria:
            self.fields[criterion.slug] = HundredthsField(label=in_english(criterion.name), max_value=WHOLE)


class OrderForm(VersionForm):
    """A place for every ranked candidate of a group, each place once, and the reason."""

    reason = text_box(
        _("Reason"), 2_000, required=False, help_text=_("Needed where the agreed order leaves the score order.")
    )

    def __init__(self, *args: Any, order: GroupOrder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order
        for row in order.rows:
            self.fields[f"place_{row.nomination.pk}"] = forms.IntegerField(
                label=str(row.nomination), min_value=1, max_value=len(order.rows)
            )
        self.order_fields(["version", *(name for name in self.fields if name.startswith("place_")), "reason"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        places = [cleaned.get(f"place_{row.nomination.pk}") for row in self.order.rows]
        if None not in places and len(set(places)) < len(places):
            raise ValidationError(_("Every place is given once."), code="place-twice")
        return cleaned

    def agreed(self) -> list[int]:
        """The nominations by primary key, first place first."""
        keys = [row.nomination.pk for row in self.order.rows]
        return sorted(keys, key=lambda key: self.cleaned_data[f"place_{key}"])

    def boxes(self) -> list[tuple[Any, Any]]:
        """Each row with its field."""
        return [(row, self[f"place_{row.nomination.pk}"]) for row in self.order.rows]


class ClosingForm(forms.Form):
    """A reason for every juror with sheets due."""

    def __init__(self, *args: Any, sheets: dict[Seat, list[Nomination]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets = sheets
        for seat in sheets:
            self.fields[f"why_{seat.pk}"] = forms.CharField(
                label=_("Why was %(name)s absent?") % {"name": seat.user}, max_length=300
            )

    def reasons(self) -> dict[int, str]:
        """Seat -> reason, once the form is valid."""
        return {seat.pk: self.cleaned_data[f"why_{seat.pk}"] for seat in self.sheets}


class PanelReopeningForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


MOST_VOTES = 99


class TieForm(VersionForm):
    """A rank for each of the tied candidates, 1 is best; equal ranks share the place."""

    votes_for = CountField(label=_("Votes for"), max_value=MOST_VOTES)
    votes_against = CountField(label=_("Votes against"), max_value=MOST_VOTES)
    votes_abstaining = CountField(label=_("Abstaining"), max_value=MOST_VOTES)
    reason = text_box(_("Reason of the plenary"), 2_000, rows=4)

    def __init__(self, *args: Any, tie: Tie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tie = tie
        numbers = [(number, str(number)) for number in range(1, len(tie.nominations) + 1)]
        for nomination in tie.nominations:
            self.fields[f"rank_{nomination.pk}"] = forms.TypedChoiceField(
                label=str(nomination), choices=[("", _("choose")), *numbers], coerce=int
            )

    def ranks(self) -> list[forms.BoundField]:
        """The fields of the order, by candidate."""
        return [self[f"rank_{key}"] for key in self.tie.keys]

    def agreed(self) -> list[list[int]]:
        """The nominations by primary key, best first; equal ranks together."""
        rank = {key: self.cleaned_data[f"rank_{key}"] for key in self.tie.keys}
        return [list(sharing) for _rank, sharing in groupby(sorted(rank, key=rank.__getitem__), key=rank.__getitem__)]

    def votes(self) -> tuple[int, int, int]:
        """For, against, abstaining."""
        data = self.cleaned_data
        return data["votes_for"], data["votes_against"], data["votes_abstaining"]


class _Recipient(SearchedChoice):
    def label_from_instance(self, nomination: Nomination) -> str:
        return f"{nomination} · {nomination.category}"


class SpecialAwardForm(SearchingForm):
    title: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("Award"), queryset=None)
    nomination = _Recipient(label=_("Recipient"))
    reason = text_box(_("Reason of the plenary"), 300, help_text=_("It stands beside the award wherever it is shown."))

    def __init__(self, *args: Any, titles: list[Title], eligible: NominationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model_field(self, "title").queryset = Title.objects.filter(pk__in=[title.pk for title in titles])
        self.offer("nomination", eligible)
