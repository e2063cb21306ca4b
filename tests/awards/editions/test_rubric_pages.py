"""Typing a rubric and its titles in the browser, and saving after the review."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.editions import rubric_actions as actions
from awards.editions import rubric_forms as rubric_form
from awards.editions import title_forms as titles_form
from awards.editions.defaults import default_document
from awards.editions.export import spelled
from awards.editions.form_trees import flat
from awards.editions.rubric_documents import present, rubric_document
from awards.models import Criterion, Rubric, Title
from tests.awards.editions.rubrics import CATEGORY, box, post, present_key, save, sent, typed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["province", "regency", "company", "public-service", "small", "village", "university"])
def test_what_the_page_shows_reads_back_as_the_same_rubric(category, kind):
    document = default_document(kind)

    for module, form in [(rubric_form, rubric_form.RubricForm), (titles_form, titles_form.TitlesForm)]:
        sent = form(module.tree_of(document), before=document, is_sent=True)
        assert sent.errors == {}
        assert sent.wanted == document


def test_a_new_category_begins_with_the_default_of_its_kind_and_is_saved_after_the_review(page, category, designer):
    shown = page.get(reverse("rubric-edit", args=CATEGORY))

    review = post(page, typed(default_document("small")), act="review")
    assert not Rubric.objects.exists()
    save(page, review)

    assert shown.context["form"].weight_sum == 10_000
    rubric = Rubric.objects.get()
    assert (rubric.version, rubric.created_by) == (1, designer)
    assert rubric_document(rubric) == default_document("small")


def test_weights_that_do_not_sum_up_are_refused_with_the_difference_and_what_was_typed_stays(page, first):
    document = default_document("small")
    data = typed(document) | {box(document, "iuran"): "24,5"}

    answer = post(page, data, act="review")

    [fault] = answer.context["form"].non_field_errors().as_data()
    assert (fault.code, fault.params["off"]) == ("sum", "0,50")
    assert answer.context["form"][box(document, "iuran")].value() == "24,5"
    assert 'value="24,5"' in answer.content.decode()


@pytest.mark.parametrize(
    ("slug", "what", "value"),
    [
        ("iuran", "weight", "25.125"),
        ("iuran", "weight", ""),
        ("iuran", "name", ""),
        ("iuran", "part", ""),
        ("program", "items-0-points", "0"),
        ("program", "items-0-label", ""),
        ("program", "legal_basis", ""),
        ("tunggakan", "minimum", ""),
        ("tunggakan", "steps-1-from", "0"),
        ("kehadiran", "levels-0-points", "100,01"),
    ],
)
def test_a_fault_stands_in_the_criterion_that_mends_it(page, first, slug, what, value):
    document = default_document("small")
    name = box(document, slug, what)

    answer = post(page, typed(document) | {name: value}, act="review")

    criterion = name.rpartition("-criteria-")[0] + "-criteria-" + name.rpartition("-criteria-")[2].partition("-")[0]
    faulty = set(answer.context["form"].errors)
    assert faulty
    assert {error for error in faulty if not error.startswith(criterion)} == set()


def test_rows_are_added_moved_and_taken_away_and_what_was_typed_goes_along(page, first):
    document = default_document("small")
    data = typed(document) | {"rubric-0-criteria-0-weight": "xyz"}

    def tree_after(act):
        return post(page, data, act=act).context["form"].tree["rubric"]

    assert tree_after("add:rubric-0-criteria")[0]["criteria"][-1] == {}
    assert tree_after("down:rubric-0-criteria-0")[0]["criteria"][1]["weight"] == "xyz"
    assert [one["slug"] for one in tree_after("remove:rubric-0-criteria-1")[0]["criteria"]] == ["iuran", "program"]
    assert tree_after("up:rubric-1-criteria-0")[0]["criteria"][-1]["slug"] == "kepedulian"
    assert len(tree_after("remove:rubric-0-criteria-2-items-0")[0]["criteria"][2]["items"]) == 2
    assert rubric_document(present(first.category)) == document


@pytest.mark.parametrize(
    "act", ["remove:rubric-99", "up:x", "add:", "remove:rubric-0-name", "down:rubric-0-criteria-²"]
)
def test_an_act_on_a_row_that_is_not_there_changes_nothing(page, first, act):
    answer = post(page, typed(default_document("small")), act=act)

    assert answer.status_code == 200
    assert dict(flat(answer.context["form"].tree)) == sent(default_document("small"))


def test_without_interview_is_one_act_that_rescales_the_rubric_and_its_titles(page, category, first):
    review = post(page, {}, act="without-interview")
    save(page, review)

    kinds = set(Criterion.objects.values_list("kind", flat=True))
    weights = {one.slug: one.weight for one in Criterion.objects.filter(weight__gt=0)}
    assert kinds.isdisjoint({"attendance", "mark"})
    assert weights == {
        "iuran": 3125,
        "seluruh-pekerja": 2500,
        "program": 1875,
        "kepedulian": 1250,
        "inovasi-digital": 1250,
    }
    assert {row.criterion.slug: row.weight for row in Title.objects.get().weights.all()} == weights


def test_a_title_is_rescaled_over_the_criteria_that_are_left_filled_in(page, first):
    data = typed(default_document("small"), titles_form)
    for number in (2, 3, 4, 5, 6):
        data.pop(f"titles-0-weights-{number}-weight", None)

    answer = post(page, data, "rubric-titles", act="scale:0")

    assert [title["sum"] for title in answer.context["form"].titles()] == [10_000]
    assert [box.value() for box in answer.context["form"].titles()[0]["weights"]][:3] == ["55,56", "44,44", None]


def test_titles_of_every_shape_are_typed_and_saved(page, category, first):
    """First by sector, then across them; three and three Harapan; joint; one winner; a special award."""
    data = typed(default_document("small"), titles_form) | {"titles-0-grouping": "sector", "titles-0-harapan": "3"}
    whole = {"weights-0-weight": "100"}
    shapes = [
        {"name": "Lintas sektor", "awarding": "ranked", "grouping": "all", "places": "3", "among": "terbaik", **whole}
        | {"among_places": "1"},
        {"name": "Bersama", "awarding": "joint", "grouping": "all", "places": "2", **whole},
        {"name": "Khusus", "awarding": "special", "grouping": "all", "places": "1"},
    ]
    for n, shape in enumerate(shapes, start=1):
        data |= {f"titles-{n}-{key}": value for key, value in shape.items()}

    save(page, post(page, data, "rubric-titles", act="review"), "rubric-titles")

    made = [(one.slug, one.awarding, one.harapan, one.among and one.among.slug) for one in Title.objects.all()]
    assert made == [
        ("terbaik", "ranked", 3, None),
        ("lintas-sektor", "ranked", 0, "terbaik"),
        ("bersama", "joint", 0, None),
        ("khusus", "special", 0, None),
    ]


def test_a_title_that_follows_none_before_it_is_refused_in_its_box(page, first):
    data = typed(default_document("small"), titles_form) | {"titles-0-among_places": "2"}

    answer = post(page, data, "rubric-titles", act="review")

    assert {name for name in answer.context["form"].errors if name.startswith("titles-0")}
    assert Title.objects.get().among_places is None


def test_a_special_award_has_no_weights_whatever_is_typed(page, first):
    data = typed(default_document("small"), titles_form) | {"titles-0-awarding": "special"}

    save(page, post(page, data, "rubric-titles", act="review"), "rubric-titles")

    assert Title.objects.get().weights.count() == 0


def test_guidance_is_shown_as_it_was_typed_and_never_as_markup(page, category, first):
    document = default_document("small")
    data = typed(document) | {box(document, "pemahaman", "guidance"): "<img src=x onerror=alert(1)>"}
    save(page, post(page, data, act="review"))

    for name in ("rubric-preview", "rubric-edit"):
        body = page.get(reverse(name, args=CATEGORY)).content.decode()
        assert "<img src=x" not in body
        assert "&lt;img src=x" in body


def test_the_preview_shows_the_sheet_and_each_list_as_far_as_the_prizes_go(page, first):
    context = page.get(reverse("rubric-preview", args=CATEGORY)).context

    assert [criterion.slug for criterion in context["marked"]] == ["pemahaman"]
    [preview] = context["previews"]
    assert [row["place"] for row in preview.rows] == [1, 2, 3, 4, 5, 6]
    assert [bool(row["prize"]) for row in preview.rows] == [True, True, True, False, False, False]


@pytest.mark.parametrize(
    "data",
    [
        {"act": "save", "document": "{"},
        {"act": "save", "document": "[]"},
        {"act": "save", "document": "[" * 100_000},
        {"act": "edit", "document": '{"rubric": 1}'},
    ],
)
def test_a_review_that_was_tampered_with_saves_nothing(page, first, data):
    assert post(page, data).status_code == 302
    assert rubric_document(present(first.category)) == default_document("small")


def test_the_editor_costs_the_same_queries_for_a_small_and_a_large_rubric(page, category, designer):
    counted = []
    for kind in ("village", "company"):
        document = spelled(default_document(kind))
        actions.revise_rubric(category, document, reason="", by=designer, seen=present_key() or None)
        with CaptureQueriesContext(connection) as queries:
            page.get(reverse("rubric-edit", args=CATEGORY))
        counted.append(len(queries))

    assert counted[0] == counted[1]
