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
from paritrana.intake.fields import AddressField, ChosenField, NameField, TextField, YesField
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
            Column("name", NameField(max_length=150, **helped["name"]), example="Dr. Wayan Contoh, S.H.", width=30),
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
        self.rows_named = _by_name((row.values["name"], row.row) for row in rows)
        return [Fault(row.row, "role", message) for row in rows if row.values["role"] in twice]

    def known(self, rows: list[ReadRow]) -> Mapping[Hashable, Seat | SeatChange | Invitation]:
        """Seats, those that wait for a second person, and invitations that wait for an answer; three queries."""
        panel = Panel.objects.filter(selection=self.selection).first()
        self.members_named: dict[str, list[Any]] = {}
        if panel is None:
            return {}
        waiting: dict[Hashable, Seat | SeatChange | Invitation] = {
            (row.email,): row for row in panel.invitations.open()
        }
        asked = panel.seat_changes.open().exclude(user=None).select_related("user")
        waiting |= {(change.user.email,): change for change in asked}
        sitting = panel.seats.sitting().select_related("appointment__user")
        found = waiting | {(seat.user.email,): seat for seat in sitting}
        self.members_named = _by_name((_name_of(one), one) for one in found.values())
        return found

    def in_force(self, before: Seat | SeatChange | Invitation) -> dict[str, Any]:
        role = before.appointment.role if isinstance(before, Seat) else before.role
        return {"role": role, "element": before.element, "is_observer": before.is_observer}

    def question(self, change: RowChange) -> Question | None:
        """Whether a name with another address is another person."""
        name = change.values["name"].casefold()
        rows = [row for row in self.rows_named[name] if row < change.row] if change.is_new else []
        options = [Option(f"row-{row}", _("the same as row %(row)s; leave it out") % {"row": row}) for row in rows]
        if change.is_new and name in self.members_named:
            options.append(Option("member", _("the member of this name; leave the row out")))
        if not options:
            return None
        text = _("%(name)s is named already, with another address. Who is it?") % {"name": change.values["name"]}
        return Question(text, (*options, Option("new", _("another person, who is invited"))))

    def settle(self, change: RowChange) -> RowOutcome:
        return RowOutcome.WRITTEN if change.answer == "new" else RowOutcome.LEFT_OUT

    def refusal(self, change: RowChange) -> tuple[str, str] | None:
        if isinstance(change.before, Invitation):
            return next(iter(change.old)), _("This person is invited on other terms. Withdraw that invitation first.")
        if isinstance(change.before, SeatChange):
            return next(iter(change.old)), _("Another seat was asked for this person. Withdraw that request first.")
        if change.before:
            return next(iter(change.old)), _("This person has a seat on other terms. End that seat first.")
        panel = Panel.objects.filter(selection=self.selection).first()
        terms = {"is_observer": change.values["is_observer"], "email": change.values["email"]}
        try:
            if panel and change.values["role"] in seats.ONE_ONLY:
                seats.require_vacant(panel, change.values["role"], **terms)
        except ValidationError as error:
            return "role", error.messages[0]
        return None

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
