"""The second signature begins the sealing: how far it is, what is told where it ends, and that it ends once."""

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from awards.models.appointments import Role
from awards.stages import Stage
from paritrana.accounts.models import AuditEvent
from paritrana.queue import worker
from paritrana.queue.models import WorkPhase
from scoring.models import Mark, Seal, SealRequest
from scoring.sealing import actions, requests, seal_jobs
from scoring.standings import store
from tests import builders
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db(transaction=True)

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def queued(settings):
    """Tasks wait for a worker, as they do outside tests."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.SCHEDULE = {}


@pytest.fixture
def made():
    return plenary.plenary()


@pytest.fixture
def asked(made):
    return plenary.asked(made.selection, builders.committee(made.selection))


@pytest.fixture
def chair(client, made):
    found = builders.appointed(Role.CHAIR, made.selection)
    client.force_login(found)
    return found


def page(made, name: str = "seal-second") -> str:
    return reverse(name, args=[made.selection.slug])


def sign(client, made, asked):
    return client.post(page(made), {"asked": asked.pk, "confirmed": "on"})


def test_the_second_signature_begins_the_seal_and_its_page_tells_how_far_it_is(client, made, asked, chair):
    signed = sign(client, made, asked)
    waiting, fragment = client.get(page(made)), client.get(page(made), headers=HTMX)
    before = Seal.objects.count()
    checks = client.get(page(made, "checks")).content.decode()
    worker.work(batch=True)
    after = client.get(page(made), headers=HTMX)

    assert (signed["Location"], before, Seal.objects.get().seconded_by) == (page(made), 0, chair)
    assert 'id="making"' in waiting.content.decode() and "data-sealing" in checks
    assert fragment.content.decode().strip().startswith("<div data-making")
    assert (after["HX-Redirect"], [str(one) for one in get_messages(after.wsgi_request)]) == (
        page(made, "result"),
        ["Hasil telah ditetapkan."],
    )
    assert client.get(page(made))["Location"] == page(made, "result")


def test_signing_twice_seals_once(client, made, asked, chair):
    sign(client, made, asked)
    sign(client, made, asked)
    seal_jobs.begin(asked, by=builders.committee(made.selection))
    worker.work(batch=True)
    asked.refresh_from_db()

    with pytest.raises(ValidationError) as refusal:
        seal_jobs.begin(asked, by=chair)

    assert (refusal.value.code, Seal.objects.get().seconded_by) == ("moved-on", chair)
    assert DBTaskResult.objects.filter(task_path=seal_jobs.press_seal.module_path).count() == 1
    assert AuditEvent.objects.filter(verb="result.seal").count() == 1


def test_a_run_that_comes_too_late_changes_neither_the_seal_nor_what_is_told(made, asked, chair):
    seal_jobs.begin(asked, by=chair)
    row = WorkPhase.objects.get(key=seal_jobs.key_of(asked))
    worker.work(batch=True)

    seal_jobs.press_seal.call([row.key, str(row.run), "id"], asked.pk, chair.pk)

    assert (seal_jobs.now(asked).state, Seal.objects.count()) == (seal_jobs.SEALED, 1)


def test_nothing_is_sealed_where_the_end_of_the_work_is_not_written(made, asked, chair):
    def taken_over() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        actions.second(asked, by=chair, ended=taken_over)

    made.selection.refresh_from_db()
    assert (made.selection.stage, Seal.objects.count()) == (Stage.PLENARY, 0)
    assert SealRequest.objects.get().outcome == "" and not AuditEvent.objects.filter(verb="result.seal").exists()


def test_what_changed_between_signature_and_work_is_told_and_nothing_sealed(client, made, asked, chair):
    sign(client, made, asked)
    Mark.objects.filter(sheet__nomination=made.nominations[0]).update(value=100)
    worker.work(batch=True)

    led = client.get(page(made), headers=HTMX)
    shown = client.get(page(made)).content.decode()

    assert (led["HX-Redirect"], Seal.objects.count()) == (page(made), 0)
    assert "data-failure" in shown and str(seal_jobs.failure(asked, seal_jobs.now(asked))) in shown


def test_an_overtaken_request_is_told_as_such(client, made, asked, chair):
    sign(client, made, asked)
    Mark.objects.filter(sheet__nomination=made.nominations[0]).update(value=100)
    store.refresh(made.selection)
    worker.work(batch=True)

    shown = client.get(page(made)).content.decode()

    assert (SealRequest.objects.get().outcome, Seal.objects.count()) == ("overtaken", 0)
    assert "data-failure" in shown


def test_a_request_withdrawn_meanwhile_is_not_sealed(client, made, asked, chair):
    sign(client, made, asked)
    requests.withdraw(asked, by=builders.committee(made.selection))
    worker.work(batch=True)

    assert (seal_jobs.now(asked).state, Seal.objects.count()) == ("refused", 0)


def test_work_that_failed_for_good_is_told_and_may_be_begun_again(client, made, asked, chair):
    sign(client, made, asked)
    DBTaskResult.objects.update(status="FAILED")
    shown = client.get(page(made)).content.decode()

    sign(client, made, asked)
    worker.work(batch=True)

    assert "data-failure" in shown
    assert Seal.objects.get().seconded_by == chair
