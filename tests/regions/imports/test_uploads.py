"""A file handed in: shown before it is written, bound to what was shown, written whole, and only its sender's."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from paritrana.accounts.models import AuditEvent
from paritrana.intake import staging
from paritrana.queue.models import StagedFile, WorkPhase
from regions.models import Coverage, CoverageVersion, Denominator
from tests.builders import branch_staff, coverage, definition, regency, segment

pytestmark = pytest.mark.django_db

YEAR = timezone.localdate().year - 1
HEADER = "year,region_code,segment,workers,participants,territory"


@pytest.fixture
def staff(client, jembrana):
    regency("51.04", "Kabupaten Gianyar")
    user = branch_staff(jembrana)
    client.force_login(user)
    return user


def line(code="PU", workers=1000, participants=500, region="51.01"):
    return f"{YEAR},{region},{code},{workers},{participants},province"


def send(client, *lines, name="cakupan.csv", header=HEADER):
    content = "\n".join([header, *lines]).encode()
    return client.post(reverse("coverage-upload"), {"file": SimpleUploadedFile(name, content)}, follow=True)


def confirm(client, shown, **changed):
    upload, preview = shown.context["upload"], shown.context["preview"]
    sent = {"digest": upload.digest, "fingerprint": preview.fingerprint} | changed
    return client.post(reverse("coverage-upload-read", args=[upload.key]), sent)


def test_looking_at_a_file_writes_nothing(client, staff):
    shown = send(client, line())

    assert (len(shown.context["preview"].changes), Coverage.objects.count()) == (1, 0)


def test_confirming_writes_every_figure_with_the_file_as_its_origin(client, staff):
    shown = send(client, line(), line("BPU", 2000, 70))

    assert confirm(client, shown).status_code == 302
    assert list(Coverage.objects.values_list("segment__code", "participants").order_by("participants")) == [
        ("BPU", 70),
        ("PU", 500),
    ]
    assert set(CoverageVersion.objects.values_list("written_by", "origin")) == {
        (staff.pk, "cakupan.csv:2"),
        (staff.pk, "cakupan.csv:3"),
    }
    assert AuditEvent.objects.filter(verb="coverage.upload").count() == 1


def test_confirming_twice_and_uploading_again_change_nothing_more(client, staff):
    shown = send(client, line())
    confirm(client, shown)

    confirm(client, shown)
    again = send(client, line())

    assert (again.context["preview"].changes, again.context["preview"].same) == ([], 1)
    assert CoverageVersion.objects.count() == 1


def test_one_fault_keeps_the_whole_file_out(client, staff):
    shown = send(client, line(), line("BPU", "1.23", 70))

    assert [(fault.row, fault.column) for fault in shown.context["preview"].faults] == [(3, "workers")]
    page = shown.content.decode()
    assert page.index('tr data-row="3"') < page.index("data-faults")  # what is wrong comes before what was read
    assert confirm(client, shown).status_code == 409
    assert Coverage.objects.count() == 0


@pytest.mark.parametrize("foreign", ["51.04", "99.99"])
def test_a_region_of_somebody_else_refuses_the_file_and_is_as_unknown_as_none(client, staff, foreign):
    coverage(regency("51.04"), YEAR, "PU", workers=777_777, participants=333_333)

    shown = send(client, line(), line(region=foreign))

    faults = [(fault.row, fault.column) for fault in shown.context["preview"].faults]
    assert (faults, shown.context["preview"].changes) == ([(3, "region_code")], [])
    page = shown.content.decode()
    assert [told for told in ("777.777", "333.333", "Gianyar") if told in page] == []
    assert confirm(client, shown).status_code == 409
    assert Coverage.objects.filter(region__code="51.01").count() == 0


def test_what_is_confirmed_is_what_was_shown(client, staff, jembrana):
    coverage(jembrana, YEAR, "PU", workers=1000, participants=400)
    shown = send(client, line())
    Coverage.objects.update(participants=450, version=2)

    stale = confirm(client, shown)

    assert stale.status_code == 409
    assert Coverage.objects.get().participants == 450
    assert confirm(client, stale).status_code == 302
    assert Coverage.objects.get().participants == 500


def test_another_digest_than_the_files_is_refused(client, staff):
    shown = send(client, line())

    assert confirm(client, shown, digest="0" * 64).status_code == 409
    assert Coverage.objects.count() == 0


def test_a_file_replaced_after_it_was_shown_is_refused(client, staff):
    shown = send(client, line())
    StagedFile.objects.update(content=HEADER.encode())

    assert confirm(client, shown).status_code == 409
    assert Coverage.objects.count() == 0


def test_an_upload_is_its_senders_alone(client, staff, jembrana):
    shown = send(client, line())
    client.force_login(branch_staff(jembrana))
    address = reverse("coverage-upload-read", args=[shown.context["upload"].key])

    answers = [
        client.get(address),
        confirm(client, shown),
        client.get(address.replace(shown.context["upload"].key, "x")),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert Coverage.objects.count() == 0


def test_an_upload_is_gone_after_its_day(client, staff, monkeypatch):
    shown = send(client, line())
    monkeypatch.setattr(staging, "LIVES", timedelta(seconds=-1))

    assert confirm(client, shown).status_code == 404
    send(client, line())
    assert not StagedFile.objects.filter(key=shown.context["upload"].key).exists()


def test_only_the_last_few_uploads_of_a_person_are_kept(client, staff):
    keys = [staging.fresh(staff, "a.csv").key for _number in range(staging.MOST_KEPT + 3)]

    assert [staging.find(staff, key) is not None for key in keys] == [False] * 3 + [True] * staging.MOST_KEPT


@pytest.mark.parametrize("key", ["..", "../../etc", "%2e%2e", "x" * 22])
def test_a_key_that_is_none_finds_nothing(client, staff, key):
    assert staging.find(staff, key) is None


def test_closed_figures_and_workers_of_an_office_are_not_changed_by_a_file(client, staff, jembrana):
    coverage(jembrana, YEAR, "PU", locked_at=timezone.now(), locked_by=staff)
    Denominator.objects.create(
        region=jembrana, year=YEAR, segment=segment("BPU"), workers=4000, definition=definition()
    )

    shown = send(client, line("PU", 1000, 501), line("BPU", 4001, 10))

    assert [fault.row for fault in shown.context["preview"].faults] == [2, 3]


def test_a_closed_figure_the_file_leaves_as_it_is_is_no_fault(client, staff, jembrana):
    coverage(jembrana, YEAR, "PU", workers=1000, participants=500, locked_at=timezone.now(), locked_by=staff)

    shown = send(client, line(), line("BPU", 2000, 70))

    assert (shown.context["preview"].faults, shown.context["preview"].same) == ([], 1)


@pytest.mark.parametrize("name", ["cakupan.xls", "cakupan.xlsm", "cakupan.xlsx", "cakupan.pdf"])
def test_a_renamed_file_is_refused_in_one_sentence(client, staff, name):
    shown = send(client, line(), name=name)

    assert (shown.context["phase"].state, bool(shown.context["phase"].reason)) == ("refused", True)


def test_a_file_too_large_is_not_even_kept(client, staff, settings):
    big = SimpleUploadedFile("a.csv", b"x" * (10 * 1024 * 1024 + 1))

    assert client.post(reverse("coverage-upload"), {"file": big}).status_code == 422


def test_no_file_is_an_error_of_the_form(client, staff):
    assert client.post(reverse("coverage-upload"), {}).status_code == 422


def test_a_preview_costs_the_same_queries_for_one_row_and_for_many(client, staff, jembrana):
    one, many = (
        send(client, line()),
        send(client, line(), line("BPU", 20, 10), line("BPU", 1, 1).replace(str(YEAR), str(YEAR - 1))),
    )
    counted = []
    for shown in (one, many):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("coverage-upload-read", args=[shown.context["upload"].key]))
        counted.append(len(queries))

    assert counted[0] == counted[1]


def test_a_long_file_shows_how_far_it_is_and_cannot_be_confirmed_yet(client, staff):
    upload = staging.fresh(staff, "a.csv", [b"x"])
    address = reverse("coverage-upload-read", args=[upload.key])
    WorkPhase.objects.create(key=upload.work, state="reading", done=12_000, of=50_000, is_working=True)

    answers = [client.get(address), client.get(address, HTTP_HX_REQUEST="true"), client.post(address)]

    assert [answer.context["phase"].done for answer in answers] == [12_000] * 3
    assert [b"data-working" in answer.content for answer in answers] == [True] * 3
    assert [b"<html" in answer.content for answer in answers] == [True, False, True]
    assert Coverage.objects.count() == 0
