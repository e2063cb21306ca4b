"""pandas costs a worker a second or two and 40 MB: only an analysis loads it, never a page of daily work."""

import os
import subprocess
import sys

import pytest
from django.urls import reverse

from awards.models import Role
from awards.stages import Stage
from regions.models import State
from scoring.plenary.consistency import consistency_of
from tests import builders
from tests.scoring.bench import bench
from tests.scoring.plenary.plenary import hand_in

pytestmark = pytest.mark.once
EVERY_PAGE = "import sys, django; django.setup(); import paritrana.urls; print('pandas' in sys.modules)"

SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.settings"}


@pytest.fixture
def no_pandas(monkeypatch):
    """Every import of pandas fails from here on."""
    monkeypatch.setitem(sys.modules, "pandas", None)


def juror_sheet(client) -> str:
    made = bench()
    client.force_login(made.seat().user)
    return reverse("sheet", args=[made.selection.slug, made.nominations[0].pk])


def coverage_clerk(client) -> None:
    for code in ("PU", "BPU"):
        builders.segment(code)
    region = builders.regency("51.01", "Kabupaten Jembrana")
    for year in (2022, 2023):
        builders.coverage(region, year=year, state=State.DRAFT)
    client.force_login(builders.branch_staff(region))


def coverage_grid(client) -> str:
    coverage_clerk(client)
    return reverse("coverage-grid")


def figures_to_send(client) -> str:
    coverage_clerk(client)
    return reverse("coverage-send", args=["51.01", 2023])


def home_of_a_clerk(client) -> str:
    coverage_clerk(client)
    return reverse("home")


def test_no_module_loads_pandas_before_it_is_needed():
    code = [sys.executable, "-c", EVERY_PAGE]

    answer = subprocess.run(code, capture_output=True, text=True, check=True, env=os.environ | SETTINGS)

    assert answer.stdout == "False\n"


@pytest.mark.django_db
@pytest.mark.parametrize("prepare", [juror_sheet, coverage_grid, figures_to_send, home_of_a_clerk])
def test_a_page_of_daily_work_needs_no_pandas(client, no_pandas, prepare):
    address = prepare(client)

    assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_the_report_on_the_jurors_does_need_it(no_pandas):
    made = bench(stage=Stage.PLENARY)
    seat = made.seat(Role.CHAIR)
    hand_in(seat, made.nominations[0], made.marks(7_000, 6_000, 5_000))

    with pytest.raises(ImportError):
        consistency_of(made.selection)
