"""The WSGI application gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.urls import get_resolver

from paritrana import schema

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paritrana.settings")
application = get_wsgi_application()
schema.demand_fit_of_server(connection)
# Loaded before the workers are forked, so that one that takes another's place answers at once.
get_resolver().url_patterns  # noqa: B018
