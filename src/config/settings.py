"""Settings: one file, every value from the environment, safe by default.

`LUOTSI_MODE` chooses how the installation is used:

* `production` (default): refuses to start without `LUOTSI_SECRET_KEY` and `LUOTSI_HOSTS`;
* `demo`: set by `./dev run` only; answers to loopback names and nothing else: it cannot serve a real site by accident;
* `test`: set by the test suite.
"""

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
import structlog
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from luotsi.core.logs import drop_personal_data

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("LUOTSI_VAR", BASE_DIR / "var"))


def needed(name: str) -> str:
    """The value of an environment variable without which nothing starts."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. Set it, or start a demo with ./dev run (see docs/running.md).")
    return value


MODE = os.environ.get("LUOTSI_MODE", "production")
if MODE not in {"production", "demo", "test"}:
    raise ImproperlyConfigured(f"LUOTSI_MODE is {MODE!r}; use production, demo or test.")
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
# Encrypts the issuers' private keys at rest. Apart from SECRET_KEY, which may change.
KEY_SECRET = needed("LUOTSI_KEY_SECRET") if PRODUCTION else "only-for-this-machine-keys"

DEBUG = False
SECRET_KEY = needed("LUOTSI_SECRET_KEY") if PRODUCTION else "only-for-this-machine-" + MODE
ALLOWED_HOSTS = needed("LUOTSI_HOSTS").split(",") if PRODUCTION else LOOPBACK
SITE_ADDRESS = (
    needed("LUOTSI_ADDRESS") if PRODUCTION else os.environ.get("LUOTSI_ADDRESS", "http://localhost:8000")
).rstrip("/")
# Issuers are named by this host for ever, whatever host serves the pages: did:web:<issuer host>:issuers:<ref>.
ISSUER_HOST = needed("LUOTSI_ISSUER_HOST") if PRODUCTION else os.environ.get("LUOTSI_ISSUER_HOST", "luotsi.example.org")

MODULES = [
    "core", "web", "comms", "people", "competence", "surveys", "library", "programmes", "matching", "mentoring",
    "passport", "insight", "journey",
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    *(f"luotsi.{name}" for name in MODULES),
]
MIDDLEWARE = [
    "luotsi.web.middleware.health",
    "luotsi.web.middleware.log_request",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "luotsi.web.middleware.choose_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "luotsi.web.middleware.say_no",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.messages.context_processors.messages",
    "luotsi.journey.navigation.navigation",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [BASE_DIR / "src/luotsi" / name / "templates" for name in MODULES],
        "OPTIONS": {
            "environment": "luotsi.web.environment.environment",
            "context_processors": CONTEXT_PROCESSORS,
            "auto_reload": os.environ.get("LUOTSI_RELOAD") == "1",  # a look at each file, at each page
        },
    },
    {  # allauth looks some of its own texts up through Django's engine; every page people see is ours
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'luotsi.sqlite3'}",
        conn_max_age=None,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Measured: with IMMEDIATE no client of 64 met a locked database; with Django's defaults more than half did.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456; PRAGMA cache_size=-65536;"
        ),
    }

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
    if MODE == "test"
    else "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("given_name", "family_name")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]  # fmt: skip
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "journey:home"
ACCOUNT_ADAPTER = "luotsi.people.services.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is verified by the link that was mailed to it: people.services
ACCOUNT_PREVENT_ENUMERATION = True
# Who guesses passwords is known by the address that the proxy saw, not by the proxy's own.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PRODUCTION and os.environ.get("LUOTSI_TLS_AT_PROXY", "1") == "1" else 0

SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "luotsi.web.views.public.csrf_failed"
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS] if PRODUCTION else []
SECURE_SSL_REDIRECT = PRODUCTION and os.environ.get("LUOTSI_TLS_AT_PROXY", "1") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_REDIRECT_EXEMPT = [r"^health$"]
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "suomi"), ("sv", "svenska"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = SESSION_COOKIE_AGE * 26
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = PRODUCTION
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Europe/Helsinki"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR_DIR / "files"}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_MAX_BYTES = 20 * 1024 * 1024

EMAIL_HOST = os.environ.get("LUOTSI_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("LUOTSI_SMTP_PORT", "1025"))
EMAIL_HOST_USER = os.environ.get("LUOTSI_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LUOTSI_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("LUOTSI_SMTP_STARTTLS", "1" if PRODUCTION else "0") == "1"
EMAIL_TIMEOUT = int(os.environ.get("LUOTSI_SMTP_TIMEOUT", "20"))
DEFAULT_FROM_EMAIL = os.environ.get("LUOTSI_MAIL_FROM", "Luotsi <luotsi@example.org>")
SUPPORT_ADDRESS = os.environ.get("LUOTSI_SUPPORT", "tuki@example.org")
MESSAGE_ID_HOST = ISSUER_HOST
MAIL_FOLDER = VAR_DIR / "mail" if DEMO and "LUOTSI_SMTP_HOST" not in os.environ else None  # written there, not sent

EPERUSTEET_ADDRESS = os.environ.get("LUOTSI_EPERUSTEET_ADDRESS", "").rstrip("/")  # none: nothing is fetched
EPERUSTEET_PATHS = [path for path in os.environ.get("LUOTSI_EPERUSTEET_PATHS", "").split(",") if path]
JOB_LEASE = timedelta(seconds=float(os.environ.get("LUOTSI_JOB_LEASE", "60")))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                drop_personal_data,
                structlog.processors.JSONRenderer(),
            ],
        }
    },
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["out"], "level": os.environ.get("LUOTSI_LOG", "WARNING" if not PRODUCTION else "INFO")},
    "loggers": {"django.request": {"level": "ERROR"}, "luotsi.request": {"level": "INFO" if PRODUCTION else "WARNING"}},
}
structlog.configure(
    processors=[
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"] if not PRODUCTION else []
TEST_RUNNER = "django.test.runner.DiscoverRunner"
