"""Targets by a file on the page: the template, the preview, confirming; by the command: dry run and exit codes."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from paritrana.accounts.models import AuditEvent
from paritrana.intake import pages
from regions.models import Target
from regions.targets import actions
from regions.targets.actions import Aim
from tests import builders as make
from tests.paritrana.intake.confirming import asked, confirm

pytestmark = pytest.mark.django_db
HEAD = "tahun,kode wilayah,segmen,persentase,peserta,sumber"
OVERALL = Aim("PU+BPU", "persen")


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A busy machine must not show the progress where a test looks for the result."""
    monkeypatch.setattr(pages, "PATIENCE", 60)


@pytest.fixture
def region():
    make.segment("PU")
    return make.regency("51.01")


@pytest.fixture
def officer(client, region):
    user = make.regional_officer()
    client.force_login(user)
    return user


def hand_in(client, *lines, head=HEAD):
    file = SimpleUploadedFile("target.csv", "\n".join([head, *lines]).encode())
    return client.post(reverse("targets-upload"), {"file": file}, follow=True)


def test_an_office_sets_targets_by_a_file_once_it_has_seen_them(client, officer, region):
    page = hand_in(client, '2025,51.01,,"34,5",,RPJMD', "2025,51.01,PU,,433.000,RPJMD")
    before = Target.objects.count()

    response = confirm(client, page)

    assert (before, response.url) == (0, reverse("targets"))
    assert actions.known_aims(region, 2025) == {OVERALL: 3450, Aim("PU", "peserta"): 433_000}
    event = AuditEvent.objects.get(verb="target.set")
    assert (event.actor, event.detail["origin"]) == (officer, "target.csv")


def test_the_page_shows_old_and_new_and_how_many_rows_there_are(client, officer, region):
    actions.set_targets(region, 2025, {OVERALL: 3000, Aim("PU", "persen"): 5000}, seen={}, source="RPJMD", by=None)

    page = hand_in(client, "2025,51.01,,34,,RPJMD", "2025,51.01,PU,50,,RPJMD", "2026,51.01,,40,,").context["preview"]

    assert (page.count, page.new, page.altered, page.same) == (3, 1, 1, 1)
    cells = {cell["column"]: (cell["old"], cell["value"]) for cell in page.changes[0]["cells"]}
    assert cells["percent"] == ("30,00", "34,00")


def test_a_new_source_is_a_change_and_an_empty_one_is_none(client, officer, region):
    actions.set_targets(region, 2025, {OVERALL: 3400}, seen={}, source="RPJMD", by=None)

    empty = hand_in(client, "2025,51.01,,34,,").context["preview"]
    confirm(client, hand_in(client, "2025,51.01,,34,,RKPD 2025"))

    assert (empty.same, Target.objects.get().source) == (1, "RKPD 2025")


def test_faults_are_named_by_the_templates_headings_and_nothing_is_written(client, officer, region):
    page = hand_in(client, "2025,51.99,,34,,", "2025,51.01,,34,,")

    fault = page.context["faults"][0]
    assert (fault["row"], fault["column"]) == (2, "B · Kode wilayah")
    assert confirm(client, page).status_code == 409
    assert Target.objects.count() == 0


def test_regions_of_other_offices_are_unknown_in_the_file(client, officer):
    other = make.province("63", "Kalimantan Selatan", regional_office=make.office("Kalimantan"))

    assert [fault.row for fault in hand_in(client, f"2025,{other.code},,34,,").context["preview"].faults] == [2]


def test_a_target_set_meanwhile_makes_what_was_shown_stale(client, officer, region):
    page = hand_in(client, "2025,51.01,,34,,")
    actions.set_targets(region, 2025, {OVERALL: 3100}, seen={}, source="", by=None)

    response = confirm(client, page)

    assert (response.status_code, response.context["phase"].outcome) == (409, "stale")
    assert actions.known_aims(region, 2025) == {OVERALL: 3100}


def test_the_template_lists_the_branches_of_the_own_office(client, officer, region):
    make.branch_staff(region)
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("targets-template")).content))

    assert [cell.value for cell in book.worksheets[0][1]][:2] == ["Tahun", "Kode wilayah"]
    assert book["Daftar"]["C1"].value == region.branches.get().name


