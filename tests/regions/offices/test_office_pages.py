"""The pages of the offices: read by everybody signed in, changed without scripts, nothing typed is lost."""

import pytest
from django.urls import reverse

from regions.models import Branch, Region, RegionalOffice
from tests import builders as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def regions():
    return [make.regency("71.01", "Kabupaten Bolaang Mongondow"), make.regency("71.71", "Kota Manado")]


@pytest.fixture
def manado(regions):
    return make.branch("Manado", regions[:1])


@pytest.fixture
def admin(client):
    client.force_login(make.administrator())
    return client


def area(branch):
    return sorted(branch.working_area.values_list("code", flat=True))


def page(branch, name="office-area"):
    return reverse(name, args=["cabang", branch.pk])


def test_an_administrator_adds_a_branch_and_is_led_to_its_working_area(admin):
    office = make.office("Sulama")

    response = admin.post(
        reverse("office-create", args=["cabang"]), {"name": "  Bitung  Baru ", "regional_office": office.pk}
    )

    made = Branch.objects.get(name="Bitung Baru")
    assert (made.regional_office, made.basis) == (office, "assumed")
    assert response.url == page(made)


def test_an_administrator_adds_a_regional_office(admin):
    admin.post(reverse("office-create", args=["wilayah"]), {"name": "Sulawesi"})

    assert RegionalOffice.objects.filter(name="Sulawesi").exists()


def test_ticks_become_the_working_area(admin, manado):
    response = admin.post(page(manado), {"seen": "71.01", "pick": ["71.71"], "since": "2025-03-01", "source": "SK 1"})

    assert response.url == page(manado, "office")
    assert area(manado) == ["71.71"]


def test_a_search_keeps_what_is_ticked_and_writes_nothing(admin, manado):
    typed = {"seen": "71.01", "pick": ["71.01", "71.71"], "since": "2025-03-01", "source": "SK 1", "q": "bolaang"}

    response = admin.post(page(manado), typed | {"find": "1"})

    html = response.content.decode()
    assert response.status_code == 200
    assert '<input type="hidden" name="pick" value="71.71">' in html
    assert 'id="pick-71.01" checked' in html
    assert 'id="pick-71.71"' not in html
    assert "SK 1" in html and "2025-03-01" in html
    assert area(manado) == ["71.01"]


def test_one_button_ticks_all_regions_of_a_province_and_writes_nothing(admin, manado):
    elsewhere = make.regency("72.71", "Kota Palu", parent=make.province("72", "Sulawesi Tengah"))
    typed = {"seen": "71.01", "pick": [elsewhere.code], "since": "2025-03-01", "source": "SK 1", "whole": "71"}

    response = admin.post(page(manado), typed)

    assert response.status_code == 200
    assert response.context["form"].ticked == {"71.01", "71.71", "72.71"}
    assert "SK 1" in response.content.decode()
    assert area(manado) == ["71.01"]


def test_a_page_somebody_else_overtook_shows_both_and_keeps_the_ticks(admin, manado, regions):
    manado.working_area.add(regions[1])

    response = admin.post(page(manado), {"seen": "71.01", "pick": ["71.01"], "since": "2025-03-01"})

    assert response.status_code == 409
    assert "data-conflict" in response.content.decode()
    assert area(manado) == ["71.01", "71.71"]
    assert response.context["form"]["seen"].value() == "71.01-71.71"


def test_a_fault_keeps_what_was_typed(admin, manado):
    response = admin.post(page(manado), {"seen": "71.01", "pick": ["71.71"], "since": "kemarin", "source": "SK 1"})

    html = response.content.decode()
    assert response.status_code == 422
    assert "kemarin" in html and "SK 1" in html and 'id="pick-71.71" checked' in html


def test_a_branch_is_renamed_split_closed_and_opened_again(admin, manado, regions):
    manado.working_area.add(regions[1])
    fields = {"name": "Manado Raya", "regional_office": manado.regional_office_id}
    seen = admin.get(page(manado, "office-edit")).context["form"]["seen"].value()

    admin.post(page(manado, "office-edit"), fields | {"seen": seen})
    typed = {"seen": "71.01-71.71", "pick": "71.71", "since": "2025-03-01", "name": "Bitung"}
    admin.post(page(manado, "office-split"), typed)
    bitung = Branch.objects.get(name="Bitung")
    admin.post(page(manado, "office-close"), {"on": "2025-04-01", "successor": bitung.pk})

    manado.refresh_from_db()
    assert (manado.name, manado.is_closed, area(bitung)) == ("Manado Raya", True, ["71.01", "71.71"])
    admin.post(page(manado, "office-reopen"))
    manado.refresh_from_db()
    assert not manado.is_closed


def test_an_office_whose_area_nobody_knows_says_so(admin):
    make.branch("Makassar")

    assert "Wilayah kerjanya belum diketahui" in admin.get(reverse("offices")).content.decode()


def test_the_pages_of_regions_tell_how_an_office_is_attested_to_whoever_arranges_it_alone(client, manado):
    Region.objects.provinces().update(regional_office_basis="assumed")
    pages = [reverse("regions"), reverse("region", args=["71"]), reverse("region", args=["71.01"])]
    told = []
    for who in (make.administrator(), make.person()):
        client.force_login(who)
        told.append(["asumsi" in client.get(page).content.decode() for page in pages])

    assert told == [[True] * 3, [False] * 3]


def test_an_assumption_is_shown_to_whoever_edits_it_alone(client, manado):
    office = page(manado, "office")
    client.force_login(make.administrator())
    assert "asumsi" in client.get(office).content.decode()

    client.force_login(make.branch_staff(name="Manado"))

    assert "asumsi" not in client.get(office).content.decode()


def test_a_regional_officer_looks_after_the_own_branches_alone(client, manado):
    client.force_login(make.regional_officer(make.office("Kalimantan")))
    assert client.get(page(manado)).status_code == 404

    client.force_login(make.regional_officer(manado.regional_office))

    assert client.get(page(manado)).status_code == 200


def test_an_office_is_found_by_a_region_of_its_area(admin, manado):
    make.branch("Makassar")

    response = admin.get(reverse("offices"), {"q": "bolaang"})

    assert [branch for group in response.context["groups"] for branch in group.branches] == [manado]


def test_a_closed_office_takes_nobody_any_more(admin, manado):
    admin.post(page(manado, "office-close"), {"on": "2025-04-01"})

    address = reverse("posting-create", args=[make.person().pk])
    response = admin.post(address, {"office": f"branch-{manado.pk}"})

    assert (response.status_code, manado.postings.count()) == (200, 0)
