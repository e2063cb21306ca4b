"""An NPWP tells candidates apart like NPP and NIB do; that of a person is the NIK and shown masked."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from awards import taxpayer_number
from awards.candidates.duplicates import Register
from awards.models import Candidate
from paritrana.accounts.models import AuditEvent
from tests import builders as b
from tests.awards.candidates.test_identity import COMPANY

NPWP, OTHER, NIK = "0012345678901000", "0098765432101000", "5101014508900001"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("01.234.567.8-901.000", "0012345678901000"),
        ("012345678901000", "0012345678901000"),
        ("0012 3456 7890 1000", "0012345678901000"),
        (NIK, NIK),
        ("", ""),
    ],
)
def test_it_is_read_with_fifteen_or_sixteen_digits(typed, read):
    assert taxpayer_number.read(typed) == read


@pytest.mark.parametrize("typed", ["1", "01.234.567.8-901", "01234567890100012", "O12345678901000", "٠١٢٣٤٥٦٧٨٩٠١٠٠٠"])
def test_anything_else_is_refused(typed):
    with pytest.raises(ValidationError):
        taxpayer_number.read(typed)


@pytest.mark.parametrize("typed", ["3171O12345670001", "31710123456x70001", "3171012345670001x"])
def test_a_number_with_a_slip_in_it_is_never_proposed_without_it(typed):
    with pytest.raises(ValidationError) as refused:
        taxpayer_number.read(typed)

    assert "31710" not in refused.value.messages[0]


def test_a_number_behind_its_name_is_refused_with_the_number():
    with pytest.raises(ValidationError) as refused:
        taxpayer_number.read("NPWP 01.234.567.8-901.000")

    assert "012345678901000" in refused.value.messages[0]


def test_the_number_of_a_place_of_business_is_refused_with_the_npwp_in_it():
    with pytest.raises(ValidationError) as refused:
        taxpayer_number.read("0012 3456 7890 1000 000001")

    assert NPWP in refused.value.messages[0]


@pytest.fixture
def jembrana(db):
    return b.regency("51.01", "Kabupaten Jembrana")


@pytest.mark.parametrize(
    ("given", "same", "asked"),
    [
        ({"npwp": OTHER}, False, False),
        ({"npwp": NPWP}, True, False),
        ({"npwp": NPWP, "name": "PT Lain"}, False, True),
        ({"npwp": NIK}, False, True),
        ({"npwp": ""}, False, True),
        ({"npwp": NPWP, "nib": "9999999999999"}, False, True),
    ],
)
def test_another_number_is_another_candidate_and_the_same_one_is_asked_about(jembrana, given, same, asked):
    known = b.company(jembrana, "PT Contoh", npwp=NPWP, nib="1234567890123")

    found = Register([known]).find(Candidate(kind="company", region=jembrana, **{"name": "PT Contoh"} | given))

    assert (found.same == known, found.asked == [known]) == (same, asked)


def page(client, jembrana, **more):
    typed = COMPANY | {"region": jembrana.pk, "name": "PT Baru Contoh", "npwp": "01.234.567.8-901.000"} | more
    return client.post(reverse("candidate-create", args=["company"]), typed)


def test_the_form_stores_it_and_asks_about_whoever_has_it(jembrana, signed_in):
    client = signed_in(b.branch_staff(jembrana))

    first = page(client, jembrana)
    asked = page(client, jembrana, name="PT Lain Sekali")
    written = page(client, jembrana, name="PT Lain Sekali", is_new="on")

    assert (first.status_code, asked.status_code, written.status_code) == (302, 409, 302)
    assert list(Candidate.objects.values_list("npwp", flat=True)) == [NPWP, NPWP]


def test_that_of_a_person_is_masked_on_pages_and_in_the_trail(jembrana, signed_in):
    client = signed_in(b.branch_staff(jembrana))
    page(client, jembrana, npwp=NIK)
    made = Candidate.objects.get()

    shown = client.get(made.get_absolute_url()).content.decode()

    assert made.npwp == NIK
    assert NIK not in shown and NIK[-4:] in shown
    assert NIK not in str(AuditEvent.objects.get(verb="candidate.create").detail)
    assert list(Candidate.objects.called(NIK)) == [made]
