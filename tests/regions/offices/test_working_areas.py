"""A region belongs to one office at a time; figures stay with the region and the past stays on record."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from paritrana.accounts.models import AuditEvent
from regions.models import AreaRegion, Coverage, FormerArea, Posting, Region
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


def codes(office):
    return sorted(office.working_area.values_list("code", flat=True))


def test_the_database_refuses_a_second_branch_for_a_region(manado, regions):
    bitung = make.branch("Bitung")

    with pytest.raises(IntegrityError), transaction.atomic():
        AreaRegion.objects.create(branch=bitung, region=regions[0])


@pytest.mark.parametrize("since", [None, DAY - datetime.timedelta(days=10)])
def test_the_database_refuses_two_offices_in_the_same_days(manado, regions, since):
    FormerArea.objects.create(region=regions[0], branch=manado, since=None, until=DAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        FormerArea.objects.create(region=regions[0], branch=make.branch("Bitung"), since=since, until=DAY)


def test_a_region_that_is_ticked_leaves_the_branch_that_had_it(manado, regions, by):
    bitung = make.branch("Bitung")
    bitung.regional_office = regions[0].parent.regional_office
    bitung.save()

    actions.set_area(bitung, [regions[0]], since=DAY, source="SK 12/2025", by=by)

    assert (codes(bitung), codes(manado)) == (["71.01"], ["71.71"])
    row = AreaRegion.objects.get(region=regions[0])
    assert (row.since, row.basis, row.source, row.placed_by) == (DAY, "attested", "SK 12/2025", by)
    past = FormerArea.objects.get()
    assert (past.branch, past.region, past.since, past.until, past.ended_by) == (manado, regions[0], None, DAY, by)
    assert AuditEvent.objects.get(verb="office.area").detail["taken_from"] == {"71.01": "Cabang Manado"}


def test_figures_stay_with_the_region_and_the_new_branch_answers_for_them(manado, regions, by):
    figure = make.coverage(regions[0])
    bitung = make.branch("Bitung")
    staff = make.person()
    Posting.objects.create(user=staff, place=Posting.Place.BRANCH, branch=bitung)

    actions.set_area(bitung, [regions[0]], since=DAY, by=by)

    assert list(Coverage.objects.visible_to(staff)) == [figure]
    assert list(Region.objects.worked_by(staff)) == [regions[0]]


def test_what_has_no_source_is_assumed(manado, regions, by):
    actions.set_area(manado, [regions[0]], since=DAY, by=by)

    assert AreaRegion.objects.get().basis == "assumed"
    assert not AreaRegion.objects.filter(region=regions[1]).exists()


def test_a_source_may_prove_what_the_office_has_already(manado, regions, by):
    actions.set_area(manado, regions, since=DAY, source="SK 9/2024", proves=True, by=by)

    assert set(AreaRegion.objects.values_list("basis", "source")) == {("attested", "SK 9/2024")}
    assert not FormerArea.objects.exists()


@pytest.mark.parametrize(
    ("since", "code"),
    [(timezone.localdate() + datetime.timedelta(days=2), "future"), (DAY - datetime.timedelta(days=1), "before")],
)
def test_a_change_begins_no_earlier_than_the_one_before_and_not_in_the_future(manado, regions, by, since, code):
    bitung = make.branch("Bitung")
    actions.set_area(bitung, [regions[0]], since=DAY, by=by)

    with pytest.raises(ValidationError) as refusal:
        actions.set_area(manado, regions, since=since, by=by)

    assert refusal.value.code == code
    assert codes(bitung) == ["71.01"]


def test_a_branch_takes_only_regions_of_its_regional_office(manado, by):
    kalsel = make.province("63", regional_office=make.office("Kalimantan"))
    elsewhere = make.regency("63.09", "Kabupaten Tabalong", parent=kalsel)

    with pytest.raises(ValidationError) as refusal:
        actions.set_area(manado, [elsewhere], since=DAY, by=by)

    assert refusal.value.code == "area"


def test_a_split_gives_the_ticked_regions_to_a_new_branch(manado, regions, by):
    made = actions.split(manado, "Bitung", [regions[0]], since=DAY, by=by)

    assert (codes(made), codes(manado)) == (["71.01"], ["71.71"])
    assert made.regional_office == manado.regional_office


@pytest.mark.parametrize(("count", "code"), [(0, "none"), (2, "all")])
def test_a_split_moves_some_regions_and_leaves_some(manado, regions, by, count, code):
    with pytest.raises(ValidationError) as refusal:
        actions.split(manado, "Bitung", regions[:count], since=DAY, by=by)

    assert refusal.value.code == code


def test_a_closed_branch_hands_its_regions_and_people_over(manado, regions, by):
    bitung, staff = make.branch("Bitung"), make.branch_staff(name="Manado")

    actions.close(manado, on=DAY, successor=bitung, by=by)

    assert (codes(bitung), codes(manado)) == (["71.01", "71.71"], [])
    assert [posting.branch for posting in Posting.objects.current().filter(user=staff)] == [bitung]
    assert (manado.closed_on, manado.closed_by) == (DAY, by)


def test_a_closed_branch_without_a_successor_leaves_its_regions_without_one(manado, by):
    actions.close(manado, on=DAY, by=by)

    assert not AreaRegion.objects.exists()
    with pytest.raises(ValidationError) as refusal:
        actions.set_area(manado, [], since=DAY, by=by)
    assert refusal.value.code == "closed"


def test_a_renamed_office_keeps_its_regions_and_no_two_are_called_alike(manado, by):
    make.branch("Bitung")

    actions.change(manado, {"name": "Manado Raya"}, by=by)

    assert codes(manado) == ["71.01", "71.71"]
    with pytest.raises(ValidationError) as refusal:
        actions.change(manado, {"name": "bitung"}, by=by)
    assert refusal.value.error_dict["name"][0].code == "name"


def test_a_branch_goes_with_its_province_to_another_regional_office(manado, regions, by):
    sulama = make.office("Sulama")

    actions.set_area(sulama, [regions[0].parent], since=DAY, by=by)

    manado.refresh_from_db()
    assert manado.regional_office == sulama
    assert Region.objects.get(code="71").regional_office == sulama
    assert FormerArea.objects.get().regional_office == make.office()


def test_a_province_is_not_left_without_regional_office_while_a_branch_works_there(manado, regions, by):
    with pytest.raises(ValidationError) as refusal:
        actions.set_area(make.office(), [], since=DAY, by=by)

    assert refusal.value.code == "branches"


def test_a_regional_office_with_branches_is_closed_only_with_a_successor(manado, by):
    with pytest.raises(ValidationError) as refusal:
        actions.close(make.office(), on=DAY, by=by)
    assert refusal.value.code == "branches"

    actions.close(make.office(), on=DAY, successor=make.office("Sulama"), by=by)

    manado.refresh_from_db()
    assert manado.regional_office.name == "Sulama"
    assert Region.objects.get(code="71").regional_office.name == "Sulama"
