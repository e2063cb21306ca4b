"""Sulawesi Utara from an empty installation: the shipped branch Manado, five governments heard in two rooms."""

import pytest
from django.urls import reverse

from awards.stages import NominationState
from regions.models import Branch, Region
from scoring.models import Seat, SubPanel
from tests.journeys import bali, founding

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.complete]

CATEGORY = "pemerintah-kabupaten-kota"
FIVE = ["71.02", "71.05", "71.71", "71.72", "71.73"]
ROOMS = {"Ruang Bunaken": (FIVE[:3], ("Juri Satu", "Juri Dua")), "Ruang Lokon": (FIVE[3:], ("Juri Tiga", "Juri Empat"))}


@pytest.fixture
def cast(sign_in):
    """Everybody by the administrator; the national committee opens the selection of the province."""
    admin = sign_in(founding.first_administrator())
    founding.edition(admin, "2022")
    people = {name: founding.account(admin, name) for name in ("Panitia Pusat", "Panitia Sulut", "Sekretariat Sulut")}
    founding.appoint(admin, people["Panitia Pusat"], "national-committee", "2022")
    people["Cabang Manado"] = founding.staff(admin, "Cabang Manado", "branch", "Manado")
    people["Kanwil Sulama"] = founding.staff(admin, "Kanwil Sulama", "regional", "Sulama")
    (selection,) = founding.open_selections(sign_in(people["Panitia Pusat"]), founding.newest(), ["71"], [CATEGORY])
    for name in ("Panitia Sulut", "Sekretariat Sulut"):
        founding.appoint(admin, people[name], "provincial-committee", "Sulawesi Utara")
    for name in ("Ketua", "Sekretaris", "Juri Satu", "Juri Dua", "Juri Tiga", "Juri Empat"):
        people[name] = founding.account(admin, name)
    return selection, people, founding.windows(sign_in, people)


def test_five_of_sulut_are_nominated_by_the_shipped_branch_and_heard_in_two_rooms(cast, photograph):
    selection, people, window = cast
    seat_the_panel(selection, people, window)
    nominate_five(selection, people, window)
    verify(selection, people, window)
    hear_in_two_rooms(selection, window, photograph)
    judge(selection, window)
    bali.open_next_stage(window("Panitia Sulut"), selection)

    page = window("Panitia Sulut")
    page.goto(reverse("ranking", args=[selection.slug, f"{CATEGORY}/terbaik"]))
    photograph(page, "sulut-ranking")
    assert page.locator("main table tbody tr").count() >= len(FIVE)
    assert "Ruang Bunaken" in page.inner_text("main") and "Ruang Lokon" in page.inner_text("main")


def seat_the_panel(selection, people, window):
    page = window("Panitia Sulut")
    bali.add_seat(page, selection, people["Ketua"], "chair", "Sekretaris daerah")
    bali.add_seat(page, selection, people["Sekretaris"], "secretary", "BPJS Ketenagakerjaan")
    for name in ("Juri Satu", "Juri Dua", "Juri Tiga", "Juri Empat"):
        bali.add_seat(page, selection, people[name], "juror", "Ahli")
    bali.confirm_the_panel(window("Sekretariat Sulut"), selection)
    bali.open_next_stage(page, selection)
    assert Seat.objects.filter(panel__selection=selection).count() == 6


def nominate_five(selection, people, window):
    page = window("Cabang Manado")
    page.goto(reverse("nominate", args=[selection.slug, CATEGORY]))
    assert page.locator("input[name=regions]").count() == Branch.objects.get(name="Manado").working_area.count() == 15
    for region in Region.objects.filter(code__in=FIVE):
        page.check(f"input[name=regions][value='{region.pk}']")
    bali.confirm(page)
    for number, nomination in enumerate(selection.nominations.all()):
        for year in (2021, 2022):
            if number:
                bali.enter_and_send_by_verb(nomination.candidate.region, year, number, people["Cabang Manado"])
            else:
                bali.enter_coverage(page, nomination.candidate.region, year, number)
                bali.send_coverage(page, nomination.candidate.region, year)
        bali.answer_and_send(page, nomination, "perda", "terealisasi")
    assert selection.nominations.filter(state=NominationState.SENT).count() == 5


def verify(selection, people, window):
    bali.open_next_stage(window("Panitia Sulut"), selection)
    for nomination in selection.nominations.all():
        for year in (2021, 2022):
            bali.verify_coverage_by_verb(nomination.candidate.region, year, people["Kanwil Sulama"])
        bali.verify_and_shortlist(window("Panitia Sulut"), nomination)


def hear_in_two_rooms(selection, window, photograph):
    page = window("Panitia Sulut")
    for room, (_codes, jurors) in ROOMS.items():
        page.goto(reverse("panel-rooms", args=[selection.slug]))
        page.fill("input[name=room]", room)
        page.locator("input[name=categories]").first.check()
        for juror in jurors:
            page.get_by_label(juror).check()
        page.fill("input[name=quorum]", "2")
        bali.confirm(page)
    photograph(page, "sulut-rooms")
    bali.open_next_stage(page, selection)
    for room, (codes, _jurors) in ROOMS.items():
        for number, code in enumerate(codes):
            nomination = selection.nominations.get(candidate__region__code=code)
            bali.schedule(page, selection, nomination, f"{9 + number:02}:00", room)
            bali.record_attendance(window("Sekretaris"), selection, nomination, "kepala")
    assert SubPanel.objects.filter(panel__selection=selection).count() == 2


def judge(selection, window):
    """One juror of each room in the browser, the others by verb; nobody is offered a candidate of another room."""
    for codes, jurors in ROOMS.values():
        page = window(jurors[0])
        bali.declare(page, selection)
        own = selection.nominations.filter(candidate__region__code__in=codes)
        for number, nomination in enumerate(own):
            bali.score(page, selection, nomination, f"{80 + number},5", "81", "79")
        strange = selection.nominations.exclude(pk__in=own).first()
        assert page.goto(reverse("sheet", args=[selection.slug, strange.pk])).status in (403, 404)
        seat = Seat.objects.get(panel__selection=selection, appointment__user__name__startswith=jurors[1])
        founding.judge(seat, dict.fromkeys(own, 8000))
