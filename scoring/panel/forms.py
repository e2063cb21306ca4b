"""Forms of the panel's pages."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from awards.models import Nomination, Role
from awards.models.nominations import NominationQuerySet
from awards.models.rubrics import WHOLE
from paritrana.display.days import DayField
from paritrana.display.form_fields import text_box
from paritrana.display.look_alikes import no_imitation
from paritrana.display.numbers import HundredthsField
from paritrana.display.searched_choice import SearchedChoice, SearchingForm
from scoring.edit_conflicts import VersionForm
from scoring.models import Panel, SeatChange
from scoring.models.panels import overridable_by_default
from scoring.panel.pasted import PastedMember, read_members, without_element
from scoring.panel.seats import ROLES, RULES
from scoring.sealing import review

Left = Callable[[Iterable[Nomination]], dict[int, int]]


class DecreeForm(forms.ModelForm):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = Panel
        fields = RULES
        field_classes = {"decree_date": DayField}


class DecreeDocumentForm(forms.Form):
    document = forms.FileField(
        label=_("Document of the decree"),
        help_text=_("A PDF. Everybody who sees the panel may read it."),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )


class InvitedForm(forms.Form):
    """Whoever is sent the link."""

    email = forms.EmailField(label=_("E-mail"), help_text=_("The link goes to this address only."))
    name = forms.CharField(
        label=_("Name"), max_length=150, help_text=_("With titles, as in the decree."), validators=[no_imitation]
    )
    office = forms.CharField(label=_("Office held"), max_length=150, required=False)


class InvitationForm(InvitedForm):
    """With role and element of the seat."""

    role = forms.ChoiceField(label=_("Role"), choices=[(role, Role(role).label) for role in ROLES])
    element = forms.CharField(
        label=_("Element represented"),
        max_length=120,
        help_text=_("For example: labour office, employers, trade union."),
    )
    is_observer = forms.BooleanField(
        label=_("Observer"),
        required=False,
        help_text=_("A juror in training: scores like the others, but the marks never count."),
    )


class PasteForm(forms.Form):
    """Members as lines; ``element`` is for the lines that say none."""

    members = forms.CharField(
        label=_("Members, one per line"),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_(
            "Name <address>, or name and address parted by a tab or a semicolon. Behind them, parted by a semicolon, "
            "may stand the role (juror without one) and the element represented."
        ),
    )
    element = forms.CharField(label=_("Element represented, for lines without one"), max_length=120, required=False)

    def clean_members(self) -> list[PastedMember]:
        return read_members(self.cleaned_data["members"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lines = without_element(cleaned.get("members", []))
        if lines and not cleaned.get("element"):
            words = _("Write the element represented: line %(lines)s has none.")
            self.add_error("element", ValidationError(words, code="element", params={"lines": lines}))
        return cleaned


class SubstituteForm(InvitedForm):
    """The successor, who is invited to the same terms."""

    email = forms.EmailField(label=_("E-mail of the successor"), help_text=_("The link goes to this address only."))
    reason = text_box(_("Reason of the substitution"), 300)


class EndForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class ConfirmChangesForm(forms.Form):
    """Which of the waiting changes are confirmed."""

    changes = forms.MultipleChoiceField(
        label=_("I confirm"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what you confirm.")},
        help_text=_(
            "Whoever was invited by a link: first make sure, by telephone for example, that it was this person."
        ),
    )

    def __init__(self, *args: Any, changes: Iterable[SeatChange], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(change.pk): change for change in changes}
        cast(Any, self.fields["changes"]).choices = [(key, change.what) for key, change in self.offered.items()]

    def chosen(self) -> list[SeatChange]:
        return [self.offered[key] for key in self.cleaned_data["changes"]]


class CandidateChoice(SearchedChoice):
    """A candidate with how many jurors would be left without the one who is recused."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left: dict[int, int] = {}

    def label_from_instance(self, obj: Nomination) -> str:
        left = self.left.get(obj.pk, 0)
        text = ngettext("%(count)d juror remains", "%(count)d jurors remain", left) % {"count": left}
        return f"{obj} ({text})"


class RecusalForm(SearchingForm):
    nomination = CandidateChoice(label=_("Candidate"))
    reason = text_box(_("Reason"), 300)

    def __init__(self, *args: Any, nominations: NominationQuerySet, left: Left, **kwargs: Any) -> None:
        """``left`` counts, for candidates, the jurors that would remain."""
        super().__init__(*args, **kwargs)
        candidate = cast(CandidateChoice, self.offer("nomination", nominations))
        candidate.left = left(candidate.offered)


class RulesForm(VersionForm):
    RULES: ClassVar[tuple[str, ...]] = (
        *("visibility", "disclosure", "comment_below", "comment_above", "spread_limit", "overridable"),
        "early_result",
    )

    visibility = forms.ChoiceField(
        label=_("Members see"),
        choices=Panel.Visibility.choices,
        widget=forms.RadioSelect,
        help_text=_("Sheets not handed in are never shown; whoever has a conflict sees nothing of the candidate."),
    )
    disclosure = forms.ChoiceField(
        label=_("Workbooks with marks call the jurors"),
        choices=Panel.Disclosure.choices,
        initial=Panel.Disclosure.LETTERS,
        widget=forms.RadioSelect,
        help_text=_("Members of the panel and the auditor see the marks by name all the same."),
    )
    comment_below = HundredthsField(
        label=_("A comment is needed below"), required=False, max_value=WHOLE, help_text=_("Empty: never.")
    )
    comment_above = HundredthsField(
        label=_("A comment is needed above"), required=False, max_value=WHOLE, help_text=_("Empty: never.")
    )
    spread_limit = HundredthsField(
        label=_("Marks of one criterion are discussed when they are farther apart than"),
        max_value=WHOLE,
        help_text=_("In points. The chair sees it once the panel has closed."),
    )
    overridable = forms.MultipleChoiceField(
        label=_("Two people may pass over with a reason when they seal"),
        required=False,
        choices=[(check.code, check.text) for check in review.CHECKS if check.code in overridable_by_default()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is not ticked has to be cured before the seal."),
    )
    early_result = forms.BooleanField(
        label=_("Jurors read the sealed result before it is announced"),
        required=False,
        help_text=_("Chair and secretary read it in any case."),
    )


class AssistantForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address of the assistant"),
        required=False,
        help_text=_(
            "A letter goes there. Whoever signs in with this address and has no part in this selection may type; the "
            "portal does not tell whether anybody can. Empty: nobody types for the juror."
        ),
    )


class ReopeningForm(forms.Form):
    reason = text_box(_("Reason"), 300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("The juror, the auditor and the trail read it.")
