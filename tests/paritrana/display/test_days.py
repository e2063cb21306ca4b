"""A day is written as people here write it, whatever the browser; a deadline given as a day ends with that day."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from paritrana.display.days import DayField, MomentField

WITA = ZoneInfo("Asia/Makassar")


AS_WRITTEN = ["31-12-2025", "31/12/2025", "31.12.2025", "31 12 2025", "2025-12-31", " 31-12-2025 "]


@pytest.mark.parametrize("typed", AS_WRITTEN)
def test_a_day_is_read_in_the_order_of_the_country(typed):
    assert DayField().clean(typed) == date(2025, 12, 31)


def test_a_day_is_shown_as_it_is_written():
    field = DayField()

    assert 'value="31-12-2025"' in field.widget.render("day", date(2025, 12, 31))
    assert 'type="text"' in field.widget.render("day", None)


@pytest.mark.parametrize("typed", ["12-31-2025", "31-12-25", "besok", "30-02-2025"])
def test_what_is_no_day_is_refused_with_the_way_to_write_it(typed):
    with pytest.raises(ValidationError, match="31-12-2025"):
        DayField().clean(typed)


@pytest.mark.parametrize("typed", ["31-12-2025 23.59", "31-12-2025 23:59", "2025-12-31T23:59", "31/12/2025 23.59"])
def test_a_moment_is_read_in_its_zone(typed):
    assert MomentField(zone=WITA).clean(typed) == datetime(2025, 12, 31, 15, 59, tzinfo=UTC)


def test_a_day_alone_is_its_beginning_or_its_last_minute():
    opens, closes = MomentField(zone=WITA).clean("31-12-2025"), MomentField(zone=WITA, is_end=True).clean("31-12-2025")

    assert (opens, closes) == (
        datetime(2025, 12, 31, 0, 0, tzinfo=WITA),
        datetime(2025, 12, 31, 23, 59, tzinfo=WITA),
    )


def test_a_moment_is_shown_in_its_zone():
    field = MomentField(zone=WITA)

    shown = field.widget.format_value(field.prepare_value(datetime(2025, 12, 31, 15, 59, tzinfo=UTC)))

    assert shown == "31-12-2025 23.59"


@pytest.mark.parametrize("field", [DayField(), MomentField(zone=WITA), MomentField(zone=WITA, is_end=True)])
@pytest.mark.parametrize("typed", ["31-12-9999", "01-01-0001", "31-12-3000", "31-12-1899"])
def test_a_day_far_from_ours_is_a_slip(field, typed):
    with pytest.raises(ValidationError, match="1900"):
        field.clean(typed)
