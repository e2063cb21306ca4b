"""Who the rows of a file are: a number proves it, a name only asks; a person answers."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from awards import masks, taxpayer_number
from awards.candidates.duplicates import Register
from awards.models import Candidate, Category, Selection
from awards.nominations.entry import require_scale
from paritrana.accounts.models import User
from paritrana.intake.description import ReadRow, RowOutcome
from paritrana.intake.questions import Option, Question

NEW = "new"
ROW = "row-"


@dataclass
class KnownRow:
    """``match`` is the candidate of the portal a row is; the others are those a person must tell it from."""

    match: Candidate | None = None
    asked: list[Candidate] = field(default_factory=list)
    asked_rows: list[int] = field(default_factory=list)


class Identities:
    """The candidates of the portal this person sees, and of the rows before; two queries."""

    def __init__(self, selection: Selection, category: Category, area: set[int], nominated: set[int], by: User) -> None:
        self.selection, self.category, self.area, self.nominated = selection, category, area, nominated
        self.portal = Register(Candidate.objects.visible_to(by).current().select_related("region"))
        self.in_file = Register()
        self.row_of: dict[int, int] = {}
        self.taken: set[int] = set()
        self.rows: dict[int, KnownRow] = {}

    def meet(self, row: ReadRow) -> None:
        """Who this row is, after the rows before. ValidationError where it cannot be."""
        candidate: Candidate = row.values["candidate"]
        found = self.portal.find(candidate)
        if found.same:
            self._must_fit(candidate, found.same)
        known = self.rows[row.row] = KnownRow(found.same, [one for one in found.asked if one.pk])
        row.values["match"] = found.same and found.same.pk
        who = found.same or candidate
        before = self.in_file.find(who)
        twin = before.same or next((one for one in before.asked if one is found.same), None)
        if twin is not None:
            text = _("Row %(row)s already names this candidate. Keep one of the two.")
            raise ValidationError(text % {"row": self.row_of[id(twin)]})
        self.row_of[id(who)] = row.row
        self.in_file.add(who)
        if found.same:
            self.taken.add(found.same.pk)
        else:
            known.asked_rows = [self.row_of[id(one)] for one in before.asked if not one.pk]

    def _must_fit(self, candidate: Candidate, match: Candidate) -> None:
        values = {"name": match.name, "npp": match.npp, "nib": match.nib}
        if match.region_id not in self.area:
            raise ValidationError(_("This NPP belongs to a candidate outside your area."))
        if match.kind not in self.category.kinds:
            values["kind"] = match.get_kind_display()
            raise ValidationError(_("The number belongs to %(name)s, which is of the kind “%(kind)s”.") % values)
        if candidate.nib and match.nib and candidate.nib != match.nib:
            text = _("The NPP %(npp)s belongs to %(name)s with the NIB %(nib)s. Correct the NPP or the NIB.")
            raise ValidationError(text % values)
        if taxpayer_number.differ(candidate.npwp, match.npwp):
            values["npwp"] = masks.npwp(match.npwp)
            text = _("The number belongs to %(name)s with the NPWP %(npwp)s. Correct one of the two numbers.")
            raise ValidationError(text % values)

    def question(self, row: int, candidate: Candidate) -> Question | None:
        known = self.rows[row]
        if not known.asked and not known.asked_rows:
            return None
        here = [each for each in known.asked if each.kind == candidate.kind]
        options = [Option(str(each.pk), in_words(each), each.get_absolute_url()) for each in here]
        options += [
            Option(f"{ROW}{other}", _("the same as row %(row)s; leave it out") % {"row": other})
            for other in known.asked_rows
        ]
        hint = _("It bears the name or a number of somebody known. A name is no proof: say who it is.")
        if len(here) < len(known.asked):
            hint = _("A candidate of another kind has the same number. Check the number, or ask the committee.")
        text = f"{candidate.name}, {candidate.region.name}"
        return Question(text, (*options, Option(NEW, _("another candidate, not known yet"))), hint)

    def settle(self, row: int, answer: str) -> RowOutcome:
        """What the answer of a person makes of a row. ValidationError where the candidate chosen is another row's."""
        if answer == NEW:
            return RowOutcome.WRITTEN
        if answer.startswith(ROW):
            return RowOutcome.LEFT_OUT
        chosen = next(one for one in self.rows[row].asked if str(one.pk) == answer)
        if chosen.pk in self.taken:
            raise ValidationError(_("Another row is %(name)s already. Choose otherwise.") % {"name": chosen})
        if chosen.region_id not in self.area:
            raise ValidationError(_("%(name)s is outside your area. Choose otherwise.") % {"name": chosen})
        if chosen.scale:
            require_scale(self.selection, self.category, chosen)
        self.taken.add(chosen.pk)
        self.rows[row].match = chosen
        return RowOutcome.SAME if chosen.pk in self.nominated else RowOutcome.WRITTEN


def in_words(candidate: Candidate) -> str:
    numbers = {"NPP": candidate.npp, "NIB": candidate.nib, "NPWP": masks.npwp(candidate.npwp)}
    values = [f"{label} {number}" for label, number in numbers.items() if number]
    return " · ".join([candidate.name, candidate.region.name, *values])
