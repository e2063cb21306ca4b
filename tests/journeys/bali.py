"""What the people of Bali's selection do in the browser, one verb a function; each begins where the menu leads."""

import io
import zipfile

from django.urls import reverse
from pypdf import PdfReader

from awards.stages import Stage
from regions.coverage import actions as coverage
from regions.models import Coverage, Segment
from regions.verification import transitions as verification_transitions
from regions.verification.doubts import doubts
from scoring.models import Invitation, Seal
from scoring.panel import invitations

CONFIRM = "main form button.btn-primary[type=submit]"
SEGMENTS = {"PU": 52_000, "BPU": 88_000, "JAKON": 3_100, "NON-ASN": 1_900, "DESA": 2_600}


def confirm(page):
    """Press the one primary button of the page and wait for the next page."""
    with page.expect_navigation():
        page.locator(CONFIRM).first.click()


def open_next_stage(page, selection):
    page.goto(reverse("selection-open-next", args=[selection.slug]))
    confirm(page)


def add_seat(page, selection, user, role, element):
    """Invited in the browser; the link of the letter is opened in another journey."""
    page.goto(reverse("invite", args=[selection.slug]))
    page.fill("input[name=email]", user.email)
    page.fill("input[name=name]", user.name)
    page.select_option("select[name=role]", role)
    page.fill("[name=element]", element)
    confirm(page)
    invitations.accept(Invitation.objects.open().get(panel__selection=selection, email=user.email), by=user)


def confirm_the_panel(page, selection):
    """Everything that waits for a second person."""
    page.goto(reverse("seat-changes", args=[selection.slug]))
    for box in page.locator("input[name=changes]").all():
        box.check()
    confirm(page)


def nominate_everything(page, selection):
    page.goto(reverse("nominate", args=[selection.slug, "pemerintah-kabupaten-kota"]))
    for box in page.locator("input[name=regions]").all():
        box.check()
    confirm(page)


def answer_and_send(page, nomination, regulation, budget):
    page.goto(reverse("nomination-answers", args=[nomination.pk]))
    page.check(f"[data-criterion=regulasi] input[value={regulation}]")
    page.check(f"[data-criterion=anggaran] input[value={budget}]")
    confirm(page)
    page.goto(reverse("nomination-submit", args=[nomination.pk]))
    confirm(page)


