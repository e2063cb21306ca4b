"""A long file is compared and written beside the page, which shows how far it is and may be closed and opened again."""

import io
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from paritrana.accounts.models import AuditEvent
from paritrana.intake import Overtaken, WrittenBy, pages, work
from paritrana.intake.planning import plan, write
from paritrana.queue.models import WorkPhase
from paritrana.workbooks import read_table
from regions.imports.intake import BranchCoverage
from regions.models import Coverage, CoverageDraft, CoverageVersion, Denominator, State
from tests.builders import branch_staff, coverage, definition, segment

pytestmark = pytest.mark.django_db(transaction=True)

YEAR = timezone.localdate().year - 1
HEADER = "year,region_code,segment,workers,participants,territory"


@pytest.fixture(autouse=True)
def every_file_is_long(monkeypatch):
    monkeypatch.setattr(work, "LONG", 0)
    monkeypatch.setattr(pages, "PATIENCE", 0)


@pytest.fixture
def staff(client, jembrana):
    user = branch_staff(jembrana)
    client.force_login(user)
    return user


def line(code="PU", workers=1000, participants=500):
    return f"{YEAR},51.01,{code},{workers},{participants},regency or city"


def send(client, *lines):
    content = "\n".join([HEADER, *lines]).encode()
    return client.post(reverse("coverage-upload"), {"file": SimpleUploadedFile("a.csv", content)}, follow=True)


def address(shown):
    return reverse("coverage-upload-read", args=[shown.context["upload"].key])


def confirm(client, shown):
    sent = {"digest": shown.context["upload"].digest, "fingerprint": shown.context["preview"].fingerprint}
    return client.post(address(shown), sent, follow=True)


def test_a_long_file_is_compared_once_and_shown_as_often_as_wanted(client, staff):
    shown = send(client, line(), line("BPU", 10, 20))

    again = client.get(address(shown))

    assert (shown.context["phase"].state, Coverage.objects.count()) == ("compared", 0)
    assert again.context["preview"] == shown.context["preview"]
    assert (shown.context["preview"].new, shown.context["preview"].doubtful) == (2, 1)


def test_once_written_the_page_says_so_whenever_it_is_opened(client, staff):
    shown = send(client, line(), line("BPU", 2000, 70))

    told = confirm(client, shown)
    later = client.get(address(shown))
    again = confirm(client, shown)

    assert [(page.context["phase"].state, page.context["phase"].done) for page in (told, later, again)] == [
        ("written", 2)
    ] * 3
    assert (Coverage.objects.count(), CoverageVersion.objects.count()) == (2, 2)
    assert AuditEvent.objects.filter(verb="coverage.upload").count() == 1


def test_a_changed_figure_gets_a_next_version_and_has_to_be_sent_again(client, staff, jembrana):
    coverage(jembrana, YEAR, "PU", workers=1000, participants=400, state=State.SENT)
    CoverageDraft.objects.create(user=staff, region=jembrana, year=YEAR, segment=segment("PU"), based_on=1)

    confirm(client, send(client, line()))

    figure = Coverage.objects.get()
    assert (figure.participants, figure.version, figure.state) == (500, 2, State.DRAFT)
    assert list(figure.versions.values_list("version", "participants", "origin", "written_by"))[0] == (
        2,
        500,
        "a.csv:2",
        staff.pk,
    )
    assert CoverageDraft.objects.count() == 0


def overtake(jembrana, staff):
    """What may happen between looking and confirming, by its name."""
    return {
        "changed": lambda: Coverage.objects.update(participants=450, version=2),
        "locked": lambda: Coverage.objects.update(locked_at=timezone.now(), locked_by=staff),
        "verified": lambda: Coverage.objects.update(
            state=State.VERIFIED, verified_at=timezone.now(), verified_by=staff
        ),
        "appeared": lambda: coverage(jembrana, YEAR, "BPU", workers=1, participants=1),
        "measured": lambda: Denominator.objects.create(
            region=jembrana, year=YEAR, segment=segment("PU"), workers=4000, definition=definition()
        ),
    }


def everything():
    figures = list(Coverage.objects.order_by("pk").values_list("participants", "version"))
    return figures, CoverageVersion.objects.count(), AuditEvent.objects.filter(verb="coverage.upload").count()


@pytest.mark.parametrize("event", ["changed", "locked", "verified", "appeared", "measured"])
def test_what_changed_after_it_was_shown_is_shown_again_and_nothing_is_written(client, staff, jembrana, event):
    coverage(jembrana, YEAR, "PU", workers=1000, participants=400)
    shown = send(client, line(), line("BPU", 2000, 70))
    overtake(jembrana, staff)[event]()
    before = everything()

    told = confirm(client, shown)

    assert (told.context["phase"].state, told.context["phase"].outcome) == ("compared", "stale")
    assert everything() == before


