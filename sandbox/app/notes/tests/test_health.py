from django.test import override_settings

from notes.tests.case import SiteTestCase


class HealthTest(SiteTestCase):
    @override_settings(RELEASE="notes@42")
    def test_says_ok_and_the_release(self) -> None:
        response = self.client.get("/healthz/")

        self.assertEqual(response.json(), {"status": "ok", "release": "notes@42"})

    def test_answers_whatever_host_is_asked(self) -> None:
        response = self.client.get("/healthz/", headers={"host": "10.0.0.7:10000"})

        self.assertEqual(response.status_code, 200)
