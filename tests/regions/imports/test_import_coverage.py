"""A file of figures is taken whole or not at all, and every fault is told with its row and column."""

import hashlib
import io
import shlex
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from paritrana.accounts.models import AuditEvent
from regions.models import Coverage, CoverageVersion, State
from regions.signals import coverage_changed
from tests.builders import coverage, definition, person, province, regency, segment

pytestmark = pytest.mark.django_db

REAL = Path(settings.BASE_DIR) / "fixtures" / "regions" / "coverage_provinces.csv"
HEADER = "year,province_code,segment,workers,participants,territory"


@pytest.fixture(autouse=True)
def country():
    for code in ("PU", "BPU"):
        segment(code)
    return [province("51"), regency("51.01"), regency("51.10", "Kabupaten Karangasem")]


def run(path, *arguments):
    out = io.StringIO()
    call_command("import_coverage", path, *arguments, stdout=out, skip_checks=True)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(*lines, name="figures.csv", header=HEADER):
        path = tmp_path / name
        path.write_text("\n".join([header, *lines]), encoding="utf-8")
        return path

    return write


def test_the_published_figures_are_read_and_a_second_import_changes_nothing():
    call_command("load_reference", verbosity=0)

    run(REAL)
    before = list(CoverageVersion.objects.values_list("pk", "version", "workers"))
    events = AuditEvent.objects.count()
    run(REAL)

    assert (Coverage.objects.count(), len(before)) == (204, 204)
    assert list(CoverageVersion.objects.values_list("pk", "version", "workers")) == before
    assert AuditEvent.objects.count() == events
    bali = Coverage.objects.get(region__code="51", year=2024, segment__code="PU")
    assert (bali.workers, bali.participants, bali.share) == (1314586, 615055, 4679)


def test_a_dry_run_writes_nothing(file):
    path = file("2024,51,PU,1000,500,province")

    run(path, "--dry-run")

    assert (Coverage.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_the_import_signs_its_event_with_the_file_and_its_digest(file):
    clerk = person()
    path = file("2024,51,PU,1000,500,province")

    run(path, "--by", clerk.email)

    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.object_id) == ("coverage.import", clerk, str(province("51").pk))
    assert event.detail["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert CoverageVersion.objects.values_list("written_by", "origin").get() == (clerk.pk, "figures.csv:2")


def test_the_import_tells_the_floor_above_once(file):
    told = []

    def listen(sender, regions, by, **extra):
        told.append((regions, by))

    coverage_changed.connect(listen)
    run(file("2024,51,PU,1000,500,province", "2024,51.01,PU,100,50,province"))
    coverage_changed.disconnect(listen)

    assert told == [({province("51").pk, regency("51.01").pk}, None)]


def test_a_verified_figure_is_not_changed_by_a_file(file):
    coverage(province("51"), 2024, verified_at="2025-01-01T00:00Z", verified_by=person())

    with pytest.raises(CommandError):
        run(file("2024,51,PU,1000,600,province"))

    assert Coverage.objects.values_list("participants", "version").get() == (500, 1)


def test_a_changed_row_makes_a_new_version_that_waits_for_verification(file):
    coverage(province("51"), 2024, state=State.DRAFT)

    run(file("2024,51,PU,1000,600,province"))

    assert Coverage.objects.values_list("participants", "version", "state").get() == (600, 2, State.SENT)
    assert list(CoverageVersion.objects.values_list("version", "participants")) == [(2, 600), (1, 500)]


def test_another_definition_is_a_change(file):
    coverage(province("51"), 2024)

    run(file("2024,51,PU,1000,500,province,Sakernas", header=f"{HEADER},definition"))

    assert Coverage.objects.get().definition == definition("province", "Sakernas")


def test_a_locked_figure_that_would_change_is_a_fault_and_one_that_would_not_is_none(file):
    coverage(province("51"), 2024, locked_at="2025-01-01T00:00Z", locked_by=person())
    same, other = "2024,51,PU,1000,500,province", "2024,51,PU,1000,501,province"

    run(file(same))
    with pytest.raises(CommandError):
        run(file(other, "2024,51,BPU,10,5,province"))

    assert list(Coverage.objects.values_list("segment__code", "participants")) == [("PU", 500)]


def test_with_one_fault_nothing_is_written(file):
    with pytest.raises(CommandError) as caught:
        run(file("2024,51,PU,1000,500,province", "2024,51,BPU,12O,5,province"))

    assert caught.value.returncode == 1
    assert (Coverage.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_an_unknown_signer_is_refused(file):
    with pytest.raises(CommandError):
        run(file("2024,51,PU,1000,500,province"), "--by", "nobody@paritrana.example")

    assert Coverage.objects.count() == 0


@pytest.mark.parametrize("name", ["figures.xls", "figures.xlsm", "figures.txt", "absent.csv", "figures.xlsx"])
def test_a_file_that_cannot_be_read_is_a_plain_refusal(tmp_path, name):
    if name != "absent.csv":
        (tmp_path / name).write_text("no table")

    with pytest.raises(CommandError):
        run(tmp_path / name)


MANY = f"{HEADER},as_of"
LINE = "2024,51.01,PU,70000,42000,kabupten/kota,3/4/2025"


def test_every_question_is_told_with_what_answers_it_and_nothing_is_written(file):
    with pytest.raises(CommandError) as told:
        run(file(LINE, LINE.replace("51.01", "51.10"), header=MANY))

    lines = str(told.value).splitlines()
    assert (told.value.returncode, Coverage.objects.count()) == (1, 0)
    assert [shlex.split(line)[1] for line in lines if "--answer" in line] == [
        "F2=regency or city",
        "F2=kabupten/kota",
        "G2=2025-04-03",
        "G2=2025-03-04",
    ]
    assert lines[0].startswith("baris 2–3: F")


def test_the_answers_are_what_is_written(file):
    run(file(LINE, header=MANY), "--answer", "F2=regency or city", "--answer", "g2=2025-04-03")

    figure = Coverage.objects.select_related("definition").get()
    assert (figure.definition.territory, figure.as_of.isoformat()) == ("regency or city", "2025-04-03")


@pytest.mark.parametrize("answer", ["B2", "=x", "B2-=x", "row 2=x"])
def test_what_is_no_answer_is_told(file, answer):
    with pytest.raises(CommandError) as told:
        run(file(LINE, header=MANY), "--answer", answer)

    assert told.value.returncode == 2


def test_columns_are_known_by_the_words_offices_head_them_with(file):
    run(
        file(
            "51.01;Jembrana;2024;PU;70000;42000;Kab",
            header="Kode Kab/Kota;Nama wilayah;Tahun;Segmen;Tenaga Kerja;Jumlah Peserta;territory",
        )
    )

    assert Coverage.objects.values_list("workers", "participants").get() == (70_000, 42_000)
