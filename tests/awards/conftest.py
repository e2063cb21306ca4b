"""A provincial selection of two regions, with a rubric that asks for figures, a level and a mark."""

import pytest

from awards.editions import rubric_actions
from awards.editions.defaults import default_document
from awards.editions.export import spelled
from awards.models import Criterion, Role
from awards.stages import NominationState, Stage
from regions.models import Coverage, State
from tests import builders as b

LEVELS = [{"code": "perda", "label": "Perda", "points": 10000}, {"code": "tidak-ada", "label": "Tidak", "points": 0}]


@pytest.fixture
def bali(db):
    """The selection of Bali 2023, stage nomination."""
    made = b.rubric(b.category(), ("pu", "coverage", 5000), ("regulasi", "band", 3000), ("inovasi", "mark", 2000))
    Criterion.objects.get(slug="pu").segments.set([b.segment("PU")])
    Criterion.objects.filter(slug="regulasi").update(rules={"levels": LEVELS})
    b.title(made)
    return b.selection(Stage.NOMINATION)


@pytest.fixture
def regulation(bali):
    return Criterion.objects.get(slug="regulasi")


@pytest.fixture
def jembrana(bali):
    return b.regency("51.01", "Kabupaten Jembrana")


@pytest.fixture
def tabanan(bali):
    return b.regency("51.02", "Kabupaten Tabanan")


@pytest.fixture
def staff(jembrana):
    """Branch staff whose working area is Jembrana."""
    return b.branch_staff(jembrana)


@pytest.fixture
def committee(bali):
    return b.committee(bali)


@pytest.fixture
def signed_in(client):
    """A client signed in as the given person."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def at(selection, stage):
    """Put a selection into a stage without the review."""
    type(selection).objects.filter(pk=selection.pk).update(stage=stage)
    selection.refresh_from_db()
    return selection


@pytest.fixture
def category(db):
    """A category of small enterprises of 2025, without a rubric yet."""
    for code in b.SEGMENTS:
        b.segment(code)
    return b.category(b.edition(2025), "usaha", "small")


@pytest.fixture
def designer(category):
    """Somebody who may design the edition."""
    return b.appointed(Role.NATIONAL_COMMITTEE, category.edition)


@pytest.fixture
def page(client, designer):
    """A client signed in as the designer."""
    client.force_login(designer)
    return client


@pytest.fixture
def first(category, designer):
    """The shipped rubric of small enterprises as version 1."""
    return rubric_actions.revise_rubric(category, spelled(default_document("small")), reason="", by=designer, seen=None)


@pytest.fixture
def sent_figure(jembrana):
    """The figure of 2023 the rubric asks for, as sent by its branch."""
    return b.coverage(jembrana, 2023, "PU")


@pytest.fixture
def answered(bali, jembrana, regulation, staff):
    """A nomination of Jembrana, answered, in the given state and stage."""

    def nomination(state=NominationState.DRAFT, stage=Stage.NOMINATION):
        made = b.nomination(at(bali, stage), jembrana, state, by=staff)
        made.answers.create(criterion=regulation, value={"level": "perda"})
        return made

    return nomination


@pytest.fixture
def growth(bali):
    """The rubric also asks how the segment grew since the year before."""
    pu = Criterion.objects.get(slug="pu")
    made = Criterion.objects.create(
        aspect=pu.aspect, slug="tumbuh", name="Tumbuh", kind="growth", weight=0, order=9, rules={"full": 1000}
    )
    made.segments.set([b.segment("PU")])
    return made


def put(figure, **fields):
    Coverage.objects.filter(pk=figure.pk).update(**{"state": State.SENT, **fields})
