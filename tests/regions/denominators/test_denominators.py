"""Workers are set once by an office; branches see them and cannot differ."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from regions.coverage import actions as coverage_actions
from regions.denominators import actions
from regions.models import Coverage, CoverageVersion, Denominator, State
from tests.builders import (
    branch_staff,
    coverage,
    definition,
    head_officer,
    office,
    person,
    province,
    regency,
    regional_officer,
    segment,
)

pytestmark = pytest.mark.django_db
YEAR = 2024


def measured(workers=2000, based_on=0, **fields):
    return actions.Measured(segment(), workers, fields.pop("of", definition()), based_on=based_on, **fields)


def set_workers(region, *all_measured, by=None):
    return actions.set_denominators(region, YEAR, all_measured or [measured()], by=by or person(), origin="/test/")


def entry(workers, participants=500, of=None):
    return coverage_actions.FigureEntry(segment(), workers, participants, of or definition())


def test_a_figure_with_other_workers_than_the_office_set_is_refused():
    set_workers(regency())

    with pytest.raises(ValidationError) as refused:
        coverage_actions.enter(regency(), YEAR, [entry(1000)], by=person(), origin="/test/")

    assert [error.code for error in refused.value.error_list] == ["denominator"]
    assert Coverage.objects.count() == 0


def test_a_figure_counted_by_another_definition_is_refused():
    set_workers(regency())

    with pytest.raises(ValidationError) as refused:
        coverage_actions.enter(
            regency(), YEAR, [entry(2000, of=definition(denominator="Lain"))], by=person(), origin="/test/"
        )

    assert [error.code for error in refused.value.error_list] == ["denominator"]


def test_a_figure_with_the_workers_set_is_taken():
    set_workers(regency())

    coverage_actions.enter(regency(), YEAR, [entry(2000)], by=person(), origin="/test/")

    assert Coverage.objects.get().workers == 2000


@pytest.mark.parametrize("state", [State.DRAFT, State.SENT])
def test_an_open_figure_takes_the_workers_over_as_a_version_and_keeps_its_state(state):
    coverage(regency(), YEAR, state=state)

    set_workers(regency())

    assert Coverage.objects.values_list("workers", "participants", "version", "state").get() == (2000, 500, 2, state)
    assert list(CoverageVersion.objects.values_list("version", "workers")) == [(2, 2000), (1, 1000)]


def test_a_verified_figure_waits_for_a_correction():
    coverage(regency(), YEAR, verified_at="2025-01-01T00:00Z", verified_by=person())

    set_workers(regency())

    assert Coverage.objects.values_list("workers", "version").get() == (1000, 1)
    assert Denominator.objects.get().workers == 2000


def test_the_same_denominator_again_writes_nothing():
    set_workers(regency())

    assert set_workers(regency(), measured(based_on=1)) == []
    assert Denominator.objects.get().version == 1


@pytest.mark.parametrize("based_on", [0, 2])
def test_a_denominator_changed_meanwhile_is_a_conflict(based_on):
    set_workers(regency())

    with pytest.raises(ValidationError) as refused:
        set_workers(regency(), measured(3000, based_on=based_on))

    assert refused.value.code == "conflict"
    assert Denominator.objects.get().workers == 2000


@pytest.mark.parametrize(
    ("wrong", "code"), [({"workers": 0}, "no-workers"), ({"as_of": datetime.date(2999, 1, 1)}, "future")]
)
def test_impossible_denominators_are_refused(wrong, code):
    with pytest.raises(ValidationError) as refused:
        set_workers(regency(), measured(**wrong))

    assert refused.value.code == code


def address(code="51"):
    return reverse("denominators", args=[code, YEAR])


def typed(**boxes):
    return {
        "denominator": "Penduduk bekerja",
        "source": "BPS, Sakernas Agustus",
        "as_of": "2024-08-31",
        **{f"workers-{name.replace('_', '.')[1:]}-PU": workers for name, workers in boxes.items()},
    }


@pytest.mark.parametrize("officer", [regional_officer, head_officer])
def test_offices_set_the_workers_of_a_whole_province_on_one_page(client, officer):
    segment()
    regency("51.01"), regency("51.02", "Kabupaten Tabanan")
    client.force_login(officer())

    response = client.post(address(), typed(_51_01="1.000", _51_02="2000"))

    assert response.status_code == 302
    assert list(Denominator.objects.values_list("region__code", "workers", "source", "definition__territory")) == [
        ("51.01", 1000, "BPS, Sakernas Agustus", "regency or city"),
        ("51.02", 2000, "BPS, Sakernas Agustus", "regency or city"),
    ]


def test_one_wrong_box_sets_nothing_and_keeps_what_was_typed(client):
    segment()
    regency("51.01"), regency("51.02", "Kabupaten Tabanan")
    client.force_login(regional_officer())

    response = client.post(address(), typed(_51_01="1.000", _51_02="1.23"))

    assert response.status_code == 422
    assert list(response.context["grid"].errors) == ["workers-51.02-PU"]
    assert response.context["grid"]["workers-51.02-PU"].value() == "1.23"
    assert Denominator.objects.count() == 0


def test_branches_and_offices_of_other_provinces_find_no_such_page(client):
    province("51")
    regency("51.01")
    for user in (branch_staff(regency("51.01")), regional_officer(office("Kalimantan")), person()):
        client.force_login(user)

        assert [client.get(address()).status_code, client.post(address(), typed()).status_code] == [404, 404]


def test_the_branch_sees_the_workers_and_what_it_posts_instead_is_not_taken(client):
    region = regency()
    set_workers(region, measured(source="BPS", as_of=datetime.date(2024, 8, 31)))
    client.force_login(branch_staff(region))
    edit = reverse("coverage-edit", args=[region.code, YEAR])
    sent = {"figure-TOTAL_FORMS": "1", "figure-INITIAL_FORMS": "1", "figure-PU-participants": "500"}

    client.post(edit, sent | {"figure-PU-workers": "9", "figure-PU-definition": "", "figure-PU-version": "0"})

    assert client.get(edit).context["sheet"].forms[0]["workers"].field.disabled
    assert Coverage.objects.values_list("workers", "participants").get() == (2000, 500)


def test_a_denominator_alone_is_no_report(client):
    region = regency()
    set_workers(region)
    client.force_login(branch_staff(region))
    sent = {"figure-TOTAL_FORMS": "1", "figure-INITIAL_FORMS": "1", "figure-PU-participants": ""}

    response = client.post(reverse("coverage-edit", args=[region.code, YEAR]), sent)

    assert response.status_code == 302
    assert Coverage.objects.count() == 0


@pytest.fixture
def file(tmp_path):
    segment()
    regency("51.01")

    def write(*rows):
        path = tmp_path / "penyebut.csv"
        path.write_text("\n".join(["year,region_code,segment,workers,definition,source,as_of", *rows]))
        return path

    return write


def test_a_file_sets_denominators_and_says_the_same_thing_only_once(file):
    path = file(f"{YEAR},51.01,PU,2.000,bekerja,BPS,2024-08-31")

    for _turn in range(2):
        call_command("import_denominators", path, verbosity=0)

    assert Denominator.objects.values_list("workers", "version", "definition__denominator", "as_of").get() == (
        2000,
        1,
        "bekerja",
        datetime.date(2024, 8, 31),
    )


@pytest.mark.parametrize(
    "wrong",
    [
        f"{YEAR},51.01,PU,1.23,,BPS,2024-08-31",
        f"{YEAR},51.01,PU,0,,BPS,2024-08-31",
        f"{YEAR},51.99,PU,10,,BPS,2024-08-31",
        f"{YEAR},51.01,XX,10,,BPS,2024-08-31",
        f"{YEAR},51.01,PU,10,,,2024-08-31",
        f"{YEAR},51.01,PU,10,,BPS,kemarin",
        "2013,51.01,PU,10,,BPS,2024-08-31",
        f"{YEAR},51,PU,11,,BPS,2024-08-31",
    ],
)
def test_one_fault_in_a_file_and_nothing_is_written(file, wrong):
    path = file(f"{YEAR},51,PU,10,,BPS,2024-08-31", wrong)

    with pytest.raises(CommandError):
        call_command("import_denominators", path, verbosity=0)

    assert Denominator.objects.count() == 0
