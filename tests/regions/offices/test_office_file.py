"""Branches and their working areas by a file: new ones are added, areas become what the file says, history stays."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from paritrana.accounts.models import AuditEvent
from paritrana.intake import pages
from regions.models import Branch, FormerArea, Region, RegionalOffice
from regions.signals import area_moved
from tests import builders as make
from tests.paritrana.intake.confirming import asked, confirm

pytestmark = pytest.mark.django_db
HEAD = "kantor cabang,kantor wilayah,wilayah kerja,sejak,sumber"


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A busy machine must not show the progress where a test looks for the result."""
    monkeypatch.setattr(pages, "PATIENCE", 60)


@pytest.fixture
def office():
    """A regional office with Bali, of whose regions one branch has Jembrana and Denpasar."""
    make.branch_staff(make.regency("51.01", "Kabupaten Jembrana"))
    make.regency("51.71", "Kota Denpasar"), make.regency("51.02", "Kabupaten Tabanan")
    Branch.objects.update(name="Bali Denpasar")
    Branch.objects.get().working_area.set(Region.objects.filter(code__in=["51.01", "51.71"]))
    return RegionalOffice.objects.get()


@pytest.fixture
def officer(client, office):
    user = make.regional_officer(office)
    client.force_login(user)
    return user


def hand_in(client, *lines):
    file = SimpleUploadedFile("kantor.csv", "\n".join([HEAD, *lines]).encode())
    return client.post(reverse("offices-upload"), {"file": file}, follow=True)


def areas():
    return {branch.name: [region.code for region in branch.working_area.all()] for branch in Branch.objects.all()}


def faults(page):
    return [(fault["row"], fault["column"]) for fault in page.context["faults"]]


def test_a_new_branch_takes_a_region_over_and_the_former_area_is_remembered(client, officer, office):
    page = hand_in(
        client,
        f"Bali Jembrana,{office.name},51.01,2024-01-01,Keputusan",
        f"Cabang Bali Denpasar,{office.name},51.71; 51.02,2024-01-01,Keputusan",
    )
    assert faults(page) == []
    assert (page.context["preview"].new, page.context["preview"].altered) == (1, 1)

    confirm(client, page)

    assert areas() == {"Bali Denpasar": ["51.02", "51.71"], "Bali Jembrana": ["51.01"]}
    assert FormerArea.objects.get().region.code == "51.01"
    assert set(AuditEvent.objects.filter(actor=officer).values_list("verb", flat=True)) >= {"office.add", "office.area"}


def test_the_template_holds_what_is_in_force_and_comes_back_unchanged(client, officer, office):
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("offices-template")).content))
    row = [cell.value for cell in book.worksheets[0][2]]
    file = io.BytesIO()
    book.save(file)

    page = client.post(reverse("offices-upload"), {"file": SimpleUploadedFile("k.xlsx", file.getvalue())}, follow=True)

    assert row[:3] == ["Bali Denpasar", office.name, "51.01; 51.71"]
    assert (faults(page), page.context["preview"].same) == ([], 1)


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        (["Baru,{office},51.99,,"], (2, "C · Wilayah kerja")),
        (["Baru,{office},51,,"], (2, "C · Wilayah kerja")),
        (["Baru,{office},63.01,,"], (2, "C · Wilayah kerja")),
        (["Baru,Papua,51.02,,"], (2, "B · Kantor wilayah")),
        (["Baru,{office},51.02,2999-01-01,"], (2, "D · Sejak")),
        (["Baru,{office},51.02,,", "Lain,{office},51.02,,"], (3, "C · Wilayah kerja")),
        (["Kalimantan Selatan,{office},51.02,,"], (2, "A · Kantor cabang")),
    ],
)
def test_a_row_that_cannot_be_meant_keeps_the_whole_file_out(client, officer, office, lines, where):
    parent = make.province("63", "Kalimantan Selatan", regional_office=make.office("Kalimantan"))
    make.branch_staff(make.regency("63.01", "Kabupaten Tanah Laut", parent=parent))
    Branch.objects.filter(working_area__code="63.01").update(
        name="Kalimantan Selatan", regional_office=parent.regional_office
    )
    before = areas()

    page = hand_in(client, *(line.format(office=office.name) for line in lines))

    assert faults(page) == [where]
    assert confirm(client, page).status_code == 409
    assert areas() == before


