"""An area of one region whose branch enters figures."""

import pytest

from tests.builders import branch_staff, regency, segment


@pytest.fixture
def jembrana():
    for code in ("PU", "BPU"):
        segment(code)
    return regency("51.01", "Kabupaten Jembrana")


@pytest.fixture
def staff(client, jembrana):
    user = branch_staff(jembrana)
    client.force_login(user)
    return user
