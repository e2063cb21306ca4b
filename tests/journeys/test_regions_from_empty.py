"""Coverage from an empty installation, as its offices tell it: a branch's target, growth of a kabupaten, 9 of 13."""

import pytest
from django.urls import reverse

from regions.models import Branch, Coverage, Region
from regions.targets.actions import joined
from tests.journeys import bali, founding
from tests.paritrana.uploads import papers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.complete]


SEGMENTS = ["PU", "BPU", "JAKON"]


def enter(page, region, year, figures):
    """``figures``: segment -> workers and participants; sent with a note on whatever looks doubtful."""
    page.goto(reverse("coverage-edit", args=[region.code, year]))
    for segment, (workers, participants) in figures.items():
        page.fill(f"input[name='figure-{segment}-workers']", f"{workers:,}".replace(",", "."))
        page.fill(f"input[name='figure-{segment}-participants']", f"{participants:,}".replace(",", "."))
    bali.confirm(page)
    bali.send_coverage(page, region, year)


def test_433000_is_one_target_over_three_segments_and_jembrana_rises_from_34_to_40_percent(sign_in, photograph):
    admin = sign_in(founding.first_administrator())
    branch = sign_in(founding.staff(admin, "Cabang Denpasar", "branch", "Bali Denpasar"))
    kanwil = sign_in(founding.staff(admin, "Kanwil Banuspa", "regional", "Banuspa"))
    denpasar, jembrana = Branch.objects.get(name="Bali Denpasar"), Region.objects.get(code="51.01")

    kanwil.goto(reverse("branch-target-edit", args=[denpasar.pk, 2023]))
    for code in SEGMENTS:
        kanwil.check(f"input[name=others][value={code}]")
    kanwil.fill("input[name='peserta-other']", "433.000")
    kanwil.fill("input[name=source]", "Target cabang 2023")
    bali.confirm(kanwil)
    together = f"[data-segments='{joined(SEGMENTS)}']"
    branch.goto(reverse("branch", args=[denpasar.pk]))
    assert "433.000" in branch.inner_text(together)
    for year, pu, bpu, jakon in ((2022, 13_600, 20_400, 340), (2023, 16_000, 24_000, 400)):
        enter(branch, jembrana, year, {"PU": (40_000, pu), "BPU": (60_000, bpu), "JAKON": (1_000, jakon)})
        bali.verify_coverage(kanwil, jembrana, year)

    branch.goto(reverse("branch", args=[denpasar.pk]))
    photograph(branch, "433000")
    told = branch.inner_text(together)
    assert "433.000" in told and "40.400" in told and "392.600" in told
    branch.goto(jembrana.get_absolute_url())
    photograph(branch, "jembrana")
    told = branch.inner_text("main")
    assert "34,00" in told and "40,00" in told and "6,00" in told
    assert not Coverage.objects.filter(verified_at=None).exists()


SHARES = {"PU": (54_000, 14_580), "BPU": (53_000, 14_310)}
"""27 % each; thirteen times 107,000 workers, and the 9,000 that the last one has more, are 1.4 million."""
NINE = 9


def test_kalsel_2020_has_1_4_million_workers_27_percent_and_9_of_13_protect_their_own_staff(
    sign_in, photograph, tmp_path
):
    admin = sign_in(founding.first_administrator())
    offices = ("Banjarmasin", "Tanjung", "Batulicin")
    branches = {name: sign_in(founding.staff(admin, f"Cabang {name}", "branch", name)) for name in offices}
    kanwil = sign_in(founding.staff(admin, "Kanwil Kalimantan", "regional", "Kalimantan"))
    regions = list(Region.objects.get(code="63").children.order_by("code"))
    owner = {region: Branch.objects.get(working_area=region).name for region in regions}
    assert (len(regions), set(owner.values())) == (13, set(offices))

    for region in regions:
        more = 4_500 if region == regions[-1] else 0
        figures = {code: (workers + more, part + more * 27 // 100) for code, (workers, part) in SHARES.items()}
        enter(branches[owner[region]], region, 2020, figures)
    for name, page in branches.items():
        answer_indicators(page, [region for region in regions if owner[region] == name], regions[:NINE])
    prove(branches[owner[regions[0]]], regions[0], tmp_path)

    kanwil.goto(reverse("indicator-province", args=["63"]) + AT)
    for box in kanwil.locator("input[name=pick]").all():
        box.check()
    with kanwil.expect_navigation():
        kanwil.click("main form[method=post] button.btn-primary")
    photograph(kanwil, "kalsel-indicator")
    told = kanwil.inner_text("main")
    assert "9 dari 13" in told
    kanwil.goto(reverse("atlas-province", args=["63"]) + "?year=2020")
    photograph(kanwil, "kalsel-2020")
    told = kanwil.inner_text("main")
    assert "1.400.000" in told and "378.000" in told and "27,00" in told


AT = "?indicator=non-asn&year=2020"


def answer_indicators(page, own, protecting):
    page.goto(reverse("indicator-answer", args=["63"]) + AT)
    for region in own:
        page.select_option(f"select[name='met-{region.code}']", "ya" if region in protecting else "tidak")
        if region in protecting:
            page.fill(f"input[name='evidence-{region.code}']", f"SK contoh {region.code}/2020")
    bali.confirm(page)


def prove(page, region, folder):
    (folder / "sk.pdf").write_bytes(papers.pdf(1))
    page.goto(reverse("indicator-files", args=[region.code]) + AT)
    page.set_input_files("input[name=file]", folder / "sk.pdf")
    with page.expect_navigation():
        page.click("main form[enctype] button.btn-primary")
    assert "sk.pdf" in page.inner_text("main")
