"""Letters to the address of a juror's assistant: that it may type, and that it may no longer."""

from functools import partial

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy

from awards.letters import outbox
from paritrana.display.links import absolute
from scoring.models import Seat

NAMED = gettext_lazy("Typing marks for a juror")
DISMISSED = gettext_lazy("No longer typing marks for a juror")


def changed(seat: Seat, *, before: str, after: str) -> None:
    """Tell both addresses, either of which may be empty; the letters are alike whether somebody has an account."""
    if before == after:
        return
    for address, subject, page in ((before, DISMISSED, "dismissed"), (after, NAMED, "assistant")):
        if address:
            outbox.invite(address, "", subject, partial(_written, seat, page), seat.panel.selection)


def _written(seat: Seat, page: str) -> str:
    values = {"seat": seat, "selection": seat.panel.selection, "link": absolute(reverse("sheets"))}
    return render_to_string(f"scoring/panel/{page}.txt", values)
