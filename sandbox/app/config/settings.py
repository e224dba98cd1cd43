"""Settings of Acme Notes. Every value that differs between environments comes from the environment.

| variable               | meaning                                                        |
| ---------------------- | -------------------------------------------------------------- |
| DJANGO_SECRET_KEY      | required; only a debug server makes one up                      |
| DJANGO_ALLOWED_HOSTS   | comma-separated host names, without scheme                      |
| DJANGO_DEBUG           | off unless 1                                                    |
| DATABASE_URL           | keeps the notes; without it they are those of the release       |
| SENTRY_DSN             | where errors are reported; unset reports nothing                |
| SENTRY_ENVIRONMENT     | name of the environment in Sentry: production, staging, ...     |
| SENTRY_RELEASE         | what is running, for Sentry and the page's footer               |
"""

from pathlib import Path

import dj_database_url
from django.core.management.utils import get_random_secret_key

from config import environment, errors

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = environment.flag("DJANGO_DEBUG")
SECRET_KEY = get_random_secret_key() if DEBUG else environment.required("DJANGO_SECRET_KEY")

# Render names the host it gave the service; the image's own health check asks by loopback address.
PUBLIC_HOSTS = [*environment.words("DJANGO_ALLOWED_HOSTS"), *environment.words("RENDER_EXTERNAL_HOSTNAME")]
ALLOWED_HOSTS = [*PUBLIC_HOSTS, "localhost", "127.0.0.1"]
# Django writes a wildcard for subdomains as ".example.com" among hosts and as "*.example.com" among origins.
CSRF_TRUSTED_ORIGINS = [f"https://{'*' if host.startswith('.') else ''}{host}" for host in PUBLIC_HOSTS if host != "*"]

RELEASE = environment.text("SENTRY_RELEASE") or "unreleased"
ENVIRONMENT = environment.text("SENTRY_ENVIRONMENT") or "local"
errors.report_to_sentry(environment.text("SENTRY_DSN"), environment=ENVIRONMENT, release=RELEASE)

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "notes",
]

MIDDLEWARE = [
    # First: a platform's health check asks by an address that is not among the allowed hosts.
    "config.health.answer_health_checks",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

# Without a database the notes are part of the release, so either way a container has no state to lose.
DATABASE_URL = environment.text("DATABASE_URL")
KEEPS_NOTES = DATABASE_URL is not None
DATABASES = (
    {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True)} if DATABASE_URL else {}
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Render ends TLS at its proxy and says so in this header; the proxy also redirects plain HTTP (W008).
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 30
CSRF_COOKIE_SECURE = not DEBUG
# Whether subdomains take part in HSTS is the domain owner's decision (W005, W021).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
