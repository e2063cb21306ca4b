"""Rules for ties, trimmed means and what does not apply: typed, written down, read back and carried along."""

import copy

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from awards.editions import rubric_forms as rubric_form
from awards.editions import title_forms as titles_form
from awards.editions.defaults import default_document
from awards.editions.export import spelled
from awards.editions.rubric_actions import read_document
from awards.editions.rubric_diff import changes, with_titles_following, without_interview
from awards.editions.rubric_documents import present, rubric_document
from awards.models import Criterion, Rubric, TieRule
from tests.awards.editions.rubrics import post, save, typed

pytestmark = pytest.mark.django_db


def shipped():
    return copy.deepcopy(default_document("small"))


def test_the_shipped_titles_ask_coverage_growth_compliance_or_regulation_and_interview():
    asked = {kind: default_document(kind)["titles"][0]["ties"] for kind in ("province", "company", "university")}

    assert asked == {
        "province": [
            {"aspect": "cakupan"},
            {"criterion": "pertumbuhan"},
            {"aspect": "regulasi-anggaran"},
            {"aspect": "wawancara"},
        ],
        "company": [{"aspect": "kepatuhan"}, {"aspect": "wawancara"}],
        "university": [{"aspect": "cakupan"}, {"aspect": "kepatuhan"}, {"aspect": "wawancara"}],
    }


def test_rules_trimming_and_substitutes_survive_being_written_and_read(first):
    document = shipped() | {"trims": True}
    document["rubric"][0]["criteria"][0]["rules"]["not_applicable"] = 5_000
    document["titles"][0]["ties"] = [{"criterion": "iuran"}, {"aspect": "wawancara"}]

    assert read_document(spelled(document)) == document


@pytest.mark.parametrize(
    "rules",
    [
        [{"aspect": "tidak-ada"}],
        [{"criterion": "kepatuhan"}],
        [{"aspect": "kelayakan"}],
        [{"aspect": "kepatuhan", "criterion": "iuran"}],
        [{}],
        ["kepatuhan"],
        [{"aspect": "kepatuhan"}, {"aspect": "kepatuhan"}],
    ],
)
def test_a_rule_names_one_weighed_aspect_or_criterion_of_the_rubric_once(first, rules):
    document = spelled(shipped())
    document["titles"][0]["ties"] = rules

    with pytest.raises(ValidationError) as refused:
        read_document(document)

    assert all(".ties" in fault.params["place"] for fault in refused.value.error_list)


def test_a_special_award_has_no_rules_for_ties(first):
    document = spelled(shipped())
    document["titles"][0] |= {"awarding": "special", "weights": {}}

    with pytest.raises(ValidationError) as refused:
        read_document(document)

    assert [fault.params["place"] for fault in refused.value.error_list] == [".titles[0] (terbaik).ties"]


@pytest.mark.parametrize("points", ["-0.01", "100.01", "50"])
def test_points_where_a_criterion_does_not_apply_lie_between_nothing_and_the_full_mark(first, points):
    document = spelled(shipped())
    document["rubric"][0]["criteria"][0]["not_applicable"] = points

    with pytest.raises(ValidationError):
        read_document(document)


def test_what_the_interview_judges_applies_to_everybody(first):
    document = spelled(shipped())
    marked = next(one for aspect in document["rubric"] for one in aspect["criteria"] if one["kind"] == "mark")
    marked["not_applicable"] = "50.00"

    with pytest.raises(ValidationError):
        read_document(document)


def test_rules_for_ties_are_typed_in_their_order_and_empty_ones_are_left_out(page, category, first):
    data = typed(default_document("small"), titles_form)
    ties = {"0": "criterion:iuran", "1": "", "2": "aspect:kepatuhan", "3": ""}
    data |= {f"titles-0-ties-{m}-rule": rule for m, rule in ties.items()}

    save(page, post(page, data, "rubric-titles", act="review"), "rubric-titles")

    assert [str(rule) for rule in TieRule.objects.all()] == [
        Criterion.objects.get(slug="iuran", aspect__rubric=present(category)).name,
        present(category).aspects.get(slug="kepatuhan").name,
    ]


def test_trimming_and_nobody_came_are_ticked_in_the_editor(page, category, first):
    data = typed(default_document("small"), rubric_form) | {"trims": "on"}
    boxes = [name for name in data if name.endswith("-absent")]

    save(page, post(page, data, act="review"))

    assert (Rubric.objects.get().trims, len(boxes)) == (True, 1)
    levels = Criterion.objects.get(kind="attendance").rules["levels"]
    assert [level["code"] for level in levels if level.get("absent")] == ["tidak-hadir"]


def test_a_rule_goes_with_the_aspect_or_criterion_it_named():
    document = shipped()
    document["titles"][0]["ties"] = [{"criterion": "iuran"}, {"aspect": "wawancara"}, {"aspect": "kepatuhan"}]

    without = without_interview(document)
    aspects = [aspect for aspect in without["rubric"] if aspect["slug"] != "kepatuhan"]

    assert without["titles"][0]["ties"] == [{"criterion": "iuran"}, {"aspect": "kepatuhan"}]
    assert with_titles_following(without, aspects)["titles"][0]["ties"] == []


def test_the_comparison_of_two_versions_tells_changed_rules_and_trimming():
    before = shipped()
    after = shipped() | {"trims": True}
    after["titles"][0]["ties"] = before["titles"][0]["ties"][:1]

    found = changes(before, after)

    assert (len(found), all(change.before != change.after for change in found)) == (2, True)
    assert changes(before, shipped()) == []


def test_of_the_weights_of_a_title_only_those_that_changed_are_told():
    before, after = shipped(), shipped()
    weights = after["titles"][0]["weights"]
    first, second = list(weights)[:2]
    weights[first], weights[second] = weights[first] + 100, weights[second] - 100

    (found,) = changes(before, after)

    assert (found.before.count(";"), found.after.count(";")) == (1, 1)


def test_the_rows_of_a_version_say_what_its_document_says(category, first):
    assert rubric_document(present(category)) == default_document("small")


@pytest.mark.parametrize("both", [True, False])
def test_the_database_takes_exactly_one_of_aspect_and_criterion(category, first, both):
    rubric = present(category)
    aspect = rubric.aspects.first()
    named = {"aspect": aspect, "criterion": aspect.criteria.first()} if both else {}

    with pytest.raises(IntegrityError), transaction.atomic():
        TieRule.objects.create(title=rubric.titles.first(), order=99, **named)
