"""What failed is tried again, what a dead worker left is taken over, and what falls due is queued once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from paritrana.queue import schedule, worker
from paritrana.queue.models import QueueWorker, ScheduledTask

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queued")]


@task()
def failing() -> None:
    raise ValueError("no")


def test_a_task_that_fails_is_tried_five_times_and_then_failed_for_good():
    failing.enqueue()

    for attempt in range(1, len(worker.WAITS) + 2):
        worker.work(batch=True)
        left = DBTaskResult.objects.get()
        assert len(left.worker_ids) == attempt
        DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())

    assert (left.status, left.exception_class_path) == ("FAILED", "builtins.ValueError")


def test_a_task_that_kills_each_worker_is_given_up_too():
    failing.enqueue()
    DBTaskResult.objects.update(status="RUNNING", worker_ids=list("abcde"))

    worker.take_over()

    assert DBTaskResult.objects.get().status == "FAILED"


def test_the_tasks_of_a_worker_that_lives_stay_its_own():
    failing.enqueue()
    worker.beat("a")
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["a"])

    worker.take_over()

    assert DBTaskResult.objects.get().status == "RUNNING"


def test_a_worker_is_dead_when_its_beats_stand_still_and_alive_as_soon_as_it_beats_again():
    worker.beat("slow")
    heart = worker.Heart("own", 0.1, 0)
    for _beat in range(worker.SILENT):
        heart.once()
    worker.beat("slow")
    heart.once()
    lives = QueueWorker.objects.filter(key="slow").exists()
    for _beat in range(worker.SILENT):
        heart.once()

    assert (lives, QueueWorker.objects.filter(key="slow").exists()) == (True, False)


def test_what_is_due_is_queued_once_by_whichever_worker_is_first(settings):
    settings.SCHEDULE = {"tests.paritrana.queue.test_retries.failing": 60}
    ScheduledTask.objects.create(path="tests.paritrana.queue.test_retries.failing", next_at=timezone.now())

    for _worker in range(3):
        schedule.queue_due()

    assert DBTaskResult.objects.count() == 1
    assert ScheduledTask.objects.get().next_at > timezone.now() + timedelta(seconds=50)
