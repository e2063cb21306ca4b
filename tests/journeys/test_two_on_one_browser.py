"""Two jurors share one browser: what the first typed and never sent stays hers, whatever the second does.

No order of scripts decides it: the server says in a cookie who is signed in, also where signing out runs no script.
"""

import json

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awards.models import Appointment, Role
from tests.journeys import bali
from tests.journeys.ballroom import address, marks_of, ready, standing, type_marks
from tests.scoring.bench import bench

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "60", "61", "62"
STORED = """async (person) => {
  const found = (await indexedDB.databases()).filter(({ name }) => name === `paritrana-marks-${person}`);
  if (!found.length) return null;
  const open = indexedDB.open(found[0].name);
  const database = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const counts = {};
  for (const name of ["entries", "boards", "keys"]) {
    const asked = database.transaction(name).objectStore(name).getAllKeys();
    counts[name] = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  }
  database.close();
  return { entries: counts.entries.length, boards: counts.boards.length, isOpen: counts.keys.includes("session") };
}"""


@pytest.fixture
def judged():
    made = bench(nominations=2)
    for _juror in range(2):
        made.seat(Role.JUROR)
    return made


def signed_in_as(page, user, live_server):
    """Another session in the same browser, as the sign-in page makes it."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["session"]
    kept = {"name": "session", "value": cookie.value, "url": live_server.url, "httpOnly": True}
    page.context.add_cookies([kept])


def type_without_a_network(page, judged):
    page.goto(reverse("sheets"))
    page.wait_for_selector("html[data-board=stored]")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(address(judged, 0))
    ready(page)
    page.context.set_offline(True)
    type_marks(page, *SECRET)
    standing(page, "device")


def shown(page):
    return [box.input_value() for box in page.locator("input[data-box]").all()]


def look_without_a_network(page, judged):
    """What the browser shows of the first juror's sheet when the server does not answer."""
    page.context.set_offline(True)
    page.goto(address(judged, 0))
    page.wait_for_selector("html[data-marks]")
    found = page.get_attribute("html", "data-marks"), shown(page)
    page.context.set_offline(False)
    return found


def test_the_page_of_the_device_gives_way_to_the_list_while_the_server_answers(judged, page, live_server):
    signed_in_as(page, judged.seats[0].user, live_server)

    page.goto("/penilaian/luring/")

    page.wait_for_url(f"**{reverse('sheets')}")
    page.wait_for_selector("html[data-board=stored]")


def test_the_next_person_sees_nothing_and_the_first_gets_it_back(judged, page, live_server, photograph):
    first, second = (seat.user for seat in judged.seats)
    signed_in_as(page, first, live_server)
    type_without_a_network(page, judged)
    signed_in_as(page, second, live_server)
    page.context.set_offline(False)

    page.goto(reverse("editions"))
    page.wait_for_function(f"async () => !(await ({STORED})({first.pk})).isOpen")
    assert page.evaluate(STORED, first.pk) == {"entries": 3, "boards": 0, "isOpen": False}
    page.goto(reverse("sheets"))
    page.wait_for_selector("html[data-board=stored]")
    page.goto(address(judged, 0))
    ready(page)
    assert shown(page) == ["", "", ""]
    assert look_without_a_network(page, judged) == ("ready", ["", "", ""])

    signed_in_as(page, first, live_server)
    page.goto(address(judged, 0))
    ready(page)
    standing(page, "server")
    assert marks_of(judged, 0, seat=judged.seats[0]) == [6000, 6100, 6200]
    assert marks_of(judged, 0, seat=judged.seats[1]) == []


def test_signing_out_offers_the_rescue_file_locks_and_deletes_nothing_unsent(judged, page, live_server, photograph):
    first = judged.seats[0].user
    signed_in_as(page, first, live_server)
    type_without_a_network(page, judged)
    page.context.route("**/terima/", lambda route: route.abort())
    page.context.set_offline(False)
    page.goto(reverse("account_logout"))

    page.locator("main form[data-leaves] [type=submit]").click()
    page.wait_for_selector("main [role=alert]")
    photograph(page, "leaving-with-marks")
    with page.expect_download() as download:
        page.click("main button[data-rescues]")
    page.locator("main form[data-leaves] [type=submit]").click()
    page.wait_for_url(lambda url: reverse("account_logout") not in url)

    content = json.loads(download.value.path().read_text())
    assert sorted(entry["value"] for entry in content["entries"]) == [*SECRET]
    page.wait_for_function(f"async () => !(await ({STORED})({first.pk})).isOpen")
    assert page.evaluate(STORED, first.pk) == {"entries": 3, "boards": 0, "isOpen": False}
    assert look_without_a_network(page, judged) == ("locked", [])
    photograph(page, "locked-marks")


@pytest.mark.complete
def test_signing_out_with_nothing_unsent_leaves_nothing(judged, page, live_server):
    first = judged.seats[0].user
    signed_in_as(page, first, live_server)
    page.goto(reverse("sheets"))
    page.wait_for_selector("html[data-board=stored]")
    page.goto(reverse("account_logout"))

    bali.confirm(page)
    page.wait_for_load_state("load")

    assert page.evaluate(STORED, first.pk) is None


@pytest.mark.parametrize("how", ["ended elsewhere", "signed out without a script"])
def test_an_ended_session_locks_with_the_next_page(judged, page, live_server, how):
    first = judged.seats[0].user
    signed_in_as(page, first, live_server)
    type_without_a_network(page, judged)
    if how == "ended elsewhere":
        Session.objects.all().delete()
    else:
        page.context.clear_cookies()
    page.context.set_offline(False)

    page.goto(reverse("account_login"))

    page.wait_for_function(f"async () => !(await ({STORED})({first.pk})).isOpen")
    assert page.evaluate(STORED, first.pk)["entries"] == 3
    assert look_without_a_network(page, judged) == ("locked", [])


@pytest.mark.complete
def test_a_role_taken_away_takes_the_board_with_it(judged, page, live_server):
    seat = judged.seats[0]
    signed_in_as(page, seat.user, live_server)
    page.goto(reverse("sheets"))
    page.wait_for_selector("html[data-board=stored]")
    Appointment.objects.filter(pk=seat.appointment_id).update(ended_at=timezone.now())

    page.goto(reverse("sheets"))

    page.wait_for_function(f"async () => !((await ({STORED})({seat.user.pk}))?.boards)")
