from channels.testing import WebsocketCommunicator
from django.test import SimpleTestCase

from chat.asgi import application


class EchoTests(SimpleTestCase):
    async def test_it_answers(self):
        socket = WebsocketCommunicator(application, "/ws/echo/")
        connected, _ = await socket.connect()
        self.assertTrue(connected)
        await socket.send_json_to({"text": "hello"})
        self.assertEqual(await socket.receive_json_from(), {"echo": {"text": "hello"}})
        await socket.disconnect()
