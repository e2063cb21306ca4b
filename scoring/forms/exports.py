"""As what kind of file something leaves the house."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WinnersFileForm(forms.Form):
    """Left out, it is the workbook."""

    WORKBOOK = "workbook"

    form = forms.ChoiceField(
        label=_("File"),
        required=False,
        initial=WORKBOOK,
        widget=forms.RadioSelect,
        choices=[
            (WORKBOOK, _("Winners workbook (Excel): every place by formulas from the raw figures")),
            ("xlsx", _("Plain list (Excel)")),
            ("csv", _("Plain list (CSV with semicolons)")),
            ("json", _("Plain list (JSON)")),
        ],
    )


class TablesFileForm(forms.Form):
    form = forms.ChoiceField(
        label=_("File"), initial="xlsx", widget=forms.RadioSelect, choices=[("xlsx", "Excel"), ("pdf", "PDF")]
    )
