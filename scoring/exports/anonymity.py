"""How exported files name the jurors, by the panel's rule of disclosure."""

from __future__ import annotations

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from awards.models import Selection
from scoring.models import Panel, Seat


def called(selection: Selection) -> tuple[str, dict[int, str]]:
    """The panel's rule, and order of a seat -> the juror's name in exports; empty without a panel.

    Letters are shuffled with the installation's secret, so that the order in the decree does not reveal them.
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
