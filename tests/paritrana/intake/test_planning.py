"""What a file would do: new, changed, there already, asked about, refused, left empty; and the sum is the file."""

import pytest
from django.utils import translation

from paritrana.intake import WrittenBy
from paritrana.intake.planning import plan, write
from paritrana.intake.preview import shown
from tests.paritrana.intake.small import Loans, Shelf, table

HEAD = "e-mail,name,shelf,books"
HAND = WrittenBy(None, "loans.csv", "")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def stored():
    return Shelf({("a", "n"): {"person": "Ani", "count": 1}, ("b", "n"): {"person": "Budi", "count": 2}})


def compared(*lines, known=None):
    intake = Loans(stored() if known is None else known)
    given = table(HEAD, *lines)
    return shown(intake, given, plan(intake, given))


def test_each_row_is_new_changed_there_already_asked_refused_or_empty_and_nothing_is_lost():
    found = compared("a,Ani,North,1", "b,Budi,North,3", "c,Citra,North,4", "d,Dian,North,77", "e,Eka,South,", "f,,X,1")

    counts = (found.new, found.altered, found.same, found.asked, found.refused, found.empty)
    assert counts == (1, 1, 1, 1, 1, 1)
    assert found.count == sum(counts) == 6


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
    assert (found.changes, found.refused) == ([], 1)


def test_wrong_columns_refuse_every_row():
    given = table("e-mail,name", "a,Ani", "b,Budi")

    assert plan(Loans(), given).refused == 2


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
