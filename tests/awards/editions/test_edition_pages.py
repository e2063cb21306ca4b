"""Setting up an edition in the browser: founding, importing, exporting, its head, zones and categories."""

import copy
import datetime
import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from awards.editions import actions
from awards.editions.documents import load_edition, zones_of
from awards.editions.export import exported
from awards.models import Appointment, Category, Edition, Role, Sector, ZoneProvince
from paritrana.accounts.models import AuditEvent
from tests import builders as b
from tests.once import made_once

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "editions"
HEAD = {"label": "Periode 2025", "period_start": "2025-01-01", "period_end": "2025-12-31", "implementation_year": 2026}

pytestmark = pytest.mark.django_db


def ship():
    """The edition of 2024 as it is shipped, and somebody of its national committee."""
    for code in b.SEGMENTS:
        b.segment(code)
    document = json.loads((FIXTURES / "2024.json").read_text())
    for zone in document["zones"]:
        for code in zone["provinces"]:
            b.province(code, f"Provinsi {code}")
    edition = load_edition(document)
    return edition, b.appointed(Role.NATIONAL_COMMITTEE, edition)


built, made = made_once(ship)


@pytest.fixture
def shipped(made):
    return made[0]


@pytest.fixture
def national(made):
    return made[1]


@pytest.fixture
def page(client, national):
    client.force_login(national)
    return client


def file_of(document) -> SimpleUploadedFile:
    return SimpleUploadedFile("edisi.json", json.dumps(document).encode(), content_type="application/json")


@pytest.mark.parametrize("source", ["edition:2024", "shipped:default", "shipped:2022"])
def test_a_new_edition_starts_from_another_or_from_the_defaults_and_its_founder_designs_it(page, national, source):
    page.post(reverse("edition-create"), HEAD | {"source": source, "slug": "2025"})

    made = Edition.objects.get(slug="2025")
    assert (made.label, made.period_end) == ("Periode 2025", datetime.date(2025, 12, 31))
    assert made.categories.count() == {"edition:2024": 9, "shipped:default": 7, "shipped:2022": 7}[source]
    assert Appointment.objects.current().filter(user=national, edition=made).get().role == Role.NATIONAL_COMMITTEE


def test_the_source_of_a_zone_is_not_that_of_the_next_edition(page, shipped):
    ZoneProvince.objects.filter(province__code="14").update(source="https://contoh.id/zona", basis="attested")

    page.post(reverse("edition-create"), HEAD | {"source": "edition:2024", "slug": "2025"})

    copied = ZoneProvince.objects.filter(edition__slug="2025")
    assert set(copied.values_list("basis", "source")) == {("assumed", "")}
    assert copied.count() == 38


def test_a_short_name_that_is_taken_is_refused_beside_its_box(page):
    answer = page.post(reverse("edition-create"), HEAD | {"source": "shipped:default", "slug": "2024"})

    assert [error.code for error in answer.context["form"].errors.as_data()["slug"]] == ["slug"]
    assert Edition.objects.count() == 1


def test_an_exported_file_is_imported_by_another_office_as_the_same_edition(page, shipped):
    shared = json.loads(page.get(reverse("edition-export", args=["2024"])).content)

    page.post(reverse("edition-import"), {"file": file_of(shared), "slug": "2024-salinan"})

    assert exported(Edition.objects.get(slug="2024-salinan")) == exported(shipped) | {"slug": "2024-salinan"}


