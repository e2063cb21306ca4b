"""Forms for postings and appointments, for administrators: one list each, so that no other field has to fit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Edition, Role, Selection
from awards.models.selections import Level
from paritrana.display.form_fields import choice_field
from regions.models import Branch, Posting, RegionalOffice

GRANTED_HERE = (Role.PROVINCIAL_COMMITTEE, Role.NATIONAL_COMMITTEE, Role.AUDITOR)
"""Chair, secretary and jurors get their appointment with their seat, on the panel's page."""


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=100)


class PostingForm(forms.Form):
    """Every open office in one list; the branches stand below their regional office."""

    office = forms.ChoiceField(label=_("Office"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[Any]] = {str(each): [each] for each in RegionalOffice.objects.open()}
        for branch in Branch.objects.open().select_related("regional_office").order_by("regional_office__name", "name"):
            groups.setdefault(str(branch.regional_office), []).append(branch)
        self._offices = {_key(office): office for offices in groups.values() for office in offices}
        choice_field(self, "office").choices = [
            ("", _("Choose …")),
            (Posting.Place.HEAD, Posting.Place.HEAD.label.capitalize()),
            *((name, [(_key(office), str(office)) for office in offices]) for name, offices in groups.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """What ``postings.post`` asks for."""
        cleaned = super().clean() or {}
        if "office" not in cleaned:
            return cleaned
        place = cleaned["office"].partition("-")[0]
        field = {Posting.Place.BRANCH: "branch", Posting.Place.REGIONAL: "regional_office"}.get(place)
        return {"place": place} | ({field: self._offices[cleaned["office"]]} if field else {})


def _key(office: Branch | RegionalOffice) -> str:
    place = Posting.Place.BRANCH if isinstance(office, Branch) else Posting.Place.REGIONAL
    return f"{place}-{office.pk}"


class AppointmentForm(forms.Form):
    """Roles with what one is appointed to: a province's committee to a selection, others to an edition."""

    appointment = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provincial = Selection.objects.filter(level=Level.PROVINCIAL).with_context()
        editions = list(Edition.objects.all())
        self._scopes: dict[str, tuple[Role, Selection | Edition]] = {
            f"{role}-{scope.pk}": (role, scope)
            for role in GRANTED_HERE
            for scope in (provincial if role == Role.PROVINCIAL_COMMITTEE else editions)
        }
        choice_field(self, "appointment").choices = [
            ("", _("Choose …")),
            *((role.label.capitalize(), self._choices(role)) for role in GRANTED_HERE),
        ]

    def _choices(self, role: Role) -> list[tuple[str, str]]:
        return [(key, f"{role.label.capitalize()}: {scope}") for key, (of, scope) in self._scopes.items() if of == role]

    @property
    def scope(self) -> tuple[Role, Selection | Edition]:
        return self._scopes[self.cleaned_data["appointment"]]
