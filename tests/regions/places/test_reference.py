"""The reference files: checked whole, written once."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from paritrana.accounts.models import AuditEvent
from regions.imports.fields import SegmentField
from regions.models import Branch, Indicator, Region, RegionalOffice, Segment
from regions.offices import actions
from regions.places import reference
from tests import builders as make

FILES = Path(settings.BASE_DIR) / "fixtures" / "regions"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(FILES, tmp_path / "regions"))


def spoil(folder, file, old, new):
    path = folder / f"{file}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def faults(folder):
    with pytest.raises(reference.FaultyReference) as caught:
        reference.read(folder)
    return caught.value.faults


@pytest.mark.django_db
def test_the_files_make_the_whole_country():
    call_command("load_reference", verbosity=0)

    kinds = {kind: Region.objects.filter(kind=kind).count() for kind in Region.Kind.values}
    assert kinds == {"provinsi": 38, "kabupaten": 416, "kota": 98}
    assert Region.objects.filter(is_administrative=True).count() == 6
    assert RegionalOffice.objects.count() == 11
    assert list(Segment.objects.values_list("code", flat=True)) == [
        "PU",
        "BPU",
        "JAKON",
        "PMI",
        "NON-ASN",
        "DESA",
        "RENTAN",
    ]
    assert Region.objects.exclude(parent=None).exclude(code__startswith="5").filter(parent__code="51").count() == 0


@pytest.mark.django_db
def test_segments_and_indicators_speak_the_language_of_the_page_and_are_understood_in_both():
    call_command("load_reference", verbosity=0)
    farmers, asked = Segment.objects.get(code="BPU"), Indicator.objects.get()

    with translation.override("en"):
        assert str(farmers) == "Non-wage earners (BPU)"
        assert asked.asked.startswith("Does the government")
    with translation.override("id"):
        assert str(farmers) == "Bukan Penerima Upah (BPU)"
        assert asked.asked.startswith("Apakah pemerintah")
    names = ("Non-wage earners", "Bukan Penerima Upah", "Non-wage earners (BPU)", "bpu")
    assert [SegmentField().clean(name) for name in names] == [farmers] * 4


@pytest.mark.django_db
def test_the_working_areas_of_bali_share_its_nine_regions():
    call_command("load_reference", verbosity=0)

    area = {branch.name: [r.short_name for r in branch.working_area.all()] for branch in Branch.objects.all()}
    assert area["Bali Denpasar"] == ["Jembrana", "Tabanan", "Badung", "Buleleng", "Denpasar"]
    assert area["Bali Gianyar"] == ["Gianyar", "Klungkung", "Bangli", "Karangasem"]
    assert Branch.objects.get(name="Bali Gianyar").basis == "assumed"
    assert set(Branch.objects.get(name="Bali Gianyar").area_rows.values_list("basis", flat=True)) == {"assumed"}


@pytest.mark.django_db
def test_every_province_has_its_regional_office_and_what_has_no_source_is_assumed():
    call_command("load_reference", verbosity=0)

    provinces = Region.objects.provinces()
    attested = provinces.filter(regional_office_basis="attested").exclude(regional_office_source="")
    assert not provinces.filter(regional_office=None).exists()
    assert attested.count() + provinces.filter(regional_office_basis="assumed", regional_office_source="").count() == 38
    assert set(attested.values_list("code", flat=True)) >= {"51", "52", "53", "91", "63"}
    assert set(provinces.filter(regional_office_basis="assumed").values_list("code", flat=True)) >= {"15", "35", "74"}


@pytest.mark.django_db
def test_forty_four_branches_are_there_also_those_whose_area_nobody_knows():
    call_command("load_reference", verbosity=0)

    area = {branch.name: [r.code for r in branch.working_area.all()] for branch in Branch.objects.all()}
    assert len(area) == 44
    assert area["Tanjung"] == ["63.07", "63.08", "63.09", "63.11"]
    assert area["Banjarmasin"] == ["63.01", "63.03", "63.04", "63.05", "63.06", "63.71", "63.72"]
    assert len(area["Manado"]) == 15
    assert area["Makassar"] == []
    assumed = Branch.objects.get(name="Banjarmasin").area_rows.filter(basis="assumed")
    assert [row.region.code for row in assumed] == ["63.01", "63.05", "63.06"]


@pytest.mark.django_db
def test_what_people_changed_of_an_office_stays_when_the_files_are_loaded_again():
    call_command("load_reference", verbosity=0)
    by, manado = make.head_officer(), Branch.objects.get(name="Manado")
    actions.change(manado, {"name": "Manado Raya"}, by=by)
    tabalong = Region.objects.get(code="63.09")
    banjarmasin = Branch.objects.get(name="Banjarmasin")
    area = [*banjarmasin.working_area.all(), tabalong]
    actions.set_area(banjarmasin, area, since=timezone.localdate(), by=by)

    call_command("load_reference", verbosity=0)

    assert [branch.name for branch in Branch.objects.filter(name__startswith="Manado")] == ["Manado Raya"]
    assert [branch.name for branch in tabalong.branches.all()] == ["Banjarmasin"]


@pytest.mark.django_db
def test_a_second_run_writes_nothing(django_assert_max_num_queries):
    call_command("load_reference", verbosity=0)

    with django_assert_max_num_queries(20) as captured:
        call_command("load_reference", verbosity=0)

    assert [q["sql"] for q in captured if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


@pytest.mark.django_db
def test_a_name_changed_in_the_file_changes_the_row_and_is_recorded(folder):
    call_command("load_reference", verbosity=0)
    key = Region.objects.get(code="51.01").pk
    spoil(folder, "regencies", "Kabupaten Jembrana", "Kabupaten Jembrana Raya")

    call_command("load_reference", folder=folder, verbosity=0)

    region = Region.objects.get(pk=key)
    assert (region.name, region.short_name, region.search_key) == (
        "Kabupaten Jembrana Raya",
        "Jembrana Raya",
        "kabupaten jembrana raya",
    )
    assert AuditEvent.objects.get().detail["before"]["name"] == "Kabupaten Jembrana"


@pytest.mark.django_db
def test_a_working_area_changed_in_the_file_moves_the_region(folder):
    call_command("load_reference", verbosity=0)
    spoil(folder, "branches", "51.08 51.01", "51.08")

    call_command("load_reference", folder=folder, verbosity=0)

    assert not Branch.objects.filter(working_area__code="51.01").exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("branches", "63.09 63.07", "63.71 63.07", "branches.csv row 5: 63.71 belongs to two branches"),
        (
            "provinces",
            "Banten,attested",
            "Banten,assumed",
            "provinces.csv row 17: assumed does not agree with the source",
        ),
        ("provinces", "51,Bali,Bali", "5,Bali,Bali", "provinces.csv row 18: 5 is not a province code"),
        ("provinces", "63,Kalimantan Selatan", "62,Kalimantan Selatan", "provinces.csv row 23: 62 is there twice"),
        ("regencies", "51.01,51,", "51.01,59,", "regencies.csv row 275: there is no province 59"),
        ("regencies", "51.02,51,kab", "51.2,51,kab", "regencies.csv row 276: 51.2 is not a code inside province 51"),
        ("regencies", "51.71,", "51.09,", "regencies.csv row 283: 51.09 is not the code of a kota"),
        ("regencies", "Kota Denpasar", "Denpasar", "regencies.csv row 283: Denpasar is not the name of a kota"),
        ("branches", "51.71 51.03", "63.71 51.03", "branches.csv row 2: 63.71 lies outside the provinces of Banuspa"),
        ("branches", "51.71 51.03", "51.99 51.03", "branches.csv row 2: there is no kabupaten or kota 51.99"),
        ("segments", "BPU,Bukan", "PU,Bukan", "segments.csv row 2: PU is there twice"),
        ("regional_offices", "Banuspa,", "Banuspo,", "provinces.csv row 18: no regional office is called Banuspa"),
    ],
)
def test_a_fault_is_told_with_file_and_row(folder, file, old, new, fault):
    spoil(folder, file, old, new)

    assert fault in faults(folder)


def test_missing_rows_are_counted(folder):
    spoil(folder, "regencies", "51.71,51,kota,Kota Denpasar,0\n", "")
    spoil(folder, "branches", "51.71 ", "")

    assert faults(folder) == ["regencies.csv: 97 kota, there must be 98"]


def test_every_fault_is_told_at_once(folder):
    spoil(folder, "provinces", "51,Bali,Bali,Banuspa,attested,WITA", "51,Bali,Bali,Banuspa,perhaps,WIX")
    spoil(folder, "branches", "Banjarmasin,Kalimantan,attested", "Banjarmasin,Kalimantan,sure")

    assert faults(folder) == [
        "provinces.csv row 18: WIX is not a time zone",
        "provinces.csv row 18: perhaps is neither attested nor assumed",
        "branches.csv row 4: sure is neither attested nor assumed",
    ]


@pytest.mark.django_db
def test_with_a_fault_nothing_is_written(folder):
    spoil(folder, "branches", "Bali Gianyar,Banuspa", "Bali Gianyar,Banten")

    with pytest.raises(CommandError):
        call_command("load_reference", folder=folder, verbosity=0)

    assert Region.objects.count() == 0
