"""Who may do what when: the role table and the stage table together, for every role and every stage."""

import pytest
from django.core.exceptions import PermissionDenied

from awards import permissions
from awards.models import Appointment, Role
from awards.models.appointments import OF_A_SELECTION
from awards.permissions import ROLE_TABLE, Capacity
from awards.stages import OPEN_IN, Permission, Stage
from regions.models import Posting, Region
from tests import builders as b
from tests.awards.conftest import at

pytestmark = pytest.mark.django_db


def somebody(role, selection):
    """A person who meets the selection in this capacity and no other."""
    if role == Capacity.ADMINISTRATOR:
        return b.administrator()
    if role == Capacity.BRANCH:
        return b.branch_staff(b.regency("51.01"))
    if role == Capacity.OFFICE:
        return b.regional_officer()
    return b.appointed(role, selection if role in OF_A_SELECTION else selection.edition)


OF_A_SELECTION_ALONE = [each for each in ROLE_TABLE if each[0] != Capacity.CANDIDATE]
"""A contact of a candidate has rights on one nomination only: ``tests/awards/doors``."""


@pytest.mark.parametrize(("role", "level"), OF_A_SELECTION_ALONE)
def test_a_role_is_granted_what_both_tables_allow_and_nothing_else(role, level):
    selection = b.selection(national=level == "national")
    user = somebody(role, selection)

    granted = {stage: permissions.granted(user, at(selection, stage)) for stage in Stage}

    assert granted == {stage: ROLE_TABLE[role, level] & OPEN_IN[stage] for stage in Stage}


@pytest.mark.parametrize(("role", "level"), OF_A_SELECTION_ALONE)
def test_one_permission_is_granted_as_all_of_them_are(role, level):
    selection = at(b.selection(national=level == "national"), Stage.NOMINATION)
    user = somebody(role, selection)

    one_by_one = {permission for permission in Permission if permissions.may(user, permission, selection)}

    assert one_by_one == permissions.granted(user, selection)


@pytest.mark.parametrize("head_first", [True, False])
def test_whoever_is_posted_at_the_head_office_meets_every_selection_whatever_other_postings_say(head_first):
    selection, user = b.selection(at=b.province("51", "Bali")), b.person()
    elsewhere = b.province("63", "Kalimantan Selatan").regional_office or b.office()
    Region.objects.filter(code="63").update(regional_office=elsewhere)
    places = [{"place": "head"}, {"place": "regional", "regional_office": elsewhere}]

    for place in places if head_first else reversed(places):
        Posting.objects.create(user=user, **place)

    assert permissions.capacities_in(user, [selection]) == {selection.pk: {Capacity.OFFICE}}


def test_a_stranger_is_granted_nothing():
    selection = b.selection()

    assert permissions.granted(b.person(), selection) == frozenset()


def test_an_ended_appointment_grants_nothing():
    selection = b.selection()
    user = b.committee(selection)
    Appointment.objects.update(ended_at="2024-01-01T00:00Z")

    assert permissions.granted(user, selection) == frozenset()


def test_an_appointment_to_one_selection_grants_nothing_in_another():
    here, there = b.selection(), b.selection(at=b.province("52", "NTB"))

    assert permissions.granted(b.committee(here), there) == frozenset()


def test_a_branch_posting_elsewhere_does_not_turn_an_office_into_a_branch():
    user = b.regional_officer()
    lamandau = b.regency(
        "62.09", "Kabupaten Lamandau", parent=b.province("62", "Kalteng", regional_office=b.office("K"))
    )
    b.branch("Pangkalan Bun", [lamandau]).postings.create(user=user, place="branch")

    assert permissions.granted(user, b.selection()) == frozenset({Permission.SEE})


def test_the_head_office_sees_every_provincial_selection():
    selections = [b.selection(), b.selection(at=b.province("11", "Aceh", regional_office=b.office("Sumbagut")))]
    user = b.head_officer()

    assert set(permissions.granted_in(user, selections).values()) == {frozenset({Permission.SEE})}


def test_what_is_not_granted_is_refused_by_name():
    selection = b.selection()

    with pytest.raises(PermissionDenied):
        permissions.require(b.committee(selection), Permission.SCORE, selection)


def test_a_branch_repairs_only_nominations_of_its_own_working_area():
    selection = b.selection()
    own, foreign = (
        b.nomination(selection, b.regency("51.01")),
        b.nomination(selection, b.regency("51.02", "Kabupaten T")),
    )
    user = b.branch_staff(b.regency("51.01"))
    Appointment.objects.create(user=user, role=Role.AUDITOR, edition=selection.edition)

    assert Permission.REPAIR in permissions.granted_on(user, own)
    assert Permission.REPAIR not in permissions.granted_on(user, foreign)


def test_many_selections_cost_as_many_queries_as_one(django_assert_num_queries):
    user = b.committee(b.selection())
    selections = [b.selection(at=b.province(str(code), f"P{code}")) for code in range(61, 66)]

    with django_assert_num_queries(2):
        permissions.granted_in(user, selections[:1])
    with django_assert_num_queries(2):
        permissions.granted_in(user, selections)
