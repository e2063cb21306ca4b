"""People by a file: one row a person and posting. Whoever has no account yet gets one, and a link to set a password."""

import re
from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.accounts import actions
from paritrana.accounts.forms import ProfileForm
from paritrana.accounts.models import User
from paritrana.intake import Column, Intake, RowChange, WrittenBy
from paritrana.intake.description import ReadRow, RowOutcome, Tell
from paritrana.intake.fields import AddressField, ChosenField, PersonNameField, TextField, in_every_language
from paritrana.intake.questions import Option, Question
from regions.imports.fields import BranchField, RegionalOfficeField
from regions.models import Posting
from regions.places import postings

MOST = 500
"""People in one file: each new one is sent a letter."""
NEW = "new"
PLACES: dict[str | None, str] = {Posting.Place.BRANCH: "branch", Posting.Place.REGIONAL: "regional_office"}


@dataclass(frozen=True)
class KnownPerson:
    """An account, and the posting the row asks for where it is held already."""

    user: User
    posting: Posting | None


class PeopleIntake(Intake):
    name = "pengguna"
    title = gettext_lazy("People with postings")
    consequence = gettext_lazy("Whoever gets an account is mailed a link to set a password. Nobody loses a posting.")
    keys = ("email", "place", "branch", "regional_office")
    agree: Mapping[tuple[str, ...], tuple[str, ...]] = {("employee_number",): ("email",), ("email",): actions.PROFILE}
    leaves = frozenset({"office", "employee_number"})
    most_rows = MOST

    def columns(self) -> list[Column]:
        example = {"email": "ani@contoh.id", "name": "Ani Lestari, S.E.", "office": "Kepala Bidang"}
        optional: dict[str, Any] = {"is_optional": True}
        return [
            Column("email", _email(), ("surel", "email"), example["email"], width=28),
            Column("name", _text("name", gettext_lazy("Name"), 150), example=example["name"], width=30),
            Column("office", _text("office", gettext_lazy("Office held"), 150), example=example["office"], **optional),
            Column(
                "employee_number",
                _text("employee_number", gettext_lazy("NIP"), 30),
                example="198001012005011001",
                **optional,
            ),
            Column("place", _place(), example=Posting.Place.BRANCH.label, **optional),
            Column("branch", BranchField(required=False), example="Bali Denpasar", width=26, **optional),
            Column("regional_office", RegionalOfficeField(required=False), width=26, **optional),
        ]

    def check(self, values: dict[str, Any]) -> None:
        """The place may be left out where the office says it. ValidationError where the two disagree."""
        given = [place for place, column in PLACES.items() if values.get(column)]
        place = values.get("place") or (given[0] if given else None)
        if given != [place] * (place in PLACES):
            column = PLACES.get(place) or PLACES[given[0]]
            raise ValidationError({column: _("Choose the office that belongs to this place.")})
        values |= {"place": place, "branch": values.get("branch"), "regional_office": values.get("regional_office")}

    def known(self, rows: list[ReadRow]) -> Mapping[Hashable, KnownPerson]:
        """Two queries."""
        said = {name: {row.values.get(name) or "" for row in rows} - {""} for name in ("email", *actions.PROFILE)}
        named = Q(called__in={name.casefold() for name in said["name"]})
        found = Q(email__in=said["email"]) | Q(employee_number__in=said["employee_number"]) | named
        self.users = list(User.objects.annotate(called=Lower("name")).filter(found).order_by("name", "pk"))
        current = Posting.objects.current().filter(user__in=self.users).select_related("branch", "regional_office")
        self.held = {(row.user_id, row.place, row.branch, row.regional_office): row for row in current}
        self.said: dict[str, dict[str, str]] = defaultdict(dict)
        for row in rows:
            self.said[row.values["email"]] |= _profile(row.values)
        self.taken = {self.key(row.values) for row in rows}
        self.first_asked: dict[str, int] = {}
        users = {user.email: user for user in self.users}
        known = [(row.values, users.get(row.values["email"])) for row in rows]
        return {self.key(values): self._as_known(user, values) for values, user in known if user}

    def _as_known(self, user: User, values: dict[str, Any]) -> KnownPerson:
        return KnownPerson(user, self.held.get((user.pk, *(values[name] for name in self.keys[1:]))))

    def question(self, change: RowChange) -> Question | None:
        """Whether somebody without an account is a person who has one under another address; once an address."""
        values, options = change.values, []
        for user in self.users if change.is_new else ():
            if user.is_active and _may_be(user, self.said[values["email"]]):
                told = _("%(name)s, who signs in with %(email)s; the address stays")
                options.append(Option(user.email, told % {"name": user.name, "email": user.email}))
        if not options:
            return None
        text = _("%(name)s has no account with this address, but somebody of this name or NIP has one. Who is it?")
        new = Option(NEW, _("another person, who gets an account"))
        first = self.first_asked.setdefault(values["email"], change.row)
        return Question(text % {"name": values["name"]}, (*options, new), first=first)

    def settle(self, change: RowChange) -> RowOutcome:
        """A row that becomes another's posting of the account is left out; what is said of the account must agree."""
        if change.answer == NEW:
            return RowOutcome.WRITTEN
        user = next(user for user in self.users if user.email == change.answer)
        said, told = _profile(change.values), self.said[user.email]
        key = self.key(change.values | {"email": user.email})
        if any(told.get(name, value if key not in self.taken else "") != value for name, value in said.items()):
            raise ValidationError(_("Another row says something else of this account. Let the rows agree in the file."))
        if key in self.taken:
            return RowOutcome.LEFT_OUT
        told |= said
        self.taken.add(key)
        change.values["email"] = user.email
        change.before = self._as_known(user, change.values)
        change.old = self.differences(change)
        return RowOutcome.WRITTEN if change.old else RowOutcome.SAME

    def in_force(self, before: KnownPerson) -> dict[str, Any]:
        profile = {name: getattr(before.user, name) for name in actions.PROFILE}
        held = before.posting
        return {**profile, **{name: getattr(held, name) if held else None for name in self.keys[1:]}}

    def refusal(self, change: RowChange) -> tuple[str, str] | None:
        if change.before and not change.before.user.is_active:
            return "email", _("This account is closed. Activate it first, or remove the row.")
        return None

    def write(self, changes: list[RowChange], hand: WrittenBy, tell: Tell) -> None:
        people: dict[str, User] = {}
        said: dict[str, dict[str, str]] = defaultdict(dict)
        for change in changes:
            said[change.values["email"]] |= _profile(change.values)
        for done, change in enumerate(changes):
            values, email = change.values, change.values["email"]
            user = people[email] = people.get(email) or self._person(change, said[email], hand.person)
            if values["place"] and not (change.before and change.before.posting):
                postings.post(user, **{name: values[name] for name in self.keys[1:]}, by=hand.person)
            tell(done, len(changes))

    def _person(self, change: RowChange, profile: Mapping[str, str], by: User) -> User:
        """The account of the row: opened, with a letter to its owner, or brought up to date."""
        if change.before is None:
            opened = actions.open_account(email=change.values["email"], **profile, by=by)
            actions.send_link(opened, by=by)
            return opened
        actions.change_account(change.before.user, **profile, by=by)
        return change.before.user


