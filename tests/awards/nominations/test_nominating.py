"""Nominating those that are no government: search, sector, or a new candidate on the way."""

import pytest
from django.urls import reverse

from awards.models import Nomination, Sector
from tests import builders as b


@pytest.fixture
def companies(bali):
    """A category of companies in the selection."""
    made = b.category(bali.edition, "perusahaan", "company")
    bali.categories.add(made)
    return made


def address(selection, category):
    return reverse("nominate", args=[selection.slug, category.slug])


def test_a_company_of_the_own_area_becomes_a_draft(bali, staff, jembrana, companies, signed_in):
    company = b.company(jembrana)

    answer = signed_in(staff).post(address(bali, companies), {"candidate": company.pk})

    made = Nomination.objects.get()
    assert (answer.url, made.candidate, made.sector, made.nominated_by) == (
        made.get_absolute_url(),
        company,
        None,
        staff,
    )


def test_a_company_of_the_province_is_nominated_and_answered_by_its_branches_alone(
    bali, staff, jembrana, companies, signed_in
):
    b.rubric(companies, ("pu", "mark", 10000))
    company = b.company(jembrana.parent)

    made = signed_in(staff).post(address(bali, companies), {"candidate": company.pk})

    pages = [made.url, reverse("nomination-answers", args=[Nomination.objects.get().pk])]
    assert [signed_in(staff).get(page).status_code for page in pages] == [200, 200]
    stranger = b.branch_staff(b.regency("63.71", "Kota Banjarmasin"), name="Banjarmasin")
    assert [signed_in(stranger).get(page).status_code for page in pages] == [404, 404]


def test_a_candidate_leads_to_the_open_categories_it_is_not_yet_in(bali, staff, jembrana, companies, signed_in):
    company, client = b.company(jembrana), signed_in(staff)

    page = client.get(company.get_absolute_url())
    [(category, selection)] = page.context["contests"]
    offered = client.get(address(selection, category), {"candidate": company.pk, "q": company.name})
    client.post(address(bali, companies), {"candidate": company.pk})

    assert offered.context["form"]["candidate"].value() == str(company.pk)
    assert client.get(company.get_absolute_url()).context["contests"] == []


def test_a_company_of_another_area_or_kind_or_one_merged_is_no_choice(
    bali, staff, jembrana, tabanan, companies, signed_in
):
    kept = b.company(jembrana, "PT Tetap")
    merged = {"merged_into": kept, "merged_by": staff, "merged_at": "2024-01-01T00:00Z"}
    others = [
        b.company(tabanan, "PT Tabanan"),
        b.company(jembrana, "Warung Contoh", kind="small"),
        b.company(jembrana, "PT Lama", **merged),
    ]
    client = signed_in(staff)

    pages = [client.post(address(bali, companies), {"candidate": other.pk}) for other in others]

    assert [list(page.context["form"].errors) for page in pages] == [["candidate"]] * 3
    assert Nomination.objects.count() == 0


def test_where_the_category_has_sectors_one_is_chosen(bali, staff, jembrana, companies, signed_in):
    company = b.company(jembrana)
    sector = Sector.objects.create(category=companies, slug="jasa", name="Jasa")
    foreign = Sector.objects.create(category=b.category(), slug="lain", name="Lain")
    client = signed_in(staff)

    refused = [
        list(client.post(address(bali, companies), {"candidate": company.pk} | more).context["form"].errors)
        for more in ({}, {"sector": foreign.pk})
    ]
    client.post(address(bali, companies), {"candidate": company.pk, "sector": sector.pk})

    assert refused == [["sector"], ["sector"]]
    assert Nomination.objects.get().sector == sector


def test_the_search_narrows_what_is_offered(bali, staff, jembrana, companies, signed_in):
    found = b.company(jembrana, "PT Contoh Jaya", npp="AA001122")
    b.company(jembrana, "PT Lain")
    client = signed_in(staff)

    offered = [
        [
            pk
            for pk, _label in client.get(address(bali, companies), {"q": text})
            .context["form"]
            .fields["candidate"]
            .choices
        ]
        for text in ("contoh", "AA001122", "tidak ada")
    ]

    assert offered == [[found.pk], [found.pk], []]


def test_a_new_candidate_on_the_way_comes_back_chosen(bali, staff, jembrana, companies, signed_in):
    url = reverse("candidate-create", args=["company"])
    query = f"?selection={bali.slug}&category={companies.slug}"
    data = {"name": "PT Baru", "region": jembrana.pk, "version": 1}
    client = signed_in(staff)

    answer = client.post(url + query, data)
    page = client.get(answer.url)

    assert answer.url.startswith(address(bali, companies) + "?candidate=")
    assert page.context["form"]["candidate"].value() == answer.url.rpartition("=")[2]


def test_an_address_of_a_selection_one_does_not_see_leads_nowhere(bali, staff, jembrana, companies, signed_in):
    hidden = b.selection(at=b.province("63", "Kalimantan Selatan", regional_office=b.office("Kalimantan")))
    url = reverse("candidate-create", args=["company"]) + f"?selection={hidden.slug}&category={companies.slug}"

    answer = signed_in(staff).post(url, {"name": "PT Baru", "region": jembrana.pk, "version": 1})

    assert answer.url.startswith("/kandidat/")
