"""A branch pastes three mistakes, mends two, notes one and sends; the office returns one figure, verifies the rest."""

import pytest
from django.urls import reverse
from django.utils import timezone

from regions.models import Coverage, Justification, State
from tests.builders import branch_staff, coverage, definition, regency, regional_officer, segment
from tests.journeys.test_grid import box, kept, paste

pytestmark = pytest.mark.django_db(transaction=True)

YEAR = timezone.localdate().year - 1
BLOCK = "1.000\t1.400\n2.000\t2.900\n500\t640\n300\t120\n"
"""More participants than workers in the first three of four segments."""
SUBMIT = "main form button.btn-primary[type=submit]"


@pytest.fixture
def region(transactional_db):
    for code in ("PU", "BPU", "JAKON", "PMI"):
        segment(code)
    made = regency("51.01", "Kabupaten Jembrana")
    coverage(made, YEAR - 1, "PU", workers=990, participants=410, definition=definition("regency or city"))
    Coverage.objects.update(state=State.DRAFT)
    return made


def address(region, name):
    return reverse(name, args=[region.code, YEAR])


def press(page):
    with page.expect_navigation():
        page.locator(SUBMIT).first.click()


def test_three_mistakes_are_stopped_two_mended_one_noted_and_one_figure_returned(sign_in, region, photograph):
    branch, office = sign_in(branch_staff(region)), sign_in(regional_officer())
    enter(branch)
    send(branch, region, photograph)
    answer(office, region, photograph)

    assert list(Coverage.objects.filter(year=YEAR).values_list("segment__code", "participants", "state")) == [
        ("PU", 400, State.VERIFIED),
        ("BPU", 900, State.RETURNED),
        ("JAKON", 640, State.VERIFIED),
        ("PMI", 120, State.VERIFIED),
    ]
    assert Justification.objects.values_list("coverage__segment__code", "code").get() == ("JAKON", "excess")
    branch.goto(address(region, "coverage-history"))
    photograph(branch, "riwayat")
    assert "Sumber belum disebut" in branch.inner_text("main")


def enter(branch):
    branch.goto(reverse("coverage-grid"))
    paste(branch, box("workers", "PU"), BLOCK)
    kept(branch)
    press_grid(branch)


def press_grid(branch):
    with branch.expect_navigation():
        branch.click("[data-coverage-grid] [value=stay]")


def doubted(page):
    return page.eval_on_selector_all("[data-segments]", "all => all.map((one) => one.dataset.segments)")


def send(branch, region, photograph):
    """Nothing goes without a note; two figures are mended, the third explained."""
    branch.goto(address(region, "coverage-send"))
    photograph(branch, "kirim")
    assert doubted(branch) == ["PU", "PU, JAKON", "BPU", "JAKON"]  # 640 of JAKON would fit the year before as PU
    press(branch)
    assert not Coverage.objects.filter(state=State.SENT).exists()
    branch.goto(address(region, "coverage-edit"))
    branch.fill("input[name='figure-PU-participants']", "400")
    branch.fill("input[name='figure-BPU-participants']", "900")
    press(branch)
    photograph(branch, "ubah")
    branch.click(f"main a[href='{address(region, 'coverage-send')}']")
    assert doubted(branch) == ["JAKON"]
    branch.fill("textarea[name='note-JAKON-excess']", "Pekerja proyek dari kabupaten tetangga")
    press(branch)
    assert Coverage.objects.filter(state=State.SENT).count() == 4


def answer(office, region, photograph):
    office.goto(reverse("coverage-queue"))
    photograph(office, "antrean")
    office.click("[data-figure$=JAKON] th a")
    assert "Pekerja proyek dari kabupaten tetangga" in office.inner_text("#chosen")
    office.click("[data-figure$=' BPU'] th a")
    photograph(office, "kembalikan")
    office.fill("textarea[name=reason]", "Sumber belum disebut")
    with office.expect_navigation():
        office.click("#return button")
    for pick in office.locator("form[data-queue] input[name=pick]").all():
        pick.check()
    with office.expect_navigation():
        office.click("form[data-queue] .bulk-bar button")