def _profile(values: Mapping[str, Any]) -> dict[str, str]:
    """What a row says of the person; an empty cell says nothing."""
    return {name: values[name] for name in actions.PROFILE if values.get(name)}


def _may_be(user: User, values: Mapping[str, str]) -> bool:
    """One NIP is one person; one name asks, unless two different NIP answer."""
    nip = values.get("employee_number")
    if nip and user.employee_number:
        return bool(nip == user.employee_number)
    return user.name.casefold() == values["name"].casefold()


def _email() -> AddressField:
    return AddressField(label=gettext_lazy("E-mail"), help_text=gettext_lazy("What the person signs in with."))


class EmployeeNumberField(TextField):
    """A NIP with its blanks, or with the word before it, is the same number."""

    def to_python(self, value: Any) -> str:
        number = re.sub(r"(?i)^NIP\W*", "", super().to_python(value))
        return number.replace(" ", "") if re.fullmatch("[0-9 ]+", number, re.ASCII) else number


_FIELDS = {"name": PersonNameField, "employee_number": EmployeeNumberField}


def _text(name: str, label: Any, longest: int) -> TextField:
    help_text = ProfileForm.Meta.help_texts.get(name, "")
    field = _FIELDS.get(name, TextField)
    return field(label=label, help_text=help_text, max_length=longest, required=name == "name")


def _place() -> ChosenField:
    def named() -> list[tuple[object, Posting.Place]]:
        """With or without the word for an office."""
        full = [(str(place.label), place) for place in Posting.Place]
        return [*full, *((re.sub("^kantor | office$", "", words), place) for words, place in full)]

    labels = in_every_language(named)
    return ChosenField(
        label=gettext_lazy("Kind of office"),
        help_text=gettext_lazy("Needed for the head office; elsewhere the office is enough."),
        options=labels,
        label_of=lambda place: str(Posting.Place(place).label),
        required=False,
    )
