"""The consistency of the jurors as text, as a picture, and as rows of a workbook."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from paritrana.display import formats
from paritrana.display.english import in_english
from scoring.plenary.consistency import CategoryConsistency, hundredths
from scoring.ranking.agreement import JurorSeverity

REFUSALS = {
    "too-small": gettext_lazy(
        "Too few marks to tell severe from lenient: it takes three candidates, three jurors and some marks to spare."
    ),
    "not-linked": gettext_lazy(
        "The jurors cannot be compared: no chain of candidates they marked in common connects all of them."
    ),
}
CONCORDANCE = [
    (0.9, gettext_lazy("nearly the same order")),
    (0.7, gettext_lazy("strong agreement on the order")),
    (0.5, gettext_lazy("moderate agreement on the order")),
    (0.3, gettext_lazy("weak agreement on the order")),
    (0.0, gettext_lazy("hardly any agreement on the order")),
]
"""Kendall's W from this value on, after Schmidt (1997)."""
RELIABILITY = [
    (0.9, gettext_lazy("excellent")),
    (0.75, gettext_lazy("good")),
    (0.5, gettext_lazy("moderate")),
    (-1e9, gettext_lazy("poor")),
]
"""An intraclass correlation from this value on, after Koo and Li (2016)."""


def figure_text(value: float | None, scale: list[tuple[float, Any]]) -> str:
    """ "0,82 · strong agreement", or why there is no figure."""
    if value is None or value < 0:
        return _("nothing can be concluded")
    word = next((word for least, word in scale if value >= least), scale[-1][1])
    return f"{formats.hundredths(hundredths(value))} · {word}"


def measures(found: CategoryConsistency) -> list[tuple[str, str]]:
    """The agreement of the panel, each figure with its interpretation."""
    one = found.agreement
    if one is None:
        return []
    base = _("%(candidates)d candidates marked by all %(jurors)d jurors")
    facts = [
        (_("Counted over"), base % {"candidates": one.candidates, "jurors": one.jurors}),
        (_("Kendall's W: do the jurors order the candidates alike?"), figure_text(one.w, CONCORDANCE)),
        (
            _("ICC of one juror: how far can a single juror's value be relied on?"),
            figure_text(one.icc_one, RELIABILITY),
        ),
        (
            _("ICC of the mean: how far can the mean of this panel be relied on?"),
            figure_text(one.icc_mean, RELIABILITY),
        ),
    ]
    if not found.refused:
        facts.append((_("Chance: the usual distance of a value from what was to be expected"), points(found.spread)))
    return facts


def points(value: float) -> str:
    return formats.points(hundredths(value))


def verdict(one: JurorSeverity) -> str:
    if not one.is_telling:
        return _("within chance")
    return _("more severe than the panel") if one.effect < 0 else _("more lenient than the panel")


def lines(found: CategoryConsistency) -> list[dict[str, Any]]:
    """One line per juror, with formatted figures."""
    return [
        {
            "seat": seat,
            "effect": formats.signed(hundredths(one.effect)),
            "low": formats.signed(hundredths(one.low)),
            "high": formats.signed(hundredths(one.high)),
            "marks": one.marks,
            "is_telling": one.is_telling,
            "verdict": verdict(one),
        }
        for seat, one in found.jurors
    ]


def rooms_of(found: CategoryConsistency) -> list[dict[str, Any]]:
    """One line per room, with formatted figures."""
    return [
        {
            "room": one,
            "mean": points(one.mean / 100),
            "effect": _("cannot be estimated: no juror scored in both rooms")
            if one.effect is None
            else formats.signed(hundredths(one.effect)),
        }
        for one in found.rooms
    ]


def picture(found: CategoryConsistency) -> dict[str, Any]:
    """Each juror's severity as a dot with its 95 percent interval; 0 is the panel's mean."""
    names = [seat.user.name for seat, _one in found.jurors]
    return {
        "name": f"severity-{found.category.slug}",
        "option": {
            "tooltip": {"show": False},
            "xAxis": {"type": "value", "name": _("points"), "nameLocation": "middle", "nameGap": 28},
            "yAxis": {"type": "category", "inverse": True, "data": names},
            "grid": {"left": 8, "right": 24, "top": 16, "bottom": 32, "containLabel": True},
            "series": [_interval(name, one) for name, (_seat, one) in zip(names, found.jurors, strict=True)],
        },
        "caption": _("Severity per juror in points against the mean of the panel: left of 0 severe, right lenient"),
        "header": [_("Juror"), _("Severity"), pgettext("interval", "From"), pgettext("interval", "To")],
        "rows": [[line["seat"].user.name, line["effect"], line["low"], line["high"]] for line in lines(found)],
    }


def _interval(name: str, one: JurorSeverity) -> dict[str, Any]:
    colour = "--chart-1" if one.is_telling else "--line-strong"
    ends: list[Any] = [[round(end, 2), name] for end in (one.low, one.effect, one.high)]
    ends[1] = {"value": ends[1], "symbol": "circle", "symbolSize": 14}
    return {
        "type": "line",
        "data": ends,
        "symbol": "rect",
        "symbolSize": [2, 12],
        "lineStyle": {"color": colour, "width": 3},
        "itemStyle": {"color": colour},
    }


HEAD = (
    gettext_lazy("Category"),
    gettext_lazy("Kind"),
    gettext_lazy("Name"),
    gettext_lazy("Value"),
    pgettext_lazy("interval", "From"),
    pgettext_lazy("interval", "To"),
    gettext_lazy("Place"),
    gettext_lazy("Remark"),
)


def book_lines(report: list[CategoryConsistency]) -> list[list[Any]]:
    """Everything on the page as rows under HEAD."""
    rows: list[list[Any]] = []
    for found in report:
        name = in_english(found.category.name)
        rows += [[name, _("agreement"), label, None, None, None, None, value] for label, value in measures(found)]
        if found.refused:
            rows.append([name, _("refused"), "", None, None, None, None, str(REFUSALS[found.refused])])
        for line in rooms_of(found):
            room = line["room"]
            rows.append([name, _("room"), room.name, room.mean / 100, None, None, None, line["effect"]])
        for seat, one in found.jurors:
            bounds = [round(each, 2) for each in (one.effect, one.low, one.high)]
            rows.append([name, _("severity"), seat.user.name, *bounds, None, verdict(one)])
        for each in found.candidates:
            candidate = each.nomination.candidate.name
            rows.append([name, _("official"), candidate, each.official / 100, None, None, each.place, ""])
            if each.adjusted is not None:
                adjusted = [each.adjusted / 100, None, None, each.adjusted_place, _("changes nothing")]
                rows.append([name, _("adjusted"), candidate, *adjusted])
        for odd in found.outliers:
            who = f"{odd.nomination.candidate.name} · {odd.seat.user.name}"
            rows.append([name, _("outlier"), who, odd.value / 100, None, None, None, f"{odd.residual:+.1f}"])
    return rows
