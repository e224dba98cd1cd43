import json
import tempfile
from pathlib import Path

from django.core.management import call_command
from django.test import SimpleTestCase, override_settings


class StaticFilesTest(SimpleTestCase):
    def test_collected_files_carry_a_hash_and_a_compressed_copy(self) -> None:
        with tempfile.TemporaryDirectory() as folder, override_settings(STATIC_ROOT=folder):
            call_command("collectstatic", interactive=False, verbosity=0)

            manifest = json.loads(Path(folder, "staticfiles.json").read_text())
            stylesheet = manifest["paths"]["notes/site.css"]

            self.assertRegex(stylesheet, r"^notes/site\.[0-9a-f]{12}\.css$")
            self.assertTrue(Path(folder, f"{stylesheet}.gz").is_file())
