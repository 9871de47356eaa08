"""What an application has, and what is tested here: sends over TLS or not at all, and tries again."""

import smtplib
import time
from email.utils import make_msgid

TRIES = 3
PAUSE = 0.2  # seconds; minutes in real life


def send(message, host, port, trust):
    # The same in each try, so that a receiver can tell a second try from a second mail.
    message["Message-ID"] = make_msgid(domain="client.example")
    for left in reversed(range(TRIES)):
        try:
            with smtplib.SMTP(host, port, timeout=30) as smtp:
                smtp.starttls(context=trust)
                smtp.send_message(message)
            return
        except OSError:  # SMTPException is one
            if left == 0:
                raise
            time.sleep(PAUSE)
