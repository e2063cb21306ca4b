"""Who a row of a workbook is: a number proves it, a name asks, and every row is accounted for."""

import pytest

from awards.models import Candidate, Nomination
from tests import builders as b
from tests.awards.nomination_import.books import confirm, filled, hand_in, row

pytestmark = pytest.mark.django_db
NIB = "1234567890123"


@pytest.fixture
def upload(client, staff, bali):
    """Handing in a workbook of these rows."""
    return lambda *rows: hand_in(client, bali, filled(client, bali, *rows))


def asked(shown):
    return {
        int(question["key"]): [option["value"] for option in question["options"]]
        for question in shown.context["preview"].questions
    }


def became(shown):
    return {each["code"]: each["count"] for each in shown.context["preview"].became if each["count"]}


def names():
    return sorted(Candidate.objects.values_list("name", flat=True))


def test_two_companies_with_two_npp_are_two_drafts(client, bali, upload):
    shown = upload(row("PT Sinar Contoh", npp="11112222"), row("PT Sinar Contoh", npp="33334444"))

    confirm(client, bali, shown)

    assert (asked(shown), Nomination.objects.count(), Candidate.objects.count()) == ({}, 2, 2)


def test_another_npp_is_another_candidate_than_the_known_one_of_that_name(client, bali, upload, jembrana):
    b.company(jembrana, "PT Sinar Contoh", npp="11112222")

    shown = upload(row("PT Sinar Contoh", npp="33334444"))
    confirm(client, bali, shown)

    assert (asked(shown), Candidate.objects.count()) == ({}, 2)


def test_another_legal_form_is_another_candidate(client, bali, upload, jembrana):
    b.company(jembrana, "PT Sinar Contoh")

    confirm(client, bali, upload(row("CV Sinar Contoh", npp="33334444"), row("UD Sinar Contoh", npp="")))

    assert names() == ["CV Sinar Contoh", "PT Sinar Contoh", "UD Sinar Contoh"]


@pytest.mark.parametrize(
    "name",
    [
        "PT Sinar Contoh",
        "P.T. SINAR  CONTOH",
        "Sinar Contoh, PT",
        "PT Sinar–Contoh (Persero) Tbk",
        "РТ Ѕіnаr Соntоh",
        "Sinar Contoh",
    ],
)
def test_one_name_without_a_number_asks_and_writes_nothing(client, bali, upload, jembrana, name):
    known = b.company(jembrana, "PT Sinar Contoh")

    shown = upload(row(name, npp=""))
    answer = confirm(client, bali, shown)

    assert asked(shown) == {2: [str(known.pk), "new"]}
    assert (answer.status_code, Nomination.objects.count(), names()) == (422, 0, ["PT Sinar Contoh"])
    assert 'data-question="2"' in answer.content.decode()


def test_a_new_npp_on_a_known_name_without_one_asks(upload, jembrana):
    known = b.company(jembrana, "PT Sinar Contoh")

    assert asked(upload(row("PT Sinar Contoh", npp="33334444"))) == {2: [str(known.pk), "new"]}


@pytest.mark.parametrize(("answer", "candidates"), [("known", 1), ("new", 2)])
def test_the_answer_of_a_person_decides(client, bali, upload, jembrana, answer, candidates):
    known = b.company(jembrana, "PT Sinar Contoh")
    shown = upload(row("PT Sinar Contoh", npp=""))

    given = {"answer-2": str(known.pk) if answer == "known" else answer}
    looked = confirm(client, bali, shown, **given)
    before = Nomination.objects.count()
    confirm(client, bali, looked, **given)

    assert (looked.context["phase"].outcome, before) == ("answered", 0)
    assert (Nomination.objects.count(), Candidate.objects.count()) == (1, candidates)
    assert (Nomination.objects.get().candidate == known) is (answer == "known")


@pytest.mark.parametrize("forged", ["999999", "row-7", "baru", ""])
def test_an_answer_that_was_not_offered_is_no_answer(client, bali, upload, jembrana, forged):
    b.company(jembrana, "PT Sinar Contoh")
    shown = upload(row("PT Sinar Contoh", npp=""))

    answer = confirm(client, bali, shown, **{"answer-2": forged})

    assert (answer.status_code, Nomination.objects.count()) == (422, 0)


def test_rows_proved_by_numbers_are_no_faults_when_an_answer_was_missing(client, bali, upload, jembrana):
    b.company(jembrana, "PT Sinar Contoh")
    shown = upload(row("PT Sinar Contoh", npp=""), row("PT Lain Contoh", npp="AA001122"))

    assert confirm(client, bali, shown).context["preview"].faults == []


def test_one_nib_on_two_companies_is_asked_about(client, bali, upload, jembrana):
    known = b.company(jembrana, "PT Lama Contoh", npp="AA001122", nib=NIB)

    shown = upload(row("PT Baru Contoh", npp="BB001122", nib=NIB))

    assert asked(shown) == {2: [str(known.pk), "new"]}


def test_one_nib_and_one_name_are_one_candidate(client, bali, upload, jembrana):
    known = b.company(jembrana, "PT Lama Contoh", nib=NIB)

    confirm(client, bali, upload(row("PT. Lama Contoh, Tbk", npp="", nib=NIB)))

    assert Nomination.objects.get().candidate == known


