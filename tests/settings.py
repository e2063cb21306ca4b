"""The portal's own settings over a throwaway data folder, with cheap password hashes.

pytest loads this module before any conftest, and its parallel workers inherit the folder through the environment.
"""

import atexit
import os
import shutil
import tempfile

from paritrana.setup import agency, environment, retention, services

if "PARITRANA_TEST_DATA" not in os.environ:  # the first process of the run makes the folder and removes it
    os.environ["PARITRANA_TEST_DATA"] = tempfile.mkdtemp(prefix="paritrana-tests-")
    atexit.register(shutil.rmtree, os.environ["PARITRANA_TEST_DATA"], ignore_errors=True)
os.environ["PARITRANA_DATA"] = os.environ["PARITRANA_TEST_DATA"]
NAMES = {*environment.NAMES, *services.NAMES, *agency.NAMES, *retention.DAYS}
for ambient in NAMES - {"PARITRANA_DATA", "DATABASE_URL"}:
    os.environ.pop(ambient, None)

from paritrana.settings import *  # noqa: E402, F403
from paritrana.settings import DATA_DIR, DATABASES  # noqa: E402

MAIL_DELIVERY = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "tests.immediate.AtOnce"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production: an in-memory database shared by threads locks differently.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
