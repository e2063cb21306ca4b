import pytest

from paritrana.accounts.models import User
from tests import builders as b
from tests.awards.doors.letting_in import PASSWORD, invite
from tests.letters import last_link


@pytest.fixture
def nomination(bali, jembrana, staff):
    return b.nomination(bali, jembrana, by=staff)


@pytest.fixture
def contact(nomination, staff, client):
    """Let in by the link, and signed in."""
    invite(nomination, staff)
    client.post(last_link(), {"password": PASSWORD, "again": PASSWORD})
    contact = User.objects.get(email="humas@contoh.example")
    client.force_login(contact)
    client.post(last_link())
    return contact
