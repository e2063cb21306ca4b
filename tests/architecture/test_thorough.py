"""The quick run leaves out what is named, and nothing is named that is not there."""

from pathlib import Path

from tests.thorough import THOROUGH

TESTS = Path(__file__).resolve().parents[1]


def test_every_thorough_module_exists():
    assert {name for name in THOROUGH if not (TESTS / name).is_file()} == set()
