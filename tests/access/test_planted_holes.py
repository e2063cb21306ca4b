"""The holes ``benchmarks/access_faults.py`` plants are still in the code, so that it can plant them."""

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_hole_has_one_place_in_the_code():
    holes = json.loads((ROOT / "benchmarks" / "access_holes.json").read_text())

    found = {each["leak"]: (ROOT / each["file"]).read_text().count(each["before"]) for each in holes}
    assert {leak: times for leak, times in found.items() if times != 1} == {}
    assert len(found) == 40


def test_the_tests_that_should_notice_them_are_there():
    holes = json.loads((ROOT / "benchmarks" / "access_holes.json").read_text())

    for path, _separator, name in (test.partition("::") for each in holes for test in each["tests"]):
        assert (ROOT / path).exists(), path
        assert not name or f"def {name.partition('[')[0]}(" in (ROOT / path).read_text(), name
    assert all(each["tests"] for each in holes)
