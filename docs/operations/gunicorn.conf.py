"""How servers are run in the open: ``gunicorn -c docs/operations/gunicorn.conf.py paritrana.wsgi``.

A HUP signal reads the code anew without dropping a request: old workers finish what they have.
"""

import os

from paritrana.setup.server import GUNICORN

for _name, _value in GUNICORN.items():
    globals()[_name] = _value
bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
graceful_timeout = 60
reuse_port = True  # a new server may listen beside the old one while it is replaced
