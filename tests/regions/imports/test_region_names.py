"""The code and the name of a region must mean one region, in the year the row is about."""

from datetime import date

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from regions.models import Coverage, Region
from regions.naming import Naming, bps_codes, formers, nicknames
from tests import builders as b

HEADER = "year,region_code,region,segment,workers,participants,territory"


@pytest.fixture
def country(db):
    b.segment("PU")
    for code, name in [("11", "Aceh"), ("91", "Papua"), ("92", "Papua Barat"), ("94", "Papua Tengah")]:
        b.province(code, name)
    for code, name in [
        ("11.01", "Kabupaten Aceh Selatan"),
        ("11.09", "Kabupaten Simeulue"),
        ("94.04", "Kabupaten Mimika"),
    ]:
        b.regency(code, name)
    b.regency("76.01", "Kabupaten Pasangkayu")


@pytest.fixture
def imported(tmp_path, country):
    def run(*rows):
        path = tmp_path / "cakupan.csv"
        path.write_text("\n".join([HEADER, *rows]))
        call_command("import_coverage", str(path), verbosity=0)

    return run


def row(code, name, year=2024):
    return f"{year},{code},{name},PU,30000,9000,regency or city"


@pytest.mark.parametrize(
    ("code", "name", "other"),
    [
        ("11.01", "Kabupaten Simeulue", "11.09"),
        ("11.01", "SIMEULUE", "11.09"),
        ("91", "Papua Barat", "92"),
        ("94.04", "Kab. Pasangkayu", "76.01"),
        ("94.04", "Kabupaten Mamuju Utara", "76.01"),
    ],
)
def test_a_code_and_a_name_of_two_regions_are_a_fault_with_both_readings(imported, code, name, other):
    with pytest.raises(CommandError) as refused:
        imported(row(code, name))

    first = str(refused.value).splitlines()[0]
    assert code in first and name in first and other in first
    assert not Coverage.objects.exists()


@pytest.mark.parametrize("name", ["Atlantis", "Kabupaten Contoh"])
def test_a_name_nobody_knows_is_a_fault(imported, name):
    with pytest.raises(CommandError, match=name):
        imported(row("11.01", name))


@pytest.mark.parametrize(
    ("code", "name", "region"),
    [
        ("11.01", "", "11.01"),
        ("11.01", "Aceh Selatan", "11.01"),
        ("11.01", "Kab. Aceh Selatan", "11.01"),
        ("11.01", "KABUPATEN ACEH SELATN", "11.01"),
        ("92", "Papua Barat", "92"),
        ("76.01", "Kabupaten Mamuju Utara", "76.01"),
    ],
)
def test_one_region_by_code_and_name_is_read(imported, code, name, region):
    imported(row(code, name))

    assert Coverage.objects.get().region.code == region


def test_a_code_of_bps_is_a_fault_with_both_readings(imported):
    with pytest.raises(CommandError, match=r"(?s)11\.01.*Aceh Selatan.*11\.09.*Simeulue"):
        imported(row("1101", ""))


def test_a_former_code_is_known_for_the_years_it_was_in_force(imported):
    imported(row("91.09", "Kabupaten Mimika", 2021))

    assert Coverage.objects.get().region.code == "94.04"


def test_a_former_code_later_is_a_fault_that_names_the_present_one(imported):
    with pytest.raises(CommandError, match=r"94\.04"):
        imported(row("91.09", "Kabupaten Mimika", 2024))


