"""Dates are set on the selection's own clock and in order; a close moved later is an extension, with its reason."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar

from awards.models import Letter, Nomination, Role, Selection, StageDate
from awards.selections import calendar, overview
from awards.selections.calendar import Span, dates_of, fingerprint
from awards.stages import DATED, Stage
from paritrana.accounts import trail
from paritrana.accounts.models import AuditEvent
from paritrana.display import formats
from tests import builders as b
from tests.awards.conftest import at

NOW = timezone.now().replace(second=0, microsecond=0)
DAY = datetime.timedelta(days=1)


def plan(**closes):
    """Each stage lasts ten days and follows the one before; given are other closes, or spans, by stage."""
    spans = {
        stage: Span(NOW + (place * 10 - 5) * DAY, NOW + (place * 10 + 5) * DAY) for place, stage in enumerate(DATED)
    }
    for name, close in closes.items():
        stage = Stage[name]
        spans[stage] = close if isinstance(close, Span) else spans[stage]._replace(closes_at=close)
    return spans


def put(selection, wanted, by, seen=None):
    return calendar.set_calendar(selection, wanted, seen=seen or fingerprint(dates_of(selection)), by=by)


def faulty(selection, wanted, by) -> dict[str, str]:
    with pytest.raises(ValidationError) as caught:
        put(selection, wanted, by)
    return {field: errors[0].code for field, errors in caught.value.error_dict.items()}


def typed(selection, spans):
    data = {"seen": fingerprint(dates_of(selection))}
    for stage, span in spans.items():
        for edge, moment in (("opens", span.opens_at), ("closes", span.closes_at)):
            local = moment and timezone.localtime(moment, selection.tzinfo)
            data[f"{stage}_{edge}"] = local.strftime("%Y-%m-%dT%H:%M") if local else ""
        data[f"{stage}_reason"] = span.reason
    return data


@pytest.fixture
def page(bali):
    return reverse("calendar", args=[bali.slug])


def test_dates_are_written_once_and_recorded_and_the_same_again_changes_nothing(bali, committee):
    assert put(bali, plan(), committee)
    assert not put(bali, plan(), committee)

    assert {stage: (date.opens_at, date.closes_at) for stage, date in dates_of(bali).items()} == {
        stage: span[:2] for stage, span in plan().items()
    }
    assert AuditEvent.objects.filter(verb="calendar.set").count() == 1
    assert list(trail.faults()) == []


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"NOMINATION": Span(NOW, None)}, {"nominasi_closes": "half"}),
        ({"NOMINATION": Span(None, NOW)}, {"nominasi_opens": "half"}),
        ({"NOMINATION": Span(NOW, NOW)}, {"nominasi_closes": "order"}),
        ({"NOMINATION": NOW + 6 * DAY}, {"verifikasi_opens": "overlap"}),
        ({"VERIFICATION": Span(), "NOMINATION": NOW + 16 * DAY}, {"wawancara_opens": "overlap"}),
    ],
)
def test_what_is_out_of_order_is_refused_beside_its_field_and_nothing_is_written(bali, committee, changes, wrong):
    assert faulty(bali, plan(**changes), committee) == wrong
    assert not StageDate.objects.exists()


def test_a_stage_may_stay_without_dates(bali, committee):
    put(bali, plan(PLENARY=Span()), committee)

    assert Stage.PLENARY not in dates_of(bali)


def test_a_close_moved_later_needs_a_reason_and_keeps_the_one_first_planned(bali, committee):
    put(bali, plan(), committee)
    first = plan()[Stage.NOMINATION].closes_at
    rest = {"VERIFICATION": Span(NOW + 9 * DAY, NOW + 15 * DAY)}

    assert faulty(bali, plan(NOMINATION=first + DAY, **rest), committee) == {"nominasi_reason": "reason"}
    for days, reason in ((1, "Banjir"), (2, "Banjir lagi")):
        put(bali, plan(NOMINATION=Span(NOW - 5 * DAY, first + days * DAY, reason), **rest), committee)

    date = dates_of(bali)[Stage.NOMINATION]
    assert (date.closes_at, date.planned_close, date.extension_reason) == (first + 2 * DAY, first, "Banjir lagi")
    assert [event.detail["reason"] for event in AuditEvent.objects.filter(verb="calendar.extend").order_by("pk")] == [
        "Banjir",
        "Banjir lagi",
    ]


def test_moved_back_to_the_plan_it_is_no_extension_any_more(bali, committee):
    put(bali, plan(), committee)
    first = plan()[Stage.PLENARY].closes_at
    rest = {"ANNOUNCED": Span(NOW + 40 * DAY, NOW + 41 * DAY)}
    put(bali, plan(PLENARY=Span(NOW + 25 * DAY, first + DAY, "Banjir"), **rest), committee)
    put(bali, plan(PLENARY=Span(NOW + 25 * DAY, first, "Banjir"), **rest), committee)

    date = dates_of(bali)[Stage.PLENARY]
    assert (date.closes_at, date.planned_close, date.extension_reason) == (first, None, "")


def test_a_close_brought_forward_needs_a_reason_too_and_says_so(bali, committee):
    put(bali, plan(), committee)
    first = plan()[Stage.NOMINATION].closes_at

    assert faulty(bali, plan(NOMINATION=first - DAY), committee) == {"nominasi_reason": "reason"}
    put(bali, plan(NOMINATION=Span(NOW - 5 * DAY, first - DAY, "Gubernur berhalangan")), committee)

    with translation.override("en"):
        told = dates_of(bali)[Stage.NOMINATION].opening_text
    assert "brought forward from" in told and "Gubernur berhalangan" in told


def test_whoever_has_an_open_draft_gets_a_letter_when_the_close_is_brought_forward(bali, committee):
    staff = b.branch_staff(b.regency())
    b.nomination(bali, b.regency(), by=staff)
    first, rest = plan()[Stage.NOMINATION].closes_at, {"VERIFICATION": Span(NOW + 9 * DAY, NOW + 15 * DAY)}
    put(bali, plan(**rest), committee)

    put(bali, plan(NOMINATION=Span(NOW - 5 * DAY, first + DAY, "Banjir"), **rest), committee)
    assert not Letter.objects.exists()
    put(bali, plan(NOMINATION=Span(NOW - 5 * DAY, first - DAY, "Berhalangan"), **rest), committee)

    (letter,) = Letter.objects.all()
    assert letter.to == staff
    assert "Berhalangan" in letter.body


def test_the_first_moment_of_a_stage_that_is_open_is_not_moved_into_the_future(bali, committee):
    put(bali, plan(), committee)

    assert faulty(bali, plan(NOMINATION=Span(NOW + DAY, NOW + 5 * DAY)), committee) == {"nominasi_opens": "begun"}


def test_what_is_announced_has_a_day_and_no_close(bali, committee, signed_in, page):
    client = signed_in(committee)
    assert "diumumkan_closes" not in client.get(page).context["form"].fields

    client.post(page, typed(bali, {}) | {"diumumkan_opens": "2026-03-01T08:00"})

    assert dates_of(bali)[Stage.ANNOUNCED].opening_text == ""
    announced = overview.timeline(bali)[-1]
    assert (announced["ends"], announced["is_planned"], announced["note"]) == (None, True, "")


def test_in_the_preparation_dates_are_a_plan_and_move_and_go_without_a_reason(bali, committee):
    put(at(bali, Stage.PREPARATION), plan(), committee)

    put(bali, plan(ANNOUNCED=NOW + 60 * DAY, PLENARY=Span()), committee)

    assert Stage.PLENARY not in dates_of(bali)
    assert dates_of(bali)[Stage.ANNOUNCED].planned_close is None


def test_a_date_once_announced_is_not_taken_away_and_no_close_is_moved_into_the_past(bali, committee):
    put(bali, plan(), committee)

    assert faulty(bali, plan(PLENARY=Span()), committee) == {"pleno_closes": "removed"}
    assert faulty(bali, plan(NOMINATION=NOW - DAY), committee) == {"nominasi_closes": "past"}


def test_a_deadline_that_has_passed_opens_again_when_it_is_extended(bali, committee):
    nomination = b.nomination(bali)
    StageDate.objects.create(selection=bali, stage=Stage.NOMINATION, opens_at=NOW - 9 * DAY, closes_at=NOW - DAY)
    mendable = type(nomination).objects.mendable()
    assert not mendable.exists()

    put(bali, {Stage.NOMINATION: Span(NOW - 9 * DAY, NOW + DAY, "Banjir")}, committee)

    assert mendable.all().exists()


def test_an_extension_opens_the_drafts_of_its_own_province_alone(bali, committee):
    ntb = b.selection(Stage.NOMINATION, at=b.province("52", "Nusa Tenggara Barat"))
    over = {"opens_at": NOW - 20 * DAY, "closes_at": NOW - DAY}
    for selection, region in ((bali, b.regency()), (ntb, b.regency("52.01", "Kabupaten Lombok Barat"))):
        StageDate.objects.create(selection=selection, stage=Stage.NOMINATION, **over)
        b.nomination(selection, region)

    put(bali, {Stage.NOMINATION: Span(over["opens_at"], NOW + DAY, "Banjir")}, committee)

    assert [row.selection for row in Nomination.objects.mendable()] == [bali]
    assert dates_of(ntb)[Stage.NOMINATION].closes_at == over["closes_at"]


def test_what_is_typed_is_read_on_the_clock_of_the_province_whatever_the_server_s(bali, committee, signed_in, page):
    with timezone.override("America/New_York"):
        answer = signed_in(committee).post(
            page, typed(bali, {}) | {"nominasi_opens": "2026-03-01T08:00", "nominasi_closes": "2026-03-31T23:59"}
        )

    assert answer.status_code == 302
    assert dates_of(bali)[Stage.NOMINATION].closes_at == datetime.datetime(2026, 3, 31, 15, 59, tzinfo=datetime.UTC)


def test_the_page_shows_again_what_is_saved(bali, committee, signed_in, page):
    put(bali, plan(), committee)
    client = signed_in(committee)
    form = client.get(page).context["form"]
    shown = {name: form[name].value() for name in form.fields}

    client.post(page, {name: "" if value is None else str(value)[:16] for name, value in shown.items()})

    assert AuditEvent.objects.filter(verb="calendar.set").count() == 1


def test_of_two_committees_saving_the_later_sees_both_values_and_writes_nothing(bali, committee, signed_in, page):
    mine = typed(bali, plan())
    put(bali, plan(PLENARY=NOW + 27 * DAY), b.committee(bali))

    late = signed_in(committee).post(page, mine)

    assert late.status_code == 409
    assert [row["theirs"] for row in late.context["conflict"]["rows"]] == [bali.moment(NOW + 27 * DAY)]
    assert dates_of(bali)[Stage.PLENARY].closes_at == NOW + 27 * DAY
    assert late.context["form"].data["seen"] == fingerprint(dates_of(bali))


def test_faults_stand_beside_their_fields_and_what_was_typed_stays(bali, committee, signed_in, page):
    put(bali, plan(), committee)

    answer = signed_in(committee).post(page, typed(bali, plan(PLENARY=NOW + 34 * DAY)))

    assert answer.context["form"].errors.as_data()["pleno_reason"][0].code == "reason"
    assert answer.context["form"]["pleno_closes"].value().startswith(str((NOW + 34 * DAY).date())[:8])


def test_the_national_selection_reads_on_all_three_clocks(db):
    b.category()
    nation = b.selection(national=True)
    moment = datetime.datetime(2026, 3, 31, 16, 59, tzinfo=datetime.UTC)

    with translation.override("en"):
        told = nation.moment(moment).replace(formats.NARROW, " ")
        assert told == "31 March 2026 23:59 WIB / 1 April 2026 00:59 WITA / 01:59 WIT"
        assert formats.everywhere(None) == formats.DASH


def test_an_extension_is_told_wherever_the_deadline_is(bali, committee, signed_in):
    put(bali, plan(), committee)
    extended = Span(NOW - 5 * DAY, NOW + 7 * DAY, "Banjir di Jembrana")
    put(bali, plan(NOMINATION=extended, VERIFICATION=Span(NOW + 8 * DAY, NOW + 15 * DAY)), committee)
    client = signed_in(committee)

    pages = [client.get(address).content.decode() for address in ("/", reverse("selections"), bali.get_absolute_url())]

    assert [page.count("Banjir di Jembrana") > 0 for page in pages] == [True, True, True]


def test_the_file_holds_each_stage_in_utc_and_no_interview(bali, committee, signed_in):
    put(bali, plan(), committee)

    answer = signed_in(committee).get(reverse("calendar-file", args=[bali.slug]))
    events = Calendar.from_ical(answer.content).walk("VEVENT")

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert [(str(event["uid"]).split("@")[0], event["dtstart"].dt, event["dtend"].dt) for event in events] == [
        (f"{bali.slug}-{stage}", span.opens_at, span.closes_at) for stage, span in plan().items()
    ]
    assert {event["dtend"].to_ical()[-1:] for event in events} == {b"Z"}
    assert ["WITA" in event["description"] for event in events] == [True, True, True, True, False]


@pytest.mark.parametrize("role", [Role.JUROR, Role.CHAIR, Role.SECRETARY, Role.AUDITOR])
def test_only_the_committee_sets_dates(bali, signed_in, role, page):
    user = b.appointed(role, bali.edition if role == Role.AUDITOR else bali)

    assert signed_in(user).post(page, typed(bali, plan())).status_code == 403
    assert not Selection.objects.get().dates.exists()
