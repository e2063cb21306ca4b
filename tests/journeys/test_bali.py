"""Bali, from the first nomination to the announced winners, in the browser: every step by whose step it is."""

import json

import openpyxl
import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from awards.editions.documents import load_edition
from awards.models import Appointment, Role, Selection
from awards.models.selections import Level
from awards.stages import NominationState
from paritrana.accounts import trail
from paritrana.accounts.models import User
from regions.models import Branch, Coverage, Posting, Region, RegionalOffice
from scoring.models import Seat, Standing
from tests.journeys import bali, founding

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
ELEMENTS = ["Dinas ketenagakerjaan", "Pengusaha", "Serikat pekerja", "Jaminan sosial", "Ekonomi", "Hukum", "Kebijakan"]


@pytest.fixture
def cast(db):
    """Reference data, the edition, an empty selection, and the people who will fill it."""
    call_command("load_reference", verbosity=0)
    edition = load_edition(json.loads((settings.BASE_DIR / "fixtures/editions/2023.json").read_text()))
    province = Region.objects.get(code="51")
    selection = Selection.objects.create(edition=edition, slug="2023-bali", level=Level.PROVINCIAL, province=province)
    selection.categories.add(edition.categories.get(slug="pemerintah-kabupaten-kota"))
    names = ["committee", "colleague", "denpasar", "gianyar", "kanwil", "chair", "secretary"]
    people = {name: account(name) for name in names + [f"juror{number}" for number in range(7)]}
    for name, branch in [("denpasar", "Bali Denpasar"), ("gianyar", "Bali Gianyar")]:
        Posting.objects.create(user=people[name], place="branch", branch=Branch.objects.get(name=branch))
    banuspa = RegionalOffice.objects.get(name="Banuspa")
    Posting.objects.create(user=people["kanwil"], place="regional", regional_office=banuspa)
    for name in ("committee", "colleague"):
        Appointment.objects.create(
            user=people[name], role=Role.PROVINCIAL_COMMITTEE, edition=edition, selection=selection
        )
    return selection, people


def account(name):
    return User.objects.create_user(f"{name}@paritrana.example", name=name.title())


def test_bali_from_nomination_to_announcement(cast, sign_in, visitor, recalculated, tmp_path):
    selection, people = cast
    windows = {}

    def window(name, **options):
        if name not in windows:
            # The page that stands in for a slow server is another journey's: here the server answers, however late.
            windows[name] = sign_in(people[name], service_workers="block", **options)
        return windows[name]

    appoint_the_panel(window("colleague"), window("committee"), selection, people)
    nominate_and_enter_coverage(window, selection, people)
    verify(window, selection, people)
    interview(window, selection)
    judge(window, selection)
    bali.open_next_stage(window("committee"), selection)

    stranger = visitor()
    assert stranger.goto(reverse("public-result", args=[selection.slug])).status == 404
    page = window("committee")
    page.goto(reverse("ranking", args=[selection.slug, "pemerintah-kabupaten-kota/terbaik"]))
    assert page.locator("main table tbody tr").count() >= 9
    bali.seal(page, window("chair"), selection)
    workbook = export(window("committee"), selection, tmp_path)
    assert stranger.goto(reverse("public-result", args=[selection.slug])).status == 404
    bali.announce(window("committee"), window("chair"), selection)

    winners = Standing.objects.filter(selection=selection, title__slug="terbaik", place__lte=3)
    assert stranger.goto(reverse("public-result", args=[selection.slug])).status == 200
    for winner in winners:
        assert winner.nomination.candidate.region.name in stranger.inner_text("main")
    totals = {row.nomination.candidate.region.name: row.total / 100 for row in winners}
    assert totals_in(recalculated(workbook)) == totals
    assert list(trail.faults()) == []


