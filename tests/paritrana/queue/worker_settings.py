"""The settings of tests for a worker as a process of its own, on the database of the test that starts it."""

import os
from pathlib import Path

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
SCHEDULE = {}
WORKER_BEAT = 0.1
MAIL_DELIVERY = "tests.paritrana.queue.slow_mail.SlowMail"
EMAIL_FILE_PATH = Path(os.environ["TEST_MAIL"])
