"""The minutes say who came, who kept out, who was absent from whom and how many marks count; reasons stay private."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from awards.models import Role
from paritrana.accounts.models import User
from scoring.documents.forms import MeetingForm
from scoring.documents.pages import Meeting
from scoring.documents.roll import reduced, roll_of
from scoring.documents.source import source_of
from scoring.models import Conflict, Mark, ScoreSheet, Seat
from tests import builders
from tests.scoring.documents import documents
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db
TYPED = {"number": "1", "held_on": documents.MEETING.held_on, "venue": "Denpasar"}


@pytest.fixture
def seated():
    """Three members: one kept out of the first candidate, one was absent from the second."""
    made = plenary.plenary()
    third = made.seat()
    for seat, name in zip(_seats(made), ("Wayan Ketua", "Made Anggota", "Nyoman Anggota"), strict=True):
        User.objects.filter(pk=seat.user.pk).update(name=name)
    plenary.hand_in(third, made.nominations[2], made.marks(7_500, 7_500, 7_500))
    _keep_out(third, made.nominations[0], "Kakak kandung pemohon")
    by = builders.person()
    ScoreSheet.objects.create(
        seat=third, nomination=made.nominations[1], absent_at=plenary.NOW, absent_by=by, absent_reason="Sakit keras"
    )
    return made


def _seats(made):
    return Seat.objects.filter(panel__selection=made.selection).order_by("order")


def _keep_out(seat, nomination, reason):
    Conflict.objects.create(
        seat=seat, nomination=nomination, kind=Conflict.Kind.ABSTENTION, reason=reason, declared_by=seat.user
    )


def told_by(made) -> str:
    by = builders.committee(made.selection)
    plenary.sealed(made, by)
    return documents.words(documents.minutes(made, by)["minutes", "a4"].content)


def test_nobody_is_ticked_as_present_before_somebody_says_so(client, seated):
    by = builders.committee(seated.selection)
    plenary.sealed(seated, by)
    client.force_login(by)

    page = client.get(reverse("minutes-make", args=[seated.selection.slug])).content.decode()

    assert 'value="present"' in page
    assert " checked" not in page


def test_every_member_must_be_answered_for_by_name(seated):
    chair, *others = _seats(seated)
    form = MeetingForm(TYPED | {f"seat_{chair.pk}": "present"}, seats=[chair, *others])

    with translation.override(settings.LANGUAGE_CODE):
        assert not form.is_valid()
    assert set(form.errors) == {f"seat_{one.pk}" for one in others}
    assert "Made Anggota" in str(form.errors)


def test_a_plenary_nobody_came_to_is_refused(seated):
    seats = list(_seats(seated))
    form = MeetingForm(TYPED | {f"seat_{one.pk}": "absent" for one in seats}, seats=seats)

    assert (form.is_valid(), form.errors.as_data()["__all__"][0].code) == (False, "nobody-present")


def test_where_there_is_no_panel_nobody_is_asked_who_of_it_came():
    form = MeetingForm(TYPED, seats=[])

    assert (form.is_valid(), form.attendance(), form.meeting().absent) == (True, [], frozenset())


def test_the_minutes_say_who_was_absent_from_whom_and_who_kept_out_of_whom(seated):
    first, second, _third = (str(each.candidate) for each in seated.nominations)

    roll = roll_of(seated.selection)

    with translation.override(settings.LANGUAGE_CODE):
        abstention = Conflict.Kind.ABSTENTION.label
    assert roll.recusals == [f"Nyoman Anggota ({abstention}): {first}"]
    assert roll.absences == [f"Nyoman Anggota: {second}"]


def test_the_private_reasons_of_members_are_not_in_the_minutes(seated):
    told = told_by(seated)

    assert ("Kakak kandung" in told, "Sakit keras" in told) == (False, False)
    assert told.count("Nyoman Anggota") == 4  # in the list, kept out, absent, and to sign


def test_the_minutes_count_the_marks_of_candidates_marked_by_fewer_members(seated):
    source = source_of(seated.selection)

    with translation.override("en"):
        lines = list(reduced(source.document, roll_of(seated.selection)))

    first, second, _third = seated.nominations
    assert lines == [
        f"{first.candidate}: the marks of 2 of 3 members count (1 kept out).",
        f"{second.candidate}: the marks of 2 of 3 members count (1 absent).",
    ]


def test_a_member_without_a_mark_is_counted_even_where_no_absence_was_recorded(seated):
    chair = _seats(seated)[0]
    Mark.objects.filter(sheet__seat=chair, sheet__nomination=seated.nominations[2]).update(value=None)

    with translation.override("en"):
        lines = list(reduced(source_of(seated.selection).document, roll_of(seated.selection)))

    assert lines[-1] == f"{seated.nominations[2].candidate}: the marks of 2 of 3 members count (1 without marks)."


def test_what_the_plenary_passed_over_stands_there_with_its_reason(seated):
    ScoreSheet.objects.filter(nomination=seated.nominations[2], seat=_seats(seated)[2]).update(
        submitted_at=None, submitted_by=None
    )

    assert "Disepakati pleno" in told_by(seated)


def test_a_draft_does_not_say_of_anybody_that_they_came(seated):
    seats = list(_seats(seated))

    with translation.override("en"):
        assert {Meeting().attendance_of(seat) for seat in seats} == {"." * 16}


def test_the_declaration_page_says_who_reads_the_reason(client, seated):
    plenary.move_to(seated.selection, "wawancara")
    juror = builders.appointed(Role.JUROR, seated.selection)
    seated.selection.panel.seats.create(appointment=juror.appointments.get(), element="Serikat", order=9)
    client.force_login(juror)

    page = client.get(reverse("declare", args=[seated.selection.slug])).content.decode()

    assert "data-who-reads" in page
