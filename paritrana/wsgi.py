"""The WSGI application gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paritrana.settings")
application = get_wsgi_application()

from paritrana.setup import startup  # noqa: E402  (needs the models, which are loaded only now)

startup.check_or_end()
# Loaded before the workers are forked, so that a replacement worker answers at once.
get_resolver().url_patterns  # noqa: B018
