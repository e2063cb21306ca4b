"""What a file would do: new, changed, there already, asked about, refused, left empty; and the sum is the file."""

import pytest
from django.utils import translation

from paritrana.intake import WrittenBy
from paritrana.intake.planning import plan, write
from paritrana.intake.preview import shown
from paritrana.intake.report import total
from tests.paritrana.intake.small import Loans, Shelf, table

HEAD = "e-mail,name,shelf,books"
HAND = WrittenBy(None, "loans.csv", "")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def stored():
    return Shelf({("a", "n"): {"person": "Ani", "count": 1}, ("b", "n"): {"person": "Budi", "count": 2}})


def planned(*lines, answers=None):
    return plan(Loans(stored()), table(HEAD, *lines), answers=answers)


def compared(*lines, known=None):
    intake = Loans(stored() if known is None else known)
    given = table(HEAD, *lines)
    return shown(intake, given, plan(intake, given))


def became(*lines):
    found = compared(*lines)
    counts = {each["code"]: each["count"] for each in found.became if each["count"]}
    assert found.count == sum(counts.values())
    return counts


EVERY = ["a,Ani,North,1", "b,Budi,North,3", "c,Citra,North,4", "d,Dian,North,77", "e,Eka,South,"]


def test_each_row_is_new_changed_there_already_asked_or_empty_and_nothing_is_lost():
    assert became(*EVERY) == {"new": 1, "changed": 1, "same": 1, "asked": 1, "empty": 1}


def test_with_a_row_refused_the_others_wait():
    assert became(*EVERY, "f,,X,1") == {"refused": 1, "held-back": 4, "empty": 1}


def test_the_sum_names_the_rows_in_words():
    assert total(planned(*EVERY, "f,Fajar,South,2", "g,Gita,South,2")) == (
        "7 rows = 3 new (rows 4, 7–8) + 1 changed (row 3) + 1 there already (row 2)"
        " + 1 to be settled by a person (row 5) + 0 refused + 1 left empty (row 6)"
    )


@pytest.mark.parametrize(
    ("answer", "became"),
    [
        ("new", {"new": [2]}),
        ("known", {"same": [2]}),
        ("again", {"left_out": [2]}),
        ("forged", {"unanswered": [2]}),
        (None, {"unanswered": [2]}),
    ],
)
def test_a_question_with_options_waits_for_one_of_them(answer, became):
    found = planned("d,Dian,North,76", answers={"2": answer} if answer else {})

    rows = {"new": found.new, "same": found.same, "left_out": found.left_out}
    rows["unanswered"] = [row for asked in found.unanswered for row in asked.rows]
    assert {name: each for name, each in rows.items() if each} == became


def test_the_fingerprint_tells_one_answer_from_another():
    assert len({planned("d,Dian,North,76", answers={"2": answer}).fingerprint for answer in ("new", "known", "")}) == 3


def test_the_fingerprint_is_the_same_in_every_language():
    """The question about rows that differ is put together in the language of now."""
    lines, prints = ("e,Eka,South,1", "e,Eka,South,2"), set()
    for language in ("en", "id"):
        with translation.override(language):
            prints.add(planned(*lines).fingerprint)

    assert len(prints) == 1


def test_a_change_shows_what_is_stored_and_what_is_written():
    (change,) = compared("b,Budi,North,3").changes

    cells = {cell["column"]: (cell["old"], cell["value"]) for cell in change["cells"]}
    assert (change["kind"], cells) == (
        "changed",
        {"address": (None, "b"), "person": (None, "Budi"), "shelf": (None, "North"), "count": ("2", "3")},
    )


def test_an_empty_cell_leaves_what_is_stored_where_the_table_says_so():
    assert compared("a,,North,1").same == 1


def test_what_the_store_does_not_allow_is_a_fault_of_its_row_and_column():
    found = compared("c,Citra,North,100")

    assert [(fault.row, fault.column, fault.message) for fault in found.faults] == [
        (2, "count", "Nobody lends that many.")
    ]
    assert found.changes == []


def test_wrong_columns_refuse_every_row():
    given = table("e-mail,name", "a,Ani", "b,Budi")

    assert plan(Loans(), given).refused == [2, 3]


def test_the_fingerprint_differs_when_writing_would_do_something_else():
    same = compared("b,Budi,North,3").fingerprint
    other = Shelf({("b", "n"): {"person": "Budi", "count": 9}})

    assert compared("b,Budi,North,3").fingerprint == same
    assert compared("b,Budi,North,4").fingerprint != same
    assert compared("b,Budi,North,3", known=other).fingerprint != same


@pytest.mark.django_db
def test_writing_does_what_was_planned_and_a_second_time_there_is_nothing_to_do():
    intake, given = Loans(stored()), table(HEAD, "b,Budi,North,3", "c,Citra,South,4")

    assert write(intake, plan(intake, given).changes, HAND) == 2
    assert intake.stored["c", "s"] == {"person": "Citra", "count": 4}
    assert (plan(intake, given).changes, plan(intake, given).same) == ([], [2, 3])
