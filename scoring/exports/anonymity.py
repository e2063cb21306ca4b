"""How files that leave the house call the jurors behind the marks: by the panel's rule."""

from __future__ import annotations

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from awards.models import Selection
from scoring.models import Panel, Seat


def called(selection: Selection) -> tuple[str, dict[int, str]]:
    """The panel's rule, and order of a seat -> how its juror is called; without a panel nobody is.

    Letters are drawn with the secret of the installation: the order in the decree does not tell who is A.
    """
    panel = Panel.objects.filter(selection=selection).first()
    if panel is None:
        return Panel.Disclosure.LETTERS, {}
    seats = {seat.order: seat for seat in Seat.objects.filter(panel=panel).with_people()}
    if panel.disclosure == Panel.Disclosure.NAMES:
        return panel.disclosure, {order: str(seat.user) for order, seat in seats.items()}
    drawn = sorted(seats, key=lambda order: salted_hmac("jurors", f"{selection.slug} {order}").hexdigest())
    return panel.disclosure, {order: _("Juror %(letter)s") % {"letter": _letter(n)} for n, order in enumerate(drawn)}


def _letter(number: int) -> str:
    """0 is A, 25 Z, 26 AA."""
    return (_letter(number // 26 - 1) if number > 25 else "") + chr(ord("A") + number % 26)
