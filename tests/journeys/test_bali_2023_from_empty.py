"""Bali, the award of 2023, from an empty installation to certificates, as its people would do it.

The names of the first three companies and of the two kabupaten, and their places, are what the press reported; every
figure and mark is invented for a throwaway installation that calls itself an example. Marks follow from the place.
"""

import pytest
from django.urls import reverse

from awards.models import Nomination
from awards.stages import NominationState, Stage
from regions.models import Region
from scoring.models import Seat
from tests.journeys import bali, founding
from tests.journeys.candidates import answer_everything, enter_and_nominate

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.complete]

LARGE, MEDIUM, SERVICE, REGENCY = (
    "perusahaan-besar",
    "perusahaan-menengah",
    "layanan-publik",
    "pemerintah-kabupaten-kota",
)
SALES = {"scale_basis": "penjualan"}
ENTERED = [
    (LARGE, "company", "BPD Bali", SALES | {"scale_amount": "60.000.000.000"}, 1),
    (LARGE, "company", "PT Contoh Dagang", SALES | {"scale_amount": "70.000.000.000"}, 2),
    (MEDIUM, "company", "Royal Resort", SALES | {"scale_amount": "40.000.000.000"}, 1),
    (SERVICE, "public-service", "RS Contoh", SALES | {"scale_amount": "60.000.000.000"}, 1),
    (SERVICE, "public-service", "Surya Husadha", SALES | {"scale_amount": "60.000.000.000"}, 2),
]
"""Category, kind, name, legal scale, and the place it is to take."""
REGIONS = {"51.03": 1, "51.01": 2}
PLACES = {name: place for _category, _kind, name, _scale, place in ENTERED}


@pytest.fixture
def cast(sign_in):
    admin = sign_in(founding.first_administrator())
    founding.edition(admin, "2022", label="Contoh Periode 2022")
    people = {name: founding.account(admin, name) for name in ("Panitia Pusat", "Panitia Bali", "Sekretariat Bali")}
    founding.appoint(admin, people["Panitia Pusat"], "national-committee", "2022")
    people["Cabang Denpasar"] = founding.staff(admin, "Cabang Denpasar", "branch", "Bali Denpasar")
    people["Kanwil Banuspa"] = founding.staff(admin, "Kanwil Banuspa", "regional", "Banuspa")
    (selection,) = founding.open_selections(
        sign_in(people["Panitia Pusat"]), founding.newest(), ["51"], [LARGE, MEDIUM, SERVICE, REGENCY]
    )
    for name in ("Panitia Bali", "Sekretariat Bali"):
        founding.appoint(admin, people[name], "provincial-committee", "Bali")
    for name in ("Ketua", "Sekretaris", "Juri Satu", "Juri Dua"):
        people[name] = founding.account(admin, name)
    return selection, people, founding.windows(sign_in, people)


def test_bali_2023_ends_in_certificates_a_province_would_sign(cast, photograph):
    selection, people, window = cast
    seat_the_panel(selection, people, window)
    nominate(selection, people, window)
    verify_and_hear(selection, people, window)
    judge(selection, window)
    bali.open_next_stage(window("Panitia Bali"), selection)
    bali.seal(window("Panitia Bali"), window("Ketua"), selection)
    bali.announce(window("Panitia Bali"), window("Ketua"), selection)
    photograph(window("Panitia Bali"), "bali-announced")

    told = certificates(window("Panitia Bali"), selection, photograph)
    assert len(told) == len(ENTERED) + len(REGIONS)
    sector = "Keuangan, perdagangan dan jasa"
    for name, words in {
        "BPD Bali": ("Juara 1", "Perusahaan Skala Besar", sector),
        "Royal Resort": ("Juara 1", "Perusahaan Skala Menengah"),
        "Surya Husadha": ("Juara 2", "Layanan Publik"),
        "Kabupaten Badung": ("Juara 1",),
        "Kabupaten Jembrana": ("Juara 2",),
    }.items():
        (own,) = [text for text in told if name in text]
        assert all(word.lower() in own.lower() for word in words), own
        assert "zona" not in own.lower()


