"""The titles of a category as one form: what is ranked, grouped by what, how many places, with which weights."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.criteria.boxes import Boxes
from awards.criteria.weights import rescaled
from awards.editions.export import decimal, spelled
from awards.editions.form_trees import Tree, flat
from awards.editions.rubric_actions import read_document
from awards.editions.rubric_diff import scored
from awards.editions.rubric_forms import box_at, faults_of, short_name, sum_is_whole, without_place
from awards.models.rubrics import WHOLE, Awarding, Grouping
from paritrana.display.english import in_english
from paritrana.display.numbers import CountField, HundredthsField, show_count, show_hundredths

BOXES: Boxes = {
    "slug": lambda: forms.SlugField(required=False, max_length=50, widget=forms.HiddenInput),
    "name": lambda: forms.CharField(label=gettext_lazy("Name of the title"), max_length=100),
    "awarding": lambda: forms.ChoiceField(label=gettext_lazy("Kind of award"), choices=Awarding),
    "grouping": lambda: forms.ChoiceField(label=gettext_lazy("Ranked"), choices=Grouping),
    "places": lambda: CountField(label=gettext_lazy("Places"), min_value=1, max_value=99),
    "harapan": lambda: CountField(label=gettext_lazy("Places Harapan"), required=False, max_value=99),
    "among_places": lambda: CountField(
        label=gettext_lazy("First places that qualify"), required=False, min_value=1, max_value=99
    ),
}
FEWEST_RULES = 4
NEW = {"awarding": Awarding.RANKED.value, "grouping": Grouping.ALL.value, "places": "3"}


def tree_of(document: dict[str, Any]) -> Tree:
    """The form texts of the titles of a normalised document; weights in the order of the sheet."""
    slugs = criteria_of(document)
    return {
        "titles": [
            {key: one[key] for key in ("slug", "name", "awarding", "grouping")}
            | {key: show_count(one[key]) for key in ("places", "harapan", "among_places") if one[key]}
            | {"among": one["among"] or ""}
            | {"weights": [_weight(one["weights"].get(slug)) for slug in slugs]}
            | {"ties": [{"rule": f"{kind}:{slug}"} for rule in one["ties"] for kind, slug in rule.items()]}
            for one in document["titles"]
        ]
    }


def _weight(weight: int | None) -> Tree:
    return {"weight": show_hundredths(weight)} if weight else {}


def criteria_of(document: dict[str, Any]) -> dict[str, str]:
    """slug -> name of the criteria with a weight in the rubric, or in a title already."""
    weighed = {slug for title in document["titles"] for slug in title["weights"]}
    every = [one for aspect in document["rubric"] for one in aspect["criteria"]]
    return {one["slug"]: in_english(one["name"]) for one in every if one["weight"] or one["slug"] in weighed}


def rules_of(document: dict[str, Any]) -> list[tuple[str, Any]]:
    """The choices for tie rules: aspects, then criteria, of those with a weight in the rubric."""
    weighed = [
        (aspect, [one for one in aspect["criteria"] if one["weight"]])
        for aspect in document["rubric"]
        if scored([aspect])
    ]
    return [
        ("", _("no further rule")),
        (
            _("Points of an aspect"),
            [(f"aspect:{aspect['slug']}", in_english(aspect["name"])) for aspect, _all in weighed],
        ),
        (
            _("Score of a criterion"),
            [
                (f"criterion:{one['slug']}", in_english(one["name"]))
                for _aspect, criteria in weighed
                for one in criteria
            ],
        ),
    ]


class TitlesForm(forms.Form):
    """``before`` is the normalised document of the titles; its rubric stays unchanged."""

    touched = ""

    def __init__(self, tree: Tree, *, before: dict[str, Any], is_sent: bool = False) -> None:
        self.tree, self.before, self.criteria = tree, before, criteria_of(before)
        self.rules = rules_of(before)
        for title in tree["titles"]:
            if set(title) <= {"slug"}:
                title |= NEW
        typed = dict(flat(tree))
        super().__init__(typed if is_sent else None, initial=typed)
        for name, make in self._boxes():
            self.fields[name] = make()

    def _boxes(self) -> Iterator[tuple[str, Any]]:
        for n, _title in enumerate(self.tree["titles"]):
            for name, make in BOXES.items():
                yield f"titles-{n}-{name}", make
            yield f"titles-{n}-among", lambda n=n: self._among(n)
            for m in range(self._rules(n)):
                yield f"titles-{n}-ties-{m}-rule", lambda m=m: self._tie(m)
            for m, label in enumerate(self.criteria.values()):
                yield (
                    f"titles-{n}-weights-{m}-weight",
                    lambda label=label: HundredthsField(label=label, required=False, min_value=1, max_value=WHOLE),
                )

    @cached_property
    def slugs(self) -> list[str]:
        """A short name for each title, also for those just added."""
        taken: set[str] = set()
        rows = [{"slug": title.get("slug", ""), "name": title.get("name", "")} for title in self.tree["titles"]]
        return [short_name(row, "slug", "name", taken) for row in rows]

    def _among(self, n: int) -> forms.ChoiceField:
        before = zip(self.slugs[:n], self.tree["titles"][:n], strict=True)
        choices = [("", _("everybody")), *((slug, title.get("name") or slug) for slug, title in before)]
        return forms.ChoiceField(label=_("Only among the first of"), choices=choices, required=False)

    def _rules(self, n: int) -> int:
        """The number of fields for rules: one more than are filled, at least FEWEST_RULES."""
        return max(FEWEST_RULES, len(self.tree["titles"][n].get("ties", [])) + 1)

    def _tie(self, m: int) -> forms.ChoiceField:
        return forms.ChoiceField(label=_("Rule %(number)d") % {"number": m + 1}, choices=self.rules, required=False)

    def faults(self) -> list[tuple[str, forms.BoundField, str]]:
        return faults_of(self)

    def titles(self) -> list[dict[str, Any]]:
        """Titles for the template, with the sum of their weights."""
        return [
            {
                "name": f"titles-{n}",
                "boxes": {name: self[f"titles-{n}-{name}"] for name in (*BOXES, "among")},
                "weights": self._weight_boxes(n),
                "ties": [self[f"titles-{n}-ties-{m}-rule"] for m in range(self._rules(n))],
                "sum": sum(self.typed_weights(n).values()),
            }
            for n, _title in enumerate(self.tree["titles"])
        ]

    def _weight_boxes(self, n: int) -> list[forms.BoundField]:
        return [self[f"titles-{n}-weights-{m}-weight"] for m, _slug in enumerate(self.criteria)]

    def typed_weights(self, n: int) -> dict[str, int]:
        """criterion -> basis points, of the fields with a weight."""
        found: dict[str, Any] = {}
        for slug, box in zip(self.criteria, self._weight_boxes(n), strict=True):
            try:
                weight = box.field.clean(box.value())
            except ValidationError:
                continue
            found |= {slug: weight} if weight else {}
        return found

    def scale(self, n: int) -> bool:
        """Re-scale the weights of one title to 100.00 in the tree; False when there are none."""
        weights = self.typed_weights(n)
        if weights:
            self._put(n, rescaled(weights))
        return bool(weights)

    def fill(self, n: int) -> None:
        """Give one title the weights of the rubric."""
        self._put(n, {one["slug"]: one["weight"] for aspect in self.before["rubric"] for one in aspect["criteria"]})

    def _put(self, n: int, weights: dict[str, int]) -> None:
        self.tree["titles"][n]["weights"] = [_weight(weights.get(slug)) for slug in self.criteria]

    def clean(self) -> dict[str, Any]:
        if self.errors:
            return self.cleaned_data
        for n, title in enumerate(self.tree["titles"]):
            if title.get("awarding") != Awarding.SPECIAL:
                sum_is_whole(self, sum(self.typed_weights(n).values()), f"titles-{n}-name")
        if self.errors:
            return self.cleaned_data
        try:
            self.wanted = read_document(spelled(self.before) | {"titles": self._documents()})
        except ValidationError as error:
            for fault in error.error_list:
                self.add_error(box_at(self, (fault.params or {}).get("place", "")), without_place(fault))
        return self.cleaned_data

    def _documents(self) -> list[dict[str, Any]]:
        return [self._document(n, slug) for n, slug in enumerate(self.slugs)]

    def _document(self, n: int, slug: str) -> dict[str, Any]:
        got = {name: self.cleaned_data[f"titles-{n}-{name}"] for name in (*BOXES, "among")}
        weights = {} if got["awarding"] == Awarding.SPECIAL else self.typed_weights(n)
        plain = {name: value for name, value in got.items() if value}
        typed = [self.cleaned_data[f"titles-{n}-ties-{m}-rule"] for m in range(self._rules(n))]
        ties = [dict([rule.split(":")]) for rule in typed if rule and got["awarding"] != Awarding.SPECIAL]
        return plain | {
            "slug": slug,
            "weights": {key: decimal(weight) for key, weight in weights.items()},
            "ties": ties,
        }
