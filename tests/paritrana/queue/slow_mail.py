"""A mail server that needs a while for each letter."""

import time

from django.core.mail.backends.filebased import EmailBackend


class SlowMail(EmailBackend):
    def send_messages(self, messages):
        time.sleep(0.5)
        return super().send_messages(messages)
