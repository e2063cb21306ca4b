"""What a file leaves open is asked once, answered where it is shown or by the command, and never guessed."""

from datetime import date

import pytest
from django.utils import translation

from paritrana.intake import questions
from paritrana.intake.planning import plan
from paritrana.intake.preview import shown
from paritrana.intake.report import became
from tests.paritrana.intake.small import Loans, table

HEAD = "e-mail,name,shelf,books,since"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def planned(*lines, columns=HEAD, **answers):
    return plan(Loans(), table(columns, *lines), answers=answers)


def rows(found):
    return {each.code: each.which for each in became(found) if each.count}


def values(found, name):
    return [change.values[name] for change in found.changes]


TWO_DAYS = ["a,Ani,North,1,3/4/2024", "b,Budi,South,2,3/4/2024", "c,Citra,South,3,2024-05-06"]


def test_what_a_cell_means_is_asked_once_for_every_row_that_has_it():
    (asked,) = planned(*TWO_DAYS).questions

    assert (asked.key, asked.rows) == ("E2", [2, 3])
    assert str(asked.question.text) == "E · Since: what does “3/4/2024” mean?"
    assert [option.value for option in asked.question.options] == ["2024-04-03", "2024-03-04"]


def test_rows_that_are_asked_about_wait_and_the_sum_is_the_file():
    assert rows(planned(*TWO_DAYS)) == {"new": "4", "asked": "2–3"}
    assert rows(planned(*TWO_DAYS, E2="2024-04-03")) == {"new": "2–4"}


@pytest.mark.parametrize(("answer", "month"), [("2024-04-03", 4), ("2024-03-04", 3)])
def test_the_answer_is_what_every_such_cell_says(answer, month):
    found = planned(*TWO_DAYS, E2=answer)

    assert [day.month for day in values(found, "since")] == [month, month, 5]
    assert [asked.answer for asked in found.questions] == [answer]


def test_an_answer_that_was_not_offered_is_none():
    assert len(planned(*TWO_DAYS, E2="2024-01-01").unanswered) == 1


def test_a_fault_beside_a_question_is_told_at_once():
    assert [fault.column for fault in planned("a,Ani,West,1,3/4/2024").faults] == ["shelf"]


def test_rows_about_one_thing_that_say_the_same_are_written_once():
    found = planned("a,Ani,North,1,", "b,Budi,North,1,", "a,Ani,north,1,")

    assert (found.questions, rows(found)) == ([], {"new": "2–3", "left-out": "4"})


TWICE = ["a,Ani,North,1,", "b,Budi,North,1,", "a,Ani,North,2,"]


def test_which_of_rows_about_one_thing_counts_is_asked_with_what_differs():
    (asked,) = planned(*TWICE).questions

    assert (asked.key, asked.rows) == ("2-4", [2, 4])
    assert "E-mail, Shelf" in str(asked.question.text)
    assert [option.label for option in asked.question.options] == ["row 2: Books: 1", "row 4: Books: 2"]


@pytest.mark.parametrize(("answer", "count", "left"), [("2", 1, "4"), ("4", 2, "2")])
def test_the_row_that_was_chosen_is_written_and_the_other_left_out(answer, count, left):
    found = planned(*TWICE, **{"2-4": answer})

    assert sorted(values(found, "count")) == [1, count]
    assert rows(found)["left-out"] == left


def test_an_answer_stays_when_another_one_brings_a_row_to_its_question():
    lines = [*TWICE, "a,Ani,North,3,3/4/2024"]

    found = planned(*lines, **{"2-4": "4", "E5": "2024-04-03"})

    assert [(asked.key, asked.answer) for asked in found.questions] == [("E5", "2024-04-03"), ("2-5", "4")]
    assert rows(found) == {"new": "3–4", "left-out": "2, 5"}


@pytest.mark.parametrize("lines", [["a,,North,1,", "a,Ani,North,1,"], ["a,Ani,North,1,", "a,,North,1,"]])
def test_of_rows_of_which_one_leaves_a_cell_empty_the_fuller_one_counts(lines):
    found = planned(*lines)

    assert (found.questions, values(found, "person"), len(found.left_out)) == ([], ["Ani"], 1)


def test_what_rows_say_differently_of_one_subject_is_asked():
    lines = ["a,Ani,North,1,", "a,Anis,South,2,", "a,,South,2,2024-01-01"]
    (asked,) = planned(*lines[:2]).questions

    assert (asked.key, [option.value for option in asked.question.options]) == ("B2-3", ["Ani", "Anis"])
    assert values(planned(*lines[:2], **{"B2-3": "Anis"}), "person") == ["Anis", "Anis"]


def test_more_questions_than_somebody_answers_are_faults(monkeypatch):
    monkeypatch.setattr(questions, "MOST_ASKED", 2)
    monkeypatch.setattr("paritrana.intake.asking.MOST_ASKED", 2)

    found = planned(*(f"{day}@x,Ani,North,1,{day}/1/2024" for day in range(2, 5)))

    assert [fault.row for fault in found.faults] == [2, 3, 4]


def test_of_very_many_rows_about_one_thing_the_later_ones_are_faults():
    found = planned(*(f"a,Ani,North,{number}," for number in range(1, 31)))

    assert [fault.row for fault in found.faults] == list(range(22, 32))


def test_an_answer_that_leads_to_a_fault_may_be_taken_back():
    given = table(HEAD, "a,Ani,North,1,", "a,Ani,North,100,")
    pages = [shown(Loans(), given, plan(Loans(), given, answers=answers)) for answers in ({}, {"2-3": "3"})]

    assert [(len(page.faults), [each["answer"] for each in page.questions]) for page in pages] == [
        (0, [""]),
        (1, ["3"]),
    ]


def test_the_preview_shows_the_rows_and_the_answer_of_a_question():
    given = table(HEAD, *TWO_DAYS)
    found = shown(Loans(), given, plan(Loans(), given, answers={"E2": "2024-03-04"}))

    (question,) = found.questions
    assert (question["which"], question["answer"]) == ("rows 2–3", "2024-03-04")
    assert [change["row"] for change in found.changes] == [2, 3, 4]
    assert date(2024, 3, 4).isoformat() == question["options"][1]["value"]
