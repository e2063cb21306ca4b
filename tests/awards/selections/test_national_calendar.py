"""One calendar for all provinces: each starts with it and may set its own dates, which a change of it leaves alone."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from awards.editions.calendar_days import Days, calendar_of
from awards.editions.documents import edition_document, load_edition
from awards.editions.export import exported
from awards.models import Edition, Letter, Role, Selection
from awards.selections import actions, calendar, national_calendar
from awards.selections.calendar import dates_of, fingerprint
from awards.stages import Stage
from paritrana.accounts.models import AuditEvent
from tests import builders as b
from tests.awards.conftest import at

TODAY = timezone.localdate()


def days(start=10, **changes):
    """Nomination from ``start`` days ahead, verification after it; others by the name of their stage."""
    ahead = [TODAY + datetime.timedelta(days=start + step) for step in (0, 20, 21, 30)]
    found = {"nominasi": Days(ahead[0], ahead[1]), "verifikasi": Days(ahead[2], ahead[3])}
    return found | changes


def put(edition, wanted, by, reason=""):
    seen = national_calendar.reviewed(edition, wanted, reason).fingerprint
    return national_calendar.set_national_calendar(edition, wanted, seen=seen, reason=reason, by=by)


@pytest.fixture
def edition(db):
    made = b.edition(2023)
    b.title(b.rubric(b.category(made)))
    return made


@pytest.fixture
def national(edition):
    return b.appointed(Role.NATIONAL_COMMITTEE, edition)


@pytest.fixture
def opened(edition, national):
    """Bali (WITA) and Papua (WIT), opened after the calendar was set."""
    put(edition, days(), national)
    places = [b.province("51", "Bali"), b.province("91", "Papua", time_zone="WIT")]
    return actions.open_selections(edition, places, edition.categories.all(), by=national)


def own(selection, by, stage="nominasi", later=2):
    """The province closes the stage later than all provinces."""
    plan = {Stage(key): calendar.Span(date.opens_at, date.closes_at) for key, date in dates_of(selection).items()}
    span = plan[Stage(stage)]
    plan[Stage(stage)] = span._replace(closes_at=span.closes_at - datetime.timedelta(days=later))
    calendar.set_calendar(selection, plan, seen=fingerprint(dates_of(selection)), by=by)


def fresh(selection):
    return Selection.objects.with_context().get(pk=selection.pk)


def last_days(selection):
    dates = dates_of(selection).items()
    return {stage.value: timezone.localtime(one.closes_at, selection.tzinfo) for stage, one in dates}


def test_every_new_selection_of_a_province_starts_with_it_on_its_own_clock(opened, edition):
    bali, papua = opened

    for selection in (bali, papua):
        closes = last_days(selection)["nominasi"]
        assert (closes.date(), closes.strftime("%H.%M")) == (days()["nominasi"].closes_on, "23.59")
    assert last_days(bali)["nominasi"] - last_days(papua)["nominasi"] == datetime.timedelta(hours=1)
    assert national_calendar.own_stages(bali) == []


@pytest.mark.parametrize("server", ["Asia/Jakarta", "UTC", "America/Los_Angeles", "Asia/Jayapura"])
def test_the_last_days_of_february_and_of_the_year_end_on_each_clock_whatever_the_servers(edition, national, server):
    leap, last = datetime.date(2028, 2, 29), datetime.date(2028, 12, 31)
    wanted = {"nominasi": Days(datetime.date(2028, 2, 1), leap), "pleno": Days(datetime.date(2028, 12, 1), last)}
    places = [b.province("32", "Jawa Barat", time_zone="WIB"), b.province("91", "Papua", time_zone="WIT")]

    with timezone.override(server):
        put(edition, wanted, national)
        made = actions.open_selections(edition, places, edition.categories.all(), by=national)
        closes = [[date.closes_at.astimezone(datetime.UTC) for date in dates_of(one).values()] for one in made]

    assert [[f"{each:%m-%d %H.%M}" for each in of] for of in closes] == [
        ["02-29 16.59", "12-31 16.59"],
        ["02-29 14.59", "12-31 14.59"],
    ]


def test_the_national_selection_does_not_take_it(opened, edition, national):
    nation = actions.open_selection(edition, None, edition.categories.all(), by=national)

    assert dates_of(nation) == {} and national_calendar.own_stages(nation) == []


def test_a_change_moves_those_that_follow_and_leaves_a_provinces_own_dates(opened, edition, national):
    bali, papua = opened
    own(bali, b.committee(bali))
    kept = last_days(fresh(bali))["nominasi"]

    moved = put(edition, days(12), national)

    assert {(one.selection.slug, *one.changed) for one in moved} == {
        (papua.slug, "nominasi", "verifikasi"),
        (bali.slug, "verifikasi"),
    }
    assert last_days(fresh(papua))["nominasi"].date() == days(12)["nominasi"].closes_on
    assert last_days(fresh(bali))["nominasi"] == kept
    assert national_calendar.own_stages(fresh(bali)) == [Stage.NOMINATION]
    event = AuditEvent.objects.filter(verb="edition.calendar").order_by("pk").last()
    assert event.detail["moved"][bali.slug] == ["verifikasi"]


def test_the_review_names_the_provinces_that_follow_and_those_with_their_own_dates(opened, edition, national, client):
    own(opened[0], national)
    client.force_login(national)
    typed = {f"{stage}_opens": one.opens_on for stage, one in days(12).items()}
    typed |= {f"{stage}_closes": one.closes_on for stage, one in days(12).items()}

    page = client.post(reverse("edition-calendar", args=[edition.slug]), typed)

    assert [one.selection.province.name for one in page.context["own"]] == ["Bali"]
    assert {one.selection.province.name for one in page.context["moved"]} == {"Bali", "Papua"}
    assert calendar_of(edition) == days()

    answer = client.post(reverse("edition-calendar", args=[edition.slug]), typed | {"seen": page.context["seen"]})

    assert answer.status_code == 302
    assert calendar_of(Edition.objects.get(pk=edition.pk)) == days(12)


def test_what_changed_since_the_review_is_reviewed_again(opened, edition, national):
    seen = national_calendar.reviewed(edition, days(12), "").fingerprint
    own(opened[0], national)

    with pytest.raises(ValidationError) as refused:
        national_calendar.set_national_calendar(edition, days(12), seen=seen, reason="", by=national)

    assert refused.value.code == "conflict"
    assert calendar_of(edition) == days()


def test_a_published_close_moves_with_a_reason_and_a_letter(opened, edition, national):
    bali, _papua = opened
    bali = at(bali, Stage.NOMINATION)
    national_calendar.write_calendar(edition, days(-5))
    for selection in opened:
        dates_of(selection)
        for stage, span in national_calendar.spans_for(days(-5), selection).items():
            selection.dates.filter(stage=stage).update(opens_at=span.opens_at, closes_at=span.closes_at)
    jembrana = b.regency()
    b.nomination(bali, jembrana, by=b.branch_staff(jembrana))
    first, last = days(-5)["nominasi"]
    sooner = days(-5, nominasi=Days(first, last - datetime.timedelta(2)))

    with pytest.raises(ValidationError) as refused:
        put(edition, sooner, national)
    assert refused.value.code == "reason"

    put(edition, sooner, national, "Libur nasional")

    date = dates_of(fresh(bali))[Stage.NOMINATION]
    assert (date.extension_reason, date.planned_close is not None) == ("Libur nasional", True)
    assert Letter.objects.filter(body__contains="Libur nasional").count() == 1


def test_a_stage_that_is_over_in_a_province_stays(opened, edition, national):
    bali, papua = opened
    at(bali, Stage.VERIFICATION)
    before = last_days(fresh(bali))["nominasi"]

    change = national_calendar.reviewed(edition, days(12), "Alasan")
    put(edition, days(12), national, "Alasan")

    assert {one.selection.slug: one.past for one in change.effects} == {bali.slug: [Stage.NOMINATION], papua.slug: []}
    assert last_days(fresh(bali))["nominasi"] == before


def test_days_out_of_order_are_refused_beside_their_field(edition, national, client):
    client.force_login(national)
    typed = {"nominasi_opens": "10-01-2027", "nominasi_closes": "01-01-2027", "verifikasi_opens": "05-01-2027"}

    errors = client.post(reverse("edition-calendar", args=[edition.slug]), typed).context["form"].errors

    assert set(errors) == {"nominasi_closes", "verifikasi_closes"}


def test_it_is_exported_imported_and_copied_a_year_later(opened, edition, client):
    document = exported(edition)
    copy = load_edition(document | {"slug": "lain"})

    assert edition_document(copy)["calendar"] == edition_document(edition)["calendar"] == days()
    client.force_login(b.administrator())
    proposed = client.get(reverse("edition-create"), {"source": f"edition:{edition.slug}"}).context["form"].initial
    assert proposed["nominasi_closes"].year == days()["nominasi"].closes_on.year + 1


def test_a_file_without_a_calendar_leaves_the_one_that_was_set(edition, national):
    document = {key: value for key, value in exported(edition).items() if key != "calendar"}
    put(edition, days(), national)

    load_edition(document)

    assert calendar_of(Edition.objects.get(pk=edition.pk)) == days()
