"""Members of a panel by a file: each is invited by a link, whether the address has an account or not."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import Role, Selection
from paritrana.intake import Column, Intake, RowChange, WrittenBy
from paritrana.intake.description import ReadRow, RowOutcome, Tell
from paritrana.intake.fields import AddressField, ChosenField, PersonNameField, TextField, YesField
from paritrana.intake.questions import Option, Question
from paritrana.workbooks import Fault
from scoring.models import Invitation, Panel, Seat, SeatChange
from scoring.panel import invitations, seats
from scoring.panel.forms import InvitationForm

TERMS = ("role", "element", "is_observer")


class PanelIntake(Intake):
    name = "panel"
    title = gettext_lazy("Members of the panel")
    consequence = gettext_lazy(
        "Each member is mailed a link; the seat is theirs once they accept and a second person confirms it."
    )
    keys = ("email",)
    most_rows = seats.MOST

    def __init__(self, selection: Selection | None = None) -> None:
        self.selection = selection

    def columns(self) -> list[Column]:
        fields = InvitationForm.base_fields
        helped: dict[str, dict[str, Any]] = {
            name: {"label": fields[name].label, "help_text": fields[name].help_text} for name in fields
        }
        return [
            Column("email", AddressField(**helped["email"]), ("surel", "email"), "wayan@contoh.id", width=28),
            Column(
                "name", PersonNameField(max_length=150, **helped["name"]), example="Dr. Wayan Contoh, S.H.", width=30
            ),
            Column("office", _optional(max_length=150, **helped["office"]), example="Dosen", is_optional=True),
            Column("role", _role(), example=Role.JUROR.label),
            Column("element", TextField(max_length=120, **helped["element"]), example="Serikat pekerja", width=26),
            Column("is_observer", YesField(required=False, **helped["is_observer"]), is_optional=True),
        ]

    def check(self, values: dict[str, Any]) -> None:
        values.setdefault("is_observer", False)
        if values["is_observer"] and values["role"] in seats.ONE_ONLY:
            message = _("An observer neither leads the panel nor keeps its records.")
            raise ValidationError({"is_observer": message})

    def together(self, rows: list[ReadRow]) -> list[Fault]:
        """One chair and one secretary."""
        counts = Counter(row.values["role"] for row in rows)
        twice = {role for role in seats.ONE_ONLY if counts[role] > 1}
        message = _("The file gives this role twice. A panel has one.")
        self.rows_named = _by_name((row.values["name"], (row.row, row.values["email"])) for row in rows)
        return [Fault(row.row, "role", message) for row in rows if row.values["role"] in twice]

    def known(self, rows: list[ReadRow]) -> Mapping[Hashable, Seat | SeatChange | Invitation]:
        """Seats, those that wait for a second person, and invitations that wait for an answer; three queries."""
        panel = Panel.objects.filter(selection=self.selection).first()
        self.members_named: dict[str, list[str]] = {}
        if panel is None:
            return {}
        found: dict[str, Seat | SeatChange | Invitation] = {row.email: row for row in panel.invitations.open()}
        asked = panel.seat_changes.open().exclude(user=None).select_related("user")
        found |= {change.user.email: change for change in asked}
        sitting = panel.seats.sitting().select_related("appointment__user")
        found |= {seat.user.email: seat for seat in sitting}
        self.members_named = _by_name((_name_of(one), email) for email, one in found.items())
        return {(email,): one for email, one in found.items()}

    def in_force(self, before: Seat | SeatChange | Invitation) -> dict[str, Any]:
        role = before.appointment.role if isinstance(before, Seat) else before.role
        return {"role": role, "element": before.element, "is_observer": before.is_observer}

    def question(self, change: RowChange) -> Question | None:
        """Whether a name with another address is another person."""
        name = change.values["name"].casefold()
        if not change.is_new:
            return None
        members = self.members_named.get(name, [])
        same = _("%(name)s, with %(email)s: leave the row out")
        options = [Option(email, same % {"name": change.values["name"], "email": email}) for email in members]
        for row, email in self.rows_named[name]:
            if row < change.row and email not in members:
                told = _("row %(row)s, with %(email)s: leave this row out") % {"row": row, "email": email}
                options.append(Option(f"row-{row}", told))
        if not options:
            return None
        text = _("%(name)s is named already, with another address. Who is it?") % {"name": change.values["name"]}
        return Question(text, (*options, Option("new", _("another person, who is invited"))))

    def settle(self, change: RowChange) -> RowOutcome:
        if change.answer != "new":
            return RowOutcome.LEFT_OUT
        self._require_vacant(change.values)
        return RowOutcome.WRITTEN

    def refusal(self, change: RowChange) -> tuple[str, str] | None:
        if isinstance(change.before, Invitation):
            return next(iter(change.old)), _("This person is invited on other terms. Withdraw that invitation first.")
        if isinstance(change.before, SeatChange):
            return next(iter(change.old)), _("Another seat was asked for this person. Withdraw that request first.")
        if change.before:
            return next(iter(change.old)), _("This person has a seat on other terms. End that seat first.")
        try:
            if change.values["name"].casefold() not in self.members_named:  # else it is asked whether it is a new one
                self._require_vacant(change.values)
        except ValidationError as error:
            return "role", error.messages[0]
        return None

    def _require_vacant(self, values: Mapping[str, Any]) -> None:
        panel = Panel.objects.filter(selection=self.selection).first()
        if panel and values["role"] in seats.ONE_ONLY:
            seats.require_vacant(panel, values["role"], is_observer=values["is_observer"], email=values["email"])

    def write(self, changes: list[RowChange], hand: WrittenBy, tell: Tell) -> None:
        selection, by = cast(Selection, self.selection), hand.person
        for change in changes:
            values = change.values
            who = {"name": values["name"], "office": values.get("office") or ""}
            terms = {name: values[name] for name in TERMS}
            invitations.invite(selection, email=values["email"], **who, **terms, by=by)


def _name_of(one: Seat | SeatChange | Invitation) -> str:
    return one.name if isinstance(one, Invitation) else one.user.name if one.user else ""


def _by_name(pairs: Iterable[tuple[str, Any]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for name, what in pairs:
        found[name.casefold()].append(what)
    return found


def _optional(**options: Any) -> TextField:
    return TextField(required=False, **options)


def _role() -> ChosenField:
    return ChosenField(
        label=gettext_lazy("Role"), options=seats.role_words, label_of=lambda role: str(Role(role).label)
    )
