"""An empty installation leads its first administrator by a checklist that ends when all is done."""

import datetime

import pytest
from django.urls import reverse

from awards.models import Appointment, Role, StageDate
from awards.stages import Stage
from paritrana.pages import installation
from tests import builders as make

pytestmark = pytest.mark.django_db
DAY = datetime.datetime(2025, 5, 1, tzinfo=datetime.UTC)


def done(user):
    return [step.done for step in installation.checklist(user)]


def test_the_home_of_the_first_administrator_is_the_checklist(client):
    client.force_login(make.administrator())

    page = client.get(reverse("home"))

    assert "data-checklist" in page.content.decode()
    assert "data-first-steps" not in page.content.decode()
    assert [step.done for step in page.context["checklist"]] == [False] * 5


def test_nobody_else_sees_it(client):
    client.force_login(make.head_officer())

    assert "data-checklist" not in client.get(reverse("home")).content.decode()


def test_every_step_ends_when_it_is_done_and_the_list_with_the_last():
    admin, region = make.administrator(), make.regency()
    shown = [done(admin)]

    make.branch_staff(region)
    shown.append(done(admin))
    edition = make.edition(2025)
    make.category(edition)
    shown.append(done(admin))
    nation = make.selection(Stage.PREPARATION, edition, national=True)
    dates = {"opens_at": DAY, "closes_at": DAY + datetime.timedelta(days=9)}
    StageDate.objects.create(selection=nation, stage=Stage.NOMINATION, **dates)
    shown.append(done(admin))
    bali = make.selection(Stage.PREPARATION, edition, region.parent)
    shown.append(done(admin))
    Appointment.objects.create(user=make.person(), role=Role.PROVINCIAL_COMMITTEE, edition=edition, selection=bali)
    shown.append(done(admin))

    assert shown == [
        [False] * 5,
        [True, True, False, False, False],
        [True, True, True, False, False],
        [True, True, True, True, False],
        [True, True, True, True, False],
        [],
    ]


@pytest.mark.parametrize("founded", [False, True])
def test_every_step_opens_for_the_administrator(client, founded):
    client.force_login(admin := make.administrator())
    if founded:
        edition = make.edition(2025)
        Appointment.objects.create(user=admin, role=Role.NATIONAL_COMMITTEE, edition=edition)
        make.selection(Stage.PREPARATION, edition, national=True)

    answers = [client.get(step.url).status_code for step in installation.checklist(admin)]

    assert answers == [200] * 5


def test_where_the_example_is_shown_there_is_no_checklist():
    make.edition(2025, is_example=True)

    assert installation.checklist(make.administrator()) == []