def seat_the_panel(selection, people, window):
    """By the secretariat: the chair may then second what the committee asks for."""
    page = window("Sekretariat Bali")
    bali.add_seat(page, selection, people["Ketua"], "chair", "Sekretaris daerah")
    bali.add_seat(page, selection, people["Sekretaris"], "secretary", "BPJS Ketenagakerjaan")
    for name in ("Juri Satu", "Juri Dua"):
        bali.add_seat(page, selection, people[name], "juror", "Ahli")
    bali.confirm_the_panel(window("Panitia Bali"), selection)
    bali.open_next_stage(page, selection)


def nominate(selection, people, window):
    page = window("Cabang Denpasar")
    for number, (category, kind, name, scale, _place) in enumerate(ENTERED):
        facts = {"name": name, "npp": f"AA0000{number}"} | scale
        enter_and_nominate(page, selection, category, kind, facts)
        answer_everything(page, Nomination.objects.get(candidate__name=name))
        send(page, Nomination.objects.get(candidate__name=name))
    page.goto(reverse("nominate", args=[selection.slug, REGENCY]))
    for code in REGIONS:
        page.check(f"input[name=regions][value='{Region.objects.get(code=code).pk}']")
    bali.confirm(page)
    for nomination in selection.nominations.filter(category__slug=REGENCY):
        region = nomination.candidate.region
        for year in (2021, 2022):
            share = 9 - 2 * REGIONS[region.code]
            if region.code == "51.01":
                bali.enter_coverage(page, region, year, share)
                bali.send_coverage(page, region, year)
            else:
                bali.enter_and_send_by_verb(region, year, share, people["Cabang Denpasar"])
        bali.answer_and_send(page, nomination, "perda", "terealisasi")
    assert selection.nominations.filter(state=NominationState.SENT).count() == len(ENTERED) + len(REGIONS)


def send(page, nomination):
    page.goto(reverse("nomination-submit", args=[nomination.pk]))
    bali.confirm(page)


def verify_and_hear(selection, people, window):
    page = window("Panitia Bali")
    bali.open_next_stage(page, selection)
    for nomination in selection.nominations.all():
        if nomination.category.slug == REGENCY:
            for year in (2021, 2022):
                bali.verify_coverage_by_verb(nomination.candidate.region, year, people["Kanwil Banuspa"])
        bali.verify_and_shortlist(page, nomination)
    bali.open_next_stage(page, selection)
    bali.hear_everybody(page, window("Sekretaris"), selection)


def place_of(nomination):
    return PLACES.get(nomination.candidate.name) or REGIONS[nomination.candidate.region.code]


def judge(selection, window):
    """The chair in the browser, everybody else by verb."""
    bali.declare(window("Ketua"), selection)
    for nomination in selection.nominations.all():
        bali.score(window("Ketua"), selection, nomination, *[str(95 - 5 * place_of(nomination))] * 3)
    for seat in Seat.objects.filter(panel__selection=selection).exclude(appointment__role="chair"):
        founding.judge(seat, {one: 9500 - 500 * place_of(one) for one in selection.nominations.all()})


def certificates(page, selection, photograph):
    """Made and taken in the browser; the text of each in Indonesian."""
    selection.refresh_from_db()
    assert selection.stage == Stage.ANNOUNCED
    bali.write_letterhead(page, selection, "Pemerintah Provinsi Bali (contoh)", "Denpasar", "Gubernur Bali")
    bali.make_certificates(page, selection, "30-06-2023")
    bali.confirm(page)  # the proofs were seen
    page.goto(reverse("documents", args=[selection.slug]))
    photograph(page, "bali-documents")
    return bali.take_certificates(page, selection)
