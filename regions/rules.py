"""The arithmetic and plain rules of coverage figures, shared by forms, files and pages. No database."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from paritrana.display.formats import ZONES, quotient

FIRST_YEAR = 2014
TERRITORIES = (gettext_noop("province"), gettext_noop("regency or city"), gettext_noop("before the 2022 split"))


@dataclass(frozen=True)
class Growth:
    """Percentage points on the year before, in hundredths; without a value, the reason why."""

    value: int | None = None
    reason: str | Promise = ""


def share(participants: int, workers: int) -> int:
    """Participants in workers in hundredths of a percent, rounded half up; ``workers`` > 0."""
    return quotient(participants, workers)


def least_participants(share: int, workers: int) -> int:
    """The fewest participants whose rounded share of ``workers`` is at least ``share``."""
    return max(0, -(-(2 * share - 1) * workers // 20_000))


def growth(now: int, before: int) -> Growth:
    """The difference of two percentages as shown, so that readers can check it."""
    return Growth(now - before)


def today() -> date:
    """The day that has begun somewhere in Indonesia: on Papua's clock it begins two hours before Jakarta's."""
    return timezone.localdate(timezone=ZONES["WIT"])


def last_full_year() -> int:
    """The latest completed year, for which figures of the whole year can exist."""
    return timezone.localdate().year - 1


def check_year(year: int) -> None:
    """ValidationError ``year``: before the programmes began, or in the future."""
    if not FIRST_YEAR <= year <= today().year:
        raise ValidationError(
            _("The year must lie between %(first)s and this year."), code="year", params={"first": FIRST_YEAR}
        )


def check_as_of(day: date | None) -> None:
    """ValidationError ``future``: the date of the count is after today."""
    if day is not None and day > today():
        raise ValidationError(_("The date lies in the future."), code="future")


def exceeds(participants: int, workers: int) -> bool:
    """More participants than workers: possible where people work in two regions, but worth a check."""
    return participants > workers
