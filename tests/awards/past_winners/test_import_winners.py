"""Winners of past periods: what a published list's words mean, what is asked, and that importing again adds nothing."""

import csv
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from awards.candidates.record import longest_run, record_of
from awards.models import Candidate, PastAward
from awards.past_winners import terms
from awards.past_winners.intake import WinnersIntake
from paritrana.accounts.models import AuditEvent
from paritrana.intake import Column, WrittenBy
from paritrana.intake.planning import plan, write
from paritrana.workbooks import read_path
from regions.models import Region
from regions.naming import Naming
from tests import builders as b
from tests.awards.past_winners.lists import total

PUBLISHED = Path("fixtures/history/winners_published.csv")
HEADER = ["period", "level", "province", "zone", "category", "sector", "place", "name", "region", "source"]
ROW = {
    "period": "2023",
    "level": "provinsi",
    "province": "Bali",
    "zone": "",
    "category": "Pemerintah Kabupaten/Kota",
    "sector": "",
    "place": "1",
    "name": "Kabupaten Jembrana",
    "region": "Kabupaten Jembrana",
    "source": "https://contoh.example/satu",
}


@pytest.fixture
def jembrana(db):
    return b.regency("51.01", "Kabupaten Jembrana")


@pytest.fixture
def listed(tmp_path):
    """A file of rows, each ROW with some cells changed."""

    def write(*rows, columns=HEADER):
        path = tmp_path / f"daftar{len(list(tmp_path.iterdir()))}.csv"
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(ROW | row for row in rows)
        return path

    return write


def taken_in(path):
    table, intake = read_path(path), WinnersIntake()
    found = plan(intake, table)
    assert found.faults == []
    write(intake, found.changes, WrittenBy(None, path.name, table.digest))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", ("juara", 1, False, ())),
        ("Juara II", ("juara", 2, False, ())),
        ("terbaik I", ("juara", 1, False, ())),
        ("2 bersama", ("juara", 2, True, ())),
        ("harapan", ("harapan", None, False, ())),
        ("harapan 2", ("harapan", 2, False, ())),
        ("terbaik zona", ("terbaik", None, False, ())),
        ("terbaik khusus", ("khusus", None, False, ())),
        ("penerima tunggal", ("penerima", None, False, ())),
        ("nominasi", ("nominasi", None, False, ())),
        ("pemenang", ("penerima", None, False, ("place",))),
        ("penerima (peringkat/zona tidak disebut)", ("penerima", None, False, ("place",))),
        ("paling hijau", ("penerima", None, False, ("prize",))),
    ],
)
def test_the_words_for_a_place_say_what_was_won_or_ask(text, expected):
    assert tuple(terms.won(text)) == expected


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("Pemerintah Provinsi", "province"),
        ("Pemerintah Kabupaten/Kota", "regency"),
        ("Pemerintah Desa/Kelurahan", "village"),
        ("Perguruan Tinggi Peduli Jamsostek", "university"),
        ("Layanan Publik", "public-service"),
        ("Badan Usaha Kecil/Mikro", "small"),
        ("Usaha Kecil Mikro", "small"),
        ("Badan Usaha Menengah & Besar", "company"),
        ("Perusahaan Skala Besar", "company"),
        ("BU Skala Menengah", "company"),
        ("Tokoh", ""),
    ],
)
def test_the_category_tells_the_kind_of_candidate(category, kind):
    assert terms.kind_of(category) == kind


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("tanpa zona", ""),
        ("", ""),
        ("Jawa Bali", "Jawa-Bali"),
        ("Zona Jawa-Bali", "Jawa-Bali"),
        ("Nusa Tenggara, Maluku dan Papua", "Nusa Tenggara-Maluku-Papua"),
        ("Banuspa", None),
    ],
)
def test_a_zone_is_one_of_five_however_it_is_written(text, zone):
    assert terms.zone_of(text) == zone


@pytest.fixture
def map_of_java(db):
    """Provinces and regencies that share names."""
    east = b.province("35", "Jawa Timur")
    b.regency("35.14", "Kabupaten Pasuruan", parent=east)
    b.regency("35.75", "Kota Pasuruan", parent=east)
    b.regency("35.09", "Kabupaten Jember", parent=east)
    b.province("17", "Bengkulu")
    b.regency("17.71", "Kota Bengkulu")
    b.province("34", "Daerah Istimewa Yogyakarta", short_name="DI Yogyakarta")
    b.regency("34.71", "Kota Yogyakarta")
    return Naming(Region.objects.all())


@pytest.mark.parametrize(
    ("text", "is_regency", "code"),
    [
        ("Kota Pasuruan", True, "35.75"),
        ("Kab. Pasuruan", True, "35.14"),
        ("Pasuruan", True, None),
        ("Pasuruan", False, None),
        ("Jember", True, "35.09"),
        ("Bengkulu", False, "17"),
        ("Bengkulu", True, "17.71"),
        ("DIY", False, "34"),
        ("DI Yogyakarta", False, "34"),
        ("Atlantis", False, None),
    ],
)
def test_a_region_is_the_one_meant_or_none(map_of_java, text, is_regency, code):
    found = map_of_java.meant(text, None, is_regency=is_regency)

    assert (found and found.code) == code


def test_a_remark_leaves_the_name_and_a_claim_is_asked_about(jembrana, listed):
    taken_in(listed({"name": "Kabupaten Jembrana (klaim panitia)"}))

    award = PastAward.objects.get()
    assert (award.name, award.name_words) == ("Kabupaten Jembrana", "Kabupaten Jembrana (klaim panitia)")
    assert (award.remark, award.questions) == ("klaim panitia", ["name"])


