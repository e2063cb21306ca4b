"""Setting up an edition in the browser, and candidates of known strength to rank by it."""

import datetime

from django.urls import reverse

from awards.models import Candidate, Category, Nomination, Rubric, Selection
from awards.stages import NominationState
from scoring.models import Interview, Panel, ScoreSheet, Seat
from tests import builders
from tests.journeys.bali import confirm

NOW = datetime.datetime(2025, 5, 1, 3, tzinfo=datetime.UTC)


def found(page, slug):
    """A new edition from the shipped defaults; the period is the year before."""
    page.goto(reverse("edition-create"))
    page.select_option("select[name=source]", "shipped:default")
    with page.expect_navigation():
        page.click("form[method=get] button:has-text('Isi dari pilihan ini')")
    page.fill("input[name=slug]", slug)
    page.fill("input[name=label]", f"Bentuk {slug}")
    page.fill("input[name=period_start]", "2024-01-01")
    page.fill("input[name=period_end]", "2024-12-31")
    page.fill("input[name=implementation_year]", "2025")
    confirm(page)


def zones(page, slug, wanted):
    """``wanted``: name -> codes of provinces; the shipped defaults have none of these names."""
    page.goto(reverse("edition-zones", args=[slug]))
    numbers = range(page.locator("input[name^=name-]").count())
    for number in numbers:
        page.fill(f"input[name=name-{number}]", "")
    for select in page.locator("select[name^=zone-]").all():
        select.select_option("")
    for number, (name, provinces) in enumerate(wanted.items()):
        page.fill(f"input[name=name-{number}]", name)
        for code in provinces:
            page.select_option(f"select[name=zone-{code}]", str(number))
    confirm(page)


def sectors(page, slug, category, names):
    page.goto(reverse("category-edit", args=[slug, category]))
    for number, name in enumerate(names):
        page.fill(f"input[name=sector-new-{number}]", name)
    confirm(page)


def without_interview(page, slug, category):
    """One button of the edition's page, and the review it leads to."""
    page.goto(reverse("edition", args=[slug]))
    with page.expect_navigation():
        page.click(f"form[action='{reverse('rubric-edit', args=[slug, category])}'] button[value=without-interview]")
    confirm(page)


def titles(page, slug, category, wanted):
    """``wanted``: the boxes of each title; it takes the weights of the rubric, unless it is a special award."""
    page.goto(reverse("rubric-titles", args=[slug, category]))
    while page.locator("[data-title]").count() > 1:
        _alter(page, "button[value='remove:titles-1']", page.locator("[data-title]").count() - 1)
    for number, boxes in enumerate(wanted):
        if number:
            _alter(page, "button[value='add:titles']", number + 1)
        page.fill(f"[name=titles-{number}-name]", boxes["name"])
        for box in ("awarding", "grouping"):
            page.select_option(f"[name=titles-{number}-{box}]", boxes.get(box, {"grouping": "all"}.get(box, "ranked")))
        for box in ("places", "harapan"):
            page.fill(f"[name=titles-{number}-{box}]", str(boxes.get(box, "3" if box == "places" else "")))
        if "among" in boxes:
            _alter(page, "button[value=refresh]", number + 1)  # the title before it is known by its name now
            page.select_option(f"[name=titles-{number}-among]", label=boxes["among"])
            page.fill(f"[name=titles-{number}-among_places]", str(boxes["among_places"]))
        if boxes.get("awarding") != "special":
            _alter(page, f"button[value='fill:{number}']", number + 1)
    with page.expect_navigation():
        page.click("main button[value=review]")
    confirm(page)


def _alter(page, button, count):
    """Press a button that changes the form without saving, and wait until the page shows it."""
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.locator(f"main {button}").first.evaluate("button => button.click()")
    page.wait_for_load_state()
    page.wait_for_function("count => document.querySelectorAll('[data-title]').length === count", arg=count)


def compete(selection: Selection, category: Category, strengths: dict[str, int], regions=None, sector=None) -> None:
    """Nominations named as they are strong (0 to 100), judged throughout; what earns points earns about that many."""
    (rubric,) = Rubric.objects.in_force(selection).filter(category=category)
    seat = Panel.objects.get_or_create(selection=selection)[0].seats.first() or Seat.objects.create(
        panel=selection.panel,
        appointment=builders.appointed("juror", selection).appointments.get(),
        element="",
        order=1,
    )
    for name, strength in strengths.items():
        region = (regions or {}).get(name) or builders.regency("51.01", "Kabupaten Jembrana")
        candidate = Candidate.objects.create(kind=category.candidate_kind, name=name, region=region)
        nomination = Nomination.objects.create(
            selection=selection,
            category=category,
            sector=sector,
            candidate=candidate,
            state=NominationState.SHORTLISTED,
            nominated_by=seat.user,
        )
        sheet = ScoreSheet.objects.create(seat=seat, nomination=nomination, submitted_at=NOW, submitted_by=seat.user)
        for aspect in rubric.aspects.prefetch_related("criteria__segments"):
            for criterion in aspect.criteria.all():
                judge(nomination, criterion, strength, sheet)


def judge(nomination, criterion, strength, sheet):
    rules = criterion.rules
    if criterion.kind in {"coverage", "growth"}:
        for segment in criterion.segments.all():
            for year, share in ((2023, strength // 2), (2024, strength)):
                if not nomination.candidate.region.coverage.filter(year=year, segment=segment).exists():
                    facts = {"workers": 10_000, "participants": 100 * share}
                    builders.coverage(nomination.candidate.region, year, segment.code, **facts)
    elif criterion.kind == "mark":
        sheet.marks.create(criterion=criterion, value=100 * strength)
    elif criterion.kind == "attendance":
        Interview.objects.create(
            nomination=nomination,
            starts_at=NOW,
            attended=rules["levels"][0]["code"],
            attendance_at=NOW,
            attendance_by=sheet.seat.user,
        )
    else:
        nomination.answers.create(criterion=criterion, value=answer(criterion, strength))


def answer(criterion, strength):
    rules = criterion.rules
    if criterion.kind == "ratio":
        return {"part": strength * rules.get("fixed", 100) // 100, "whole": rules.get("fixed", 100)}
    if criterion.kind == "checklist":
        return {"ticked": [item["code"] for item in rules["items"]]}
    if criterion.kind == "amount":
        return {"amount": 0}
    if criterion.kind == "budgets":
        return {"rows": [{"year": 2022 + n, "rupiah": 1, "workers": 100, "title": "", "file": ""} for n in range(3)]}
    best = max(rules["levels"], key=lambda level: level["points"])["code"]
    if criterion.kind == "regulations":
        return {"rows": [{"kind": best, "number": "1", "year": 2024, "title": "Contoh", "workers": 0, "file": ""}]}
    return {"level": best}
