"""Names as they are compared, and who is asked about while a candidate is typed."""

import pytest
from django.urls import reverse

from awards.candidates.duplicates import similar
from awards.models import Candidate
from awards.names import LONGEST, name_key, tidy
from tests import builders as b

NIB = "1234567890123"
COMPANY = {"npp": "", "nib": "", "kbli": "", "scale_basis": "", "scale_amount": "", "version": 1}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PT Contoh Jaya", "P.T. CONTOH JAYA"),
        ("PT Contoh Jaya", "Contoh Jaya, PT."),
        ("PT Contoh Jaya", "Perseroan Terbatas Contoh Jaya"),
        ("PT Contoh Jaya", "PT Contoh Jaya (Persero), Tbk"),
        ("PT Contoh Jaya", "PT Contoh—Jaya"),
        ("PT Contoh Jaya", "РТ Соntоh Jауа"),
        ("PT Contoh Jaya", "ΡΤ Cοntοh Jaya"),
        ("PT Contoh Jaya", "ＰＴ Ｃontoh Jaya"),
        ("PT Contoh Jaya", "PT\u200b Contoh\u00a0Jaya\ufeff"),
        ("CV Ma'arif", "C.V. Ma’arif"),
        ("CV Ma'arif", "cv Maʻarif"),
        ("Koperasi Élan", "Kop. Elan"),
        ("R.S.U.D. Contoh", "RSUD Contoh"),
        ("UD A & B", "Usaha Dagang A dan B"),
    ],
)
def test_spellings_of_one_name_have_one_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PT Sinar", "CV Sinar"),
        ("PT Sinar", "Sinar"),
        ("Koperasi Sinar", "Yayasan Sinar"),
        ("Perum Sinar", "Perumda Sinar"),
        ("Desa Sukamaju", "Kelurahan Sukamaju"),
        ("北京公司", "东方公司"),
        ("شركة النور", "شركة الشمس"),
        ("★", "☆"),
        ("PT 1", "PT 2"),
    ],
)
def test_other_names_and_other_legal_forms_have_other_keys(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("name", ["", "PT", "(Persero)", "!!!", "ﷺ" * LONGEST, "&" * LONGEST])
def test_no_name_breaks_the_key_or_its_length(name):
    assert len(name_key(name)) <= LONGEST


def test_a_written_name_has_nothing_in_it_that_cannot_be_seen():
    assert tidy(" PT\u200b  Ma’arif\t(Persero)\u202e ") == "PT Ma’arif (Persero)"


@pytest.mark.parametrize(
    "typed", ["PT XL", "Kopi Sinar Contoh", "PT Sinra Contoh", "CV Sinar Contoh", "РТ Ѕinar Соntoh"]
)
def test_while_typing_everybody_alike_is_shown(bali, jembrana, typed):
    known = b.company(jembrana, "PT XL" if typed == "PT XL" else "PT Sinar Contoh")

    assert similar(Candidate.objects.all(), "company", name=typed, region=jembrana) == [known]


@pytest.mark.parametrize("typed", ["PT XM", "PT Angin Contoh", "PT Sejahtera"])
def test_others_are_not_shown(bali, jembrana, typed):
    b.company(jembrana, "PT XL")
    b.company(jembrana, "PT Sinar Laut")

    assert similar(Candidate.objects.all(), "company", name=typed, region=jembrana) == []


def test_a_candidate_is_searched_by_words_in_any_spelling(bali, jembrana):
    known = b.company(jembrana, "PT Ma'arif Contoh (Persero)")

    found = [list(Candidate.objects.called(text)) for text in ("contoh, pt", "Ma’arif", "maarif contoh", "РТ Соntоh")]

    assert found == [[known]] * 4


class TestTheForm:
    def typed(self, region, **more):
        return COMPANY | {"region": region.pk, "name": "PT Baru Contoh"} | more

    def test_one_nib_on_another_company_is_asked_about(self, staff, jembrana, signed_in):
        known = b.company(jembrana, "PT Lain Sekali", nib=NIB)
        client, url = signed_in(staff), reverse("candidate-create", args=["company"])

        asked = client.post(url, self.typed(jembrana, nib=NIB))
        written = client.post(url, self.typed(jembrana, nib=NIB, is_new="on"))

        assert (asked.status_code, asked.context["similar"]) == (409, [known])
        assert (written.status_code, Candidate.objects.count()) == (302, 2)

    def test_a_nib_across_kinds_is_asked_about(self, staff, jembrana, signed_in):
        Candidate.objects.create(kind="small", name="Warung Lain", region=jembrana, nib=NIB)

        page = signed_in(staff).post(reverse("candidate-create", args=["company"]), self.typed(jembrana, nib=NIB))

        assert (page.status_code, Candidate.objects.count()) == (409, 1)

    @pytest.mark.parametrize("change", [{"nib": NIB}, {"name": "PT Lain Sekali"}])
    def test_a_change_into_the_identity_of_another_is_asked_about(self, staff, jembrana, signed_in, change):
        b.company(jembrana, "PT Lain Sekali", nib=NIB)
        own = b.company(jembrana, "PT Baru Contoh")
        client, url = signed_in(staff), reverse("candidate-edit", args=[own.pk])

        asked = client.post(url, self.typed(jembrana, **change))
        written = client.post(url, self.typed(jembrana, is_new="on", **change))

        assert (asked.status_code, written.status_code) == (409, 302)

    def test_a_change_of_other_facts_asks_nothing(self, staff, jembrana, signed_in):
        b.company(jembrana, "PT Baru Contoh")
        own = b.company(jembrana, "PT Baru Contoh")

        page = signed_in(staff).post(reverse("candidate-edit", args=[own.pk]), self.typed(jembrana, kbli="55110"))

        assert page.status_code == 302