def test_every_fault_of_an_imported_file_is_told_at_once_with_its_place(page, shipped):
    document = copy.deepcopy(exported(shipped)) | {"slug": "2030"}
    del document["label"]
    document["categories"][0]["rubric"][0]["criteria"][0]["weight"] = "1.00"
    document["zones"][0]["provinces"]["11"] = 17

    answer = page.post(reverse("edition-import"), {"file": file_of(document)})

    places = [error.params["place"] for error in answer.context["form"].errors.as_data()["__all__"]]
    assert places == ["edition", "zones[0].provinces.11", "categories[0] (pemerintah-provinsi).rubric"]
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{", b"[" * 100_000, b"null", b"[]", b'"x"'])
def test_a_file_that_is_no_edition_is_refused_without_a_crash(page, content):
    answer = page.post(reverse("edition-import"), {"file": SimpleUploadedFile("x.json", content)})

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Edition.objects.count() == 1


def test_what_somebody_else_saved_meanwhile_is_shown_and_not_overwritten(page, shipped):
    seen = page.get(reverse("edition-edit", args=["2024"])).context["form"]["seen"].value()
    Edition.objects.update(label="Oleh yang lain")
    typed = HEAD | {"label": "Oleh saya", "seen": seen}

    answer = page.post(reverse("edition-edit", args=["2024"]), typed)
    assert (answer.status_code, Edition.objects.get().label) == (409, "Oleh yang lain")
    assert answer.context["conflict"]["rows"][0]["mine"] == "Oleh saya"
    page.post(reverse("edition-edit", args=["2024"]), typed | {"seen": answer.context["form"]["seen"].value()})

    assert Edition.objects.get().label == "Oleh saya"


def typed_zones(form) -> dict:
    return {name: form[name].value() for name in form.fields}


def test_a_province_moves_to_a_new_zone_on_the_page_of_zones(page, shipped):
    typed = typed_zones(page.get(reverse("edition-zones", args=["2024"])).context["form"])

    page.post(
        reverse("edition-zones", args=["2024"]),
        typed | {"name-5": "Timur", "zone-91": "5", "source-91": "SK 9/2025", "zone-96": ""},
    )

    zones = {zone["name"]: zone["provinces"] for zone in zones_of(shipped)}
    assert zones["Timur"] == {"91": "SK 9/2025"}
    assert {"91", "96"}.isdisjoint(zones["Nusa Tenggara-Maluku-Papua"])
    assert AuditEvent.objects.filter(verb="edition.zones").count() == 1


def test_an_assumed_zone_is_told_to_whoever_designs_the_edition_and_to_nobody_else(page, shipped, client):
    ZoneProvince.objects.filter(province__code="14").update(source="https://contoh.id/zona")
    address = reverse("edition", args=["2024"])
    designer = page.get(address).content.decode()
    client.force_login(b.appointed(Role.AUDITOR, shipped))
    shown = client.get(address).content.decode()

    assert "Provinsi 21*" in designer
    assert "https://contoh.id/zona" in designer
    assert "Provinsi 14*" not in designer
    assert "Provinsi 21" in shown
    assert "Provinsi 21*" not in shown
    assert "data-zone-sources" not in shown


def test_a_zone_with_provinces_keeps_its_name(page, shipped):
    before = zones_of(shipped)
    typed = typed_zones(page.get(reverse("edition-zones", args=["2024"])).context["form"])

    answer = page.post(reverse("edition-zones", args=["2024"]), typed | {"name-0": ""})

    assert list(answer.context["form"].errors) == ["name-0"]
    assert zones_of(shipped) == before


def category_form(**more) -> dict:
    return {"name": "Koperasi", "candidate_kind": "company", "order": "", "proposed": "1", **more}


def test_a_category_is_added_with_its_sectors_at_the_end(page, shipped):
    page.post(
        reverse("category-create", args=["2024"]),
        category_form(**{"sector-new-0": "Simpan pinjam", "sector-new-2": "Produksi"}),
    )

    made = Category.objects.get(name="Koperasi")
    assert (made.slug, made.order) == ("koperasi", 10)
    assert [sector.slug for sector in made.sectors.all()] == ["simpan-pinjam", "produksi"]


def test_a_category_says_which_kinds_and_scales_it_takes_and_keeps_it_in_the_document(page, shipped):
    takes = {"more_kinds": ["university"], "scales": ["besar"], "exclusive_group": "badan usaha"}

    page.post(reverse("category-create", args=["2024"]), category_form(**takes))

    made = Category.objects.get(name="Koperasi")
    assert made.kinds == ("company", "university")
    document = next(one for one in exported(shipped)["categories"] if one["slug"] == "koperasi")
    assert {key: document[key] for key in takes} == takes


def test_governments_have_no_scale(page, shipped):
    answer = page.post(
        reverse("category-create", args=["2024"]), category_form(candidate_kind="regency", scales=["besar"])
    )

    assert list(answer.context["form"].errors) == ["candidate_kind"]


def test_a_sector_is_renamed_in_place_and_goes_when_its_name_is_emptied(page, shipped):
    made = Category.objects.create(edition=shipped, slug="koperasi", name="Koperasi", candidate_kind="company", order=9)
    kept, gone = (Sector.objects.create(category=made, slug=name, name=name) for name in ("a", "b"))
    address = reverse("category-edit", args=["2024", "koperasi"])
    seen = page.get(address).context["form"]["seen"].value()

    page.post(address, category_form(order="9", seen=seen, **{f"sector-{kept.pk}": "Baru", f"sector-{gone.pk}": ""}))

    assert [(sector.pk, sector.slug, sector.name) for sector in made.sectors.all()] == [(kept.pk, "a", "Baru")]


def test_a_sector_somebody_is_nominated_in_stays(page, shipped):
    made = shipped.categories.get(slug="pemerintah-provinsi")
    sector = Sector.objects.create(category=made, slug="a", name="A")
    nomination = b.nomination(b.selection(of=shipped, national=True), b.province("51"))
    type(nomination).objects.update(sector=sector)
    values = actions.category_values(made)

    answer = page.post(
        reverse("category-edit", args=["2024", made.slug]),
        {name: values[name] for name in ("name", "candidate_kind", "order", "proposed")}
        | {
            f"sector-{sector.pk}": "",
            "seen": page.get(reverse("category-edit", args=["2024", made.slug])).context["form"]["seen"].value(),
        },
    )

    assert answer.status_code == 409
    assert made.sectors.count() == 1


def test_a_category_goes_only_while_nobody_uses_it(page, shipped):
    b.selection(of=shipped).categories.set(shipped.categories.filter(slug="pemerintah-desa"))

    for slug in ("pemerintah-desa", "usaha-kecil-mikro"):
        page.post(reverse("category-remove", args=["2024", slug]))

    slugs = set(shipped.categories.values_list("slug", flat=True))
    assert slugs & {"pemerintah-desa", "usaha-kecil-mikro"} == {"pemerintah-desa"}


def test_readers_of_an_edition_change_nothing(client, shipped):
    client.force_login(b.appointed(Role.AUDITOR, shipped))

    answers = [
        client.get(reverse(name, args=args)).status_code
        for name, args in [
            ("edition", ["2024"]),
            ("edition-export", ["2024"]),
            ("edition-edit", ["2024"]),
            ("edition-zones", ["2024"]),
            ("category-create", ["2024"]),
            ("rubric-edit", ["2024", "usaha-kecil-mikro"]),
            ("edition-create", []),
            ("edition-import", []),
        ]
    ]

    assert answers == [200, 200, 403, 403, 403, 403, 403, 403]


def queries(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(200) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def test_the_list_costs_the_same_for_one_edition_and_for_many(page, national, django_assert_max_num_queries):
    once = queries(page, reverse("editions"), django_assert_max_num_queries)
    for year in range(2010, 2020):
        Appointment.objects.create(user=national, role=Role.NATIONAL_COMMITTEE, edition=b.edition(year))

    assert queries(page, reverse("editions"), django_assert_max_num_queries) == once


def test_the_page_of_an_edition_costs_the_same_for_five_categories_and_for_ten(
    page, shipped, django_assert_max_num_queries
):
    once = queries(page, reverse("edition", args=["2024"]), django_assert_max_num_queries)
    for number in range(5):
        b.title(b.rubric(b.category(shipped, f"lain-{number}"), ("pu", "mark", 10_000)))

    assert queries(page, reverse("edition", args=["2024"]), django_assert_max_num_queries) == once
