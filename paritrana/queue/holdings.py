"""What work beside requests holds about a person."""

from django.utils.translation import gettext_lazy as _

from paritrana.accounts.personal_data import Holding, register, rows_of_one
from paritrana.queue.models import StagedFile

register(
    Holding(
        "staged-files",
        _("Files handed in and not confirmed"),
        _("Preview before anything is written"),
        _("Until they are confirmed"),
        **rows_of_one(StagedFile, "at", "name", "about", "digest", "at"),
        keep="files",
    )
)
