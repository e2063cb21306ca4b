"""What a figure counts, as one text of a cell: the territory and what its workers are."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import fuzz, process

from paritrana.intake.fields import ChosenField, TextField, in_every_language
from paritrana.intake.questions import SeveralMeanings
from regions import rules
from regions.models import Definition, Region

MISSPELT = 80
"""Likeness, of 100, from which a territory is a slip of the pen."""
Counted = tuple[str, str]
"""Territory and denominator."""


class CountedAsField(ChosenField):
    """Every definition there is and the ``usual`` ones, in either language."""

    def __init__(self, usual: Iterable[Counted] = (), **more: Any) -> None:
        def options() -> list[tuple[object, Counted]]:
            known = [row.counted for row in Definition.objects.all()]
            return [(in_words(each), each) for each in dict.fromkeys([*known, *usual])]

        more.setdefault("label", gettext_lazy("Counted as"))
        super().__init__(options=in_every_language(options), label_of=in_words, **more)


class TerritoryField(TextField):
    """The territory a figure counts; the usual ones are one however they are written."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        words = re.sub(r"[^a-z]+", " ", text.casefold()).strip()
        if words in _TERRITORIES:
            return _TERRITORIES[words]
        if near := process.extractOne(words, list(_TERRITORIES), scorer=fuzz.ratio, score_cutoff=MISSPELT):
            usual = _TERRITORIES[near[0]]
            another = _("another territory, called “%(name)s”") % {"name": text}
            raise SeveralMeanings(text, [(usual, in_words((usual, "")), usual), (text, another, text)])
        return text


_PROVINCE, _REGENCY = rules.TERRITORIES[:2]
_TERRITORIES = {
    **dict.fromkeys(["province", "provinsi", "prov"], _PROVINCE),
    **dict.fromkeys(
        [
            *("regency or city", "regency city", "regency", "city"),
            *("kabupaten kota", "kabupaten atau kota", "kab kota", "kabupaten", "kab", "kota"),
        ],
        _REGENCY,
    ),
}


def in_words(counted: Counted) -> str:
    """In the active language."""
    return str(Definition(territory=counted[0], denominator=counted[1]))


def usual(region: Region, denominator: str = "") -> Counted:
    """What a figure of this region counts where nothing else is said."""
    return rules.TERRITORIES[0 if region.is_province else 1], denominator
