from django.contrib.auth.models import User
from django.test import TestCase


class FrontPageTests(TestCase):
    def test_it_greets(self):
        self.assertContains(self.client.get('/'), 'Hello from startproject.')

    def test_users_are_kept(self):
        User.objects.create_user('ada')
        self.assertEqual(User.objects.count(), 1)
