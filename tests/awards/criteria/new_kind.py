"""A kind of criterion the portal does not have: days of training, of which so many earn 100 points."""

from django import forms

from awards.criteria.answered import Answered, AskedColumn, is_count, refusal
from awards.criteria.exchange import Head
from awards.criteria.schema_reader import count
from paritrana.display.numbers import CountField, read_count


class Days(Answered):
    """Rules: ``{"most": 20}``; an answer is ``{"days": 15}``."""

    name = "days"
    label = "days of training"
    order = 99
    rule_boxes = {"most": lambda: CountField(label="Days that earn 100", min_value=1, max_value=366)}

    def read_rules(self, reading, source, place):
        return {"most": reading.take(source, "most", place, count)}

    def rule_text(self, rules):
        return f"{rules['most']} days earn 100"

    def fields(self, criterion, candidate) -> dict[str, forms.Field]:
        return {"days": CountField(label=criterion.name, help_text=criterion.guidance)}

    def unit(self, criterion, part):
        return "days"

    def columns(self, criterion):
        return [AskedColumn("days", "days", is_number=True)]

    def read_cells(self, criterion, cells):
        return {"days": read_count(cells["days"])}

    def check(self, criterion, value, candidate):
        if not is_count(value.get("days")):
            raise refusal("%(criterion)s: type the days.", "days", criterion)
        return {"days": value["days"]}

    def earned(self, criterion, value, candidate):
        most = criterion.rules["most"]
        return min(value["days"], most), most

    def facts(self, criterion, value):
        return dict(value)

    def explain(self, facts):
        return f"{facts['days']} days"

    def rule_rows(self, criterion):
        return {"most": [["days", "", None, criterion["rules"]["most"], 100.0]]}

    def heads(self, criterion, cells):
        return [Head(f"{criterion['name']}: days", "count")]

    def workbook(self, criterion, cells, contender):
        given = contender["answers"].get(criterion["slug"])
        own, most = cells.cell(), cells.limit("most")
        formula = f'IF(COUNT({own})=0,"",ROUND(MIN({own},{most})*10000/{most},0)/100)'
        return [given["days"] if given else None], formula
