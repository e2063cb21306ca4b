import subprocess
from pathlib import Path

import pytest

from paritrana.setup.testing import machine, postgres, runner


@pytest.fixture
def this(tmp_path):
    return runner.Run(tmp_path)


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
