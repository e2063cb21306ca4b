"""A mail server that takes nothing."""

from django.core.mail.backends.base import BaseEmailBackend


class NoMail(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise ConnectionRefusedError("no mail server")
