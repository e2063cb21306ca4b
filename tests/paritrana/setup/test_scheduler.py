"""The minute beside the server: one round writes and sends, and a round that fails is not the last."""

import datetime
import logging

import pytest
from django.core import mail
from django.utils import timezone

from awards.models import Letter, StageDate
from awards.stages import Stage
from paritrana.setup import scheduler
from tests import builders as b

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owing(data_folder):
    """Somebody who owes a draft, a day before the close."""
    b.category()
    selection, regency = b.selection(Stage.NOMINATION), b.regency()
    b.nomination(selection, regency)
    now, day = timezone.now(), datetime.timedelta(days=1)
    StageDate.objects.create(selection=selection, stage=Stage.NOMINATION, opens_at=now - day, closes_at=now + day)
    return b.branch_staff(regency)


def test_a_round_writes_and_sends(owing):
    scheduler.one_round()

    assert [message.to for message in mail.outbox] == [[owing.email]]


def test_a_round_that_fails_is_logged_and_the_next_one_makes_up_for_it(owing, settings, caplog):
    settings.MAIL_DELIVERY = "no.such.Backend"
    with caplog.at_level(logging.ERROR, "paritrana.setup.scheduler"):
        scheduler.one_round()
    settings.MAIL_DELIVERY = "django.core.mail.backends.locmem.EmailBackend"
    Letter.objects.update(claimed_at=timezone.now() - datetime.timedelta(hours=1))
    scheduler.send_letters()

    assert [record.name for record in caplog.records if record.levelno == logging.ERROR] == [
        "paritrana.setup.scheduler"
    ]
    assert [message.to for message in mail.outbox] == [[owing.email]]