def test_a_branch_hands_no_offices_in(client, office):
    client.force_login(make.branch_staff(Region.objects.get(code="51.01")))

    assert client.get(reverse("offices-upload")).status_code == 403


def test_the_command_changes_working_areas_in_somebodys_name(tmp_path, officer, office):
    path = tmp_path / "kantor.csv"
    path.write_text(f"{HEAD}\nBali Denpasar,{office.name},51.02,,\n")

    call_command("import_offices", str(path), by=officer.email, dry_run=True, verbosity=0)
    before = areas()
    call_command("import_offices", str(path), by=officer.email, verbosity=0)

    assert (before["Bali Denpasar"], areas()["Bali Denpasar"]) == (["51.01", "51.71"], ["51.02"])


@pytest.mark.parametrize(
    ("area", "is_read"),
    [
        ("51.02 Kabupaten Tabanan; 51.71 Denpasar", True),
        ("51.02 51.71", True),
        ("51.02 dan 51.71", True),
        ("51.02 Jembrana", False),
        ("Tabanan", False),
    ],
)
def test_a_name_beside_a_code_of_the_area_must_agree_with_it(client, officer, area, is_read):
    page = hand_in(client, f"Uji,{RegionalOffice.objects.get().name},{area},,x")

    assert (not page.context["preview"].faults) is is_read


@pytest.mark.parametrize("name", ["KC Bali Denpasar", "Kantor Cabang Bali Denpasar", "Cabang Bali Denpasar"])
def test_the_word_for_a_branch_before_its_name_makes_no_second_branch(client, officer, office, name):
    page = hand_in(client, f"{name},{office.name},51.02 dan 51.71,,")

    assert confirm(client, page).status_code == 302
    assert areas() == {"Bali Denpasar": ["51.02", "51.71"]}


def test_whether_a_name_like_a_known_one_is_a_new_branch_is_asked(client, officer, office):
    page = hand_in(client, f"Bali Denpasr,{office.name},51.02; 51.71,,")

    confirm(client, confirm(client, page, A2="Bali Denpasar"), A2="Bali Denpasar")

    assert asked(page) == {"A2": ["Bali Denpasar", "Bali Denpasr"]}
    assert areas() == {"Bali Denpasar": ["51.02", "51.71"]}


def test_which_of_two_rows_about_one_branch_counts_is_asked(client, officer, office):
    page = hand_in(client, f"Baru,{office.name},51.02,,", f"cabang  baru,{office.name},51.01,,")
    answer = {"2-3": "3"}

    confirm(client, confirm(client, page, **answer), **answer)

    assert asked(page) == {"2-3": ["2", "3"]}
    assert areas() == {"Bali Denpasar": ["51.71"], "baru": ["51.01"]}


def test_a_known_branch_is_one_however_its_name_is_written(client, officer, office):
    page = hand_in(client, f"BALI DENPASAR,{office.name},51.02,,", f"Cabang Bali  Denpasar,{office.name},51.02,,")

    became = {each["code"]: each["which"] for each in page.context["preview"].became if each["count"]}
    assert (asked(page), became) == ({}, {"changed": "2", "left-out": "3"})


def test_a_region_that_only_changes_its_branch_never_has_none_whatever_the_order_of_the_rows(client, officer, office):
    moves = []

    def note(regions, former, to, source, **kwargs):
        moves.extend((region.code, str(to), source) for region in regions)

    area_moved.connect(note)
    try:
        page = hand_in(
            client,
            f"Cabang Bali Denpasar,{office.name},51.02,2024-01-01,Keputusan",
            f"Bali Jembrana,{office.name},51.01,2024-01-01,Keputusan",
        )
        confirm(client, page)
    finally:
        area_moved.disconnect(note)

    assert sorted(moves) == [
        ("51.01", "Cabang Bali Jembrana", "Keputusan"),
        ("51.02", "Cabang Bali Denpasar", "Keputusan"),
        ("51.71", "None", "Keputusan"),
    ]
