"""Who leaves the verifying of a nomination to somebody else."""

from awards.models import Nomination
from paritrana.accounts.models import User


def was_handled_by(nomination: Nomination, user: User) -> bool:
    """Whether this person nominated, sent or provincially verified it, and so leaves verifying it to somebody else."""
    before = {nomination.carried_from.verified_by_id} if nomination.carried_from else set()
    return user.pk in {nomination.nominated_by_id, nomination.submitted_by_id} | before