def test_sources_are_parted_and_a_second_file_adds_its_own_once(jembrana, listed):
    taken_in(listed({"source": "https://a.example; judul di koran"}))
    second = listed({"source": "https://b.example"})

    found = [taken_in(second), taken_in(second)]

    assert [(each.new, each.altered, each.same) for each in found] == [([], [2], []), ([], [], [2])]
    assert PastAward.objects.get().sources == ["https://a.example", "judul di koran", "https://b.example"]


def test_a_source_that_tells_the_place_answers_the_question(jembrana, listed):
    taken_in(listed({"place": "pemenang"}))

    taken_in(listed({"place": "2", "source": "https://b.example"}))

    award = PastAward.objects.get()
    assert (award.prize, award.place, award.questions) == ("juara", 2, [])


def test_sources_that_differ_about_the_place_ask_and_overwrite_nothing(jembrana, listed):
    taken_in(listed({"place": "1"}))

    taken_in(listed({"place": "2", "source": "https://b.example"}))

    award = PastAward.objects.get()
    assert (award.place, award.questions) == (1, ["differs"])


def test_two_winners_at_one_place_ask_unless_they_are_joint(jembrana, listed):
    b.regency("51.02", "Kabupaten Tabanan")
    other = {"name": "Kabupaten Tabanan", "region": "Kabupaten Tabanan"}

    taken_in(listed({}, other))
    taken_in(listed({"period": "2022", "place": "2 bersama"}, other | {"period": "2022", "place": "2 bersama"}))

    asked = PastAward.objects.order_by("period", "name").values_list("period", "is_joint", "questions")
    assert list(asked) == [(2022, True, []), (2022, True, []), (2023, False, ["shared"]), (2023, False, ["shared"])]


def test_a_government_is_found_by_its_region_and_a_name_alone_asks(jembrana, listed):
    government = b.candidate(jembrana)
    Candidate.objects.create(kind="company", name="PT Contoh Jaya Tbk", region=jembrana)
    named = {"category": "Perusahaan Besar", "name": "Contoh Jaya, PT", "region": "Bali"}

    taken_in(listed({}, named))

    assert list(PastAward.objects.order_by("category").values_list("candidate", "questions")) == [
        (government.pk, []),
        (None, ["candidate"]),
    ]


def test_every_fault_is_told_with_its_row_and_nothing_is_written(jembrana, listed):
    path = listed({}, {"period": "dua ribu"}, {"level": "dunia"}, {"name": "  "}, {"source": ""})

    with pytest.raises(CommandError) as refused:
        call_command("import_winners", str(path), stdout=StringIO())

    found = [(fault.row, fault.column) for fault in plan(WinnersIntake(), read_path(path)).faults]
    assert found == [(3, "period"), (4, "level"), (5, "name"), (6, "source")]
    assert len(str(refused.value).splitlines()) == 6
    assert PastAward.objects.count() == 0


def test_a_missing_and_an_unknown_column_are_faults_of_the_header(jembrana, listed):
    path = listed({}, columns=[*[name for name in HEADER if name != "place"], "juara"])

    found = [(fault.row, fault.column) for fault in plan(WinnersIntake(), read_path(path)).faults]
    assert found == [(1, "juara"), (1, "place")]


def test_the_longest_run_of_periods_is_counted_without_gaps():
    assert longest_run([2017, 2018, 2020, 2021, 2022, 2024]) == [2020, 2021, 2022]
    assert longest_run([2018, 2019, 2023, 2024]) == [2023, 2024]
    assert longest_run([]) == []


def test_five_nominations_in_a_row_are_the_record_of_a_candidate(jembrana, listed):
    taken_in(
        listed(*({"period": str(year)} for year in (2018, 2020, 2021, 2022)), {"period": "2023", "place": "nominasi"})
    )
    selection = b.selection(of=b.edition(2024))
    b.nomination(selection, jembrana, "terkirim")
    reader = b.committee(selection)

    record = record_of(b.candidate(jembrana), reader)

    assert (record.in_a_row, record.times, record.won) == ([2020, 2021, 2022, 2023, 2024], 5, 4)


@pytest.mark.slow
class TestThePublishedList:
    @pytest.fixture(autouse=True)
    def whole_country(self, db):
        call_command("load_reference", verbosity=0, stdout=StringIO())

    def test_all_of_it_is_taken_in_and_what_is_open_is_counted(self):
        found = taken_in(PUBLISHED)

        asked = Counter(code for award in PastAward.objects.all() for code in award.questions)
        assert (len(found.numbers), len(found.changes), len(found.new), len(found.asked)) == (163, 163, 142, 21)
        assert asked == {"place": 15, "name": 3, "region": 3, "category": 1}
        assert PastAward.objects.questionable().count() == 21

    def test_what_was_won_is_counted(self):
        taken_in(PUBLISHED)

        assert Counter(PastAward.objects.values_list("prize", flat=True)) == {
            "juara": 139,
            "penerima": 17,
            "harapan": 3,
            "terbaik": 2,
            "khusus": 1,
            "nominasi": 1,
        }
        assert PastAward.objects.filter(region=None).count() == 7
        jambi = PastAward.objects.get(name="Provinsi Jambi")
        assert (jambi.region.code, len(jambi.sources)) == ("15", 2)

    def test_again_it_writes_nothing_and_asks_the_same(self):
        taken_in(PUBLISHED)
        events = AuditEvent.objects.count()
        out = StringIO()

        call_command("import_winners", str(PUBLISHED), stdout=out)

        assert AuditEvent.objects.count() == events
        assert total(out.getvalue()) == [163, 0, 142, 21, 0]


@pytest.mark.parametrize("word", ["provinsi", "Prov", "Tingkat Provinsi"])
def test_the_level_is_known_by_its_usual_words(word):
    assert Column("x", WinnersIntake().table["level"].field).read(word) == "provincial"
