"""The firmness of a first place as text, and a picture of how often each candidate would be first."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from paritrana.display import formats
from scoring.proof.basis import TitleBasis
from scoring.proof.firmness import FIRM_MARK, FIRM_SHARE, FIRM_WEIGHT, Firmness
from scoring.ranking import percentage, robustness

LONGEST_PICTURE = 15


@dataclass(frozen=True)
class FirmnessMeasure:
    """One measure: its value, the limit for firm, and whether it is met."""

    code: str
    label: str
    found: str
    wanted: str
    holds: bool


def measures(basis: TitleBasis, found: Firmness, names: dict[int, str] | None) -> list[FirmnessMeasure]:
    """``names`` of the jurors (by number of the seat) for readers who may know whose mark it is."""
    checks = found.checks
    rows = [
        ("alone", _("Lead of the first place"), _margin(found), _("not shared")),
        ("mark", _("Smallest change of one mark"), _mark(basis, found, names), _at_least(formats.points(FIRM_MARK))),
        ("weight", _("Smallest change of one weight"), _weight(basis, found), _at_least(formats.percent(FIRM_WEIGHT))),
        ("jurors", _("Each juror left out once"), _jurors(found), _("nothing changes")),
        ("draws", _("First in 10,000 drawn weightings"), _share(found), _at_least(formats.percent(FIRM_SHARE))),
    ]
    return [FirmnessMeasure(code, label, value, wanted, checks[code]) for code, label, value, wanted in rows]


def _at_least(value: str) -> str:
    return _("at least %(value)s") % {"value": value}


def _margin(found: Firmness) -> str:
    if found.margin is None:
        return _("everybody has the same total")
    return formats.points(found.margin)


def _mark(basis: TitleBasis, found: Firmness, names: dict[int, str] | None) -> str:
    change = found.mark
    if change is None:
        return _("no single mark can change who is first")
    values = {
        "candidate": found.table.lines[change.candidate].name,
        "criterion": basis.criteria[found.table.slugs[change.criterion]]["name"],
        "change": formats.signed(change.after - change.before),
    }
    if names is None:
        return _("%(change)s in one juror's mark for %(candidate)s, %(criterion)s") % values
    seat = found.table.seats[change.juror]
    values["juror"] = names.get(seat) or _("Seat %(number)s") % {"number": seat}
    values |= {"before": formats.hundredths(change.before), "after": formats.hundredths(change.after)}
    return _("%(change)s: %(juror)s for %(candidate)s, %(criterion)s, from %(before)s to %(after)s") % values


def _weight(basis: TitleBasis, found: Firmness) -> str:
    change = found.weight
    if change is None:
        return _("no single weight can change who is first")
    values = {
        "criterion": basis.criteria[found.table.slugs[change.criterion]]["name"],
        "change": formats.signed(change.after - change.before),
        "before": formats.percent(change.before),
        "after": formats.percent(change.after),
    }
    return _("%(change)s: %(criterion)s from %(before)s to %(after)s, the others giving way in proportion") % values


def _jurors(found: Firmness) -> str:
    if not found.without:
        return _("no juror marks in this title")
    silent = sum(each is None for each in found.without)
    text = ngettext(
        "%(turning)d of %(count)d juror changes who is first",
        "%(turning)d of %(count)d jurors change who is first",
        len(found.without),
    ) % {"turning": found.turning, "count": len(found.without)}
    return text + ("; " + _("for %(count)d nothing can be said") % {"count": silent} if silent else "")


def _share(found: Firmness) -> str:
    return formats.percent(percentage(found.share, robustness.DRAWS))


def left_out(found: Firmness, names: dict[int, str]) -> list[dict[str, Any]]:
    """Per juror, for readers who may know them: who would be first without the juror's marks."""
    rows = []
    for seat, first in zip(found.table.seats, found.without, strict=True):
        winners = [] if first is None else [line.name for line in found.named(first)]
        rows.append(
            {
                "juror": names.get(seat) or _("Seat %(number)s") % {"number": seat},
                "first": ", ".join(winners) or _("cannot be said: somebody would be left without a mark"),
                "changes": robustness.changes_first(found.table.contest, first),
            }
        )
    return rows


def picture(found: Firmness) -> dict[str, Any]:
    """Bars: how often each is first over the drawn weightings, in percent."""
    counted = list(zip(found.table.lines, found.shares, found.table.contest.first, strict=True))[:LONGEST_PICTURE]
    percents = [
        (line, formats.percent(percentage(count, robustness.DRAWS)), count, is_one) for line, count, is_one in counted
    ]
    bars = [
        {
            "value": count * 100 / robustness.DRAWS,
            "itemStyle": {"color": "--chart-1" if is_one else "--line-strong"},
            "label": {"formatter": percent},
        }
        for _line, percent, count, is_one in percents
    ]
    return {
        "name": "draws",
        "option": {
            "tooltip": {"show": False},
            "grid": {"left": 8, "right": 72, "top": 16, "bottom": 32, "containLabel": True},
            "xAxis": {"type": "value", "min": 0, "max": 100},
            "yAxis": {
                "type": "category",
                "inverse": True,
                "data": [line.name for line in found.table.lines[: len(bars)]],
            },
            "series": [{"type": "bar", "data": bars, "label": {"show": True, "position": "right"}}],
        },
        "caption": _("How often each stands first when every weight is drawn within 10 percent of itself"),
        "header": [_("Name"), _("Place"), _("First"), _("Draws")],
        "rows": [[line.name, line.place, percent, formats.count(count)] for line, percent, count, _first in percents],
        "size": "tall" if len(bars) > 8 else "",
    }
