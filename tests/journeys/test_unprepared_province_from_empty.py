"""A province nobody prepared, from an empty installation to its papers: the branch is founded, then everything else.

Papua Pegunungan has no branch that ships, and a regional office that is assumed. The branch works on a telephone.
"""

import pytest
from django.urls import reverse

from awards.stages import NominationState, Stage
from regions.models import Branch, Region
from scoring.models import Seat
from tests.journeys import bali, founding
from tests.journeys.ballroom import PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.complete]

CATEGORY = "pemerintah-kabupaten-kota"
LAPTOP = {"viewport": {"width": 1366, "height": 768}}
TITLES = 3
TWO = {"95.01": 1, "95.08": 2}
"""Kabupaten Jayawijaya and Kabupaten Nduga, and the place each is to take."""


@pytest.fixture
def cast(sign_in, photograph):
    admin = sign_in(founding.first_administrator(), **LAPTOP)
    admin.goto(reverse("home"))
    photograph(admin, "kosong-1-daftar")
    founding.edition(admin, "2023")
    people = {name: founding.account(admin, name) for name in ("Panitia Pusat", "Panitia", "Sekretariat")}
    founding.appoint(admin, people["Panitia Pusat"], "national-committee", "2023")
    people["Kanwil"] = founding.staff(admin, "Kanwil", "regional", "Banuspa")
    found_the_branch(sign_in(people["Kanwil"], **LAPTOP), photograph)
    people["Cabang"] = founding.staff(admin, "Cabang", "branch", "Wamena")
    (selection,) = founding.open_selections(
        sign_in(people["Panitia Pusat"], **LAPTOP), founding.newest(), ["95"], [CATEGORY]
    )
    for name in ("Panitia", "Sekretariat"):
        founding.appoint(admin, people[name], "provincial-committee", "Papua Pegunungan")
    for name in ("Ketua", "Sekretaris", "Juri"):
        people[name] = founding.account(admin, name)
    screens = dict.fromkeys(people, LAPTOP) | {
        "Cabang": PHONE,
        "Juri": PHONE,
    }  # the branch and the juror hold a telephone
    return selection, people, founding.windows(sign_in, people, screens)


def found_the_branch(page, photograph):
    page.goto(reverse("office-create", args=["cabang"]))
    page.fill("input[name=name]", "Wamena")
    founding.choose(page, "regional_office", "Banuspa")
    bali.confirm(page)
    page.fill("main input[name=q]", "Papua Pegunungan")
    with page.expect_navigation():
        page.click("button[name=find]")
    with page.expect_navigation():
        page.click("button[name=whole][value='95']")
    photograph(page, "kosong-2-centang")
    bali.confirm(page)
    assert Branch.objects.get(name="Wamena").working_area.count() == 8


def test_papua_pegunungan_ends_in_certificates(cast, photograph):
    selection, people, window = cast
    seat_the_panel(selection, people, window)
    nominate(selection, people, window, photograph)
    verify_and_hear(selection, people, window, photograph)
    judge(selection, window, photograph)
    bali.open_next_stage(window("Panitia"), selection)
    bali.seal(window("Panitia"), window("Ketua"), selection)
    bali.announce(window("Panitia"), window("Ketua"), selection)

    told = certificates(window("Panitia"), selection, photograph)
    assert len(told) == len(TWO) * TITLES
    for name, prize in (("Kabupaten Jayawijaya", "juara 1"), ("Kabupaten Nduga", "juara 2")):
        own = [text.lower() for text in told if name in text]
        assert len(own) == TITLES
        assert [prize in text for text in own] == [True] * TITLES
        assert not any("zona" in text for text in own)
    page = window("Cabang")
    page.goto(reverse("public-result", args=[selection.slug]))
    photograph(page, "kosong-9-umum")
    assert "Kabupaten Jayawijaya" in page.inner_text("main")
    assert "zona" not in page.inner_text("main").lower()


def seat_the_panel(selection, people, window):
    page = window("Sekretariat")
    bali.add_seat(page, selection, people["Ketua"], "chair", "Sekretaris daerah")
    bali.add_seat(page, selection, people["Sekretaris"], "secretary", "BPJS Ketenagakerjaan")
    bali.add_seat(page, selection, people["Juri"], "juror", "Ahli")
    bali.confirm_the_panel(window("Panitia"), selection)
    bali.open_next_stage(page, selection)


def nominate(selection, people, window, photograph):
    page = window("Cabang")
    page.goto(reverse("home"))
    photograph(page, "kosong-3-cabang")
    page.goto(reverse("nominate", args=[selection.slug, CATEGORY]))
    assert page.locator("input[name=regions]").count() == 8
    for code in TWO:
        page.check(f"input[name=regions][value='{Region.objects.get(code=code).pk}']")
    photograph(page, "kosong-4-nominasi")
    bali.confirm(page)
    for nomination in selection.nominations.order_by("pk"):
        region = nomination.candidate.region
        for year in (2022, 2023):
            if region.code == "95.01":
                bali.enter_coverage(page, region, year, 9)
                bali.send_coverage(page, region, year)
            else:
                bali.enter_and_send_by_verb(region, year, 3, people["Cabang"])
        bali.answer_and_send(page, nomination, "perda", "terealisasi")
    assert selection.nominations.filter(state=NominationState.SENT).count() == 2


def verify_and_hear(selection, people, window, photograph):
    page = window("Panitia")
    bali.open_next_stage(page, selection)
    for nomination in selection.nominations.all():
        for year in (2022, 2023):
            bali.verify_coverage(window("Kanwil"), nomination.candidate.region, year)
        bali.verify_and_shortlist(page, nomination)
    bali.open_next_stage(page, selection)
    bali.hear_everybody(page, window("Sekretaris"), selection)
    page.goto(reverse("interviews", args=[selection.slug]))
    photograph(page, "kosong-5-wawancara")
    assert "WIT" in page.inner_text("main")


def judge(selection, window, photograph):
    """The juror on the telephone, the others by verb."""
    bali.declare(window("Juri"), selection)
    for nomination in selection.nominations.all():
        bali.score(window("Juri"), selection, nomination, *[str(95 - 5 * place_of(nomination))] * 3)
    window("Juri").goto(reverse("home"))
    photograph(window("Juri"), "kosong-6-juri")
    for seat in Seat.objects.filter(panel__selection=selection).exclude(appointment__role="juror"):
        founding.judge(seat, {one: 9500 - 500 * place_of(one) for one in selection.nominations.all()})


def place_of(nomination):
    return TWO[nomination.candidate.region.code]


def certificates(page, selection, photograph):
    selection.refresh_from_db()
    assert selection.stage == Stage.ANNOUNCED
    bali.write_letterhead(
        page, selection, "Pemerintah Provinsi Papua Pegunungan (contoh)", "Wamena", "Gubernur Papua Pegunungan"
    )
    bali.make_certificates(page, selection, "30-06-2024")
    photograph(page, "kosong-7-piagam")
    bali.confirm(page)  # the proofs were seen
    page.goto(reverse("documents", args=[selection.slug]))
    photograph(page, "kosong-8-dokumen")
    return bali.take_certificates(page, selection)
