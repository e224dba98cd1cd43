from django.test import TestCase


class HealthTests(TestCase):
    def test_it_is_well(self):
        self.assertEqual(self.client.get("/api/health").json(), {"status": "ok"})
