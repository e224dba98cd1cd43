#!/usr/bin/env python
"""Django's command line for Acme Notes."""

import os
import sys

from django.core.management import execute_from_command_line
from django.core.management.utils import get_random_secret_key


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] == ["test"]:
        os.environ.setdefault("DJANGO_SECRET_KEY", get_random_secret_key())
        os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
