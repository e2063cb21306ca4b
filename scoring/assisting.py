"""What an assistant may touch: candidates the juror does not keep out of, and of those the ones declared clear."""

from __future__ import annotations

from paritrana.accounts.models import User
from scoring.models import AssistantDeclaration, Seat


def words(seat: Seat, user: User) -> dict[int, bool]:
    """Nomination -> whether this assistant keeps out of it, as far as the assistant said so."""
    said = AssistantDeclaration.objects.filter(seat=seat, declared_by=user)
    return dict(said.order_by().values_list("nomination_id", "keeps_out"))
