"""Pages of coverage: who may see and do what, and that nothing typed is lost."""

import pytest
from django.urls import reverse

from paritrana.accounts.models import AuditEvent
from regions.models import Coverage, CoverageVersion
from tests.builders import (
    branch_staff,
    coverage,
    definition,
    regency,
    regional_officer,
)

pytestmark = pytest.mark.django_db

YEAR = 2024


@pytest.fixture
def gianyar():
    return regency("51.04", "Kabupaten Gianyar")


def address(region, year=YEAR, name="coverage-edit"):
    return reverse(name, args=[region.code, year])


def typed(**figures):
    """What a browser sends: PU="1000/500" and so on; every other segment empty."""
    sent = {"figure-TOTAL_FORMS": "2", "figure-INITIAL_FORMS": "2"}
    for code in ("PU", "BPU"):
        workers, _, participants = figures.get(code, "/").partition("/")
        sent |= {
            f"figure-{code}-workers": workers,
            f"figure-{code}-participants": participants,
            f"figure-{code}-definition": str(definition().pk),
            f"figure-{code}-source": "",
            f"figure-{code}-as_of": "",
            f"figure-{code}-version": str(figures.get(f"{code}_version", 0)),
        }
    return sent


def refusals(response):
    return {
        name: errors[0].code
        for form in response.context["sheet"].forms
        for name, errors in ((form.add_prefix(field), found) for field, found in form.errors.as_data().items())
    }


def test_a_branch_enters_the_figures_of_its_own_area(client, jembrana):
    staff = branch_staff(jembrana)
    client.force_login(staff)

    response = client.post(address(jembrana), typed(PU="1.234.567/500000"))

    assert response.status_code == 302
    figure = Coverage.objects.get()
    assert (figure.segment.code, figure.workers, figure.participants, figure.version) == ("PU", 1234567, 500000, 1)
    assert CoverageVersion.objects.values_list("written_by", "origin").get() == (staff.pk, address(jembrana))
    assert AuditEvent.objects.filter(verb="coverage.enter").values_list("actor", flat=True).get() == staff.pk


@pytest.mark.parametrize("name", ["coverage-edit", "coverage-history"])
def test_a_foreign_region_answers_like_an_absent_one(client, jembrana, gianyar, name):
    client.force_login(branch_staff(jembrana))

    answers = [client.get(address(gianyar, name=name)), client.get(reverse(name, args=["99.99", YEAR]))]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert client.get(address(jembrana, name=name)).status_code == 200


def test_a_branch_cannot_write_into_a_foreign_region(client, jembrana, gianyar):
    client.force_login(branch_staff(jembrana))

    response = client.post(address(gianyar), typed(PU="1000/500"))

    assert response.status_code == 404
    assert Coverage.objects.count() == 0


def test_those_who_verify_do_not_enter(client, jembrana):
    client.force_login(regional_officer())

    response = client.post(address(jembrana), typed(PU="1000/500"))

    assert response.status_code == 403
    assert Coverage.objects.count() == 0


@pytest.mark.parametrize("year", [2013, 2100])
def test_a_year_that_cannot_have_figures_is_absent(client, jembrana, year):
    client.force_login(branch_staff(jembrana))

    assert client.get(address(jembrana, year)).status_code == 404


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"PU": "1,234/5"}, {"figure-PU-workers": "ambiguous"}),
        ({"PU": "1000/12O"}, {"figure-PU-participants": "ambiguous"}),
        ({"PU": "0/0"}, {"figure-PU-workers": "out-of-range"}),
        ({"PU": "1000/"}, {"figure-PU-participants": "half"}),
        ({"BPU": "/10"}, {"figure-BPU-workers": "half"}),
    ],
)
def test_a_figure_that_cannot_be_read_is_refused_and_kept_as_typed(client, jembrana, sent, expected):
    client.force_login(branch_staff(jembrana))

    response = client.post(address(jembrana), typed(**sent))

    assert response.status_code == 422
    assert refusals(response) == expected
    for code, figures in sent.items():
        form = next(f for f in response.context["sheet"].forms if f.segment.code == code)
        assert f"{form['workers'].value()}/{form['participants'].value()}" == figures
    assert Coverage.objects.count() == 0


def test_a_reported_figure_cannot_be_emptied(client, jembrana):
    coverage(jembrana, YEAR, "PU")
    client.force_login(branch_staff(jembrana))

    response = client.post(address(jembrana), typed(PU="/", PU_version=1))

    assert refusals(response) == {"figure-PU-workers": "emptied", "figure-PU-participants": "emptied"}


def test_a_date_in_the_future_is_refused(client, jembrana):
    client.force_login(branch_staff(jembrana))

    response = client.post(address(jembrana), typed(PU="10/5") | {"figure-PU-as_of": "2999-01-01"})

    assert refusals(response) == {"figure-PU-as_of": "future"}


def test_the_second_of_two_forms_meets_both_values_and_keeps_its_typing(client, jembrana):
    coverage(jembrana, YEAR, "PU", workers=1000, participants=500)
    client.force_login(branch_staff(jembrana))
    client.post(address(jembrana), typed(PU="1000/600", PU_version=1))

    response = client.post(address(jembrana), typed(PU="1000/700", PU_version=1))

    assert response.status_code == 409
    assert [(row["mine"], row["theirs"]) for row in response.context["conflicts"]] == [("700", "600")]
    form = response.context["sheet"].forms[0]
    assert (form["participants"].value(), form["version"].value()) == ("700", "2")
    assert Coverage.objects.get().participants == 600


def test_who_saw_the_conflict_may_save_again(client, jembrana):
    coverage(jembrana, YEAR, "PU", workers=1000, participants=500)
    client.force_login(branch_staff(jembrana))
    client.post(address(jembrana), typed(PU="1000/600", PU_version=1))
    client.post(address(jembrana), typed(PU="1000/700", PU_version=1))

    response = client.post(address(jembrana), typed(PU="1000/700", PU_version=2))

    assert response.status_code == 302
    assert Coverage.objects.values_list("participants", "version").get() == (700, 3)


def test_a_locked_figure_is_not_changed_by_the_form(client, jembrana):
    staff = branch_staff(jembrana)
    coverage(jembrana, YEAR, "PU", participants=500, locked_at="2025-01-01T00:00Z", locked_by=staff)
    client.force_login(staff)

    response = client.post(address(jembrana), typed(PU="1000/900", PU_version=1, BPU="10/5"))

    assert response.status_code == 302
    assert list(Coverage.objects.values_list("segment__code", "participants")) == [("PU", 500), ("BPU", 5)]


def test_the_history_names_who_wrote_each_version_and_where(client, jembrana):
    staff = branch_staff(jembrana)
    client.force_login(staff)
    client.post(address(jembrana), typed(PU="1000/500"))
    client.post(address(jembrana), typed(PU="1000/600", PU_version=1))

    response = client.get(address(jembrana, name="coverage-history"))

    assert [(v.version, v.participants, v.written_by) for v in response.context["versions"]] == [
        (2, 600, staff),
        (1, 500, staff),
    ]
