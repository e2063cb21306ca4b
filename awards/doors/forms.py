"""Whom the branch lets in, and what it asks for when it gives a nomination back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from paritrana.display.form_fields import text_box
from paritrana.display.look_alikes import no_imitation


class DoorForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), help_text=_("The link goes to this address only."))
    name = forms.CharField(label=_("Name"), max_length=150, validators=[no_imitation])
    office = forms.CharField(label=_("Office held"), max_length=150, required=False)


class GiveBackForm(forms.Form):
    note = text_box(
        _("What is to be mended"),
        500,
        required=False,
        help_text=_("The contact reads it on the page of the nomination and by e-mail."),
    )
