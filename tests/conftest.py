"""What every test may rely on. The settings they run with are in ``tests/settings.py``."""

import pytest
from hypothesis import settings as hypothesis_settings

# No deadline: a busy machine must not fail a property. Fixed examples: a red run can be repeated.
hypothesis_settings.register_profile("house", deadline=None, derandomize=True, print_blob=True)
hypothesis_settings.load_profile("house")


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    """Files a test uploads go to its own folder."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return settings.MEDIA_ROOT
