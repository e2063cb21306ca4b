"""Published winners by a file: one row an award. What is merely doubtful is written, and asked about in its room."""

from collections.abc import Hashable, Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import PastAward
from awards.models.selections import Level
from awards.names import LONGEST
from awards.past_winners.matching import Known, Match
from awards.past_winners.reading import WinnerReader, ask_of_shared_places
from awards.past_winners.terms import QUESTIONS
from awards.past_winners.writing import add, save
from paritrana.accounts import trail
from paritrana.intake import Column, Intake, Overtaken, RowChange, WrittenBy
from paritrana.intake.description import ReadRow, Tell
from paritrana.intake.fields import ChosenField, TextField, YearField, in_every_language
from paritrana.intake.questions import Question
from paritrana.workbooks import Fault

FIRST_PERIOD = 2015


class WinnersIntake(Intake):
    name = "pemenang"
    title = gettext_lazy("Winners of past periods")
    consequence = gettext_lazy("What is asked is written as it was published; a committee settles it afterwards.")

    def columns(self) -> list[Column]:
        return [
            Column("period", YearField(check=_check_period, label=gettext_lazy("Period")), example="2023", width=9),
            Column("level", _level(), example="provinsi", width=12),
            Column("province", _words(gettext_lazy("Province"), 100, _PROVINCE), example="Bali"),
            Column("zone", _words(gettext_lazy("Zone"), 80, gettext_lazy("Of a national award.")), example=""),
            Column("category", _words(gettext_lazy("Category"), 120, required=True), example="Badan Usaha", width=28),
            Column("sector", _words(gettext_lazy("Sector"), 160), example="Jasa"),
            Column("place", PlaceCell(label=gettext_lazy("Place"), max_length=160, help_text=_PLACE), example="1"),
            Column("name", _words(gettext_lazy("Name"), LONGEST, required=True), example="PT Contoh Jaya", width=30),
            Column("region", _words(gettext_lazy("Region"), 160, _REGION), example="Kota Denpasar", width=26),
            Column("source", TextField(label=gettext_lazy("Source"), help_text=_SOURCE), example=_EXAMPLE, width=40),
        ]

    @cached_property
    def reader(self) -> WinnerReader:
        return WinnerReader()

    def check(self, values: dict[str, Any]) -> None:
        try:
            values["award"] = self.reader.published(values)
        except ValidationError as refusal:
            raise ValidationError({refusal.code or "region": refusal.messages}) from refusal

    def together(self, rows: list[ReadRow]) -> list[Fault]:
        ask_of_shared_places(row.values["award"] for row in rows)
        return []

    def known(self, rows: list[ReadRow]) -> Mapping[Hashable, PastAward]:
        """The award that stands for a row: a stored one, or that of a row before; one query."""
        periods = {row.values["period"] for row in rows}
        stored = PastAward.objects.filter(period__in=periods).select_related("province", "region", "same_as")
        known = Known(stored)
        self.added: dict[int, dict[str, Any]] = {}
        found: dict[Hashable, PastAward] = {}
        for row in rows:
            award = row.values["award"]
            met = known.met(award)
            if met is not None and met.match is Match.SAME:
                present = found[row.row] = met.award.same_as or met.award
                before = {"source": "; ".join(present.sources), "place": present.place_words}
                if add(present, award):
                    self.added[row.row] = before
                continue
            if met is not None:
                award.questions = [*award.questions, "namesake"]
            award.key = known.new_key(award)
            known.add(award)
        return found

    def differences(self, change: RowChange) -> dict[str, Any]:
        """What was told of the award before this row; what a source adds is never taken away by another."""
        return self.added.get(change.row, {})

    def question(self, change: RowChange) -> Question | None:
        award: PastAward = change.before or change.values["award"]
        asked = [str(QUESTIONS[code]) for code in award.questions if code in QUESTIONS]
        return Question("; ".join(asked)) if asked else None

    def write(self, changes: list[RowChange], hand: WrittenBy, tell: Tell) -> None:
        fresh = [change.values["award"] for change in changes if change.is_new]
        sourced = {change.before.pk: change.before for change in changes if change.before and change.before.pk}
        try:
            PastAward.objects.bulk_create(fresh)
        except IntegrityError as rival:
            raise Overtaken from rival
        for award in sourced.values():
            save(award)
        of = PastAward.objects.get(key=fresh[0].key) if fresh else next(iter(sourced.values()))
        counts = {"made": len(fresh), "sourced": len(sourced)}
        trail.record(hand.by, "history.import", of, file=hand.name, sha256=hand.digest, **counts)


class PlaceCell(forms.CharField):
    """A place in words or as a number, which text tables may give decimals."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text.removesuffix(".0") if text.removesuffix(".0").isdecimal() else text


_PROVINCE: Any = gettext_lazy("Of a provincial award that of the selection, of a national one that of the winner.")
_PLACE: Any = gettext_lazy("As published: a number, “Juara II”, “harapan”, “terbaik zona”.")
_REGION: Any = gettext_lazy("Where the winner is at home, by name or code.")
_SOURCE: Any = gettext_lazy("Where it was published; several apart by semicolons.")
_EXAMPLE = "https://contoh.example/pemenang"


def _words(label: Any, longest: int, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    """As it was published, but for blanks around it."""
    return forms.CharField(label=label, max_length=longest, help_text=help_text, required=required)


def _level() -> ChosenField:
    def options() -> list[tuple[object, Level]]:
        written = [(f"{before}{word}", level) for level, word in words.items() for before in ("", "tingkat ")]
        return [*written, ("prov", Level.PROVINCIAL), *((one.label, one) for one in Level)]

    words = {Level.NATIONAL: "nasional", Level.PROVINCIAL: "provinsi"}
    return ChosenField(label=gettext_lazy("Level"), options=in_every_language(options), label_of=words.__getitem__)


def _check_period(year: int) -> None:
    if not FIRST_PERIOD <= year <= timezone.localdate().year:
        raise ValidationError(_("“%(typed)s” is not a period. Write its year.") % {"typed": year})