def test_numbers_of_somebody_outside_the_area_are_read_as_free_ones(client, bali, upload):
    b.company(b.regency("35.73", "Kota Malang"), "PT Rahasia Contoh", npp="KK000001", nib=NIB)

    shown = upload(row("PT Baru Contoh", npp="KK000001", nib=NIB))

    assert (asked(shown), shown.context["preview"].faults) == ({}, [])
    assert "Rahasia" not in shown.content.decode()


def test_an_npp_with_another_nib_is_a_fault(upload, jembrana):
    b.company(jembrana, "PT Lama Contoh", npp="AA001122", nib=NIB)

    shown = upload(row("PT Lama Contoh", npp="AA001122", nib="9999999999999"))

    assert [fault.row for fault in shown.context["preview"].faults] == [2]


def test_an_npp_of_another_kind_of_candidate_is_a_fault(upload, jembrana):
    Candidate.objects.create(kind="small", name="Warung Contoh", region=jembrana, npp="AA001122")

    shown = upload(row("PT Warung Contoh", npp="AA001122"))

    assert "Warung Contoh" in shown.context["preview"].faults[0].message


class TestWithinOneFile:
    def test_the_same_npp_twice_is_a_fault(self, upload):
        shown = upload(row("PT Satu", npp="11112222"), row("PT Dua", npp="11112222"))

        assert [fault.row for fault in shown.context["preview"].faults] == [3]

    def test_one_name_twice_without_a_number_asks_of_the_second(self, client, bali, upload):
        shown = upload(row("PT Ma'arif Contoh", npp=""), row("PT Ma’arif Contoh", npp=""))

        confirm(client, bali, confirm(client, bali, shown, **{"answer-3": "row-2"}), **{"answer-3": "row-2"})

        assert (asked(shown), names()) == ({3: ["row-2", "new"]}, ["PT Ma'arif Contoh"])

    def test_a_person_may_say_they_are_two(self, client, bali, upload):
        shown = upload(row("PT Satu Contoh", npp=""), row("PT Satu Contoh", npp=""))

        confirm(client, bali, confirm(client, bali, shown, **{"answer-3": "new"}), **{"answer-3": "new"})

        assert Nomination.objects.count() == 2

    def test_two_rows_cannot_both_be_one_candidate(self, client, bali, upload, jembrana):
        known = b.company(jembrana, "PT Satu Contoh")
        shown = upload(row("PT Satu Contoh", npp=""), row("PT. Satu Contoh", npp=""))

        answer = confirm(client, bali, shown, **{"answer-2": str(known.pk), "answer-3": str(known.pk)})

        assert (answer.status_code, Nomination.objects.count()) == (422, 0)


def test_a_known_candidate_that_does_not_fit_cannot_be_chosen(client, bali, upload, jembrana):
    bali.categories.update(scales=["menengah"])
    known = b.company(jembrana, "PT Sinar Contoh")
    Candidate.objects.update(scale="besar", scale_basis="modal", scale_amount=20_000_000_000)
    shown = upload(row("PT Sinar Contoh", npp=""))

    answer = confirm(client, bali, shown, **{"answer-2": str(known.pk)})

    assert (answer.status_code, Nomination.objects.count()) == (422, 0)
    assert "PT Sinar Contoh" in answer.context["preview"].questions[0]["hint"]


def test_names_without_latin_letters_are_not_one_another(client, bali, upload):
    shown = upload(row("北风公司", npp=""), row("南雨工厂", npp=""), row("Ходима", npp=""))

    confirm(client, bali, shown)

    assert (asked(shown), Nomination.objects.count()) == ({}, 3)


def test_every_row_is_accounted_for(client, bali, upload, jembrana):
    confirm(client, bali, upload(row("PT Dahulu Contoh", npp="AA001122")))
    b.company(jembrana, "PT Tanya Contoh")
    shown = upload(
        row("PT Dahulu Contoh", npp="AA001122"), row("PT Tanya Contoh", npp=""), row("PT Baru", npp="CC001122")
    )
    faulty = upload(row("PT Baru", npp="CC001122"), row("", npp="DD001122"))

    assert (became(shown), shown.context["preview"].count) == ({"new": 1, "same": 1, "asked": 1}, 3)
    assert (became(faulty), faulty.context["preview"].count) == ({"refused": 1, "held-back": 1}, 2)


@pytest.mark.parametrize(
    ("code", "name", "is_read"),
    [("51.01", "", True), ("51.01", "Jembrana", True), ("51.01", "Kab. Tabanan", False), ("5101", "", False)],
)
def test_the_code_and_the_name_of_the_region_must_agree(upload, jembrana, code, name, is_read):
    b.regency("51.02", "Kabupaten Tabanan")

    shown = upload(row(region_code=code, region=name))

    assert (not shown.context["preview"].faults) is is_read


@pytest.mark.parametrize(("npwp", "asks"), [("02.345.678.9-012.000", False), ("01.234.567.8-901.000", True)])
def test_another_npwp_is_another_candidate_and_the_same_one_asks(client, bali, upload, jembrana, npwp, asks):
    known = b.company(jembrana, "PT Lama Contoh", npwp="0012345678901000")

    shown = upload(row("PT Lama Contoh" if not asks else "PT Lain", npp="", npwp=npwp))

    assert asked(shown) == ({2: [str(known.pk), "new"]} if asks else {})
    if not asks:
        confirm(client, bali, shown)
        assert Candidate.objects.filter(npwp="0023456789012000").exists()
