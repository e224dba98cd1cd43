"""Typed access to the process's environment, where the whole configuration comes from."""

import os

from django.core.exceptions import ImproperlyConfigured


def text(name: str) -> str | None:
    """The variable's value, or None when it is unset or empty."""
    return os.environ.get(name) or None


def required(name: str) -> str:
    """The variable's value; a deployment without it does not start."""
    value = text(name)
    if value is None:
        raise ImproperlyConfigured(f"The environment variable {name} is not set. Set it to start the site.")
    return value


def words(name: str) -> list[str]:
    """The variable's comma-separated values."""
    return [word.strip() for word in (text(name) or "").split(",") if word.strip()]


def flag(name: str) -> bool:
    """True for 1, true, yes and on; anything else, or nothing, is False."""
    return (text(name) or "").lower() in {"1", "true", "yes", "on"}
