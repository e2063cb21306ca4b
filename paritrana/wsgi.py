"""The WSGI application gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paritrana.settings")
application = get_wsgi_application()
# Loaded before the workers are forked, so that one that takes another's place answers at once.
get_resolver().url_patterns  # noqa: B018
