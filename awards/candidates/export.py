"""Workbooks of candidates, without personal data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from awards import masks
from regions.atlas import workbook


def candidate_book(rows: Iterable[Any]) -> bytes:
    """Candidates with ``times``, the number of their nominations the reader may see."""
    head = [_("Kind"), _("Name"), _("Code"), _("Region")]
    head += [_("NPP"), _("NIB"), _("NPWP"), _("KBLI"), _("Scale"), _("Nominations")]
    lines: Iterator[list[workbook.Cell]] = (
        [
            str(row.get_kind_display()),
            row.name,
            row.region.code,
            row.region.name,
            row.npp,
            row.nib,
            masks.npwp(row.npwp),
            row.kbli,
            str(row.get_scale_display()),
            row.times,
        ]
        for row in rows
    )
    return workbook.table(
        _("Candidates"), _("Candidates as entered in the portal, without their contacts"), head, lines
    )
