"""Which winner is which: one name is no proof, a region or a place of its own is; every row is accounted for."""

import re

import pytest
from django.core.management import CommandError

from awards.candidates.record import record_of
from awards.models import PastAward, Role
from tests import builders as b
from tests.awards.past_winners.lists import total


def village(place, region, **more):
    return {"category": "Pemerintah Desa", "name": "Desa Mekar", "place": place, "region": region, **more}


def stored(*fields):
    return list(PastAward.objects.order_by("pk").values_list(*fields))


@pytest.mark.parametrize("places", [("1", "2"), ("1", "1")])
def test_two_villages_of_one_name_in_two_regencies_are_two(java, taken, places):
    taken(village(places[0], "Kabupaten Blitar"), village(places[1], "Kabupaten Malang"))

    assert stored("region__code") == [("35.05",), ("35.07",)]


def test_one_name_twice_in_one_source_without_a_region_is_asked(java, taken):
    told = taken({"place": "1"}, {"place": "2"})

    assert stored("place", "questions") == [(1, []), (2, ["namesake"])]
    assert total(told) == [2, 1, 0, 1, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PT Angin Contoh", "CV Angin Contoh"),
        ("Koperasi Angin", "UD Angin"),
        ("Perum Angin", "Perumda Angin"),
        ("北风公司", "南风公司"),
        ("Koperasi Ροδον", "Koperasi Лилия"),
    ],
)
def test_another_legal_form_or_another_name_in_any_script_is_another_winner(java, taken, one, other):
    taken({"name": one, "place": "1"}, {"name": other, "place": "2"})

    assert stored("name", "questions") == [(one, []), (other, [])]


def test_a_name_without_its_legal_form_is_asked_about(java, taken):
    taken({"name": "PT Angin Contoh", "place": "1"}, {"name": "Angin Contoh", "place": "3"})

    assert stored("name", "questions") == [("PT Angin Contoh", []), ("Angin Contoh", ["namesake"])]


@pytest.mark.parametrize(
    "other",
    [
        "P.T. Ma’arif–Contoh",
        "PT. Maʻarif Contoh, Tbk",
        "MA`ARIF CONTOH, PT",
        "PT Ma´arif - Contoh (Persero)",
        "PT Maarif Contoh",
        "РТ Ma'arif Соntoh",
    ],
)
def test_spellings_that_differ_by_typography_alone_are_one_winner_with_two_sources(java, taken, other):
    taken({"name": "PT Ma'arif Contoh"})

    taken({"name": other, "source": "https://contoh.example/b"})

    assert [len(sources) for (sources,) in stored("sources")] == [2]


def test_winners_in_two_zones_are_two(java, taken):
    rows = [
        {"level": "nasional", "province": "", "place": "terbaik zona", "zone": zone}
        for zone in ("Sumatera", "Sulawesi")
    ]

    taken(*rows)

    assert stored("zone", "questions") == [("Sumatera", []), ("Sulawesi", [])]


def test_every_row_is_written_already_there_or_asked_and_the_sum_is_told(java, taken):
    first = taken({}, {"place": "penerima"}, {})
    again = taken({}, {"name": "PT Lain", "place": "2"})

    assert total(first) == [3, 1, 1, 1, 0]
    assert "(baris 4)" in first.splitlines()[-1]
    assert total(again) == [2, 1, 1, 0, 0]


def test_rows_at_fault_are_refused_by_number_and_the_others_wait(java, taken):
    with pytest.raises(CommandError) as refused:
        taken({}, {"level": "dunia"}, {"source": ""})

    assert re.findall("[0-9]+", str(refused.value).splitlines()[-1]) == ["3", "2", "3", "4", "1", "2"]
    assert stored() == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("PT Kereta Contoh (Persero)", "PT Kereta Contoh (Persero)"),
        ("PT Bank Contoh (Perseroda) Jawa Timur", "PT Bank Contoh (Perseroda) Jawa Timur"),
        ("PT Air Contoh (Persero) Tbk (klaim panitia)", "PT Air Contoh (Persero) Tbk"),
        ("RSUD (Rumah Sakit) Contoh", "RSUD (Rumah Sakit) Contoh"),
    ],
)
def test_brackets_of_the_legal_name_stay(java, taken, name, kept):
    taken({"name": name})

    assert stored("name", "name_words") == [(kept, name)]


