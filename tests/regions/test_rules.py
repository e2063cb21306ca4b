"""What no date or year may be, on the clock of whoever types it."""

from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from regions import rules
from regions.places import areas

PAPUA = ZoneInfo("Asia/Jayapura")


@pytest.mark.parametrize("server", ["Asia/Jakarta", "UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_day_of_papua_is_never_in_the_future_whatever_the_clock_of_the_server(server):
    today = timezone.localdate(timezone=PAPUA)

    with timezone.override(server):
        rules.check_as_of(today)
        rules.check_year(today.year)
        areas.check_day(today, [])

        assert rules.today() == today
