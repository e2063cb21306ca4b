"""A worker is killed in the midst of each kind of task: another one finishes it, and its effect is there once."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from awards.candidates import export
from awards.letters import outbox
from awards.models import Candidate, Letter
from paritrana.accounts.models import AuditEvent
from paritrana.intake import staging, work
from paritrana.intake.registry import errand_of
from paritrana.queue import phases, schedule
from paritrana.queue.models import StagedFile, WorkPhase
from regions.models import Coverage, CoverageVersion
from scoring.documents import certificate_jobs
from scoring.documents.certificate_actions import CertificateOrder
from scoring.exports import nation_jobs
from scoring.models import Document, Seal
from scoring.sealing import seal_jobs
from tests import builders as b
from tests.scoring.documents import documents
from tests.scoring.plenary import plenary

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queued")]

YEAR = timezone.localdate().year - 1
PROGRAM = "import django; django.setup(); from paritrana.queue import worker; worker.work()"


@pytest.fixture
def start(tmp_path):
    """Starts a worker as a process of its own on the database of this test."""
    mail = tmp_path / "mail"
    mail.mkdir()
    own = {
        "DJANGO_SETTINGS_MODULE": "tests.paritrana.queue.worker_settings",
        "TEST_DATABASE": str(connection.settings_dict["NAME"]),
        "TEST_MAIL": str(mail),
    }
    started = []

    def begin():
        started.append(subprocess.Popen([sys.executable, "-c", PROGRAM], env=os.environ | own))
        return started[-1]

    begin.mail = mail
    yield begin
    for process in started:
        process.kill()
        process.wait()


def until(holds, seconds=60):
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end, list(DBTaskResult.objects.values("task_path", "status", "traceback"))
        time.sleep(0.005)
    return found


def killed_and_finished(start):
    """Kill a worker while it is at the only task, let another one finish it; the task."""
    first = start()
    running = until(lambda: DBTaskResult.objects.running().first())
    first.send_signal(signal.SIGKILL)
    first.wait()
    running.refresh_from_db()
    assert running.status == "RUNNING"
    second = start()
    done = until(lambda: DBTaskResult.objects.successful().filter(pk=running.pk).first())
    second.terminate()
    assert (second.wait(20), len(done.worker_ids), len(set(done.worker_ids))) == (0, 2, 2)
    return done


@pytest.fixture
def staff():
    for code in ("PU", "BPU"):
        b.segment(code)
    return b.branch_staff(b.regency("51.01", "Kabupaten Jembrana"))


def file_of(staff, rows=24):
    lines = [
        f"{YEAR - back},51.01,{code},{1000 + back},{500 + back},province"
        for back in range(rows // 2)
        for code in ("PU", "BPU")
    ]
    header = "year,region_code,segment,workers,participants,territory"
    return staging.receive(staff, "a.csv", ["\n".join([header, *lines]).encode()])


def read_file(start, staff, rows=24):
    upload = file_of(staff, rows)
    DBTaskResult.objects.all().delete()
    staging.read_staged.func([upload.work, str(WorkPhase.objects.get().run), "id"])
    return upload


@pytest.mark.complete
def test_reading_a_file(start, staff):
    upload = file_of(staff)

    killed_and_finished(start)

    assert (work.now(upload).state, work.now(upload).done) == ("read", 24)


@pytest.mark.complete
def test_comparing_a_file(start, staff):
    upload = read_file(start, staff)
    work.compare(upload, errand_of("coverage", staff, []), staff)

    killed_and_finished(start)

    assert (work.now(upload).state, work.shown(upload).new) == ("compared", 24)


def test_writing_a_file(start, staff):
    upload, errand = read_file(start, staff), errand_of("coverage", staff, [])
    found = work.preview(upload, errand.intake)
    work.write(upload, errand, digest=upload.digest, fingerprint=found.fingerprint, by=staff)

    killed_and_finished(start)

    assert (work.now(upload).state, work.now(upload).done) == ("written", 24)
    assert (Coverage.objects.count(), CoverageVersion.objects.count()) == (24, 24)
    assert AuditEvent.objects.filter(verb="coverage.upload").count() == 1


def test_making_certificates(start):
    made, by = documents.sealed()
    documents.headed(made.selection, by)
    certificate_jobs.begin(made.selection.seal, CertificateOrder("{n}", "2025-03-12"), by=by)

    killed_and_finished(start)

    assert certificate_jobs.now(certificate_jobs.key_of(made.selection.seal)).state == "made"
    assert Document.objects.filter(kind="certificate").count() == 6
    assert AuditEvent.objects.filter(verb="document.certificates").count() == 1


@pytest.mark.complete
def test_sealing_a_result(start):
    made = plenary.plenary()
    asked = plenary.asked(made.selection, b.committee(made.selection))
    seal_jobs.begin(asked, by=b.appointed("chair", made.selection))

    killed_and_finished(start)

    assert (seal_jobs.now(asked).state, Seal.objects.count()) == ("sealed", 1)
    assert AuditEvent.objects.filter(verb="result.seal").count() == 1


def candidates_asked_for():
    by, home = b.administrator(), b.regency()
    named = (f"PT Contoh {number:04d}" for number in range(1500))
    Candidate.objects.bulk_create(Candidate(kind="company", region=home, name=one, name_key=one) for one in named)
    export.begin("", by=by)
    return export.candidate_file(by, "")


def nation_asked_for():
    edition = documents.sealed()[0].selection.edition
    by = b.appointed("national-committee", edition)
    nation_jobs.begin(edition, "id", by=by)
    return nation_jobs.nation_file(edition, by)


@pytest.mark.complete
@pytest.mark.parametrize("asked_for", [candidates_asked_for, nation_asked_for])
def test_making_a_workbook(start, asked_for):
    file = asked_for()

    killed_and_finished(start)

    assert (file.phase.state, StagedFile.objects.filter(user=file.user).count()) == ("made", 1)


@pytest.mark.complete
def test_printing_certificates_of_past_winners_again(start):
    for number in range(12):
        b.past_award(None, f"PT Contoh {number}", period=2021)
    certificate_jobs.begin_past("2021", "id", by=b.administrator())

    killed_and_finished(start)

    assert phases.now(certificate_jobs.key_of_past("2021", "id")).state == "made"
    assert (Document.objects.count(), AuditEvent.objects.filter(verb="document.past").count()) == (12, 1)


def sent(start):
    """The subjects of the letters that went out; two of one moment may be in one file."""
    return [line for path in start.mail.iterdir() for line in path.read_text().splitlines() if "Subject:" in line]


def test_sending_letters(start):
    for number in range(3):
        outbox.post(f"a{number}@example.org", "", f"Surat {number}", "isi")
    waiting = DBTaskResult.objects.get()

    killed_and_finished(start)
    Letter.objects.filter(sent_at=None).update(claimed_at=timezone.now() - timedelta(hours=1))
    outbox.send_letters.enqueue()
    start()
    until(lambda: not Letter.objects.filter(sent_at=None).exists())

    assert sorted(sent(start)) == [f"Subject: [Paritrana] Surat {number}" for number in range(3)]
    assert waiting.task_path == outbox.send_letters.module_path


@pytest.mark.complete
def test_what_falls_due_by_the_clock(start, settings):
    """The same for every scheduled task: what it does is safe to repeat."""
    old, user = timezone.now() - timedelta(days=2), b.branch_staff(b.regency())
    StagedFile.objects.create(key="x" * 22, user=user, at=old, content=b"x" * 9_000_000)
    settings.SCHEDULE = {"paritrana.queue.tasks.clear_personal_data": 60}
    schedule.queue_due()

    killed_and_finished(start)

    assert StagedFile.objects.count() == 0


def test_two_workers_share_the_work_and_do_each_task_once(start):
    for number in range(12):
        outbox.post(f"a{number}@example.org", "", f"Surat {number}", "isi")
        DBTaskResult.objects.ready().update(task_path=outbox.send_letters.module_path)
    for _again in range(3):
        outbox.send_letters.enqueue()
    start()
    start()

    until(lambda: not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists())

    assert (len(sent(start)), Letter.objects.filter(sent_at=None).count()) == (12, 0)
