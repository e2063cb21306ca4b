"""The steps around a juror's own sheets that several tests take."""

from django.urls import reverse

from scoring.sheets import actions


def address(judged, name, nomination=None):
    extra = [] if nomination is None else [judged.nominations[nomination].pk]
    return reverse(name, args=[judged.selection.slug, *extra])


def given(judged, *values, seat=0, nomination=0, by=None):
    seat = judged.seats[seat]
    nomination = judged.nominations[nomination]
    return actions.save_marks(seat, nomination, judged.marks(*values), version=0, by=by or seat.user)


def handed_in(judged, *values, seat=0, nomination=0):
    sheet = given(judged, *values, seat=seat, nomination=nomination)
    actions.hand_in(sheet, version=1, by=judged.seats[seat].user)
    return sheet
