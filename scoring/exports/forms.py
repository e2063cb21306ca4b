"""The file type and language of an export."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class LanguageForm(forms.Form):
    """The official Indonesian by default."""

    language = forms.ChoiceField(
        label=_("Language of the file"),
        required=False,
        initial=settings.LANGUAGE_CODE,
        widget=forms.RadioSelect,
        choices=[("id", _("Indonesian (official)")), ("en", _("English, with the same figures"))],
    )

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or settings.LANGUAGE_CODE


class WinnersFileForm(LanguageForm):
    """The workbook by default."""

    WORKBOOK = "workbook"

    form = forms.ChoiceField(
        label=_("File"),
        required=False,
        initial=WORKBOOK,
        widget=forms.RadioSelect,
        choices=[
            (WORKBOOK, _("Winners workbook (Excel): every place by formulas from the raw figures")),
            ("xlsx", _("Plain list (Excel)")),
            ("csv", _("Plain list (CSV with semicolons; in English with commas)")),
            ("json", _("Plain list (JSON)")),
        ],
    )
    field_order = ("form", "language")


class TablesFileForm(LanguageForm):
    form = forms.ChoiceField(
        label=_("File"), initial="xlsx", widget=forms.RadioSelect, choices=[("xlsx", "Excel"), ("pdf", "PDF")]
    )
    field_order = ("form", "language")
