"""A percentage of a target is what the spreadsheet shows, however the program stores it."""

import io

import pytest
from django.core.management import CommandError, call_command

from regions.models import Target
from tests.builders import province, segment
from tests.paritrana.workbooks.spreadsheets import LITERAL, PERCENT, SHARE, number, sheet, xlsx

pytestmark = pytest.mark.django_db

HEADER = ["year", "region_code", "segment", "percent"]


@pytest.fixture(autouse=True)
def country():
    segment("PU")
    province("51")


@pytest.fixture
def run(tmp_path):
    def imported(percent, *options):
        path, out = tmp_path / "targets.xlsx", io.StringIO()
        path.write_bytes(xlsx(sheet(HEADER, [number("2025.0"), "51", None, percent])))
        call_command("import_targets", str(path), *options, stdout=out, skip_checks=True)
        return out.getvalue()

    return imported


@pytest.mark.parametrize(
    ("cell", "hundredths"),
    [
        (number(0.31, PERCENT), 3100),
        (number(0.315, SHARE), 3150),
        (number(0.57, PERCENT), 5700),
        (number(1, PERCENT), 10_000),
        (number(0.001, PERCENT), 10),
        (number(31.5, LITERAL), 3150),
        (number(31), 3100),
        (number("31.0"), 3100),
        (number(56.99999999999999), 5700),
        ("31,5", 3150),
    ],
)
def test_a_target_is_the_percentage_that_is_shown(run, cell, hundredths):
    run(cell)

    assert list(Target.objects.values_list("year", "value")) == [(2025, hundredths)]


@pytest.mark.parametrize(
    ("cell", "meant"),
    [("31,5%", "31,5"), ("31 %", "31,00"), (number(0.31456, PERCENT), "31,46"), (number(0.31456), "0,31")],
)
def test_a_percentage_that_could_be_misread_is_refused_with_the_one_that_is_meant(run, cell, meant):
    with pytest.raises(CommandError) as caught:
        run(cell)

    assert (meant in str(caught.value), Target.objects.count()) == (True, 0)


def test_a_dry_run_says_what_would_change_and_writes_nothing(run):
    assert run(number(31), "--dry-run").strip()

    assert Target.objects.count() == 0
