"""What the site's tests share."""

import logging

from django.test import TestCase, override_settings

# Templates can then name static files without a run of collectstatic.
PLAIN_STATIC_FILES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


# WhiteNoise then looks files up as they are asked for, and does not miss the folder of collected ones.
@override_settings(STORAGES=PLAIN_STATIC_FILES, WHITENOISE_AUTOREFRESH=True)
class SiteTestCase(TestCase):
    """A test of pages; needs a database, but no collected static files. Expected errors stay off the screen."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        logging.disable(logging.CRITICAL)
        cls.addClassCleanup(logging.disable, logging.NOTSET)
