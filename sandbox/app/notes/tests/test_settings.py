import os
import subprocess
import sys
from pathlib import Path

from django.test import SimpleTestCase

SITE = Path(__file__).resolve().parents[2]


def load_settings(expression: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Evaluates an expression over freshly loaded settings, in a process with only these variables."""
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings", **variables}
    program = f"from django.conf import settings; print({expression})"
    return subprocess.run(
        [sys.executable, "-c", program], cwd=SITE, env=environment, capture_output=True, text=True, check=False
    )


class SettingsTest(SimpleTestCase):
    def test_there_is_no_default_secret_key(self) -> None:
        result = load_settings("settings.SECRET_KEY")

        self.assertNotEqual(result.returncode, 0)
        self.assertIn("DJANGO_SECRET_KEY is not set", result.stderr)

    def test_debugging_is_off_unless_asked_for(self) -> None:
        result = load_settings("settings.DEBUG", DJANGO_SECRET_KEY="k")

        self.assertEqual(result.stdout.strip(), "False")

    def test_there_is_a_database_only_where_one_is_named(self) -> None:
        expression = "(settings.KEEPS_NOTES, settings.DATABASES.get('default', {}).get('ENGINE'))"

        without = load_settings(expression, DJANGO_SECRET_KEY="k")
        named = load_settings(expression, DJANGO_SECRET_KEY="k", DATABASE_URL="postgresql://u:p@db.example:5433/notes")

        self.assertEqual(without.stdout.strip(), "(False, None)")
        self.assertEqual(named.stdout.strip(), "(True, 'django.db.backends.postgresql')")

    def test_hosts_and_their_origins_come_from_the_environment(self) -> None:
        result = load_settings(
            "(settings.ALLOWED_HOSTS, settings.CSRF_TRUSTED_ORIGINS)",
            DJANGO_SECRET_KEY="k",
            DJANGO_ALLOWED_HOSTS="notes.example, .acme.example",
            RENDER_EXTERNAL_HOSTNAME="notes.onrender.com",
        )

        hosts = ["notes.example", ".acme.example", "notes.onrender.com", "localhost", "127.0.0.1"]
        origins = ["https://notes.example", "https://*.acme.example", "https://notes.onrender.com"]
        self.assertEqual(result.stdout.strip(), str((hosts, origins)))
