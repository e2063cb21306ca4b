"""Forms for making documents, for their wording, and for checking them."""

import json
import re
from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import PastAward
from awards.models.history import PastAwardQuerySet
from paritrana.display.days import DayField
from paritrana.display.form_fields import choice_field, text_box
from scoring.documents import wording
from scoring.documents.certificate_actions import CertificateOrder
from scoring.documents.pages import Meeting
from scoring.exports.forms import LanguageForm
from scoring.models import Addendum, Document, Seat

CAME, STAYED_AWAY = "present", "absent"
LARGEST_COMPARED = 10 * 1024 * 1024
SHA256 = re.compile(r"[0-9a-f]{64}")


class PaperForm(forms.Form):
    """The paper size."""

    paper = forms.ChoiceField(
        label=gettext_lazy("Paper"), choices=Document.Paper.choices, initial=Document.Paper.A4, widget=forms.RadioSelect
    )


class DraftForm(LanguageForm, PaperForm):
    """The paper size and the language."""

    field_order = ("paper", "language")


class PreviewedForm(forms.Form):
    """What is typed is shown as pictures first, and issued only as it was shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def fingerprint(self, *of: Any) -> str:
        """Of what is typed, and of what else the papers are made from."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        content = json.dumps([typed, of], sort_keys=True, cls=DjangoJSONEncoder)
        return sha256(content.encode()).hexdigest()


class MeetingForm(PreviewedForm):
    """What the minutes need besides the seal. Of every seat somebody says whether it came; nothing is presumed."""

    number = forms.CharField(label=gettext_lazy("Number of the minutes"), max_length=80)
    held_on = DayField(label=gettext_lazy("Day of the plenary"))
    venue = forms.CharField(label=gettext_lazy("Venue"), max_length=160)

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        for seat in seats:
            self.fields[f"seat_{seat.pk}"] = forms.ChoiceField(
                label=f"{seat.user}, {seat.element}",
                choices=[(CAME, _("present")), (STAYED_AWAY, _("absent"))],
                widget=forms.RadioSelect,
                error_messages={"required": _("Say of %(name)s: present or absent.") % {"name": seat.user}},
            )

    def about(self) -> list[BoundField]:
        return [self[name] for name in ("number", "held_on", "venue")]

    def attendance(self) -> list[BoundField]:
        return [self[f"seat_{seat.pk}"] for seat in self.seats]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        said = [data.get(f"seat_{seat.pk}") for seat in self.seats]
        if said and set(said) == {STAYED_AWAY}:
            raise ValidationError(
                _("A plenary nobody came to decides nothing: who was present?"), code="nobody-present"
            )
        return data

    def meeting(self) -> Meeting:
        data = self.cleaned_data
        absent = frozenset(seat.pk for seat in self.seats if data[f"seat_{seat.pk}"] == STAYED_AWAY)
        return Meeting(data["number"], data["held_on"], data["venue"], absent)


