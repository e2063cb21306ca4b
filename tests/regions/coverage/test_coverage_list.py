"""The list of a working area, and what pages cost."""

import pytest
from django.urls import reverse

from tests.builders import branch_staff, coverage, head_officer, person, province, regency

pytestmark = pytest.mark.django_db

YEAR = 2024


@pytest.fixture
def gianyar():
    return regency("51.04", "Kabupaten Gianyar")


def test_the_list_holds_the_own_area_only(client, jembrana, gianyar):
    client.force_login(branch_staff(jembrana))

    response = client.get(reverse("coverage"))

    assert [row["region"].code for row in response.context["rows"]] == ["51.01"]


def test_a_person_without_a_posting_gets_an_empty_list_with_a_way_out(client, jembrana):
    client.force_login(person())

    response = client.get(reverse("coverage"))

    assert (response.status_code, response.context["has_area"]) == (200, False)
    assert reverse("regions") in response.content.decode()


def test_the_list_can_be_narrowed_to_what_waits_and_to_what_is_missing(client, jembrana, gianyar):
    coverage(jembrana, YEAR, "PU")
    client.force_login(head_officer())

    found = {
        state: [row["region"].code for row in client.get(reverse("coverage"), {"state": state}).context["rows"]]
        for state in ("waiting", "missing", "nonsense")
    }

    assert found == {"waiting": ["51.01"], "missing": ["51", "51.04"], "nonsense": ["51", "51.01", "51.04"]}


def counted(client, django_assert_max_num_queries, url):
    with django_assert_max_num_queries(200) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_pages_cost_the_same_queries_with_one_row_and_with_many(client, django_assert_max_num_queries):
    bali = province("51")
    coverage(regency("51.01", "Kabupaten A1"), YEAR, "PU")
    client.force_login(head_officer())
    regions = reverse("regions")
    urls = [reverse("coverage"), reverse("region", args=["51"]), regions, f"{regions}?q=kabupaten a"]
    few = [counted(client, django_assert_max_num_queries, url) for url in urls]
    for number in range(2, 45):
        region = regency(f"51.{number:02}", f"Kabupaten A{number}", parent=bali)
        coverage(region, YEAR, "PU")
        coverage(region, YEAR, "BPU")

    many = [counted(client, django_assert_max_num_queries, url) for url in urls]

    assert many == few
