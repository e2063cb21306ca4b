"""The WSGI application gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paritrana.settings")
application = get_wsgi_application()

# Both need what Django has loaded only now.
from paritrana.middleware import PortalRequest  # noqa: E402
from paritrana.setup import startup  # noqa: E402

application.request_class = PortalRequest
startup.check_or_end()
# Loaded before the workers are forked, so that a replacement worker answers at once.
get_resolver().url_patterns  # noqa: B018
