"""Forms about user accounts."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from paritrana.accounts.actions import PROFILE
from paritrana.accounts.addresses import cleaned
from paritrana.accounts.models import AddressChange, Erasure, FactorReset, User
from paritrana.display.look_alikes import no_imitation


class ProfileForm(forms.ModelForm):
    """Name, office held, rank and NIP: what an administrator may change about a person."""

    class Meta:
        model = User
        fields: tuple[str, ...] = PROFILE
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("With titles, as it is printed on minutes and decrees."),
            "office": _("The post the person holds, for example head of the labour office."),
            "rank": _("As it stands below the name on minutes, for example Pembina Utama Muda (IV/c)."),
        }

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        no_imitation(name)
        return str(name)


class AccountForm(ProfileForm):
    """A new account: the e-mail address is what the person signs in with."""

    class Meta(ProfileForm.Meta):
        fields = ("email", *PROFILE)

    def clean_email(self) -> str:
        email = cleaned(self.cleaned_data["email"])
        if User.objects.filter(email=email).exists():
            raise ValidationError(_("This address has an account already."), code="email-taken")
        return email


class AddressForm(forms.ModelForm):
    """The new address of a person and the reason, which the trail and the letters show."""

    class Meta:
        model = AddressChange
        fields = ("address", "reason")
        help_texts: ClassVar[dict[str, Any]] = {
            "address": _("Only its owner can confirm it, with the link in the letter."),
            "reason": _("Stands in the letter to the present address and in the trail."),
        }


class AgencyCodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Shown to the person after signing in there, for example K7WQ2-M9XCD. Valid for a day."),
    )


class FactorResetForm(forms.ModelForm):
    class Meta:
        model = FactorReset
        fields = ("reason",)
        help_texts: ClassVar[dict[str, Any]] = {
            "reason": _("How you made sure that it is this person. The other administrator and the trail have it."),
        }


class ErasureForm(forms.ModelForm):
    class Meta:
        model = Erasure
        fields = ("reason",)
        help_texts: ClassVar[dict[str, Any]] = {
            "reason": _("Who asked for it, when and how, without names: this reason stays."),
        }


class PasswordForm(forms.Form):
    """The password an invited person chooses for the new account."""

    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=_("Password, again"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, invited: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invited = invited
        self.fields["password"].help_text = password_validation.password_validators_help_text_html()

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        password_validation.validate_password(password, self.invited)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "password" in cleaned and cleaned.get("again") != cleaned["password"]:
            self.add_error("again", ValidationError(_("The two passwords differ."), code="differ"))
        return cleaned
