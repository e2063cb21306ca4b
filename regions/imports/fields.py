"""Cells that name what the floor of regions knows: regions, branches, segments, years."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import fuzz, process

from paritrana.display import look_alikes
from paritrana.intake.fields import MOST_LISTED, ChosenField, NameField, YearField, folded
from paritrana.intake.questions import SeveralMeanings
from regions import rules
from regions.models import Branch, Region, RegionalOffice, Segment
from regions.naming import Naming

MISSPELT = 85
"""Likeness, of 100, from which the name of an office is a slip of the pen."""


class RegionField(ChosenField):
    """A region by its code. With ``area`` the codes of other regions are as unknown as codes of none."""

    outside = gettext_lazy(
        "“%(typed)s” is not a region of your working area. Remove the row; nothing of the file is taken."
    )

    def __init__(self, area: Callable[[], Iterable[Region]] | None = None, **more: Any) -> None:
        self.is_area = area is not None
        regions = area or Region.objects.select_related("parent").all
        more.setdefault("label", gettext_lazy("Region code"))
        more.setdefault("help_text", gettext_lazy("The Kemendagri code: 51 is a province, 51.03 a kabupaten."))

        def options() -> dict[str, Region]:
            return {region.code: region for region in regions()}

        super().__init__(options=options, label_of=_code, is_listed=False, **more)

    def in_words(self, value: Region) -> str:
        return f"{value.code} {value.name}"

    @cached_property
    def naming(self) -> Naming:
        return Naming(self.known.values())

    def near(self, typed: str) -> list[tuple[str, str, Region]]:
        found = sorted(self.naming.called(typed), key=_code)
        return [(region.code, f"{region.code} {region.name}", region) for region in found]

    def refusal(self, typed: str) -> str:
        if self.is_area and not self.naming.spelled(typed):
            return self.outside % {"typed": typed}
        return self.naming.unknown(typed)


class OfficeField(ChosenField):
    """An office by its name, with or without the words that say what kind it is."""

    label: Any
    kind: re.Pattern[str]
    unknown: Any

    def __init__(self, offices: Callable[[], Iterable[Any]], **more: Any) -> None:
        more.setdefault("label", self.label)
        super().__init__(options=lambda: {row.name: row for row in offices()}, label_of=_name, **more)

    def key(self, text: object) -> str:
        return self.kind.sub("", folded(text).casefold())

    def near(self, typed: str) -> list[tuple[str, str, Any]]:
        """The offices whose names have all of these words, else those whose names are nearly so."""
        words = set(self.key(typed).split())
        named = [office for name, office in self.known.items() if words and words <= set(name.split())]
        alike = process.extract(self.key(typed), list(self.known), scorer=fuzz.ratio, score_cutoff=MISSPELT)
        found = named or [self.known[name] for name, _score, _at in alike]
        return [(office.name, str(office), office) for office in found]

    def refusal(self, typed: str) -> str:
        if near := self.near(typed):
            return look_alikes.refusal(typed, near[0][0])
        return super().refusal(typed) if len(self.known) <= MOST_LISTED else self.unknown % {"typed": typed}


class BranchField(OfficeField):
    label = gettext_lazy("Branch office")
    kind = re.compile("^(kantor )?(cabang |kc )?", re.IGNORECASE)
    unknown = gettext_lazy("“%(typed)s” is not the name of a branch office.")

    def __init__(self, branches: Callable[[], Iterable[Branch]] | None = None, **more: Any) -> None:
        super().__init__(branches or Branch.objects.open, **more)


class BranchNameField(NameField):
    """What a branch is called, known or new; whether a name that is nearly a known one is new is asked."""

    def __init__(self, **more: Any) -> None:
        self.branches = BranchField()
        super().__init__(**more)

    def to_python(self, value: Any) -> str:
        name = BranchField.kind.sub("", super().to_python(value))
        if branch := self.branches.known.get(self.branches.key(name)):
            return str(branch.name)
        if near := self.branches.near(name):
            known = [(text, words, text) for text, words, _branch in near]
            raise SeveralMeanings(name, [*known, (name, _("a new branch, called “%(name)s”") % {"name": name}, name)])
        return name


class RegionalOfficeField(OfficeField):
    label = gettext_lazy("Regional office")
    kind = re.compile("^(kantor wilayah |kanwil )?")
    unknown = gettext_lazy("“%(typed)s” is not the name of a regional office.")

    def __init__(self, offices: Callable[[], Iterable[RegionalOffice]] | None = None, **more: Any) -> None:
        super().__init__(offices or RegionalOffice.objects.open, **more)


class SegmentField(ChosenField):
    def __init__(self, **more: Any) -> None:
        more.setdefault("label", gettext_lazy("Segment"))
        more.setdefault("label_of", _code)
        super().__init__(options=_segments, **more)

    def key(self, text: object) -> str:
        return super().key(text).replace("-", " ")

    def to_python(self, value: Any) -> Any:
        """Also a name and a code, one of them in brackets, where both mean one segment."""
        named = {self.known.get(self.key(part)) for part in re.split(r"[()]", str(value or "")) if part.strip()}
        return next(iter(named)) if len(named) == 1 and None not in named else super().to_python(value)

    def refusal(self, typed: str) -> str:
        known = dict.fromkeys(segment.code for segment in self.known.values())
        names = {"typed": typed, "known": ", ".join(known)}
        return _("“%(typed)s” is not a segment. Use one of: %(known)s.") % names


_BETWEEN = re.compile(r"[+,;&/]|\b(?:dan|and)\b", re.IGNORECASE)


class SegmentSetField(SegmentField):
    """One segment or several, such as PU+BPU+JAKON in any order; their codes joined in the order of the segments."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", gettext_lazy("Segments"))
        super().__init__(is_listed=False, label_of=str, **more)

    def to_python(self, value: Any) -> str:
        named = [super(SegmentSetField, self).to_python(part) for part in _BETWEEN.split(str(value or ""))]
        found = {segment.pk: segment for segment in named if segment is not None}
        return "+".join(each.code for each in sorted(found.values(), key=lambda each: each.order))


def _segments() -> dict[str, Segment]:
    """By code, and by name in both languages, with or without what stands in brackets and the word for workers."""
    rows = list(Segment.objects.all())
    spoken = [(name, row) for row in rows for name in (row.name, row.english) if name]
    names = {name: row for full, row in spoken for name in (full, re.sub(r" \([^()]*\)$", "", full))}
    return {f"pekerja {name}": row for name, row in names.items()} | names | {row.code: row for row in rows}


def year_field(**more: Any) -> YearField:
    """A year that can have figures."""
    return YearField(check=rules.check_year, label=gettext_lazy("Year"), **more)


def _code(row: Any) -> str:
    return row.code


def _name(row: Any) -> str:
    return row.name