@pytest.mark.parametrize("nickname", ["Jatim", "JATIM", "Prov. Jatim", "Provinsi Jawa Timur", "35"])
def test_the_province_is_known_by_its_nickname(java, taken, nickname):
    taken({"province": nickname})

    assert stored("province__code", "questions") == [("35", [])]


class TestARegionWithAHistory:
    @pytest.fixture(autouse=True)
    def east(self, db):
        for code, name in [("91", "Papua"), ("92", "Papua Barat"), ("94", "Papua Tengah"), ("96", "Papua Barat Daya")]:
            b.province(code, name)
        b.regency("96.03", "Kabupaten Raja Ampat")
        b.regency("94.04", "Kabupaten Mimika")
        b.regency("76.01", "Kabupaten Pasangkayu")
        b.regency("12.12", "Kabupaten Toba")

    @pytest.mark.parametrize(
        ("period", "province", "name", "code"),
        [
            ("2019", "Papua Barat", "Kabupaten Raja Ampat", "96.03"),
            ("2022", "Papua Barat", "Kab. Raja Ampat", "96.03"),
            ("2024", "Papua Barat Daya", "Kabupaten Raja Ampat", "96.03"),
            ("2018", "Papua", "Kabupaten Mimika", "94.04"),
            ("2018", "", "Kabupaten Mamuju Utara", "76.01"),
            ("2017", "", "Kab. Toba Samosir", "12.12"),
            ("2023", "", "Kabupaten Mamuju Utara", "76.01"),
        ],
    )
    def test_its_former_name_or_province_asks_nothing(self, taken, period, province, name, code):
        level = {"level": "provinsi" if province else "nasional", "province": province, "period": period}

        taken(level | {"category": "Pemerintah Kabupaten/Kota", "name": name})

        assert stored("region__code", "questions") == [(code, [])]

    def test_after_the_move_the_former_province_asks(self, taken):
        taken({"province": "Papua Barat", "category": "Pemerintah Kabupaten/Kota", "name": "Kabupaten Raja Ampat"})

        assert stored("region__code", "questions") == [(None, ["region"])]


@pytest.mark.parametrize(
    ("region", "is_read"),
    [
        ("35.73", True),
        ("35.73 Kota Malang", True),
        ("Kota Malang (lokasi pabrik)", True),
        ("35.73 – Kabupaten Malang", False),
        ("99.99", False),
        ("3573", False),
    ],
)
def test_a_code_and_a_name_in_the_region_column_must_agree(java, taken, region, is_read):
    try:
        taken({"region": region})
    except CommandError as refused:
        assert not is_read
        assert "2" in str(refused).splitlines()[0]
    else:
        assert is_read


def test_a_government_that_is_not_its_region_is_a_fault_with_both_readings(java, taken):
    row = {"category": "Pemerintah Kabupaten/Kota", "name": "Kabupaten Blitar", "region": "Kota Malang"}

    with pytest.raises(CommandError, match="(?s)Kabupaten Blitar.*Kota Malang"):
        taken(row)


def test_an_award_under_the_name_of_a_candidate_is_its_own_only_when_a_person_says_so(java, taken):
    company = b.company(java.children.get(code="35.73"), "PT Angin Contoh")
    taken({"region": "Kota Malang"})
    reader = b.appointed(Role.NATIONAL_COMMITTEE, b.edition())

    record = record_of(company, reader)

    award = PastAward.objects.get()
    assert (record.awards, record.perhaps, award.questions) == ([], [award], ["candidate"])
    PastAward.objects.update(candidate=company)
    assert record_of(company, reader).awards == [award]


def test_a_place_shared_with_joint_winners_is_asked_about_where_it_does_not_say_so(java, taken):
    told = taken(
        {"name": "PT Satu", "place": "1 bersama"}, {"name": "PT Dua", "place": "1 bersama"}, {"name": "PT Tiga"}
    )

    assert total(told) == [3, 2, 0, 1, 0]
    assert PastAward.objects.get(name="PT Tiga").questions == ["shared"]


def test_a_dash_is_no_name_of_a_winner(java, taken):
    assert total(taken({"name": "-"})) == [1, 0, 0, 1, 0]


def test_a_code_without_its_dot_is_refused_with_the_dot(java, taken):
    with pytest.raises(CommandError, match="35.07"):
        taken({"region": "3507"})
