"""The quick run leaves out what is named, and nothing is named that is not there."""

from pathlib import Path

from tests.slow import SLOW

TESTS = Path(__file__).resolve().parents[1]


def test_every_slow_module_exists():
    assert {name for name in SLOW if not (TESTS / name).is_file()} == set()
