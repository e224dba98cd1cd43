import sentry_sdk
from sentry_sdk.transport import Transport

from config.errors import report_to_sentry
from notes.tests.case import SiteTestCase


class Recorder(Transport):
    """Keeps the envelopes that would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[dict[str, object]] = []

    def capture_envelope(self, envelope) -> None:
        event = envelope.get_event()
        if event is not None:
            self.events.append(event)


class ErrorReportingTest(SiteTestCase):
    def setUp(self) -> None:
        report_to_sentry("http://public@127.0.0.1:1/7", environment="staging", release="notes@42")
        client = sentry_sdk.get_client()
        client.transport.kill()
        self.recorder = client.transport = Recorder()
        self.addCleanup(sentry_sdk.init, dsn=None)
        self.client.raise_request_exception = False

    def test_an_error_is_reported_with_its_release_and_environment(self) -> None:
        self.client.get("/raise-error/")

        [event] = self.recorder.events
        self.assertEqual(event["release"], "notes@42")
        self.assertEqual(event["environment"], "staging")
        self.assertEqual(event["exception"]["values"][-1]["type"], "DeliberateError")

    def test_a_page_that_works_reports_nothing(self) -> None:
        self.client.get("/")

        self.assertEqual(self.recorder.events, [])
