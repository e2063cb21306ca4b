import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Role
from awards.stages import Stage
from scoring.results import todo
from tests import builders

pytestmark = pytest.mark.django_db


def waiting(user) -> list[str]:
    return [task.url for task in todo.tasks_for(user)]


def urls(selection, *names) -> list[str]:
    return [reverse(name, args=[selection.slug]) for name in names]


def test_in_the_plenary_the_committee_looks_and_seals():
    selection = builders.selection(Stage.PLENARY)

    assert waiting(builders.committee(selection)) == urls(selection, "rankings", "checks")


def test_after_the_seal_the_committee_announces():
    selection = builders.selection(Stage.SEALED)

    assert waiting(builders.committee(selection)) == urls(selection, "announce")


@pytest.mark.parametrize("role", [Role.CHAIR, Role.SECRETARY])
def test_in_the_plenary_chair_and_secretary_look(role):
    selection = builders.selection(Stage.PLENARY)

    assert waiting(builders.appointed(role, selection)) == urls(selection, "rankings")


@pytest.mark.parametrize("stage", [Stage.INTERVIEW, Stage.ANNOUNCED])
def test_before_and_after_nothing_waits(stage):
    assert waiting(builders.committee(builders.selection(stage))) == []


def test_nothing_waits_for_jurors_and_strangers():
    selection = builders.selection(Stage.PLENARY)

    assert waiting(builders.appointed(Role.JUROR, selection)) == []
    assert waiting(builders.person()) == []


def test_the_tasks_cost_the_same_queries_for_one_selection_and_for_ten():
    def costs() -> int:
        with CaptureQueriesContext(connection) as queries:
            todo.tasks_for(auditor)
        return len(queries)

    auditor = builders.appointed(Role.AUDITOR, builders.selection(Stage.PLENARY).edition)
    alone = costs()
    for code in range(60, 69):
        builders.selection(Stage.PLENARY, at=builders.province(str(code), f"Provinsi {code}"))

    assert (costs(), len(waiting(auditor))) == (alone, 10)
