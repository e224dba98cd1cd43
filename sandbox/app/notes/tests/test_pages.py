from django.test import override_settings

from notes.content import NOTES
from notes.tests.case import SiteTestCase
from notes.views import DeliberateError


class FrontPageTest(SiteTestCase):
    def test_shows_every_note(self) -> None:
        response = self.client.get("/")

        for note in NOTES:
            self.assertContains(response, note.title)

    @override_settings(RELEASE="notes@42", ENVIRONMENT="staging")
    def test_says_which_release_runs_where(self) -> None:
        response = self.client.get("/")

        self.assertContains(response, "notes@42")
        self.assertContains(response, "staging")

    @override_settings(KEEPS_NOTES=False)
    def test_shows_the_notes_of_the_release_without_a_database(self) -> None:
        with self.assertNumQueries(0):
            response = self.client.get("/")

        for note in NOTES:
            self.assertContains(response, note.title)
        self.assertNotContains(response, "<form")

    def test_accepts_reading_only(self) -> None:
        self.assertEqual(self.client.post("/").status_code, 405)

    def test_refuses_a_host_that_is_not_allowed(self) -> None:
        response = self.client.get("/", headers={"host": "evil.example"})

        self.assertEqual(response.status_code, 400)


class ErrorPagesTest(SiteTestCase):
    def test_the_deliberate_error_is_not_caught(self) -> None:
        with self.assertRaises(DeliberateError):
            self.client.get("/raise-error/")

    def test_a_visitor_sees_the_error_page(self) -> None:
        self.client.raise_request_exception = False

        response = self.client.get("/raise-error/")

        self.assertContains(response, "That <em>broke</em>", status_code=500)

    def test_a_missing_page_points_home(self) -> None:
        self.assertContains(self.client.get("/nowhere/"), "Nothing <em>noted</em>", status_code=404)
