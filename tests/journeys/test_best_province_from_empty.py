"""The best province of zone Jawa-Bali, from an empty installation: three provinces at the national selection.

Figures and marks are invented. Two provinces are of one zone, the third is of another and takes nothing from them.
"""

import pytest
from django.urls import reverse

from awards.models import Nomination
from awards.stages import NominationState
from regions.models import Region
from scoring.models import Seat
from tests.journeys import bali, founding

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.complete]

CATEGORY = "pemerintah-provinsi"
ORDER = ["51", "33", "12"]


@pytest.fixture
def cast(sign_in):
    admin = sign_in(founding.first_administrator())
    founding.edition(admin, "2022", label="Contoh Periode 2022")
    people = {name: founding.account(admin, name) for name in ("Panitia Pusat", "Panitia Kedua")}
    for user in people.values():
        founding.appoint(admin, user, "national-committee", "2022")
    people["Kantor Pusat"] = founding.staff(admin, "Kantor Pusat", "head")
    for code in ORDER:
        office = Region.objects.get(code=code).regional_office.name
        people[code] = founding.staff(admin, f"Kanwil {office}", "regional", office)
    (selection,) = founding.open_selections(
        sign_in(people["Panitia Pusat"]), founding.newest(), ["nasional"], [CATEGORY]
    )
    for name in ("Ketua", "Sekretaris", "Juri Satu"):
        people[name] = founding.account(admin, name)
    return selection, people, founding.windows(sign_in, people)


def test_bali_is_the_best_province_of_jawa_bali(cast, visitor, photograph):
    selection, people, window = cast
    page, second = window("Panitia Pusat"), window("Panitia Kedua")
    bali.add_seat(second, selection, people["Ketua"], "chair", "Kementerian")
    bali.add_seat(second, selection, people["Sekretaris"], "secretary", "BPJS Ketenagakerjaan")
    bali.add_seat(second, selection, people["Juri Satu"], "juror", "Ahli")
    bali.confirm_the_panel(page, selection)
    bali.open_next_stage(page, selection)
    nominate(selection, window)
    bali.open_next_stage(page, selection)
    for nomination in selection.nominations.all():
        for year in (2021, 2022):
            bali.verify_coverage(window("Kantor Pusat"), nomination.candidate.region, year)
        bali.verify_and_shortlist(second, nomination)
    bali.open_next_stage(page, selection)
    bali.hear_everybody(page, window("Sekretaris"), selection)
    judge(selection, window)
    bali.open_next_stage(page, selection)
    bali.seal(page, window("Ketua"), selection)
    bali.announce(page, window("Ketua"), selection)

    stranger = visitor()
    stranger.goto(reverse("public-result", args=[selection.slug]))
    photograph(stranger, "jawa-bali")
    told = stranger.inner_text("main")
    assert told.index("Jawa-Bali") < told.index("Bali", told.index("Jawa-Bali") + len("Jawa-Bali"))
    page.goto(reverse("ranking", args=[selection.slug, f"{CATEGORY}/terbaik"]))
    photograph(page, "jawa-bali-ranking")
    places = {
        row.nomination.candidate.region.code: row.place for row in selection.standings.filter(title__slug="terbaik")
    }
    assert places == {"51": 1, "33": 2, "12": 1}


def nominate(selection, window):
    """By one of the national committee; the figures by each regional office, in the browser."""
    page = window("Panitia Pusat")
    page.goto(reverse("nominate", args=[selection.slug, CATEGORY]))
    for region in Region.objects.filter(code__in=ORDER):
        page.check(f"input[name=regions][value='{region.pk}']")
    bali.confirm(page)
    for number, code in enumerate(ORDER):
        region = Region.objects.get(code=code)
        for year in (2021, 2022):
            bali.enter_coverage(window(code), region, year, 9 - 3 * number)
            bali.send_coverage(window(code), region, year)
        bali.answer_and_send(page, Nomination.objects.get(candidate__region=region), "perda", "terealisasi")
    assert selection.nominations.filter(state=NominationState.SENT).count() == len(ORDER)


def judge(selection, window):
    """The chair in the browser, the others by verb."""
    marks = {code: 95 - 5 * place for place, code in enumerate(ORDER)}
    bali.declare(window("Ketua"), selection)
    for nomination in selection.nominations.all():
        bali.score(window("Ketua"), selection, nomination, *[str(marks[nomination.candidate.region.code])] * 3)
    for seat in Seat.objects.filter(panel__selection=selection).exclude(appointment__role="chair"):
        founding.judge(seat, {one: 100 * marks[one.candidate.region.code] for one in selection.nominations.all()})
