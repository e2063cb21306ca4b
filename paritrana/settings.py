"""Settings. Production is the default; ``DEBUG=1`` must be asked for.

Environment variables decide everything: ``PARITRANA_DATA`` (the one folder that changes), ``PARITRANA_URL`` (the
address people type), ``DATABASE_URL`` (PostgreSQL; SQLite otherwise), ``EMAIL_URL`` (a mail server; files otherwise),
``EMAIL_FROM``, ``PARITRANA_PROXIES`` (how many trusted proxies stand before the portal) and ``DEBUG``; what several
servers share is in ``services.py``. What is unsafe among them ends the process here; see ``environment.py``.
"""

import os
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from paritrana import __version__
from paritrana.setup import agency, environment, monitoring, retention, services

BASE_DIR = Path(__file__).resolve().parent.parent
with environment.refusals_end_the_process():
    _given = environment.read(os.environ)
    _services = services.read(os.environ, _given.data)
    RETENTION = retention.read(os.environ)
    AGENCIES = [found] if (found := agency.read(os.environ)) else []  # one at most
SECRET_KEY, SECRET_KEY_FALLBACKS = _services.secret_key, _services.fallbacks
TRAIL_KEY, TRAIL_KEY_FALLBACKS = _services.trail_key, _services.trail_fallbacks
DATA_DIR = _given.data
DEBUG = _given.debug

PARITRANA_URL = _given.address.origin
_https = _given.address.is_https
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"] if _given.address.is_loopback else [_given.address.host]
CSRF_TRUSTED_ORIGINS = [PARITRANA_URL]

# None when it is not set: ``check --deploy`` asks for it where the address is https
PARITRANA_PROXIES = _given.proxies

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_tables2",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "paritrana",
    "paritrana.accounts",
    "paritrana.queue",
    "regions",
    "awards",
    "scoring",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "paritrana.middleware.headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "paritrana.middleware.language",
    "paritrana.queue.upload_turns.middleware",
    "paritrana.middleware.Readable",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "paritrana.accounts.request_cache.ReaderMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "awards.doors.gate.DoorMiddleware",
    "awards.editions.english.pages_in_english",
    "allauth.account.middleware.AccountMiddleware",
    "paritrana.accounts.devices.middleware",
    "paritrana.accounts.step_up.middleware",
    "paritrana.accounts.drafts.forget_sent",
    "django.contrib.messages.middleware.MessageMiddleware",
    "paritrana.accounts.second_factor.middleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "paritrana.urls"
WSGI_APPLICATION = "paritrana.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["awards.templatetags.english"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "awards.editions.english.answer_in_english",
                "paritrana.pages.layout.context",
            ],
        },
    },
]

# SQLite: deferred transactions fail at once under contention, and synchronous=NORMAL can lose an acknowledged
# score on power loss; both were measured before these options were chosen.
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
DATABASES = {
    "default": dj_database_url.parse(_given.database, conn_max_age=600, conn_health_checks=True),
}
_options = DATABASES["default"].setdefault("OPTIONS", {})
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    _options.update(_SQLITE_OPTIONS)
else:
    _options.setdefault("connect_timeout", 3)  # a database that is away holds nobody up for minutes
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in limits must be shared between server processes, so the cache is a table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # with the default of 300, many tried names would push the limits out
    }
}

