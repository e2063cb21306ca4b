import subprocess
from itertools import combinations
from pathlib import Path

import pytest

from paritrana.setup.testing import machine, postgres, runner
from paritrana.setup.testing.runner import ON_POSTGRES, ON_SQLITE
from tests.slow import CASES, beyond_the_sample


@pytest.fixture
def this(tmp_path):
    return runner.Run(tmp_path)


MARKERS = ("once", "both", "postgresql", "slow", "complete")
GIVEN = [
    dict.fromkeys(MARKERS, False) | dict.fromkeys(chosen, True) | {"program": False}
    for size in range(len(MARKERS) + 1)
    for chosen in combinations(MARKERS, size)
    if len({"once", "both", "postgresql"} & set(chosen)) < 2 or "postgresql" not in chosen
]
"""What a test of no started program may be marked with; ``tests/conftest.py`` sees to the last condition."""


def runs(expression: str, marks: dict[str, bool]) -> bool:
    return bool(eval(expression, {}, dict(marks)))


def test_the_usual_run_has_every_test_that_is_no_complete_one_on_some_database():
    somewhere = [marks for marks in GIVEN if any(runs(on["usual"], marks) for on in (ON_SQLITE, ON_POSTGRES))]

    assert somewhere == [marks for marks in GIVEN if not marks["complete"]]


def test_the_usual_run_has_what_is_marked_both_on_both():
    wanted = [marks for marks in GIVEN if marks["both"] and not marks["once"] and not marks["complete"]]

    assert wanted
    assert all(runs(on["usual"], marks) for on in (ON_SQLITE, ON_POSTGRES) for marks in wanted)


def test_the_thorough_run_has_everything_on_both_but_what_asks_no_database():
    assert all(runs(ON_SQLITE["thorough"], marks) for marks in GIVEN)
    assert [marks for marks in GIVEN if not runs(ON_POSTGRES["thorough"], marks)] == [
        marks for marks in GIVEN if marks["once"]
    ]


def test_of_a_test_with_many_cases_every_run_has_the_first_the_last_and_some_between():
    cases = [*range(50)]

    kept = sorted(set(cases) - set(beyond_the_sample(cases, "any")))

    assert (len(kept), kept[0], kept[-1]) == (CASES, 0, 49)
    assert beyond_the_sample(cases, "any") == beyond_the_sample(cases, "any")
    assert [beyond_the_sample(cases[:few], "any") for few in (1, 2, CASES)] == [[], [], []]


def test_one_failing_step_fails_the_run_and_stops_none_of_the_others(this):
    ran = []
    this.step("first", lambda: False)
    this.step("second", lambda: ran.append("second") or True)

    assert (ran, this.summarise()) == (["second"], 1)


def test_what_cannot_run_fails_with_the_line_to_type(this, capsys):
    def absent():
        raise machine.Missing("Type: sudo apt-get install -y something")

    this.step("browser", absent)

    assert this.failed
    assert "Type: sudo apt-get install -y something" in capsys.readouterr().out.splitlines()


def test_a_program_that_is_not_there_is_asked_for():
    with pytest.raises(machine.Missing, match="sudo apt-get install -y some-package"):
        machine._program(["no-such-program"], "some-package")


def test_the_last_line_counts_the_tests_of_every_run(this, tmp_path, capsys):
    for name in ("one", "two"):
        report = tmp_path / f"{name}.xml"
        report.write_text('<testsuites><testsuite tests="7" failures="1" errors="2" skipped="1"/></testsuites>')
        this.count.add(report)

    this.summarise()

    assert capsys.readouterr().out.splitlines()[-1] == "6 passed, 6 failed, 2 skipped"


def test_a_failing_pytest_is_counted_and_told(this, tmp_path):
    test = tmp_path / "test_two.py"
    test.write_text("def test_good(): pass\ndef test_bad(): assert False\n")

    passed = this.pytest(
        "two", ["-p", "no:cacheprovider", "-p", "no:django", "-o", "addopts=", "--noconftest", str(test)]
    )

    assert (passed, this.count) == (False, runner.RunCount(passed=1, failed=1))


def test_the_throwaway_postgres_answers_and_leaves_nothing_behind():
    with postgres.throwaway() as url:
        folder = postgres.folder_of(url)
        psql = [postgres.binaries() / "psql", "-h", folder, "-U", "postgres", "-At", "-c", "SHOW listen_addresses"]
        listens_on = subprocess.run(psql, capture_output=True, text=True).stdout

    assert listens_on == "\n"
    assert not Path(folder).exists()


BROKEN = "def test_it():\n    assert False\n"
LOSES_THE_FIRST_TRY = """
from pathlib import Path

def test_it():
    seen = Path(__file__).with_name("seen")
    first = not seen.exists()
    seen.touch()
    assert not first

def test_another():
    pass
"""


def in_the_browser(this, tmp_path, source: str) -> bool:
    (tmp_path / "pytest.ini").touch()
    (tmp_path / "test_it.py").write_text(source)
    return this.pytest_in_browser(
        ["-p", "no:django", f"--rootdir={tmp_path}", "-c", str(tmp_path / "pytest.ini"), str(tmp_path)]
    )


def test_a_journey_lost_once_is_tried_again_and_named(this, tmp_path, capsys):
    assert in_the_browser(this, tmp_path, LOSES_THE_FIRST_TRY)
    assert this.summarise() == 0
    assert this.lines == ["note: 1 of the browser journeys passed at the second try only"]
    assert this.count.failed == 0


def test_a_journey_lost_twice_fails(this, tmp_path):
    assert not in_the_browser(this, tmp_path, BROKEN)
    assert (this.lines, this.count.failed) == ([], 1)