@pytest.mark.parametrize("event", ["changed", "locked", "verified", "appeared", "measured"])
def test_what_changes_between_planning_and_writing_is_never_overwritten(staff, jembrana, event):
    coverage(jembrana, YEAR, "PU", workers=1000, participants=400)
    intake = BranchCoverage([jembrana], None)
    found = plan(intake, read_figures())
    overtake(jembrana, staff)[event]()
    before = everything()

    with pytest.raises(Overtaken):
        write(intake, found.changes, WrittenBy(staff, "a.csv", "0"))

    assert everything() == before


def read_figures(*lines):
    content = "\n".join([HEADER, *(lines or (line(), line("BPU", 2000, 70)))]).encode()
    return read_table(io.BytesIO(content), "a.csv")


@pytest.mark.parametrize("state", ["comparing", "writing"])
def test_work_under_way_is_shown_and_cannot_be_begun_twice(client, staff, state):
    shown = send(client, line())
    WorkPhase.objects.update(state=state, done=12_000, of=50_000, detail={}, is_working=True)

    answers = [client.get(address(shown)), client.get(address(shown), HTTP_HX_REQUEST="true")]
    answers.append(confirm(client, shown))

    assert [(page.context["phase"].state, page.context["phase"].done) for page in answers] == [(state, 12_000)] * 3
    assert [b"data-working" in page.content for page in answers] == [True] * 3
    assert Coverage.objects.count() == 0


@pytest.mark.parametrize(("state", "told"), [("comparing", ""), ("writing", "broken")])
def test_work_that_failed_for_good_is_begun_again_with_comparing(client, staff, state, told):
    shown = send(client, line())
    task = DBTaskResult.objects.create(
        status="FAILED", args_kwargs={}, task_path="x", backend_name="default", run_after=timezone.now()
    )
    WorkPhase.objects.update(state=state, done=1, of=2, detail={}, is_working=True, task=str(task.pk))

    again = client.get(address(shown))

    assert (again.context["phase"].state, again.context["phase"].outcome) == ("compared", told)
    assert Coverage.objects.count() == 0


def test_the_phases_tell_how_far_they_are(staff, jembrana):
    intake, told = BranchCoverage([jembrana], None), []

    found = plan(intake, read_figures(), lambda done, of: told.append(("compared", done, of)))
    hand = WrittenBy(staff, "a.csv", "0")
    write(intake, found.changes, hand, lambda done, of: told.append(("written", done, of)))

    assert told == [("compared", 0, 2), ("written", 2, 2)]


def test_writing_costs_the_same_queries_for_few_figures_and_for_many(staff, jembrana):
    counted = []
    for years in (1, 2, 5):
        lines = [line(code).replace(str(YEAR), str(YEAR - year)) for year in range(years) for code in ("PU", "BPU")]
        intake = BranchCoverage([jembrana], None)
        found = plan(intake, read_figures(*lines))
        with CaptureQueriesContext(connection) as queries:
            write(intake, found.changes, WrittenBy(staff, "a.csv", "0"))
        counted.append(len(queries))
        Coverage.objects.all().delete()

    assert counted[1] == counted[2]  # the first also begins the trail and the definition


def test_answers_outlast_writing_that_broke(client, staff):
    shown = send(client, line().replace("regency or city", "regency or citty"))
    (question,) = shown.context["preview"].questions
    sent = {"digest": shown.context["upload"].digest, "fingerprint": shown.context["preview"].fingerprint}
    answer = question["options"][0]["value"]
    client.post(address(shown), sent | {f"answer-{question['key']}": answer})
    WorkPhase.objects.update(state="broken", detail={"state": "writing"})

    again = client.get(address(shown))

    assert [each["answer"] for each in again.context["preview"].questions] == [answer]


def test_answers_of_a_first_attempt_that_breaks_are_shown_again(client, staff):
    shown = send(client, line().replace("regency or city", "regency or citty"))
    upload, errand, preview = (shown.context[name] for name in ("upload", "errand", "preview"))
    (question,) = preview.questions
    answer, run = question["options"][1]["value"], str(uuid4())
    sent = {"digest": upload.digest, "fingerprint": preview.fingerprint, "answers": {question["key"]: answer}}
    WorkPhase.objects.update(state="writing", is_working=True, run=run)

    def break_comparing(execute, sql, *more):
        if Coverage._meta.db_table in sql:
            raise RuntimeError("the server dies")
        return execute(sql, *more)

    with connection.execute_wrapper(break_comparing), pytest.raises(RuntimeError):
        work.write_staged.call([upload.work, run, "en"], staff.pk, errand.name, list(errand.args), sent)
    WorkPhase.objects.update(state="broken", detail={"state": "writing"}, is_working=False)
    again = client.get(address(shown)).context["preview"]

    assert [each["answer"] for each in again.questions] == [answer]
