"""Entering a candidate on the way to its nomination, and answering what its rubric asks, in the browser."""

from django.urls import reverse

from tests.journeys.bali import CONFIRM, confirm


def enter_and_nominate(page, selection, category, kind, facts):
    """From the nominating page to a new candidate and back, then the draft."""
    page.goto(reverse("nominate", args=[selection.slug, category]))
    page.click(f"main a[href*='{reverse('candidate-create', args=[kind])}']")
    for name, value in facts.items():
        if name == "scale_basis":
            page.select_option("[name=scale_basis]", value)
        else:
            page.fill(f"[name={name}]", value)
    page.select_option("[name=region]", label=page.locator("[name=region] option", has_text="Denpasar").inner_text())
    confirm(page)
    if page.locator("select[name=sector]").count():
        page.select_option("select[name=sector]", index=1)
    confirm(page)


def answer_everything(page, nomination):
    """The best answer to everything that is asked, so that nothing stands against it."""
    page.goto(reverse("nomination-answers", args=[nomination.pk]))
    for section in page.locator("[data-criterion]").all():
        for box in section.locator("input[type=checkbox][name^=ticked-]").all():
            box.check()
        if section.locator("input[type=radio]").count():
            section.locator("input[type=radio]").nth(1).check()
        whole = section.locator("input[name^=whole-]")
        for box in section.locator("input[name^=part-]").all():
            box.fill("12" if "Bulan" in section.inner_text() else "120")
        for box in whole.all():
            box.fill("120")
        for box in section.locator("input[name^=amount-]").all():
            box.fill("0")
        for box in section.locator("input[name^=note-]").all():
            box.fill("Dokumen contoh nomor 1/2023")
    page.locator(CONFIRM).first.click()
    page.wait_for_url(lambda url: "jawaban" not in url)
