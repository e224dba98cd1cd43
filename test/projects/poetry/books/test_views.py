from django.test import SimpleTestCase


class BooksTests(SimpleTestCase):
    def test_the_shelf_holds_a_book(self):
        self.assertEqual(self.client.get("/books/").json(), {"books": ["Middlemarch"]})