class TestTheFilesOfNames:
    @pytest.fixture
    def naming(self, db):
        from regions.models import Region

        call_command("load_reference", verbosity=0)
        return Naming(Region.objects.all())

    def test_every_code_in_them_is_in_force(self, naming):
        named = (
            {former.code for former in formers()} | {code for code, _name in nicknames()} | set(bps_codes().values())
        )

        assert named <= set(naming.regions)

    def test_the_regencies_of_the_new_provinces_are_all_there(self):
        moved = {former.code for former in formers() if former.code != former.former_code}

        assert len({code for code in moved if code[:2] in {"93", "94", "95", "96"}}) == 26
        assert {code for code in moved if code.startswith("65")} == {"65.01", "65.02", "65.03", "65.04", "65.71"}

    def test_former_codes_are_used_by_nobody_now(self, naming):
        given_up = {former.former_code for former in formers() if former.code != former.former_code}

        assert not given_up & set(naming.regions)

    def test_a_nickname_means_one_region_and_no_name_of_another(self, naming):
        assert {name for code, name in nicknames() if naming.regions[code] not in naming.called(name)} == set()
        shared = {name for code, name in nicknames() if len(naming.called(name)) > 1}
        assert all({one.code for one in naming.called(name)} == {"34", "34.71"} for name in shared)

    @pytest.mark.parametrize(
        ("text", "year", "code"),
        [
            ("Jatim", 2022, "35"),
            ("DKI", 2022, "31"),
            ("Sulsel", 2022, "73"),
            ("Prov. Sumut", 2022, "12"),
            ("Kabupaten Pontianak", 2013, "61.02"),
            ("Pontianak", 2022, "61.71"),
            ("Pangkep", 2022, "73.10"),
            ("Kab. Kotabaru", 2022, "63.02"),
            ("Kab Adm. Kep. Seribu", 2022, "31.01"),
            ("Irian Jaya Barat", 2022, "92"),
        ],
    )
    def test_a_region_is_found_by_what_people_call_it(self, naming, text, year, code):
        assert [region.code for region in naming.called(text, year)] == [code]


def test_every_former_name_has_its_day_and_its_source():
    lines = (settings.BASE_DIR / "fixtures/regions/former.csv").read_text().splitlines()[1:]

    assert all(line.split(",")[-1] for line in lines)
    assert all(former.until < date(2026, 1, 1) for former in formers())


DENOMINATORS = "year,region_code,region,segment,workers,source,as_of"
TARGETS = "year,region_code,region,percent"


@pytest.mark.parametrize(
    ("command", "header", "rest"),
    [("import_denominators", DENOMINATORS, "PU,30000,BPS,2024-08-31"), ("import_targets", TARGETS, "35.00")],
)
class TestDenominatorsAndTargets:
    def run(self, tmp_path, command, header, start, rest):
        path = tmp_path / "berkas.csv"
        extra = ",PU" if command == "import_targets" else ""
        path.write_text(f"{header}{',segment' if extra else ''}\n{start},{rest}{extra}\n")
        call_command(command, str(path), verbosity=0)

    def test_a_code_and_a_name_of_two_regions_are_a_fault(self, country, tmp_path, command, header, rest):
        with pytest.raises(CommandError, match=r"11\.01.*Simeulue.*11\.09"):
            self.run(tmp_path, command, header, "2024,11.01,Kabupaten Simeulue", rest)

    def test_a_code_of_bps_is_a_fault_with_both_readings(self, country, tmp_path, command, header, rest):
        with pytest.raises(CommandError, match=r"11\.01.*11\.09"):
            self.run(tmp_path, command, header, "2024,1101,", rest)

    def test_one_region_is_read(self, country, tmp_path, command, header, rest):
        self.run(tmp_path, command, header, "2024,11.09,Simeulue", rest)


def test_a_province_written_as_a_decimal_number_is_that_province(imported):
    imported("2024,91.0,Papua,PU,30000,9000,province")

    assert Coverage.objects.get().region.code == "91"


@pytest.mark.parametrize("said", ["Malang, Jawa Timur", "Kota Malang (Jatim)", "Kodya Malang", "Kotamadya Malang"])
def test_the_province_behind_a_name_and_older_words_for_a_kota_are_understood(db, said):
    east = b.province("35", "Jawa Timur")
    kota = b.regency("35.73", "Kota Malang", parent=east)
    b.regency("51.01")

    assert Naming(Region.objects.all()).meant(said, None, is_regency=True) == kota


def test_a_verified_figure_is_refused_with_what_stands_there(imported):
    region = b.regency("11.01")
    b.coverage(region, 2024, workers=30000, participants=8000, verified_at=now(), verified_by=b.person("V"))

    with pytest.raises(CommandError, match="8[.,]?000"):
        imported(row("11.01", ""))
