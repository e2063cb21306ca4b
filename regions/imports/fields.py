"""Cells that name what the floor of regions knows: regions, branches, segments, years."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.intake.fields import ChosenField, YearField, folded
from regions import rules
from regions.models import Branch, Region, RegionalOffice, Segment


class RegionField(ChosenField):
    """A region by its code. With ``area`` the codes of other regions are as unknown as codes of none."""

    def __init__(self, area: Callable[[], Iterable[Region]] | None = None, **more: Any) -> None:
        self.is_area = area is not None
        regions = area or Region.objects.all
        more.setdefault("label", gettext_lazy("Region code"))
        more.setdefault("help_text", gettext_lazy("The Kemendagri code: 51 is a province, 51.03 a kabupaten."))

        def options() -> dict[str, Region]:
            return {region.code: region for region in regions()}

        super().__init__(options=options, label_of=_code, is_listed=False, **more)

    def in_words(self, value: Region) -> str:
        return f"{value.code} {value.name}"

    def refusal(self, typed: str) -> str:
        if meant := self._meant(typed):
            message = _("“%(typed)s” is not a region code. If you mean %(meant)s, write it so, as text.")
            return message % {"typed": typed, "meant": f"{meant.code} ({meant})"}
        if self.is_area:
            message = _(
                "“%(typed)s” is not a region of your working area. Remove the row; nothing of the file is taken."
            )
            return message % {"typed": typed}
        return _("“%(typed)s” is not a region code; 51 is a province, 51.03 a kabupaten.") % {"typed": typed}

    def _meant(self, typed: str) -> Region | None:
        """The region of a code with other marks in it, or of a name."""
        digits = re.sub(r"[.,' \-]", "", typed)
        if re.fullmatch("[0-9]{2,4}", digits, re.ASCII):
            return self.known.get(digits if len(digits) == 2 else f"{digits[:2]}.{digits[2:].ljust(2, '0')}")
        named = [region for region in self.known.values() if self.key(region.name) == self.key(typed)]
        return named[0] if len(named) == 1 else None


class BranchField(ChosenField):
    """A branch office by its name, with or without the word Cabang."""

    def __init__(self, branches: Callable[[], Iterable[Branch]] | None = None, **more: Any) -> None:
        found = branches or Branch.objects.open
        more.setdefault("label", gettext_lazy("Branch office"))
        super().__init__(options=lambda: {row.name: row for row in found()}, label_of=_name, **more)

    def key(self, text: object) -> str:
        return folded(text).casefold().removeprefix("kantor ").removeprefix("cabang ")

    def refusal(self, typed: str) -> str:
        return _("“%(typed)s” is not the name of a branch office.") % {"typed": typed}


class RegionalOfficeField(ChosenField):
    """A regional office by its name, with or without the word Kanwil."""

    def __init__(self, offices: Callable[[], Iterable[RegionalOffice]] | None = None, **more: Any) -> None:
        found = offices or RegionalOffice.objects.open
        more.setdefault("label", gettext_lazy("Regional office"))
        super().__init__(options=lambda: {row.name: row for row in found()}, label_of=_name, **more)

    def key(self, text: object) -> str:
        return folded(text).casefold().removeprefix("kantor wilayah ").removeprefix("kanwil ")

    def refusal(self, typed: str) -> str:
        return _("“%(typed)s” is not the name of a regional office.") % {"typed": typed}


class SegmentField(ChosenField):
    def __init__(self, **more: Any) -> None:
        more.setdefault("label", gettext_lazy("Segment"))
        more.setdefault("label_of", _code)
        super().__init__(options=_segments, **more)

    def refusal(self, typed: str) -> str:
        known = dict.fromkeys(segment.code for segment in self.known.values())
        names = {"typed": typed, "known": ", ".join(known)}
        return _("“%(typed)s” is not a segment. Use one of: %(known)s.") % names


class SegmentSetField(SegmentField):
    """One segment or several, such as PU+BPU+JAKON in any order; their codes joined in the order of the segments."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", gettext_lazy("Segments"))
        super().__init__(is_listed=False, label_of=str, **more)

    def to_python(self, value: Any) -> str:
        named = [super(SegmentSetField, self).to_python(part) for part in re.split(r"[+,;&]", str(value or ""))]
        found = {segment.pk: segment for segment in named if segment is not None}
        return "+".join(each.code for each in sorted(found.values(), key=lambda each: each.order))


def _segments() -> dict[str, Segment]:
    """By code, and by name with or without its code in brackets."""
    rows = list(Segment.objects.all())
    names = {name: row for row in rows for name in (row.name, re.sub(r" \([^()]*\)$", "", row.name))}
    return names | {row.code: row for row in rows}


def year_field(**more: Any) -> YearField:
    """A year that can have figures."""
    return YearField(check=rules.check_year, label=gettext_lazy("Year"), **more)


def _code(row: Any) -> str:
    return row.code


def _name(row: Any) -> str:
    return row.name
