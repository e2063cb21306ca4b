"""The region most tests of figures are about, with its two segments."""

import pytest

from tests.builders import regency, segment


@pytest.fixture
def jembrana():
    for code in ("PU", "BPU"):
        segment(code)
    return regency("51.01", "Kabupaten Jembrana")
