"""Pages of the interviews: the plan shown first, calendar files, paper, officials, minutes."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from icalendar import Calendar

from awards.models import Role
from awards.stages import Stage
from scoring.edit_conflicts import EditConflict
from scoring.exports import views
from scoring.interviews import actions, scheduling
from scoring.models import Interview, Minutes, Panel
from tests import builders
from tests.refusals import refused
from tests.scoring.interviews.rundown import DRAWN, MINUTES, NINE, divide, four_to_hear, plan, schedule


@pytest.fixture
def held(db):
    return four_to_hear()


def test_the_plan_is_shown_before_it_is_written(client, held):
    client.force_login(held.by)
    divide(held, Jepun=1, Cempaka=1)
    url = reverse("interviews-plan", args=[held.selection.slug])
    typed = {
        "seen": scheduling.fingerprint(held.selection),
        "day_1": "2024-05-06",
        "opens": "09:00",
        "closes": "12:00",
        "breaks": "10.10-10.25",
        "rooms": "Jepun, jepun , Cempaka",
        "order": "drawn",
        **DRAWN,
    }

    answer = client.post(url, typed)
    assert (len(answer.context["planned"]), Interview.objects.count()) == (4, 0)
    client.post(url, typed | {"then": "save"})

    rooms = Interview.objects.order_by("starts_at", "room").values_list("starts_at", "room")
    assert [((at - NINE) // MINUTES, room) for at, room in rooms] == [
        (0, "Cempaka"),
        (0, "Jepun"),
        (35, "Cempaka"),
        (35, "Jepun"),
    ]


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("breaks", "12-13", "break"),
        ("breaks", "25.00-26.00", "break"),
        ("breaks", "13.00-12.00", "break"),
        ("rooms", " , ", "no-room"),
        ("closes", "08:00", "closes"),
        ("seed", "", "required"),
        ("seed_source", "", "required"),
    ],
)
def test_what_cannot_be_a_timetable_is_told_at_its_field(client, held, name, typed, code):
    client.force_login(held.by)
    filled = {"seen": "-", "day_1": "2024-05-06", "opens": "09:00", "closes": "12:00", "breaks": "", "rooms": "A"}

    answer = client.post(
        reverse("interviews-plan", args=[held.selection.slug]),
        filled | {"order": "drawn"} | DRAWN | {name: typed},
    )

    assert [error.code for error in answer.context["form"].errors.as_data()[name]] == [code]


def events(client, name, held):
    answer = client.get(reverse(name, args=[held.selection.slug]))
    if answer.status_code != 200:
        return answer.status_code
    return [
        (event["summary"].to_ical().decode(), event.decoded("dtstart"), event.decoded("dtend"), str(event["location"]))
        for event in Calendar.from_ical(answer.content).walk("VEVENT")
    ]


def test_the_public_calendar_exists_once_published_and_names_nobody(client, held):
    schedule(held, held.nominations[0], 0, "Jepun")
    assert events(client, "interviews-public-file", held) == 404
    client.force_login(held.by)
    client.post(reverse("interviews-publish", args=[held.selection.slug]), {"public": "1"})
    client.logout()

    ((summary, *rest),) = events(client, "interviews-public-file", held)

    assert rest == [NINE, NINE + 30 * MINUTES, "Jepun"]
    assert str(held.nominations[0]) not in summary
    scheduling.publish(held.selection, by=held.by, is_public=False)
    assert events(client, "interviews-public-file", held) == 404


def test_the_calendar_of_the_panel_names_the_candidates(client, held):
    schedule(held, held.nominations[0], 0, "Jepun")
    client.force_login(held.seat().user)

    ((summary, *_rest),) = events(client, "interviews-file", held)

    assert str(held.nominations[0]) in summary
    client.force_login(builders.branch_staff(held.nominations[0].candidate.region))
    assert events(client, "interviews-file", held) == 403


def test_paper_lists_every_interview_by_day(client, held):
    plan(held, 0, 35, 70, 24 * 60)
    client.force_login(held.by)

    for name in ("interviews-paper", "attendance-paper"):
        page = client.get(reverse(name, args=[held.selection.slug]))
        assert [len(rows) for _day, rows in page.context["days"]] == [3, 1]
        assert b"data-part" not in page.content


def test_a_long_timetable_is_printed_by_pages(client, held, monkeypatch):
    monkeypatch.setattr(views, "ROWS_ON_PAPER", 3)
    plan(held, 0, 35, 70, 24 * 60)
    client.force_login(held.by)
    url = reverse("attendance-paper", args=[held.selection.slug])

    pages = [client.get(url, {"page": number}) for number in (1, 2)]

    assert [[len(rows) for _day, rows in each.context["days"]] for each in pages] == [[3], [1]]
    assert "Baris 1–3 dari 4; berkas memuat semuanya." in pages[0].content.decode()


def test_two_officials_are_written_down_with_who_came(client, held):
    schedule(held, held.nominations[0], 0, "Jepun")
    client.force_login(held.seat(Role.SECRETARY).user)
    url = reverse("interview-attendance", args=[held.selection.slug, held.nominations[0].pk])
    typed = {"level": "head", "version": 1, "name_1": "Ni Contoh", "office_1": "Kadisnaker", "name_2": "I Contoh"}

    assert client.post(url, typed).context["form"].errors.as_data()["office_2"][0].code == "half"
    client.post(url, typed | {"office_2": "Asisten II"})

    assert actions.named(Interview.objects.get()) == [["Ni Contoh", "Kadisnaker"], ["I Contoh", "Asisten II"]]
    assert client.get(url).context["form"]["name_2"].value() == "I Contoh"


def write(held, by, text="Komitmen anggaran", version=0):
    interview = Interview.objects.get(nomination=held.nominations[0])
    return actions.write_minutes(interview, text=text, version=version, by=by)


def test_minutes_are_never_written_over_somebody_elses(held):
    schedule(held, held.nominations[0], 0, "Jepun")
    secretary = held.seat(Role.SECRETARY).user
    write(held, secretary)
    write(held, held.by, "Lebih lengkap", 1)

    with pytest.raises(EditConflict):
        write(held, secretary, "Lain", 1)
    assert Minutes.objects.get().text == "Lebih lengkap"
    refused("no-text", write, held, secretary, "  ", 2)


def test_minutes_are_read_by_the_panel_once_declared_and_written_by_the_secretary(client, held):
    schedule(held, held.nominations[0], 0, "Jepun")
    write(held, held.seat(Role.SECRETARY).user)
    url = reverse("interview-minutes", args=[held.selection.slug, held.nominations[0].pk])
    seen = {}
    for name, user in {
        "juror": held.seat().user,
        "undeclared": held.seat(declared=False).user,
        "branch": builders.branch_staff(held.nominations[0].candidate.region),
        "auditor": builders.appointed(Role.AUDITOR, held.selection.edition),
    }.items():
        client.force_login(user)
        seen[name] = (client.get(url).status_code, client.post(url, {"text": "x", "version": 1}).status_code)

    assert seen == {"juror": (200, 403), "undeclared": (404, 404), "branch": (403, 403), "auditor": (200, 403)}


def test_the_rundown_is_not_rearranged_by_those_who_only_read_it(client, held):
    schedule(held, held.nominations[0], 0, "Jepun")
    client.force_login(held.seat(Role.SECRETARY).user)

    for name in ("interviews-plan", "interviews-shift"):
        assert client.get(reverse(name, args=[held.selection.slug])).status_code == 403
    for name in ("interviews-reorder", "interviews-publish"):
        assert client.post(reverse(name, args=[held.selection.slug])).status_code == 403


def test_slots_are_as_long_as_the_panel_says(held):
    Panel.objects.update_or_create(selection=held.selection, defaults={"question_minutes": 30})

    refused("too-few-slots", plan, held, 0, 35, 70, 105)


def test_nothing_is_scheduled_after_the_interviews(held):
    held.selection.stage = Stage.PLENARY
    held.selection.save()
    with pytest.raises(PermissionDenied):
        plan(held, 0, 35, 70, 105)
    assert Interview.objects.count() == 0
