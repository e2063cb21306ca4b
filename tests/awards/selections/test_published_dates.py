"""A published date is a promise: a stage is closed or opened before it with a reason, and everybody waiting is told."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from awards import deadlines, todo
from awards.models import Letter, StageDate
from awards.selections import actions, overview
from awards.stage_history import history_of
from awards.stages import NominationState, Stage
from paritrana.accounts.models import AuditEvent
from tests import builders as b
from tests.refusals import code_of

DAY = datetime.timedelta(days=1)


@pytest.fixture
def published(bali):
    """Nomination closes in nine days, and verification begins the day after."""
    now = timezone.now()
    StageDate.objects.create(selection=bali, stage=Stage.NOMINATION, opens_at=now - 9 * DAY, closes_at=now + 9 * DAY)
    StageDate.objects.create(
        selection=bali, stage=Stage.VERIFICATION, opens_at=now + 10 * DAY, closes_at=now + 20 * DAY
    )
    return bali


@pytest.fixture
def staff():
    return b.branch_staff(b.regency())


def test_a_stage_is_not_closed_before_its_date_without_a_reason(published, committee):
    assert code_of(lambda: actions.open_next_stage(published, by=committee)) == "early"
    assert code_of(lambda: actions.open_next_stage(published, by=committee, reason=" ")) == "early"
    published.refresh_from_db()
    assert published.stage == Stage.NOMINATION


def test_the_reason_and_what_was_published_stay_in_the_trail(published, committee):
    actions.open_next_stage(published, by=committee, reason="Gubernur berhalangan")

    (event,) = AuditEvent.objects.filter(verb="selection.open-stage")
    assert event.detail["reason"] == "Gubernur berhalangan"
    assert len(event.detail["published"]) == 2


def test_on_its_date_a_stage_is_closed_without_a_reason(bali, committee):
    now = timezone.now()
    StageDate.objects.create(selection=bali, stage=Stage.NOMINATION, opens_at=now - 9 * DAY, closes_at=now - DAY)

    actions.open_next_stage(bali, by=committee)

    assert AuditEvent.objects.get(verb="selection.open-stage").detail.keys() == {"before", "after"}


def test_everybody_with_an_open_draft_gets_one_letter_with_the_reason(published, committee, staff):
    own = [b.regency(), b.regency("51.03", "Kabupaten Tiga")]
    colleague, elsewhere = b.branch_staff(*own), b.branch_staff(b.regency("51.02", "Kabupaten Dua"), name="Dua")
    for region in own:
        b.nomination(published, region, by=staff)
    b.nomination(published, b.regency("51.02"), NominationState.SENT, by=elsewhere)

    actions.open_next_stage(published, by=committee, reason="Gubernur berhalangan")

    letters = Letter.objects.order_by("to")
    assert [letter.to for letter in letters] == [staff, colleague]
    assert all("Gubernur berhalangan" in letter.body for letter in letters)
    assert letters[0].body.count("/nominasi/") == 2


def test_a_draft_stays_readable_and_says_what_happened(published, committee, staff, signed_in):
    draft = b.nomination(published, b.regency(), by=staff)
    actions.open_next_stage(published, by=committee, reason="Gubernur berhalangan")
    client = signed_in(staff)

    page = client.get(draft.get_absolute_url()).content.decode()
    listed = client.get(reverse("nominations", args=[published.slug])).content.decode()

    for shown in (page, listed):
        assert "Gubernur berhalangan" in shown
        assert "tutup dalam" not in shown and "ditutup lebih awal" in shown
    assert reverse("nomination-answers", args=[draft.pk]) not in page


def test_home_says_what_happened_to_a_draft(published, committee, staff):
    b.nomination(published, b.regency(), by=staff)
    before = [str(task.title) for task in todo.tasks_for(staff)]
    actions.open_next_stage(published, by=committee, reason="Gubernur berhalangan")

    with translation.override("en"):
        tasks = [task for task in todo.tasks_for(staff) if "closed" in str(task.title)]

    assert before and not any("closed" in title for title in before)
    assert [(task.count, "Gubernur berhalangan" in str(task.hint)) for task in tasks] == [(1, True)]


def test_the_page_asks_for_the_reason_and_says_how_many_it_concerns(published, committee, staff, signed_in):
    b.nomination(published, b.regency(), by=staff)
    client, url = signed_in(committee), reverse("selection-open-next", args=[published.slug])

    shown = client.get(url)
    refused = client.post(url, {"stage": "nominasi"})
    done = client.post(url, {"stage": "nominasi", "reason": "Gubernur berhalangan"})

    assert shown.context["letters"] == 1
    assert refused.status_code == 200 and "reason" in refused.context["form"].errors
    assert done.status_code == 302
    published.refresh_from_db()
    assert published.stage == Stage.VERIFICATION


def test_the_line_of_stages_shows_what_happened_then_what_is_planned(published, committee):
    actions.open_next_stage(published, by=committee, reason="Gubernur berhalangan")
    opened = published.moment(AuditEvent.objects.get(verb="selection.open-stage").at)

    line = {item["label"]: item for item in overview.timeline(published)}

    nomination, verification, interview = (line[stage.label] for stage in list(Stage)[1:4])
    assert (nomination["ends"], "Gubernur berhalangan" in str(nomination["note"])) == (opened, True)
    assert verification["starts"] == opened
    assert interview["starts"] is None


def test_the_history_follows_a_stage_that_is_taken_back(bali, committee):
    actions.open_next_stage(bali, by=committee)
    assert history_of(bali).ended.keys() >= {Stage.NOMINATION}

    from awards.selections import taking_back

    asked = taking_back.ask(bali, reason="Salah tekan", seen=Stage.VERIFICATION, by=committee)
    taking_back.second(asked, by=b.committee(bali))

    assert Stage.NOMINATION not in history_of(bali).ended
    assert Stage.VERIFICATION not in history_of(bali).opened


@pytest.mark.parametrize(("stage", "is_open"), [(Stage.NOMINATION, True), (Stage.INTERVIEW, False)])
def test_nothing_says_when_it_closes_once_it_is_closed(published, stage, is_open):
    published.stage = stage
    date = published.dates.get(stage=Stage.NOMINATION)
    date.selection = published

    found, words = deadlines.closing_words(published, Stage.NOMINATION, date, history_of(published), timezone.now())

    assert found is is_open
    assert words
