"""Which candidates a category takes: kinds, legal scales, and categories that exclude each other."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from awards.models import Appointment, Nomination, Role
from awards.nominations import actions, entry, transitions
from awards.stages import NominationState, Stage
from tests import builders as make

pytestmark = pytest.mark.django_db
LARGE = {"scale": "besar", "scale_basis": "penjualan", "scale_amount": 60_000_000_000}


@pytest.fixture
def jembrana():
    return make.regency()


@pytest.fixture
def staff(jembrana):
    return make.branch_staff(jembrana)


@pytest.fixture
def medium():
    return category("perusahaan-menengah", scales=["menengah"])


def category(slug, kind="company", **fields):
    made = make.category(make.edition(), slug, kind)
    for name, value in fields.items():
        setattr(made, name, value)
    made.save()
    make.rubric(made)
    return made


def test_a_company_of_another_scale_is_refused_with_its_figures(medium, jembrana, staff):
    big = make.company(jembrana, "PT Besar", **LARGE)
    category("perusahaan-besar", scales=["besar"])
    selection = make.selection(Stage.NOMINATION)

    with pytest.raises(ValidationError) as refusal:
        actions.nominate(selection, medium, big, by=staff)

    assert refusal.value.code == "scale"
    assert "60.000.000.000" in refusal.value.message and "50.000.000.000" in refusal.value.message
    assert "Perusahaan Besar" in refusal.value.message


def test_an_enterprise_too_large_for_its_kind_is_told_as_which_it_is_entered(medium, jembrana, staff):
    small = category("usaha-kecil", "small", scales=["mikro", "kecil"])
    big = make.company(jembrana, "UD Besar", kind="small", **LARGE)
    category("perusahaan-besar", scales=["besar"])

    told = entry.misfit(make.selection(Stage.NOMINATION), small, big)

    assert "Kandidat berskala itu dimasukkan sebagai: perusahaan." in told


def test_the_refusal_leads_to_the_figures_of_the_candidate(medium, jembrana, staff, client):
    big = make.company(jembrana, "PT Besar", **LARGE)
    selection = make.selection(Stage.NOMINATION)
    client.force_login(staff)

    response = client.post(reverse("nominate", args=[selection.slug, medium.slug]), {"candidate": big.pk})

    assert reverse("candidate-edit", args=[big.pk]) in response.content.decode()
    assert not Nomination.objects.exists()


@pytest.mark.parametrize("scale", [{}, LARGE | {"scale": "menengah", "scale_amount": 20_000_000_000}])
def test_a_company_of_the_scale_or_of_none_known_is_taken(medium, jembrana, staff, scale):
    selection = make.selection(Stage.NOMINATION)

    made = actions.nominate(selection, medium, make.company(jembrana, **scale), by=staff)

    assert made.category == medium


def test_a_scale_that_changed_since_holds_up_sending(medium, jembrana, staff):
    selection = make.selection(Stage.NOMINATION)
    made = actions.nominate(selection, medium, make.company(jembrana), by=staff)
    type(made.candidate).objects.update(**LARGE)
    made.refresh_from_db()

    with pytest.raises(ValidationError) as refusal:
        transitions.submit(made, by=staff)

    assert refusal.value.code == "scale"


def test_a_category_takes_every_kind_it_names(jembrana, staff):
    public = category("layanan-publik", "public-service", more_kinds=["university"])
    selection = make.selection(Stage.NOMINATION)
    university = make.company(jembrana, "Universitas Contoh", kind="university")

    assert list(actions.nominable_candidates(selection, public, staff)) == [university]
    assert actions.nominate(selection, public, university, by=staff).candidate == university


def test_two_categories_of_scales_that_never_meet_exclude_each_other(medium):
    large, both = category("besar", scales=["besar"]), category("semua", scales=["menengah", "besar"])

    assert medium.excludes(large) and large.excludes(medium)
    assert not both.excludes(large) and not medium.excludes(medium)


def test_categories_of_one_group_exclude_each_other():
    one, other = category("satu", exclusive_group="badan usaha"), category("dua", exclusive_group="badan usaha")

    assert one.excludes(other)
    assert not one.excludes(category("tiga"))


@pytest.fixture
def twice(medium, jembrana):
    large = category("perusahaan-besar", scales=["besar"])
    selection = make.selection(Stage.NOMINATION)
    company = make.company(jembrana)
    given = {"selection": selection, "candidate": company, "nominated_by": make.person()}
    return [Nomination.objects.create(category=one, **given) for one in (medium, large)]


def test_a_candidate_in_categories_that_exclude_each_other_is_named(twice):
    assert entry.rivals(twice) == {twice[0].pk: [twice[1]], twice[1].pk: [twice[0]]}


def test_a_nomination_that_was_withdrawn_excludes_nothing(twice):
    gone = {"state": NominationState.WITHDRAWN, "left_from": NominationState.DRAFT, "left_reason": "Salah"}
    Nomination.objects.filter(pk=twice[0].pk).update(**gone)

    assert entry.rivals(Nomination.objects.all()) == {}


def test_branch_and_committee_read_who_stands_in_two_of_them(twice, staff, client):
    committee = make.person()
    selection = twice[0].selection
    Appointment.objects.create(
        user=committee, role=Role.PROVINCIAL_COMMITTEE, edition=selection.edition, selection=selection
    )

    for person in (staff, committee):
        client.force_login(person)
        assert client.get(reverse("nominations", args=[selection.slug])).content.decode().count("data-excluded=") == 1
        assert f'data-rival="{twice[1].pk}"' in client.get(twice[0].get_absolute_url()).content.decode()
