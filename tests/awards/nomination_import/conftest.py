"""A branch of Jembrana that nominates companies for Bali."""

import pytest

from awards.models import Criterion, Sector
from awards.stages import Stage
from paritrana.intake import pages
from tests import builders as b


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A busy machine must not show the progress where a test looks for the result."""
    monkeypatch.setattr(pages, "PATIENCE", 60)


@pytest.fixture
def jembrana():
    return b.regency("51.01", "Kabupaten Jembrana")


@pytest.fixture
def bali(jembrana):
    category = b.category(slug="perusahaan", kind="company")
    made = b.rubric(category, ("patuh", "ratio", 4000), ("digital", "checklist", 3000), ("inovasi", "mark", 3000))
    rules = {
        "patuh": {"part": "bulan tepat", "whole": "bulan", "fixed": 12},
        "digital": {
            "items": [
                {"code": "sipp", "label": "SIPP", "points": 5000, "scales": []},
                {"code": "jmo", "label": "JMO", "points": 5000, "scales": []},
            ]
        },
    }
    for slug, each in rules.items():
        Criterion.objects.filter(slug=slug).update(rules=each)
    b.title(made)
    Sector.objects.create(category=category, slug="jasa", name="Jasa")
    return b.selection(Stage.NOMINATION)


@pytest.fixture
def staff(client, jembrana):
    user = b.branch_staff(jembrana)
    client.force_login(user)
    return user
