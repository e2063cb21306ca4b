"""The first steps of a role stay on the home page until they are done or the person puts them away."""

import pytest
from django.urls import reverse

from awards.models import Appointment, Role
from awards.stages import Stage
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.pages import onboarding
from regions.models import Posting
from tests import builders as b

EVERYWHERE = {Role.NATIONAL_COMMITTEE, Role.AUDITOR}


def holder(role: str, stage: Stage) -> User:
    """Somebody who has this role and no other, in a selection at this stage."""
    region = b.regency("51.01", "Kabupaten Jembrana")
    if role == "admin":
        return b.administrator()
    if role in set(Posting.Place):
        made = {"branch": b.branch_staff, "regional": lambda _r: b.regional_officer(region.parent.regional_office)}
        return made[role](region) if role in made else b.head_officer()
    person, selection = b.person(), b.selection(stage, b.edition(2024), region.parent)
    scope = None if role in EVERYWHERE else selection
    Appointment.objects.create(user=person, role=role, edition=selection.edition, selection=scope)
    return person


@pytest.mark.django_db
@pytest.mark.parametrize("stage", [Stage.PREPARATION, Stage.INTERVIEW, Stage.ANNOUNCED])
@pytest.mark.parametrize("role", onboarding.STEPS)
def test_every_first_step_of_every_role_opens_for_it(client, role, stage):
    client.force_login(person := holder(role, stage))

    steps = onboarding.of(person)
    answers = [client.get(task.url).status_code for task in steps["tasks"]]

    assert (steps["role"], answers) == (role, [200, 200, 200])


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.PROVINCIAL_COMMITTEE, "admin"])
def test_all_proofs_are_looked_for_at_once(role, django_assert_num_queries):
    person = holder(role, Stage.NOMINATION)

    with django_assert_num_queries(4 if role == Role.PROVINCIAL_COMMITTEE else 3):  # roles, places, trail, selection
        assert onboarding.of(person)["role"] == role


def test_every_role_and_every_place_has_its_first_steps():
    assert onboarding.STEPS.keys() == {"admin", *Role, *Posting.Place}


@pytest.mark.django_db
def test_put_away_they_are_gone_for_this_person_only_and_come_back_when_asked_for(client):
    person, other = b.administrator(), b.head_officer()
    client.force_login(person)

    shown = [client.get(reverse("home")).context["steps"]["role"]]
    for answer in ({}, {"again": "1"}):
        client.post(reverse("first-steps-taken"), answer)
        steps = client.get(reverse("home")).context["steps"]
        shown.append(steps and steps["role"])

    assert shown == ["admin", None, "admin"]
    other.refresh_from_db()
    assert other.first_steps_taken_at is None


@pytest.mark.django_db
def test_whoever_has_no_role_yet_has_no_first_steps():
    assert onboarding.of(b.person()) is None


@pytest.mark.django_db
def test_steps_that_were_done_are_marked_and_once_all_are_done_the_list_goes():
    region = b.regency("51.01", "Kabupaten Jembrana")
    staff, other = b.branch_staff(region), b.person()

    def done():
        steps = onboarding.of(staff)
        return steps and [task.done for task in steps["tasks"]]

    seen = [done()]
    for by, verb in [(other, "nomination.create"), (staff, "coverage.enter"), (staff, "nomination.create")]:
        trail.record(by, verb, region)
        seen.append(done())

    assert seen == [[False] * 3, [False] * 3, [True, False, False], None]


def test_each_step_that_can_be_proved_is_one_of_its_role():
    for role, proofs in onboarding.PROOFS.items():
        assert proofs.keys() <= {step.url_name for step in onboarding.STEPS[role]}
    assert onboarding.PROOFS.keys() == onboarding.STEPS.keys()


@pytest.mark.django_db
def test_the_steps_lead_into_the_selection_of_the_last_appointment():
    person, older = b.person(), b.selection(Stage.NOMINATION, b.edition(2023))
    newer = b.selection(Stage.NOMINATION, b.edition(2024))
    for selection in (newer, older):
        Appointment.objects.create(
            user=person, role=Role.PROVINCIAL_COMMITTEE, edition=selection.edition, selection=selection
        )

    urls = {task.url for task in onboarding.of(person)["tasks"]}

    assert reverse("selection", args=[older.slug]) in urls
    assert not any(newer.slug in each for each in urls)