# Work beside requests waits in the database; workers do it, and queue what falls due: task -> every so many seconds.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
SCHEDULE = {
    "paritrana.setup.tasks.pass_announcements": 60,
    "paritrana.setup.tasks.send_reminders": 60,
    "paritrana.setup.tasks.verify_trail": 60,
    "regions.verification.stored_doubts.examine_unknown": 60,
    "paritrana.setup.tasks.sweep_evidence": 24 * 60 * 60,
    "paritrana.queue.tasks.sweep": 60 * 60,
    "paritrana.queue.tasks.clear_personal_data": 60 * 60,
}
WORKER_BEAT = 5.0  # seconds between two signs of life of a worker; after six without one, others do its work

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "paritrana.accounts.adapter.ClosedSignup"
# The library's own generator also looks at its table of addresses; an account has one address, Django's field.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # nosec B105
# How many tries, in how long (s, m, h), counted by what. ``sign_in_...`` are counted by accounts/limits.py: wrong
# passwords by client address, by client address and account, and by account.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "sign_in_address": "30/m/ip",
    "sign_in_pair": "5/5m/key",
    "sign_in_account": "60/h/key",
    "reset_password": "20/m/ip,3/10m/key",  # nosec B105
    "agency": "20/m/ip",  # each asks the provider for its description
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Paritrana] "
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
SOCIALACCOUNT_ADAPTER = "paritrana.accounts.adapter.LinkedOnly"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"provider_class": "paritrana.accounts.agency.Agency"}}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Paritrana"
MFA_ADAPTER = "paritrana.accounts.second_factor.FactorsKept"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _given.address.is_loopback
SECOND_FACTOR_ROLES = _given.second_factor
# Posting to these asks for a fresh factor: see accounts/step_up.py.
STEP_UP = frozenset(
    {
        *("seal", "seal-second", "reopen-result", "announce", "withhold", "sheet-reopen", "panel-reopen"),
        *("addendum-ask", "addendum-second"),
        *("seat-end", "seat-substitute", "seat-changes", "invite", "invitation-share"),
        *("invitation-resend", "panel-upload-read", "seat-assistant", "take-back-stage", "second-taking-back"),
        *("appointment-create", "appointment-end", "posting-create", "posting-end"),
        *("person-create", "people-upload-read", "person-send-link", "person-share-link", "person-reactivate"),
        *("person-address", "factor-reset", "factor-reset-second"),
        *("erasure", "erasure-second", "my-data-file", "person-data-file"),
        # The library asks nobody who has no password: an agency's people would set up factors unasked.
        *("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"),
        *("person-agency", "person-agency-end"),
        *("export-winners", "export-nation", "recap", "recap-own", "uniformity-book"),
    }
)
STEP_UP_DOWNLOADS = frozenset({"seal-document", "numbered-seal"})

# Without EMAIL_URL letters become files. smtp:// is unencrypted, smtp+tls:// uses STARTTLS, smtps:// uses TLS.
_mail = _given.mail or environment.Mail("", "localhost", 25, "", "")
EMAIL_BACKEND = "awards.letters.outbox.Outbox"  # whatever is mailed waits there for MAIL_DELIVERY
MAIL_DELIVERY = f"django.core.mail.backends.{'smtp' if _given.mail else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = _given.sender

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Files are few and versioned by folder: they are served from the source folder, without collectstatic.
WHITENOISE_USE_FINDERS = True
STORAGES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Attached documents, and those that were deleted: files of the data folder, or objects in a bucket all servers share.
OBJECT_STORE = _services.storage is not None
for _alias in ("evidence", "trash"):
    _file: dict[str, object] = {
        "BACKEND": "paritrana.uploads.storage.PrivateStorage",
        "OPTIONS": {"location": DATA_DIR / _alias},
    }
    _object: dict[str, object] = {
        "BACKEND": "paritrana.uploads.object_store.ObjectStore",
        "OPTIONS": {"location": _alias, **(_services.storage or {})},
    }
    STORAGES[_alias] = _object if OBJECT_STORE else _file
BACKUP_FOLDER = _services.backups

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "django_tables2/paritrana.html"

# Enough fields for the coverage grid of fifty regions: 7 segments, 2 years, 2 boxes each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SESSION_COOKIE_NAME = "__Host-session" if _https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "csrf"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^-/"]  # probes of the own network
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = monitoring.logging_config(as_json=_services.logs_json)
METRICS_TOKEN = _services.metrics_token
monitoring.watch(globals(), metrics=bool(METRICS_TOKEN), as_json=_services.logs_json)
if _services.sentry_dsn:
    monitoring.collect_faults(_services.sentry_dsn, __version__)
