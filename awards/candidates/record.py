"""The record of a candidate: the periods in which it was nominated or awarded, and the longest run of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from awards.models import Candidate, Nomination, PastAward
from awards.stages import NominationState
from paritrana.accounts.models import User

NOT_COUNTED = (NominationState.DRAFT, NominationState.WITHDRAWN)
"""A draft is not a nomination yet, one withdrawn is none any more."""


@dataclass(frozen=True)
class Record:
    """``nominated``: periods with a nomination or an award, oldest first; ``in_a_row``: their longest run."""

    awards: list[PastAward] = field(default_factory=list)
    nominated: list[int] = field(default_factory=list)
    in_a_row: list[int] = field(default_factory=list)
    perhaps: list[PastAward] = field(default_factory=list)
    """Published under the same name; nobody has said yet that they are this candidate's."""

    @property
    def times(self) -> int:
        return len(self.in_a_row)

    @property
    def won(self) -> int:
        """How many awards it won; nominations do not count."""
        return sum(award.prize != PastAward.Prize.NOMINEE for award in self.awards)


def record_of(candidate: Candidate, user: User) -> Record:
    """Published awards, and nominations in the portal that this person may see."""
    awards = list(PastAward.objects.of(candidate).with_context())
    seen = Nomination.objects.visible_to(user).filter(candidate=candidate).exclude(state__in=NOT_COUNTED)
    years = {end.year for end in seen.values_list("selection__edition__period_end", flat=True)}
    periods = sorted(years | {award.period for award in awards})
    perhaps = list(PastAward.objects.perhaps_of(candidate).with_context())
    return Record(awards, periods, longest_run(periods), perhaps)


def longest_run(periods: Iterable[int]) -> list[int]:
    """The longest run of consecutive years; of equally long ones the latest."""
    best: list[int] = []
    run: list[int] = []
    for period in sorted(set(periods)):
        run = [*run, period] if run and period == run[-1] + 1 else [period]
        if len(run) >= len(best):
            best = run
    return best
