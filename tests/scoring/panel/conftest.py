import pytest

from awards.stages import Stage
from tests import builders


@pytest.fixture
def selection():
    """One whose panel is being appointed."""
    return builders.selection(Stage.PREPARATION)


@pytest.fixture
def asker(selection):
    """A member of its committee, who asks for changes of the panel."""
    return builders.committee(selection)
