"""Candidates: who enters and changes them, duplicates while typing, and the list."""

from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from awards.candidates import actions
from awards.candidates.duplicates import similar
from awards.candidates.export import write_candidates
from awards.models import Candidate, Role
from paritrana.accounts.models import AuditEvent
from tests import builders as b

COMPANY = {"name": "PT Contoh Jaya", "npp": "", "nib": "", "kbli": "", "scale_basis": "", "scale_amount": ""}


def typed(region, **more):
    return COMPANY | {"region": region.pk, "version": 1} | more


@pytest.fixture
def denpasar(bali):
    return b.regency("51.71", "Kota Denpasar")


@pytest.fixture
def nation(bali):
    return b.appointed(Role.NATIONAL_COMMITTEE, bali.edition)


def test_a_branch_enters_a_company_and_its_scale_follows_from_the_law(staff, jembrana, signed_in):
    data = typed(jembrana, npp="aa001122", kbli="55110", scale_basis="modal", scale_amount="5.000.000.001")

    answer = signed_in(staff).post(reverse("candidate-create", args=["company"]), data)

    made = Candidate.objects.get()
    assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
    assert (made.npp, made.scale, made.scale_amount, made.created_by) == ("AA001122", "menengah", 5_000_000_001, staff)
    assert [event.verb for event in AuditEvent.objects.of(made)] == ["candidate.create"]


