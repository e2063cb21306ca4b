"""What a juror does on a device, one verb a function: typing, and reading off the page where the marks are."""

from django.urls import reverse

from scoring.models import Mark

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def address(judged, number, name="sheet"):
    return reverse(name, args=[judged.selection.slug, judged.nominations[number].pk])


def type_marks(page, *marks):
    for box, mark in zip(page.locator("input[data-box]").all(), marks, strict=True):
        box.fill(mark)


def standing(page, state):
    """Wait until the page says that everything is on the server, or on this device."""
    page.wait_for_selector(f"[data-device][data-now={state}]", state="attached")


def ready(page):
    page.wait_for_selector("html[data-marks=ready]")


def marks_of(judged, number, seat=None):
    """What the server holds of one candidate, by the only seat that marks or by this one."""
    held = Mark.objects.filter(sheet__nomination=judged.nominations[number], sheet__seat=seat or judged.seats[0])
    return list(held.order_by("criterion__order").values_list("value", flat=True))
