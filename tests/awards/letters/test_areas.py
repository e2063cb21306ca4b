"""Whoever works at an office is told when a region comes to it or leaves it."""

import datetime

import pytest

from awards.models import Letter
from paritrana.accounts.models import User
from regions.models import Posting
from regions.offices import actions
from tests import builders as make

pytestmark = pytest.mark.django_db
DAY = datetime.date(2025, 3, 1)


@pytest.fixture
def regions():
    return [make.regency("71.01", "Kabupaten Bolaang Mongondow"), make.regency("71.71", "Kota Manado")]


@pytest.fixture
def manado(regions):
    return make.branch("Manado", regions)


@pytest.fixture
def by():
    return make.head_officer()


def test_a_region_that_moves_is_told_to_the_people_of_both_branches(manado, regions, by):
    bitung = actions.add_branch("Bitung", manado.regional_office, by=by)
    before, after, _elsewhere = (make.branch_staff(name=name) for name in ("Manado", "Bitung", "Tahuna"))

    actions.set_area(bitung, [regions[0]], since=DAY, source="SK 12/2025", by=by)

    letters = list(Letter.objects.order_by("to_id"))
    assert [letter.to for letter in letters] == [before, after]
    for letter in letters:
        told = ("Kabupaten Bolaang Mongondow", "Cabang Manado", "Cabang Bitung", "1 Maret 2025", "SK 12/2025", str(by))
        assert [words in letter.body for words in told] == [True] * len(told)
        assert "Kota Manado" not in letter.body


def test_a_region_left_without_a_branch_is_told_to_whoever_had_it(manado, regions, by):
    staff = make.branch_staff(name="Manado")

    actions.set_area(manado, [regions[0]], since=DAY, by=by)

    (letter,) = Letter.objects.all()
    assert (letter.to, "Kota Manado" in letter.body) == (staff, True)
    assert "tidak ada kantor" in letter.body


def test_a_closed_branch_tells_its_people_who_takes_over(manado, by):
    staff = make.branch_staff(name="Manado")

    actions.close(manado, on=DAY, successor=make.branch("Bitung"), by=by)

    (letter,) = Letter.objects.all()
    assert (letter.to, "Cabang Bitung" in letter.body) == (staff, True)


def test_a_province_that_moves_is_told_to_both_regional_offices_but_not_to_whoever_moves_it(regions):
    new = make.office("Sulama Baru")
    by, colleague, before = make.head_officer(), make.regional_officer(new), make.regional_officer()
    Posting.objects.create(user=by, place=Posting.Place.REGIONAL, regional_office=new)

    actions.set_area(new, [regions[0].parent], since=DAY, by=by)

    assert set(User.objects.filter(letters__isnull=False)) == {colleague, before}
