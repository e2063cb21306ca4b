"""n of m kabupaten/kota protect their own staff: answered with evidence, verified by somebody else, for any year."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from paritrana.accounts.models import AuditEvent
from regions.indicators import actions, counting
from regions.indicators.actions import Said
from regions.models import Indicator, IndicatorAnswer
from tests import builders as make

pytestmark = pytest.mark.django_db
YEAR = 2020
YES = Said(True, "SK Bupati 12/2020", "", 0)


@pytest.fixture
def staff():
    return Indicator.objects.create(code="non-asn", name="Pelindungan pegawai non-ASN", question="Apakah?", order=1)


@pytest.fixture
def area():
    return [make.regency(f"63.0{number}", f"Kabupaten {number}") for number in range(1, 5)]


def province_page(area, year=YEAR):
    return reverse("indicator-province", args=[area[0].parent.code]) + f"?indicator=non-asn&year={year}"


def verify_page(area):
    return reverse("indicator-verify", args=[area[0].parent.code]) + f"?indicator=non-asn&year={YEAR}"


def answer_page(area, year=YEAR):
    return reverse("indicator-answer", args=[area[0].parent.code]) + f"?indicator=non-asn&year={year}"


def test_nine_of_thirteen_is_counted_for_a_year_long_past(staff):
    regions = [make.regency(f"63.{number:02}", f"Kabupaten {number}") for number in range(1, 14)]
    by = make.branch_staff(*regions)
    said = {region: YES if number < 9 else Said(False, "", "", 0) for number, region in enumerate(regions)}
    actions.answer(staff, YEAR, said, by=by)

    [count] = counting.by_province(staff, YEAR, [regions[0].parent])

    assert (count.met, count.of, count.answered, count.verified) == (9, 13, 13, 0)
    assert counting.by_province(staff, YEAR + 1, [regions[0].parent])[0].met == 0


def test_a_branch_answers_for_its_area_and_everybody_reads_the_count(client, staff, area):
    client.force_login(make.branch_staff(*area[:2]))
    form = client.get(answer_page(area)).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    client.post(answer_page(area), data | {"met-63.01": "ya", "evidence-63.01": "SK 12/2020", "met-63.02": "tidak"})
    own = client.get(province_page(area)).content.decode()
    client.force_login(make.person())
    strange = client.get(province_page(area))

    assert list(IndicatorAnswer.objects.values_list("region__code", "is_met")) == [("63.01", True), ("63.02", False)]
    assert "SK 12/2020" in own and "SK 12/2020" not in strange.content.decode()
    assert (strange.context["count"].met, strange.context["count"].of) == (1, 4)
    assert client.get(reverse("indicators"), {"year": YEAR}).context["met"] == 1
    assert AuditEvent.objects.filter(verb="indicator.answer").count() == 2


@pytest.mark.parametrize(
    ("typed", "faulty"),
    [({"met-63.01": "ya"}, "evidence-63.01"), ({"evidence-63.01": "SK 12"}, "met-63.01")],
)
def test_a_yes_is_proved_and_evidence_alone_is_no_answer(client, staff, area, typed, faulty):
    client.force_login(make.branch_staff(*area))
    form = client.get(answer_page(area)).context["form"]
    page = client.post(answer_page(area), {name: form[name].value() or "" for name in form.fields} | typed)

    assert (page.status_code, list(page.context["form"].errors)) == (422, [faulty])
    assert not IndicatorAnswer.objects.exists()


def test_a_changed_answer_is_verified_anew_and_never_by_whoever_gave_it(client, staff, area):
    by, officer = make.branch_staff(*area), make.regional_officer()
    area[0].parent.__class__.objects.filter(pk=area[0].parent_id).update(
        regional_office=officer.postings.get().regional_office
    )
    actions.answer(staff, YEAR, {area[0]: YES}, by=by)
    row = IndicatorAnswer.objects.get()
    with pytest.raises(ValidationError) as own:
        actions.verify([row], {row.pk: 1}, by=by)
    client.force_login(officer)
    client.post(verify_page(area), {"pick": f"{row.pk}:1"})
    row.refresh_from_db()
    verified = row.verified_by
    actions.answer(staff, YEAR, {area[0]: YES._replace(evidence="Perbup 3/2020", based_on=1)}, by=by)
    row.refresh_from_db()

    assert (own.value.code, verified, row.verified_by, row.version) == ("four-eyes", officer, None, 2)


def test_two_people_at_once_do_not_overwrite_each_other(staff, area):
    by = make.branch_staff(*area)
    actions.answer(staff, YEAR, {area[0]: YES}, by=by)

    with pytest.raises(ValidationError) as late:
        actions.answer(staff, YEAR, {area[0]: Said(False, "", "", 0)}, by=by)

    assert late.value.code == "conflict"
    actions.answer(staff, YEAR, {area[0]: Said(None, "", "", 1)}, by=by)
    assert not IndicatorAnswer.objects.exists()


def test_the_database_refuses_a_yes_without_evidence_and_a_second_answer(staff, area):
    by = make.branch_staff(*area)
    row = {"indicator": staff, "region": area[0], "year": YEAR, "answered_by": by}

    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorAnswer.objects.create(**row, is_met=True)
    IndicatorAnswer.objects.create(**row, is_met=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorAnswer.objects.create(**row, is_met=False)


def test_another_office_verifies_nothing(client, staff, area):
    client.force_login(make.branch_staff(*area))

    assert client.post(verify_page(area), {}).status_code == 403
