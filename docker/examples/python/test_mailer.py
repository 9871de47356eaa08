"""A test of mailer.py against the mock, which has to run: python3 -m unittest

MOCKEXO_CONTROL is where its control API is, http://127.0.0.1:8025 by default; MOCKEXO_MX is the host:port of its MX, if
that is not what the API says, as behind mapped ports.
"""

import json
import os
import ssl
import unittest
from email.message import EmailMessage
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import mailer

CONTROL = os.environ.get("MOCKEXO_CONTROL", "http://127.0.0.1:8025")


def call(method, path, body=None):
    headers = {} if body is None else {"Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(CONTROL + path, data, headers, method=method)) as response:
        return response.read().decode()


def faults(*script):
    call("PUT", "/endpoints/mx/faults", script)


def sessions(wait):
    """Held back by the mock until it is so; 408 after half a minute."""
    return json.loads(call("GET", "/endpoints/mx/sessions?" + wait))


def hello():
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "alice@example.com", "bob@contoso.com", "hello"
    message.set_content("hello")
    return message


class MailerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        port = next(mx["port"] for mx in json.loads(call("GET", "/endpoints")) if mx["name"] == "mx")
        address = os.environ.get("MOCKEXO_MX", f"{urlsplit(CONTROL).hostname}:{port}")
        host, port = address.rsplit(":", 1)
        cls.smtp = host, int(port), ssl.create_default_context(cadata=call("GET", "/ca.pem"))

    def setUp(self):
        call("POST", "/endpoints/mx/reset")

    def test_a_handshake_that_fails_is_tried_again_over_tls(self):
        faults({"onConnection": 1, "at": "CLIENT_HELLO", "drop": "FIN"})

        mailer.send(hello(), *self.smtp)

        (message,) = sessions("await=2")["messages"]
        self.assertTrue(message["retriedAfterTlsFailure"])
        self.assertFalse(message["fellBackToCleartext"])
        self.assertEqual(
            [("NO_MAIL", "NONE"), ("DELIVERED", "TLS_1_3")],
            [(attempt["outcome"], attempt["mailOver"]) for attempt in message["attempts"]],
        )

    def test_a_mail_that_cannot_be_sent_over_tls_is_not_sent(self):
        faults({"onConnection": "every", "at": "CLIENT_HELLO", "drop": "FIN"})

        with self.assertRaises(OSError):
            mailer.send(hello(), *self.smtp)

        seen = sessions("quiet=1s")  # "never" needs quiet
        self.assertEqual(3, len(seen["sessions"]))
        for message in seen["messages"]:
            self.assertFalse(message["delivered"] or message["fellBackToCleartext"])


if __name__ == "__main__":
    unittest.main()
