"""What commands read of a whole country, by one process and by several."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from paritrana.parallel import in_processes
from paritrana.setup import environment

pytestmark = pytest.mark.program
ROOT = Path(__file__).resolve().parents[3]
AMBIENT = {name: text for name, text in os.environ.items() if name not in environment.NAMES}


def printed(folder, *command):
    own = AMBIENT | {"PARITRANA_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "paritrana.settings"}
    return subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=own, capture_output=True, text=True, check=True
    ).stdout


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    folder = tmp_path_factory.mktemp("example")
    printed(folder, "prepare")
    return folder


@pytest.mark.complete
def test_two_processes_find_what_one_finds(example):
    alone = printed(example, "check_invariants")

    assert alone
    assert printed(example, "check_invariants", "--processes", "2") == alone


def test_results_come_in_the_order_of_the_keys_and_faults_are_raised_here():
    assert list(in_processes(abs, [-3, 2, -1], 2)) == list(in_processes(abs, [-3, 2, -1], 1)) == [3, 2, 1]
    with pytest.raises(TypeError):
        list(in_processes(abs, ["text"], 2))
