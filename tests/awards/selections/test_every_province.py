"""Every province starts from what the portal ships: its office is known, its pages make sense, none prints a zone."""

import json
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from awards.editions.documents import load_edition
from awards.models import Role
from awards.models.editions import CandidateKind
from awards.selections.actions import open_selections
from awards.stages import Stage
from regions.models import Branch, Posting, Region
from regions.places import reference
from tests import builders as make
from tests.once import made_once

pytestmark = pytest.mark.django_db

FIXTURES = settings.BASE_DIR / "fixtures"
TRIED = {"11", "21", "31", "34", "51", "71", "82", "95"}
CODES = [row.split(",")[0] for row in (FIXTURES / "regions" / "provinces.csv").read_text().splitlines()[1:]]
PROVINCES = [code if code in TRIED else pytest.param(code, marks=pytest.mark.complete) for code in CODES]
GOVERNMENTS = "pemerintah-kabupaten-kota"
OWN = "pemerintah-provinsi"
ZONE = re.compile(r"\bzona\b(?! waktu)", re.IGNORECASE)


def open_the_nation():
    """All 38 provinces with every category that ships; the nation's own selection as well."""
    reference.load(reference.read(FIXTURES / "regions"))
    edition = load_edition(json.loads((FIXTURES / "editions" / "2025.json").read_text()))
    national = make.appointed(Role.NATIONAL_COMMITTEE, edition)
    places = [None, *Region.objects.provinces()]
    open_selections(edition, places, edition.categories.all(), by=national)
    return edition


built, nation = made_once(open_the_nation)


def read(client, name, *arguments):
    answer = client.get(reverse(name, args=arguments))
    assert answer.status_code == 200, (name, arguments, answer.status_code)
    return answer


def text(answer) -> str:
    return re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main", 1)[-1])


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def office_for(province) -> Branch:
    """A branch that works in the province: one that ships with an area there, or one that is given all of it."""
    known = Branch.objects.filter(working_area__parent=province).first()
    if known:
        return known
    made = make.branch(f"Cabang {province.short_name}")
    Branch.objects.filter(pk=made.pk).update(regional_office=province.regional_office)
    made.refresh_from_db()
    typed = {"pick": [region.code for region in province.children.all()], "since": "2026-01-02", "seen": ""}
    answer = signed_in(make.head_officer()).post(reverse("office-area", args=["cabang", made.pk]), typed)
    assert answer.status_code == 302
    return made


def test_the_nation_has_38_provinces_with_a_regional_office_each(nation):
    assert len(CODES) == nation.selections.exclude(province=None).count() == 38
    assert not Region.objects.provinces().filter(regional_office=None).exists()


@pytest.mark.parametrize("code", PROVINCES)
def test_a_province_judges_everybody_but_its_own_government(nation, code):
    selection = nation.selections.get(province__code=code)
    committee = signed_in(make.committee(selection))

    kinds = set(selection.categories.values_list("candidate_kind", flat=True))
    offered = read(committee, "selection-categories", selection.slug).context["form"].fields["categories"].queryset

    assert CandidateKind.PROVINCE not in kinds
    assert kinds == set(nation.categories.values_list("candidate_kind", flat=True)) - {CandidateKind.PROVINCE}
    assert not offered.filter(candidate_kind=CandidateKind.PROVINCE).exists()


@pytest.mark.parametrize("code", PROVINCES)
def test_no_page_of_a_province_prints_a_zone_and_its_office_is_named(nation, code):
    selection = nation.selections.get(province__code=code)
    committee = signed_in(make.committee(selection))
    pages = [read(committee, name, selection.slug) for name in ("selection", "nominations", "calendar", "panel")]
    pages += [read(committee, "selection-categories", selection.slug), read(committee, "region", code)]

    assert [page.request["PATH_INFO"] for page in pages if ZONE.search(text(page))] == []
    assert selection.province.regional_office.name in text(pages[-1])


@pytest.mark.parametrize("code", PROVINCES)
def test_a_branch_of_the_province_is_offered_its_own_kabupaten_and_kota_and_nominates(nation, code):
    selection = nation.selections.get(province__code=code)
    selection.stage = Stage.NOMINATION
    selection.save()
    office = office_for(selection.province)
    staff = make.person()
    Posting.objects.create(user=staff, place=Posting.Place.BRANCH, branch=office)
    branch = signed_in(staff)
    area = set(office.working_area.filter(parent=selection.province))

    page = read(branch, "nominate", selection.slug, GOVERNMENTS)
    assert set(page.context["form"].fields["regions"].queryset) == area
    assert branch.get(reverse("nominate", args=[selection.slug, OWN])).status_code == 404
    chosen = sorted(area, key=lambda region: region.code)[0]
    branch.post(reverse("nominate", args=[selection.slug, GOVERNMENTS]), {"regions": [chosen.pk]})

    nomination = selection.nominations.get()
    shown = text(read(branch, "nomination", nomination.pk))
    assert nomination.candidate.name == f"Pemerintah {chosen.name}"
    assert nomination.candidate.name in shown
    assert not ZONE.search(shown)


@pytest.mark.parametrize("code", PROVINCES)
def test_an_office_without_a_known_area_says_so_to_whoever_is_posted_there(nation, code):
    province = Region.objects.get(code=code)
    without = Branch.objects.filter(regional_office=province.regional_office, area_rows=None)
    if not without.exists():
        without = [make.branch(f"Baru {code}")]
    staff = make.person()
    Posting.objects.create(user=staff, place=Posting.Place.BRANCH, branch=without[0])

    home = text(read(signed_in(staff), "home"))

    assert str(without[0]) in home
    assert "wilayah kerja" in home
