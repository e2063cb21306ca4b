"""A branch and its workbook in the browser: progress, faults, changes, writing; and the form on paper."""

import pytest
from django.urls import reverse
from django.utils import timezone

from paritrana.intake import pages
from paritrana.queue import worker
from regions.models import Coverage
from tests.builders import branch_staff, coverage, definition, regency, segment

pytestmark = pytest.mark.django_db(transaction=True)

YEAR = timezone.localdate().year - 1
HEADER = "year,region_code,segment,workers,participants,territory"


@pytest.fixture
def page(sign_in, transactional_db):
    for code in ("PU", "BPU"):
        segment(code)
    definition("regency or city")
    jembrana = regency("51.01", "Kabupaten Jembrana")
    coverage(jembrana, YEAR, "PU", workers=1000, participants=300)
    return sign_in(branch_staff(jembrana))


def upload(page, *lines):
    page.goto(reverse("coverage-upload"))
    content = "\n".join([HEADER, *lines]).encode()
    page.set_input_files("input[type=file]", {"name": "cakupan.csv", "mimeType": "text/csv", "buffer": content})
    page.click("[data-upload] button[type=submit]")


def test_progress_gives_way_to_what_the_file_would_change_and_it_is_written(page, settings, monkeypatch, photograph):
    monkeypatch.setattr(pages, "PATIENCE", 0)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    upload(page, f"{YEAR},51.01,PU,1000,400,province", f"{YEAR},51.01,BPU,2.000,70,province")

    page.wait_for_selector("[data-working]", state="attached")
    worker.work(batch=True)
    page.wait_for_selector("[data-confirm]")
    photograph(page, "upload-changes")
    assert page.locator("[data-change]").count() == 2
    with page.expect_navigation():
        page.click("[data-confirm] button[type=submit]")
    worker.work(batch=True)
    page.wait_for_selector("[data-working]", state="detached")
    assert sorted(Coverage.objects.values_list("segment__code", "participants")) == [("BPU", 70), ("PU", 400)]


def test_faults_are_told_with_row_and_column_and_nothing_can_be_confirmed(page, photograph):
    upload(page, f"{YEAR},51.01,PU,1.23,400,province", f"{YEAR},51.04,BPU,2.000,70,province")

    page.wait_for_selector("[data-faults]")
    photograph(page, "upload-faults")
    assert page.locator("tr[data-row]").count() == 2
    assert page.locator("[data-confirm]").count() == 0


def test_the_form_to_print_leaves_the_frame_off_the_paper(page, photograph):
    page.goto(reverse("coverage-paper"))

    page.emulate_media(media="print")
    photograph(page, "paper")
    assert page.locator(".paper table").first.is_visible()
    assert not page.locator(".no-print").is_visible()
