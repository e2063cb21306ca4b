"""Budgets: a list by year, with rupiah and the workers paid for; steps over what is counted decide.

An answer is ``{"rows": [{"year", "rupiah", "workers", "title", "file"}]}``; without a row there is none.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria import rows
from awards.criteria.counted import CountedList, counts_box
from awards.criteria.exchange import Criterion
from awards.criteria.kind import register
from awards.criteria.rows import RowColumn
from paritrana.display import formats


@register
class BudgetsKind(CountedList):
    name = "budgets"
    label = gettext_lazy("list of budgets")
    order = 10
    counted = {
        "years": gettext_lazy("years with a budget"),
        "workers": gettext_lazy("workers paid for"),
        "rupiah": gettext_lazy("rupiah"),
    }
    rule_boxes = counts_box(counted)
    row_names = ("year", "rupiah", "workers", "title", "file")

    def row_columns(self, criterion: Criterion) -> list[RowColumn]:
        return [
            RowColumn("year", gettext_lazy("Year"), rows.year, is_number=True),
            RowColumn("rupiah", gettext_lazy("Budget in rupiah"), rows.people, is_number=True),
            RowColumn("workers", gettext_lazy("Workers paid for"), rows.people, is_required=False, is_number=True),
            RowColumn("title", gettext_lazy("Budget line"), rows.text(200), is_required=False, is_wide=True),
            rows.FILE,
        ]

    def row_text(self, row: Mapping[str, Any]) -> str:
        text = _("%(year)s: Rp %(rupiah)s") % {"year": row["year"], "rupiah": formats.count(row["rupiah"])}
        if row["workers"]:
            text += _(", %(workers)s workers") % {"workers": formats.count(row["workers"])}
        text += f" “{row['title']}”" if row["title"] else ""
        return text + rows.file_text(row)