class CertificatesForm(PreviewedForm, PaperForm):
    """``number`` is the number on each, ``{n}`` the place in the list; ``before`` is the last order."""

    number = forms.CharField(
        label=gettext_lazy("Number on the certificates"),
        max_length=80,
        help_text=gettext_lazy("Write {n} for the running number: {n}/PA/2026 becomes 1/PA/2026, 2/PA/2026 and so on."),
    )
    dated = DayField(label=gettext_lazy("Day on the certificates"))
    nominees = forms.BooleanField(label=gettext_lazy("Also for nominees who won nothing"), required=False)
    again = forms.BooleanField(
        label=gettext_lazy("Issue those that were made once more"),
        required=False,
        help_text=gettext_lazy("The older ones stay on record; their code then says that they were replaced."),
    )

    def __init__(self, *args: Any, before: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update({name: before[name] for name in ("number", "paper") if before.get(name)})
        if before.get("dated"):
            self.initial["dated"] = date.fromisoformat(before["dated"])

    def clean_number(self) -> str:
        number = self.cleaned_data["number"]
        if "{n}" not in number or re.search(r"[{}]", number.replace("{n}", "")):
            raise ValidationError(_("Write {n} where the running number stands."), code="running-number")
        return number

    def order(self) -> CertificateOrder:
        data = self.cleaned_data
        dated = data["dated"].isoformat()
        return CertificateOrder(data["number"], dated, data["nominees"], data["paper"], data["again"])


class AddendumForm(forms.Form):
    """Which paper is wrong where, what it should say, and why."""

    paper = forms.ChoiceField(label=gettext_lazy("Document"), choices=Addendum.Paper.choices, widget=forms.RadioSelect)
    written = text_box(gettext_lazy("The paper says"), 2000)
    instead = text_box(gettext_lazy("It should say"), 2000)
    reason = text_box(gettext_lazy("Reason"), 1000, rows=2)


class TextForm(forms.Form):
    """One field for each part of a kind of document."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for part in wording.PARTS[kind]:
            rows = min(8, 2 + len(str(self.initial.get(part.name, ""))) // 90)
            self.fields[part.name] = forms.CharField(
                label=part.label,
                max_length=wording.LONGEST,
                widget=forms.Textarea(attrs={"rows": rows}),
                help_text=_("One item per line.") if part.is_list else "",
                validators=[self._check],
            )

    def _check(self, text: str) -> None:
        wording.check(self.kind, text)

    def parts(self) -> dict[str, str]:
        return {part.name: self.cleaned_data[part.name].replace("\r\n", "\n") for part in wording.PARTS[self.kind]}


class LogoForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    picture = forms.FileField(label=gettext_lazy("Logo (PNG or JPEG)"), required=False)
    remove = forms.BooleanField(label=gettext_lazy("Take the logo away"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("picture") and not data.get("remove") and "picture" not in self.errors:
            self.add_error("picture", ValidationError(_("Choose a picture."), code="required"))
        return data


class ReprintForm(LanguageForm):
    """Which period (empty: all of them), in which language."""

    period = forms.ChoiceField(label=gettext_lazy("Period"), required=False)
    field_order = ("period", "language")

    def __init__(self, *args: Any, published: PastAwardQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.published = published
        years = sorted(set(published.order_by().values_list("period", flat=True)), reverse=True)
        choice_field(self, "period").choices = [("", _("All")), *((str(year), str(year)) for year in years)]

    def narrowed(self) -> list[PastAward]:
        period = self.cleaned_data["period"]
        return list(self.published.filter(period=int(period)) if period else self.published)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not self.published.exists():
            raise ValidationError(_("No published winner is recorded yet."), code="nobody")
        return data

    def name(self) -> str:
        edition = "" if self.cleaned_data["language"] == settings.LANGUAGE_CODE else "-en"
        return (self.cleaned_data["period"] or "semua-periode") + edition


class CheckForm(forms.Form):
    code = forms.CharField(label=gettext_lazy("Code on the document"), max_length=40)


class CompareForm(forms.Form):
    """A file, or the sha256 of one."""

    digest = forms.CharField(label=gettext_lazy("Digest (sha256)"), required=False, max_length=200)
    file = forms.FileField(label=gettext_lazy("The file you hold"), required=False)

    def clean_file(self) -> UploadedFile | None:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_COMPARED:
            raise ValidationError(_("No document of the award is as large as this file."), code="large")
        return file

    def clean_digest(self) -> str:
        typed = "".join(self.cleaned_data["digest"].split()).lower()
        if typed and not SHA256.fullmatch(typed):
            raise ValidationError(_("A sha256 is 64 letters and digits, 0 to 9 and a to f."), code="digest")
        return typed

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("digest") and not data.get("file"):
            raise ValidationError(_("Choose the file, or paste its sha256."), code="nothing")
        return data
