from io import StringIO

from django.core.management import call_command
from django.test import override_settings

from notes.content import NOTES
from notes.models import Note
from notes.tests.case import SiteTestCase

NEW = {"title": "Data outlives code", "topic": "Operations", "text": "A rollback brings back the image, not the rows."}


class DatabaseTest(SiteTestCase):
    def test_begins_with_the_notes_of_the_release_in_their_order(self) -> None:
        self.assertEqual([note.title for note in Note.objects.all()], [note.title for note in NOTES])

    def test_keeps_a_note_that_is_added_and_shows_it_first(self) -> None:
        response = self.client.post("/notes/", NEW, follow=True)

        self.assertRedirects(response, "/")
        self.assertContains(response, NEW["text"])
        self.assertEqual(Note.objects.first().title, NEW["title"])

    def test_says_what_is_wrong_with_a_note_and_keeps_what_was_written(self) -> None:
        response = self.client.post("/notes/", {**NEW, "title": ""})

        self.assertContains(response, "This field is required.", status_code=400)
        self.assertContains(response, NEW["text"], status_code=400)
        self.assertEqual(Note.objects.count(), len(NOTES))

    def test_shows_what_visitors_write_as_text(self) -> None:
        response = self.client.post("/notes/", {**NEW, "title": "<script>alert(1)</script>"}, follow=True)

        self.assertContains(response, "&lt;script&gt;alert(1)&lt;/script&gt;")

    @override_settings(KEEPS_NOTES=False)
    def test_takes_no_note_without_a_database(self) -> None:
        self.assertEqual(self.client.post("/notes/", NEW).status_code, 404)

    def test_has_a_migration_for_every_change_of_the_model(self) -> None:
        call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())
