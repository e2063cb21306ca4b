"""People with postings by a file: accounts are opened, postings given, links mailed; nothing is taken away."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from paritrana.accounts.models import AuditEvent, User
from paritrana.intake import pages
from regions.models import Branch, Posting
from tests import builders as make
from tests.paritrana.intake.confirming import answer as answer_and_confirm
from tests.paritrana.intake.confirming import asked, confirm

pytestmark = pytest.mark.django_db
HEAD = "surel;nama;jabatan;nip;jenis kantor;kantor cabang;kantor wilayah"


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A busy machine must not show the progress where a test looks for the result."""
    monkeypatch.setattr(pages, "PATIENCE", 60)


@pytest.fixture
def administrator(client):
    user = make.administrator()
    client.force_login(user)
    return user


@pytest.fixture
def denpasar():
    make.branch_staff(make.regency("51.71", "Kota Denpasar"))
    Branch.objects.update(name="Bali Denpasar")
    return Branch.objects.get()


def hand_in(client, *lines):
    file = SimpleUploadedFile("pengguna.csv", "\n".join([HEAD, *lines]).encode())
    return client.post(reverse("people-upload"), {"file": file}, follow=True)


def faults(page):
    return [(fault["row"], fault["column"]) for fault in page.context["faults"]]


def test_new_people_get_an_account_a_posting_and_a_link(client, administrator, denpasar):
    page = hand_in(client, "Ani@Contoh.id;Ani;Kepala Bidang;;;Cabang Bali Denpasar;", "budi@contoh.id;Budi;;;jauh;;")
    assert faults(page) == [(3, "E · Jenis kantor")]
    page = hand_in(client, "Ani@Contoh.id;Ani;Kepala Bidang;;;Cabang Bali Denpasar;", "budi@contoh.id;Budi;;;pusat;;")
    before = User.objects.filter(email="ani@contoh.id").exists()

    confirm(client, page)

    ani = User.objects.get(email="ani@contoh.id")
    assert (before, ani.office, ani.has_usable_password()) == (False, "Kepala Bidang", False)
    assert list(Posting.objects.filter(user__email__endswith="contoh.id").values_list("place", "branch")) == [
        ("branch", denpasar.pk),
        ("head", None),
    ]
    assert sorted(letter.to[0] for letter in mail.outbox) == ["ani@contoh.id", "budi@contoh.id"]
    verbs = AuditEvent.objects.filter(actor=administrator).order_by("pk").values_list("verb", flat=True)
    assert [verb for verb in verbs if verb.startswith(("account.open", "posting"))] == [
        *["account.open", "posting.grant"] * 2
    ]


def test_a_second_time_the_file_says_what_is_there_already(client, administrator, denpasar):
    line = "ani@contoh.id;Ani;;;;Bali Denpasar;"
    confirm(client, hand_in(client, line))

    page = hand_in(client, line).context["preview"]

    assert (page.count, page.new, page.altered, page.same) == (1, 0, 0, 1)


def test_a_person_known_already_gets_another_posting_and_keeps_what_the_file_leaves_empty(
    client, administrator, denpasar
):
    ani = User.objects.create_user("ani@contoh.id", name="Ani", office="Kepala Bidang")

    page = hand_in(client, "ani@contoh.id;Ani Lestari;;;;Bali Denpasar;")
    confirm(client, page)

    ani.refresh_from_db()
    cells = {cell["column"]: (cell["old"], cell["value"]) for cell in page.context["preview"].changes[0]["cells"]}
    assert (cells["name"], cells["branch"], "office" in cells) == (
        ("Ani", "Ani Lestari"),
        ("", "Bali Denpasar"),
        False,
    )
    assert (ani.name, ani.office, ani.postings.get().branch, mail.outbox) == (
        "Ani Lestari",
        "Kepala Bidang",
        denpasar,
        [],
    )


def test_one_person_may_have_two_rows_that_agree(client, administrator, denpasar):
    office = denpasar.regional_office.name
    page = hand_in(client, "ani@contoh.id;Ani;;;;Bali Denpasar;", f"ani@contoh.id;Ani;;;;;{office}")

    confirm(client, page)

    assert User.objects.get(email="ani@contoh.id").postings.count() == 2
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        (["ani.contoh.id;Ani;;;;Bali Denpasar;"], (2, "A · Surel")),
        (["аni@contoh.id;Ani;;;;Bali Denpasar;"], (2, "A · Surel")),
        (["ani@contoh.id;;;;;Bali Denpasar;"], (2, "B · Nama")),
        (["ani@contoh.id;Ani;;;;Bali Selatan;"], (2, "F · Kantor cabang")),
        (["ani@contoh.id;Ani;;;kantor wilayah;Bali Denpasar;"], (2, "G · Kantor wilayah")),
        (["ani@contoh.id;Ani;;;kantor pusat;Bali Denpasar;"], (2, "F · Kantor cabang")),
        (["tutup@contoh.id;Tutup;;;;Bali Denpasar;"], (2, "A · Surel")),
    ],
)
def test_a_row_that_cannot_be_meant_keeps_the_whole_file_out(client, administrator, denpasar, lines, where):
    User.objects.create_user("tutup@contoh.id", name="Tutup", is_active=False)

    page = hand_in(client, *lines, "citra@contoh.id;Citra;;;;Bali Denpasar;")

    assert faults(page) == [where]
    assert confirm(client, page).status_code == 409
    assert not User.objects.filter(email="citra@contoh.id").exists()


