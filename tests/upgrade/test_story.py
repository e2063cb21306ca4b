"""What ``python -m tests.upgrade.freeze`` will write for the next release."""

import pytest
from django.core.management import call_command

from tests.upgrade import databases, dump, story

pytestmark = [pytest.mark.once, pytest.mark.complete]


def test_the_data_of_the_next_release_pass_every_proof(tmp_path, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), databases.another("story", tmp_path), dump.files_in(tmp_path):
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)

        story.play(tmp_path)

        for proof in dump.PROOFS:
            call_command(proof)