def appoint_the_panel(page, second, selection, people):
    """One asks, the other confirms; the chair may second what the other one asks for later."""
    bali.add_seat(page, selection, people["chair"], "chair", "Sekretaris daerah")
    bali.add_seat(page, selection, people["secretary"], "secretary", "BPJS Ketenagakerjaan")
    for number, element in enumerate(ELEMENTS):
        bali.add_seat(page, selection, people[f"juror{number}"], "juror", element)
    bali.confirm_the_panel(second, selection)
    bali.open_next_stage(page, selection)

    assert Seat.objects.filter(panel__selection=selection).count() == 9


def nominate_and_enter_coverage(window, selection, people):
    """Every nomination in the browser; of the coverage the first region of each branch, the others by verb."""
    for name, regions in [("denpasar", 5), ("gianyar", 4)]:
        page = window(name)
        bali.nominate_everything(page, selection)
        own = selection.nominations.filter(state=NominationState.DRAFT)
        assert own.count() == regions
        for number, nomination in enumerate(own):
            region = nomination.candidate.region
            for year in (2022, 2023):
                if number:
                    bali.enter_and_send_by_verb(region, year, number + regions, people[name])
                else:
                    bali.enter_coverage(page, region, year, number + regions)
                    bali.send_coverage(page, region, year)
            bali.answer_and_send(
                page, nomination, ["perda", "edaran"][number % 2], ["terealisasi", "dianggarkan"][number % 2]
            )

    assert selection.nominations.filter(state=NominationState.SENT).count() == 9


def verify(window, selection, people):
    bali.open_next_stage(window("committee"), selection)
    for number, nomination in enumerate(selection.nominations.all()):
        for year in (2022, 2023):
            if number:
                bali.verify_coverage_by_verb(nomination.candidate.region, year, people["kanwil"])
            else:
                bali.verify_coverage(window("kanwil"), nomination.candidate.region, year)
        bali.verify_and_shortlist(window("committee"), nomination)

    assert not Coverage.objects.filter(verified_at=None).exists()
    assert selection.nominations.filter(state=NominationState.SHORTLISTED).count() == 9


def interview(window, selection):
    bali.open_next_stage(window("committee"), selection)
    for number, nomination in enumerate(selection.nominations.all()):
        bali.schedule(window("committee"), selection, nomination, f"{9 + number:02}:00")
        level = ["kepala", "wakil", "sekretaris"][number % 3]
        bali.record_attendance(window("secretary"), selection, nomination, level)


def judge(window, selection):
    """The chair at a desk and a juror on a phone in the browser, one of them keeping out of one; the rest by verb."""
    shortlisted = list(selection.nominations.all())
    bali.declare(window("chair"), selection)
    bali.declare(window("juror0", viewport=PHONE), selection, shortlisted[0])
    for number, nomination in enumerate(shortlisted):
        bali.score(window("chair"), selection, nomination, f"{70 + number},25", "81,5", "79")
        if number:
            bali.score(window("juror0"), selection, nomination, "77", f"{68 + 2 * number},75", "90")
    for seat in Seat.objects.filter(panel__selection=selection).exclude(order__in=[1, 3]):
        founding.judge(seat, dict.fromkeys(shortlisted, 7000 + 25 * seat.order))


def export(page, selection, folder):
    page.goto(reverse("export-winners", args=[selection.slug]))
    with page.expect_download() as download:
        page.locator(bali.CONFIRM).first.click()
    path = folder / "pemenang.xlsx"
    download.value.save_as(path)
    return path


def totals_in(path):
    """Name -> total of the winners of "Terbaik", read from the recalculated workbook by another reader."""
    book = openpyxl.load_workbook(path, data_only=True)
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [value for value in cells if isinstance(value, str) and value.startswith("#")] == []
    rows = [row for row in book["Pemenang"].iter_rows(values_only=True) if any(row)]
    heading = next(index for index, row in enumerate(rows) if row[0] == "Gelar")
    columns = {name: rows[heading].index(name) for name in ("Gelar", "Nama", "Nilai akhir")}
    winners = [row for row in rows[heading + 1 :] if row[columns["Gelar"]] == "Terbaik"]
    return {row[columns["Nama"]]: row[columns["Nilai akhir"]] for row in winners}