def test_the_command_writes_in_somebodys_name_and_a_dry_run_writes_nothing(tmp_path, administrator, denpasar):
    path = tmp_path / "pengguna.csv"
    path.write_text("email,name,branch\nani@contoh.id,Ani,Bali Denpasar\n")

    call_command("import_people", str(path), by=administrator.email, dry_run=True, verbosity=0)
    before = User.objects.filter(email="ani@contoh.id").count()
    call_command("import_people", str(path), by=administrator.email, verbosity=0)

    assert (before, User.objects.filter(email="ani@contoh.id").count()) == (0, 1)
    with pytest.raises(CommandError):
        call_command("import_people", str(path), by="nobody@contoh.id")


def test_the_command_takes_nothing_of_somebody_who_may_not_open_accounts(tmp_path, denpasar):
    path, stranger = tmp_path / "pengguna.csv", User.objects.create_user("budi@contoh.id", name="Budi")
    path.write_text("email,name\nani@contoh.id,Ani\n")

    with pytest.raises(CommandError) as refusal:
        call_command("import_people", str(path), by=stranger.email, dry_run=True)

    assert (refusal.value.returncode, User.objects.filter(email="ani@contoh.id").exists()) == (1, False)


def test_an_employee_number_is_one_however_its_digits_are_grouped(client, administrator):
    page = hand_in(client, "ani@contoh.id;Ani;;NIP. 19800101 200501 1 001;;;")

    assert confirm(client, page).status_code == 302
    assert User.objects.get(email="ani@contoh.id").employee_number == "198001012005011001"


def test_a_row_there_twice_is_written_once(client, administrator, denpasar):
    page = hand_in(client, "ani@contoh.id;Ani;;;;Bali Denpasar;", "ANI@contoh.id;Ani;;;;Bali Denpasar;")

    became = {each["code"]: each["which"] for each in page.context["preview"].became if each["count"]}
    assert became == {"new": "2", "left-out": "3"}


@pytest.mark.parametrize(
    ("lines", "key", "name"),
    [
        (["ani@contoh.id;Ani;;;;Bali Denpasar;", "ani@contoh.id;Anis;;;kantor pusat;;"], "B2-3", "Anis"),
        (["ani@contoh.id;Ani;;;;Bali Denpasar;", "ani@contoh.id;Anis;;;;Bali Denpasar;"], "B2-3", "Ani"),
        (
            ["ani@contoh.id;Ani;;1980;kantor pusat;;", "anis@contoh.id;Ani;;1980;;Bali Denpasar;"],
            "A2-3",
            "ani@contoh.id",
        ),
    ],
)
def test_which_of_two_things_said_of_one_person_is_right_is_asked(client, administrator, denpasar, lines, key, name):
    page = hand_in(client, *lines)

    confirm(client, confirm(client, page, **{key: name}), **{key: name})

    assert list(asked(page)) == [key]
    (user,) = User.objects.filter(email__endswith="contoh.id").exclude(pk=administrator.pk)
    assert name in (user.name, user.email)


@pytest.mark.parametrize(("answer", "accounts"), [("ani@lama.id", 1), ("new", 2)])
@pytest.mark.parametrize(
    "line", ["ani@contoh.id;Lestari Ani;;1980;;Bali Denpasar;", "ani@contoh.id;ANI;;;;Bali Denpasar;"]
)
def test_whether_somebody_has_an_account_under_another_address_is_asked(
    client, administrator, denpasar, line, answer, accounts
):
    known = User.objects.create_user("ani@lama.id", name="Ani", employee_number="1980")

    page = hand_in(client, line)
    answer_and_confirm(client, page, **{"2": answer})

    assert asked(page) == {"2": ["ani@lama.id", "new"]}
    assert User.objects.filter(email__in=["ani@lama.id", "ani@contoh.id"]).count() == accounts
    assert known.postings.count() == 2 - accounts


def test_another_nip_is_another_person(client, administrator, denpasar):
    User.objects.create_user("ani@lama.id", name="Ani", employee_number="1980")

    assert asked(hand_in(client, "ani@contoh.id;Ani;;1981;;Bali Denpasar;")) == {}


ANI = "ani@lama.id"


@pytest.fixture
def ani(administrator, denpasar):
    return User.objects.create_user(ANI, name="Ani")


def test_a_row_that_becomes_the_account_of_another_row_must_agree_with_it(client, ani):
    lines = [f"{ANI};Ani;Kepala;;;Bali Denpasar;", "a2@x.id;Ani;Kabid;;pusat;;"]

    looked = confirm(client, hand_in(client, *lines), **{"3": ANI})

    (question,) = looked.context["preview"].questions
    assert (looked.status_code, question["answer"]) == (422, "")
    assert "Samakan" in question["hint"]


def test_two_rows_that_become_one_posting_of_one_account_are_written_once(client, ani, denpasar):
    page = hand_in(client, "a1@x.id;Ani;;;;Bali Denpasar;", "a2@x.id;Ani;;;;Bali Denpasar;")

    written = answer_and_confirm(client, page, **{"2": ANI, "3": ANI})

    assert (written.status_code, ani.postings.get().branch) == (302, denpasar)


def test_what_only_one_of_the_rows_of_a_person_says_is_written(client, ani):
    page = hand_in(client, "a1@x.id;Ani;;;;Bali Denpasar;", "a2@x.id;Ani;Kabid;;pusat;;")

    answer_and_confirm(client, page, **{"2": ANI, "3": ANI})

    ani.refresh_from_db()
    assert (ani.office, ani.postings.count()) == ("Kabid", 2)


def test_who_a_new_address_is_asked_once_for_all_its_rows(client, ani):
    page = hand_in(client, "a1@x.id;Ani;;;;Bali Denpasar;", "a1@x.id;Ani;;;pusat;;")

    answer_and_confirm(client, page, **{"2": ANI})

    assert asked(page) == {"2": [ANI, "new"]}
    assert page.context["preview"].questions[0]["which"] == "baris 2–3"
    assert ani.postings.count() == 2
