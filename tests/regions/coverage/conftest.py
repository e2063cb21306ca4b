"""An area of one region whose branch enters figures."""

import pytest

from tests.builders import branch_staff


@pytest.fixture
def staff(client, jembrana):
    user = branch_staff(jembrana)
    client.force_login(user)
    return user