def test_a_branch_hands_no_targets_in(client, region):
    client.force_login(make.branch_staff(region))

    assert client.get(reverse("targets-upload")).status_code == 403
    assert "targets-upload" not in client.get(reverse("targets")).content.decode()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "target.csv"
    path.write_text("year,region_code,percent\n2025,51.01,34\n")
    return path


def test_a_dry_run_says_what_would_change_and_writes_nothing(file, region, capsys):
    call_command("import_targets", str(file), dry_run=True)

    assert capsys.readouterr().out.strip() == (
        "Uji coba, tidak ada yang ditulis: 1 baris = 1 baru (baris 2) + 0 berubah + 0 sudah ada + 0 perlu diputuskan"
        " + 0 ditolak"
    )
    assert Target.objects.count() == 0


def test_the_command_tells_what_it_did_with_each_row(file, region, capsys):
    call_command("import_targets", str(file), verbosity=2)

    assert capsys.readouterr().out.splitlines()[0] == "baris 2: 2025, 51.01 Kabupaten Jembrana, 34,00 – baru"


@pytest.mark.parametrize(("content", "code"), [("year,region_code,percent\n2025,51.99,34\n", 1), ("", 2)])
def test_faults_and_unreadable_files_end_with_codes_of_their_own(file, region, content, code):
    file.write_text(content)

    with pytest.raises(CommandError) as refusal:
        call_command("import_targets", str(file))

    assert refusal.value.returncode == code


def test_the_command_writes_the_template(tmp_path, region):
    path = tmp_path / "target.xlsx"

    call_command("import_targets", str(path), template=True)

    assert openpyxl.load_workbook(path).worksheets[0]["A1"].value == "Tahun"


@pytest.mark.parametrize(("answer", "value"), [("0.31", 31), ("31.00", 3100)])
def test_which_percentage_a_share_below_one_means_is_asked_once_for_every_row(client, officer, answer, value):
    page = hand_in(client, "2025,51.01,PU,0.31,,x", "2026,51.01,PU,0.31,,x")

    looked = confirm(client, page, D2=answer)
    before = Target.objects.count()
    confirm(client, looked, D2=answer)

    assert (asked(page), page.context["preview"].questions[0]["which"]) == ({"D2": ["0.31", "31.00"]}, "baris 2–3")
    assert (before, [cell["value"] for cell in looked.context["preview"].changes[0]["cells"]][3]) == (
        0,
        answer.replace(".", ","),
    )
    assert sorted(Target.objects.values_list("year", "value")) == [(2025, value), (2026, value)]


def test_which_of_two_branches_is_meant_is_asked(client, officer):
    for name in ("Bali Denpasar Barat", "Bali Denpasar Timur"):
        make.branch(name)

    page = hand_in(client, "2025,Denpasar,PU,31,,x", head=HEAD.replace("kode wilayah", "kantor cabang"))

    assert asked(page) == {"B2": ["Bali Denpasar Barat", "Bali Denpasar Timur"]}


NAMED = HEAD + ",wilayah"


@pytest.fixture
def malang():
    """A kabupaten and a kota of one name."""
    place = {"parent": make.province("35", "Jawa Timur")}
    return [make.regency("35.07", "Kabupaten Malang", **place), make.regency("35.73", "Kota Malang", **place)]


@pytest.mark.parametrize(
    ("name", "questions", "columns"),
    [
        ("", {"B2": ["35.07", "35.73"]}, []),
        ("Malang", {"B2": ["35.07", "35.73"]}, []),
        ("Kota Malang", {}, []),
        ("Kota Surabaya", {}, ["B · Kode wilayah"]),
    ],
)
def test_the_name_beside_a_name_says_which_region_is_meant(client, officer, malang, name, questions, columns):
    page = hand_in(client, f"2025,Malang,,34,,x,{name}", head=NAMED)

    assert (asked(page), [fault["column"] for fault in page.context["faults"]]) == (questions, columns)
    assert [change["cells"][1]["value"] for change in page.context["preview"].changes] == (
        ["35.73 Kota Malang"] if name == "Kota Malang" else []
    )
