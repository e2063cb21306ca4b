"""The form of an exception: the candidate and the reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from awards.models import Nomination
from awards.models.nominations import NominationQuerySet
from paritrana.display.form_fields import text_box
from paritrana.display.searched_choice import SearchedChoice, SearchingForm


class _Choice(SearchedChoice):
    def label_from_instance(self, nomination: Nomination) -> str:
        return f"{nomination.selection.province} · {nomination.category} · {nomination}"


class ExceptionForm(SearchingForm):
    nomination = _Choice(label=_("Candidate"), empty_label=_("Choose the candidate"))
    reason = text_box(
        _("Reason for the exception"),
        300,
        help_text=_("It stays with the proposal and is shown wherever the proposal is."),
    )

    def __init__(self, *args: Any, offered: NominationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("nomination", offered)
