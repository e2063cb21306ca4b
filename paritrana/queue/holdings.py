"""What work beside requests holds about a person."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from paritrana.accounts.models import User
from paritrana.accounts.personal_data import Holding, Rows, register
from paritrana.queue.models import StagedFile


def _staged(user: User) -> Rows:
    return StagedFile.objects.filter(user=user).values("name", "about", "digest", "at")


def _erase_staged(user: User) -> None:
    StagedFile.objects.filter(user=user).delete()


def _sweep_staged(before: datetime) -> int:
    return StagedFile.objects.filter(at__lt=before).delete()[0]


register(
    Holding(
        "staged-files",
        _("Files handed in and not confirmed"),
        _("Preview before anything is written"),
        _("Until they are confirmed"),
        _staged,
        _erase_staged,
        keep="files",
        sweep=_sweep_staged,
    )
)
