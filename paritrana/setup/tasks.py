"""What falls due by the clock, see ``SCHEDULE`` in the settings: each is a command that is safe to repeat."""

from io import StringIO

from django.core.management import call_command
from django_tasks import task


@task()
def pass_announcements() -> None:
    call_command("pass_announcements", verbosity=0)


@task()
def send_reminders() -> None:
    """Also letters whose next attempt has come."""
    call_command("send_reminders", verbosity=0)


@task()
def verify_trail() -> None:
    call_command("verify_trail", in_turn=True, verbosity=0)


@task()
def sweep_evidence() -> None:
    call_command("sweep_evidence", delete=True, verbosity=0, stdout=StringIO())