def enter_coverage(page, region, year, number):
    """Invented figures that grow a little each year and differ from region to region."""
    page.goto(reverse("coverage-edit", args=[region.code, year]))
    for segment, workers in SEGMENTS.items():
        share = 40 + number + 3 * (year - 2022)
        page.fill(f"input[name='figure-{segment}-workers']", f"{workers + 100 * number:,}".replace(",", "."))
        page.fill(f"input[name='figure-{segment}-participants']", str(workers * share // 100))
    confirm(page)


def send_coverage(page, region, year):
    """Answer every doubt that invented figures raise, and send them."""
    page.goto(reverse("coverage-send", args=[region.code, year]))
    for box in page.locator("textarea[name^=note-]").all():
        box.fill("Angka rekaan untuk latihan")
    confirm(page)


def enter_and_send_by_verb(region, year, number, by):
    """The same figures as ``enter_coverage``, for the regions whose forms need not be seen once more."""
    segments = {segment.code: segment for segment in Segment.objects.filter(code__in=SEGMENTS)}
    definition = Coverage.objects.filter(region__parent=region.parent).first().definition
    share = 40 + number + 3 * (year - 2022)
    entries = [
        coverage.FigureEntry(segments[code], workers + 100 * number, workers * share // 100, definition)
        for code, workers in SEGMENTS.items()
    ]
    figures = coverage.enter(region, year, entries, by=by, origin="")
    versions = {figure.segment.code: figure.version for figure in figures}
    notes = {doubt.key: "Angka rekaan untuk latihan" for doubt in doubts(figures, reader=by)}
    verification_transitions.send(region, year, versions, notes, by=by)


def verify_coverage_by_verb(region, year, by):
    figures = Coverage.objects.filter(region=region, year=year).select_related("segment")
    verification_transitions.verify(region, year, {figure.segment.code: figure.version for figure in figures}, by=by)


def verify_coverage(page, region, year):
    page.goto(reverse("coverage-edit", args=[region.code, year]))
    with page.expect_navigation():
        page.click("form[data-verify] button[type=submit]")


def verify_and_shortlist(page, nomination):
    for verb in ("nomination-verify", "nomination-shortlist"):
        page.goto(reverse(verb, args=[nomination.pk]))
        confirm(page)


def schedule(page, selection, nomination, clock, room="Ruang Sidang"):
    page.goto(reverse("interview-schedule", args=[selection.slug, nomination.pk]))
    page.fill("input[name=day]", "2024-05-06")
    page.fill("input[name=clock]", clock)
    page.fill("input[name=room]", room)
    confirm(page)


def record_attendance(page, selection, nomination, level):
    page.goto(reverse("interview-attendance", args=[selection.slug, nomination.pk]))
    page.check(f"input[name=level][value={level}]")
    confirm(page)


def declare(page, selection, *conflicts):
    page.goto(reverse("declare", args=[selection.slug]))
    for nomination in conflicts:
        page.check(f"input[name=out_{nomination.pk}]")
        page.fill(f"[name=why_{nomination.pk}]", "Pernah menjadi penasihat di sana")
    page.check("input[name=clear]")
    confirm(page)


def score(page, selection, nomination, *marks):
    """Type the marks as people do, with a decimal comma, and hand the sheet in."""
    page.goto(reverse("sheet", args=[selection.slug, nomination.pk]))
    for box, mark in zip(page.locator("input[name^=mark_]").all(), marks, strict=True):
        box.fill(mark)
    with page.expect_navigation():
        page.press("button[name=then][value=hand-in]", "Enter")
    confirm(page)


def hear_everybody(page, secretary, selection):
    """One after the other from nine o'clock, each with the head."""
    for number, nomination in enumerate(selection.nominations.all()):
        schedule(page, selection, nomination, f"{9 + number:02}:00")
        record_attendance(secretary, selection, nomination, "kepala")


def seal(page, second, selection):
    """The committee asks, giving reasons for what it passes over; the chair sees the same and seconds it."""
    page.goto(reverse("seal", args=[selection.slug]))
    page.fill("input[name=decree_number]", "400.5/123/2024")
    page.fill("input[name=decree_date]", "2024-05-02")
    for box in page.locator("textarea[name^=override_]").all():
        box.fill("Disepakati pleno")
    if page.locator("input[name=confirmed]").count():
        page.check("input[name=confirmed]")
    confirm(page)
    second.goto(reverse("seal-second", args=[selection.slug]))
    second.check("input[name=confirmed]")
    confirm(second)
    selection.refresh_from_db()

    assert selection.stage == Stage.SEALED, second.inner_text("main")
    assert Seal.objects.filter(selection=selection).count() == 1


def announce(page, second, selection):
    """The committee asks, the chair sees the same and seconds it."""
    page.goto(reverse("announce", args=[selection.slug]))
    page.check("input[name=when][value=now]")
    confirm(page)
    second.goto(reverse("seal-second", args=[selection.slug]))
    second.check("input[name=confirmed]")
    confirm(second)
    selection.refresh_from_db()

    assert selection.stage == Stage.ANNOUNCED


def write_letterhead(page, selection, institution, place, office):
    page.goto(reverse("letterhead", args=[selection.slug]))
    page.fill("[name=institution]", institution)
    page.fill("[name=place]", place)
    page.fill("input[name=name_1]", "Gubernur Contoh")
    page.fill("input[name=office_1]", office)
    confirm(page)


def make_certificates(page, selection, dated):
    """As far as the page of proofs, whose confirming makes them."""
    page.goto(reverse("certificates-make", args=[selection.slug]))
    page.fill("input[name=dated]", dated)
    confirm(page)


def take_certificates(page, selection):
    """On the page of documents; the text of each certificate in Indonesian."""
    with page.expect_download() as download:
        page.locator(f"form[action='{reverse('certificates-take', args=[selection.slug])}'] button").first.click()
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as archive:
        papers = [PdfReader(io.BytesIO(archive.read(name))) for name in archive.namelist() if name.endswith(".pdf")]
    return [" ".join(page.extract_text() for page in paper.pages).replace("\n", " ") for paper in papers]
