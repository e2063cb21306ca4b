"""What regions and their figures hold about a person."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from paritrana.accounts.models import User
from paritrana.accounts.personal_data import Holding, Rows, register, rows_of_one
from regions.models import CoverageDraft, Posting


def _postings(user: User) -> Rows:
    for posting in Posting.objects.filter(user=user).select_related("branch", "regional_office"):
        yield {"place": str(posting), "ended_at": posting.ended_at}


def _end_postings(user: User) -> None:
    """A posting of nobody waits for nobody; the row stays, for who entered what."""
    Posting.objects.filter(user=user, ended_at=None).update(ended_at=timezone.now())


_TYPED = ("region__code", "year", "segment__code", "workers_text", "participants_text")

register(
    Holding(
        "postings",
        _("Postings at an office"),
        _("Which figures somebody may enter and verify"),
        _("For good, under the number of the account: figures rest on who entered them"),
        _postings,
        end=_end_postings,
    ),
    Holding(
        "coverage-drafts",
        _("Coverage figures typed and not saved"),
        _("Nothing typed is lost"),
        _("Until they are saved"),
        **rows_of_one(CoverageDraft, "saved_at", *_TYPED, "saved_at"),
        keep="drafts",
    ),
)