@pytest.mark.parametrize(
    ("kind", "change", "field"),
    [
        ("village", {"name": "Contoh Kaja"}, "name"),
        ("company", {"nib": "123"}, "nib"),
        ("company", {"kbli": "04"}, "kbli"),
        ("company", {"scale_basis": "modal"}, "scale_amount"),
        ("company", {"scale_amount": "1.000"}, "scale_basis"),
        ("company", {"scale_basis": "modal", "scale_amount": "1,5"}, "scale_amount"),
        ("company", {"name": ""}, "name"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(staff, jembrana, signed_in, kind, change, field):
    page = signed_in(staff).post(reverse("candidate-create", args=[kind]), typed(jembrana, **change))

    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert Candidate.objects.count() == 0


@pytest.mark.parametrize(
    "name", ["Desa Contoh", "gampong Contoh", "Kampung Contoh", "Nagari Contoh", "Kelurahan Contoh"]
)
def test_a_village_keeps_the_word_it_calls_itself_by(staff, jembrana, signed_in, name):
    signed_in(staff).post(
        reverse("candidate-create", args=["village"]), {"name": name, "region": jembrana.pk, "version": 1}
    )

    assert Candidate.objects.get().name == name


def test_outside_the_working_area_nothing_is_entered(staff, denpasar, signed_in):
    page = signed_in(staff).post(reverse("candidate-create", args=["company"]), typed(denpasar))

    assert list(page.context["form"].errors) == ["region"]


def test_whoever_has_left_the_branch_enters_nothing(staff, jembrana, signed_in):
    staff.postings.update(ended_at="2024-01-01T00:00Z")

    assert signed_in(staff).get(reverse("candidate-create", args=["company"])).status_code == 403


def test_a_name_alike_is_asked_about_before_anything_is_written(staff, jembrana, signed_in):
    known = b.company(jembrana, "Contoh Jaya Tbk, PT")
    client, url = signed_in(staff), reverse("candidate-create", args=["company"])

    page = client.post(url, typed(jembrana))
    assert (page.status_code, page.context["similar"]) == (409, [known])
    assert Candidate.objects.count() == 1

    assert client.post(url, typed(jembrana, is_new="on")).status_code == 302
    assert Candidate.objects.count() == 2


def test_while_typing_only_what_one_may_see_is_named(staff, jembrana, denpasar, signed_in):
    seen = b.company(jembrana, "PT Contoh Jayaa", npp="AA001122")
    b.company(denpasar, "PT Contoh Jaya", npp="BB001122")
    client, url = signed_in(staff), reverse("candidate-hints", args=["company"])

    by_name = client.post(url, {"name": "Contoh Jaya", "region": jembrana.pk})
    by_own_number = client.post(url, {"npp": "aa001122"})
    by_foreign_number = client.post(url, {"npp": "BB001122"})

    found = [
        (page.context["similar"], page.context["numbered"]) for page in (by_name, by_own_number, by_foreign_number)
    ]
    assert found == [([seen], []), ([], [seen]), ([], [])]


def test_a_name_is_looked_for_before_a_region_is_chosen_and_a_nib_is_told_under_its_own_box(staff, jembrana, signed_in):
    known = b.company(jembrana, "PT Contoh Jaya", nib="1234567890123")
    client, url = signed_in(staff), reverse("candidate-hints", args=["company"])

    by_name = client.post(url, {"name": "PT Contoh Jaya"})
    by_nib = client.post(url, {"name": "Toko Lain Sama Sekali", "nib": "1234567890123"})

    assert (by_name.context["similar"], by_nib.context["numbered"]) == ([known], [known])
    assert known.name in by_nib.content.decode().split('id="candidate-numbers"')[1].split("</div>")[0]


def test_the_hints_tell_sector_and_scale(staff, jembrana, signed_in):
    asked = {"kbli": "5511", "scale_basis": "penjualan", "scale_amount": "2.000.000.000", "name": "x"}

    page = signed_in(staff).post(reverse("candidate-hints", args=["company"]), asked)

    assert (page.context["scale"], bool(page.context["kbli_section"])) == ("mikro", True)


@pytest.mark.parametrize("number", [{"npp": "BB001122"}, {"nib": "1234567890123"}, {"npwp": "0012345678901000"}])
@pytest.mark.parametrize("address", ["candidate-create", "candidate-edit", "candidate-hints"])
def test_a_number_held_elsewhere_answers_as_a_free_one(staff, jembrana, denpasar, signed_in, number, address):
    own = b.company(jembrana, "PT Milik Sendiri")
    client = signed_in(staff)
    url = reverse(address, args=[own.pk if address == "candidate-edit" else "company"])

    def answered():
        answer = client.post(url, typed(jembrana, name="PT Lain Contoh", **number))
        made = Candidate.objects.order_by("-pk").exclude(name="PT Rahasia").first()
        said = answer.status_code, answer.content, str(answer.get("Location")).replace(str(made.pk), "pk")
        Candidate.objects.exclude(pk=own.pk).delete()
        Candidate.objects.filter(pk=own.pk).update(name="PT Milik Sendiri", version=1, npp="", nib="", npwp="")
        return said

    free = answered()
    b.company(denpasar, "PT Rahasia", **number)

    assert answered() == free


class TestNumbersHeldTwice:
    url = "/kandidat/nomor-ganda/"

    def test_the_office_that_sees_both_settles_them(self, committee, jembrana, denpasar, signed_in):
        both = [b.company(region, f"PT {region}", npp="BB001122") for region in (jembrana, denpasar)]
        b.company(jembrana, "PT Lain", npp="CC001122")
        client = signed_in(committee)

        (row,) = client.get(self.url).context["page"].object_list

        assert (row["number"], row["value"], row["candidates"]) == ("npp", "BB001122", both)
        assert "Dua kandidat memiliki satu NPP" in client.get(reverse("home")).content.decode()
        actions.merge(both[0], both[1], by=committee)
        assert not client.get(self.url).context["page"].object_list

    def test_a_number_of_two_provinces_is_the_nations(self, committee, nation, jembrana, signed_in):
        b.company(jembrana, "PT Satu", nib="1234567890123")
        b.company(b.regency("35.73", "Kota Malang"), "PT Dua", nib="1234567890123")

        assert not signed_in(committee).get(self.url).context["page"].object_list
        assert len(signed_in(nation).get(self.url).context["page"].object_list) == 1

    def test_a_branch_does_not_read_it(self, staff, signed_in):
        assert signed_in(staff).get(self.url).status_code == 403


def test_the_kinds_to_enter_have_one_order(staff, signed_in):
    kinds = [kind for kind, _label in signed_in(staff).get(reverse("candidate-new")).context["kinds"]]

    assert kinds == ["company", "public-service", "small", "university", "village"]


def test_villages_of_one_name_in_two_regencies_are_two(bali, jembrana, tabanan):
    b.company(tabanan, "Desa Contoh", kind="village")

    among = Candidate.objects.all()

    assert similar(among, "village", name="Desa Contoh", region=jembrana) == []
    assert len(similar(among, "village", name="Desa Contoh", region=tabanan)) == 1


def test_a_conflict_shows_both_values_and_writes_nothing(staff, jembrana, signed_in):
    company = b.company(jembrana)
    client, url = signed_in(staff), reverse("candidate-edit", args=[company.pk])
    client.post(url, typed(jembrana, name="PT Baru"))

    page = client.post(url, typed(jembrana, name="PT Lain"))

    assert page.status_code == 409
    assert [(row["mine"], row["theirs"]) for row in page.context["conflict"]["rows"]] == [("PT Lain", "PT Baru")]
    company.refresh_from_db()
    assert (company.name, company.version) == ("PT Baru", 2)

    assert client.post(url, typed(jembrana, name="PT Lain", version=2)).status_code == 302


def test_saving_what_is_there_already_writes_nothing(staff, jembrana):
    company = b.company(jembrana)

    assert actions.change(company, {"name": company.name}, version=1, by=staff) is False
    assert AuditEvent.objects.of(company).count() == 0


def test_a_government_is_not_typed(staff, jembrana, signed_in):
    government = b.candidate(jembrana)

    assert signed_in(staff).get(reverse("candidate-edit", args=[government.pk])).status_code == 403
    assert signed_in(staff).get(reverse("candidate-create", args=["regency"])).status_code == 404


def test_the_list_narrows_by_kind_region_scale_and_name(nation, jembrana, tabanan, signed_in):
    large = b.company(jembrana, "PT Besar", scale="besar", scale_basis="modal", scale_amount=10**11, npp="AA001122")
    village = b.company(tabanan, "Desa Contoh", kind="village")
    client, url = signed_in(nation), reverse("candidates")

    def found(**query):
        return [row.pk for row in client.get(url, query).context["page"]]

    assert found() == [large.pk, village.pk]
    assert [found(kind="village"), found(region="51.01"), found(region="51")] == [[village.pk], [large.pk], found()]
    assert [found(scale="besar"), found(q="BESAR, pt"), found(q="aa001122"), found(q="zzz")] == [[large.pk]] * 3 + [[]]


def test_the_workbook_holds_the_narrowed_rows_and_no_contact(staff, jembrana, signed_in):
    b.company(jembrana, "=PT Rumus", contact="Ibu Contoh", npp="AA001122")

    b.company(jembrana, "Desa Contoh", kind="village")
    client, page = signed_in(staff), f"{reverse('candidates-export')}?kind=company"

    asked = client.post(page)
    answer = client.post(page, {"take": "1"})

    assert (asked.status_code, asked["Location"]) == (302, page)
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert [row[1:5] for row in rows] == [["=PT Rumus", "51.01", "Kabupaten Jembrana", "AA001122"]]
    assert "Ibu Contoh" not in str(rows)


def test_the_workbook_is_made_beside_the_page_for_whoever_asked_with_this_filter(
    staff, nation, jembrana, client, settings
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    b.company(jembrana)
    page, htmx = f"{reverse('candidates-export')}?kind=company", {"HX-Request": "true"}
    client.force_login(staff)

    client.post(page)
    waiting, nothing = client.get(page, headers=htmx), client.post(page, {"take": "1"})
    write_candidates.call(*DBTaskResult.objects.first().args_kwargs["args"])

    assert "data-making" in waiting.content.decode() and nothing.status_code == 302
    assert "data-made" in client.get(page, headers=htmx).content.decode()
    assert "data-made" not in client.get(reverse("candidates-export")).content.decode()
    client.force_login(nation)
    assert "data-made" not in client.get(page).content.decode()


def test_one_candidate_and_many_cost_the_same(staff, jembrana, signed_in):
    client, url = signed_in(staff), reverse("candidates")
    b.company(jembrana, contact="Ibu Contoh")
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for number in range(12):
        b.company(jembrana, f"PT Nomor {number}", contact="Bapak Contoh")

    with CaptureQueriesContext(connection) as many:
        client.get(url)

    assert len(many) == len(one)
