"""People are looked after by administrators only; no password is chosen for anybody; every change is in the trail."""

import json
import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Appointment, Role
from paritrana.accounts import pseudonyms, trail
from paritrana.accounts.models import AuditEvent, User
from regions.models import Posting
from tests import builders as b

pytestmark = pytest.mark.django_db
NEW = {"email": "Made@Dinas.Example", "name": "Made Wirata", "office": "Kepala Dinas", "employee_number": "1980"}


@pytest.fixture
def administrator(client):
    user = b.administrator()
    client.force_login(user)
    return user


@pytest.fixture
def somebody():
    return b.person("Ketut")


PAGES = ["people", "person-create"]
ONE_PERSON = ["person", "person-edit", "person-deactivate", "posting-create", "appointment-create"]
ACTS = ["person-deactivate", "person-reactivate", "person-send-link", "posting-create", "appointment-create"]


def everybody():
    selection = b.selection()
    return {
        "branch": b.branch_staff(b.regency()),
        "head office": b.head_officer(),
        "committee": b.committee(selection),
        "national committee": b.appointed(Role.NATIONAL_COMMITTEE, selection.edition),
        "auditor": b.appointed(Role.AUDITOR, selection.edition),
        "nobody in particular": b.person(),
    }


@pytest.mark.parametrize(
    "who", ["branch", "head office", "committee", "national committee", "auditor", "nobody in particular"]
)
def test_for_everybody_but_administrators_there_are_no_people_pages(client, who):
    user = everybody()[who]
    client.force_login(user)

    seen = [client.get(reverse(name)) for name in PAGES]
    seen += [client.get(reverse(name, args=[pk])) for name in ONE_PERSON for pk in (user.pk, user.pk + 999)]
    seen += [client.post(reverse(name, args=[user.pk])) for name in ACTS]

    assert {answer.status_code for answer in seen} == {404}


@pytest.mark.parametrize("name", ONE_PERSON)
def test_a_person_who_is_not_there_is_not_found(client, administrator, name):
    assert client.get(reverse(name, args=[administrator.pk + 999])).status_code == 404


def test_a_new_account_gets_a_link_by_mail_and_no_password(client, administrator):
    answer = client.post(reverse("person-create"), NEW)

    user = User.objects.get(email="made@dinas.example")
    assert (answer.status_code, answer.url) == (302, user.get_absolute_url())
    assert (user.name, user.office, user.employee_number) == ("Made Wirata", "Kepala Dinas", "1980")
    assert not user.has_usable_password()
    assert [(m.to, len(re.findall("http://127.0.0.1:8000/akun/", m.body))) for m in mail.outbox] == [([user.email], 1)]
    assert list(AuditEvent.objects.of(user).values_list("verb", "actor")) == [
        ("account.open", administrator.pk),
        ("account.send-link", administrator.pk),
    ]


def test_the_link_lets_the_owner_set_the_password_once(client, administrator):
    client.post(reverse("person-create"), NEW)
    link = re.search(r"http://127\.0\.0\.1:8000(/akun/\S+)", mail.outbox[0].body)[1]
    client.logout()

    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "kopi-Kintamani-7", "password2": "kopi-Kintamani-7"})

    assert User.objects.get(email="made@dinas.example").check_password("kopi-Kintamani-7")
    assert "token_fail" in client.get(link, follow=True).context


def test_without_a_mail_server_the_page_says_where_the_mail_lies(client, administrator, settings, tmp_path):
    settings.MAIL_DELIVERY = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path

    page = client.post(reverse("person-create"), NEW, follow=True)

    assert str(tmp_path) in [str(message) for message in page.context["messages"]][0]


def test_nothing_typed_besides_the_profile_is_believed(client, administrator, somebody):
    smuggled = {"is_superuser": "on", "is_active": "", "password": "x", "email": "lain@x.example", "is_example": "on"}

    client.post(reverse("person-create"), NEW | smuggled | {"email": NEW["email"]})
    client.post(reverse("person-edit", args=[somebody.pk]), {"name": "Ketut Dua", **smuggled})

    made = User.objects.get(email="made@dinas.example")
    email = somebody.email
    somebody.refresh_from_db()
    assert (made.is_superuser, made.is_active, made.is_example) == (False, True, False)
    assert (somebody.name, somebody.email, somebody.is_superuser, somebody.is_active) == (
        "Ketut Dua",
        email,
        False,
        True,
    )


def test_an_address_has_one_account_however_it_is_written(client, administrator):
    client.post(reverse("person-create"), NEW)

    page = client.post(reverse("person-create"), NEW | {"email": "made@dinas.EXAMPLE"})

    assert list(page.context["form"].errors) == ["email"]
    assert User.objects.filter(email__iexact=NEW["email"]).count() == 1


def test_a_change_is_recorded_with_before_and_after_and_no_change_is_not(client, administrator, somebody):
    for _time in range(2):
        client.post(reverse("person-edit", args=[somebody.pk]), {"name": "Ketut", "office": "Juri"})

    details = list(AuditEvent.objects.filter(verb="account.change").values_list("detail", flat=True))
    [found] = pseudonyms.in_words([json.dumps(each) for each in details])
    assert json.loads(found) == {"before": {"office": ""}, "after": {"office": "Juri"}}


def test_a_closed_account_is_out_at_once_and_can_come_back(client, administrator, somebody):
    other = type(client)()
    other.force_login(somebody)

    client.post(reverse("person-deactivate", args=[somebody.pk]))
    shut_out = other.get(reverse("selections")).status_code
    client.post(reverse("person-reactivate", args=[somebody.pk]))

    assert shut_out == 302
    assert other.get(reverse("selections")).status_code == 200
    acts = AuditEvent.objects.of(somebody).filter(actor=administrator)
    assert list(acts.values_list("verb", flat=True)) == ["account.deactivate", "account.reactivate"]


def test_looking_at_the_review_page_closes_nothing(client, administrator, somebody):
    client.get(reverse("person-deactivate", args=[somebody.pk]))
    client.head(reverse("person-deactivate", args=[somebody.pk]))

    assert User.objects.get(pk=somebody.pk).is_active


def test_administrators_do_not_close_their_own_account(client, administrator):
    client.post(reverse("person-deactivate", args=[administrator.pk]))

    assert User.objects.get(pk=administrator.pk).is_active


def test_a_closed_account_gets_no_link(client, administrator, somebody):
    User.objects.filter(pk=somebody.pk).update(is_active=False)

    client.post(reverse("person-send-link", args=[somebody.pk]))

    assert mail.outbox == []


def test_a_posting_is_granted_and_ended_and_stays_on_record(client, administrator, somebody):
    branch = b.branch()
    client.post(reverse("posting-create", args=[somebody.pk]), {"office": f"branch-{branch.pk}", "user": 1})
    posting = Posting.objects.get()

    client.post(reverse("posting-end", args=[posting.pk]))

    assert (posting.user, posting.branch) == (somebody, branch)
    assert Posting.objects.get().ended_at is not None
    assert list(AuditEvent.objects.of(posting).values_list("verb", flat=True)) == ["posting.grant", "posting.end"]


@pytest.mark.parametrize("office", ["", "branch", "branch-0", "regional-0", "moon"])
def test_a_posting_at_no_office_is_refused(client, administrator, somebody, office):
    page = client.post(reverse("posting-create", args=[somebody.pk]), {"office": office})

    assert page.context["form"].errors
    assert Posting.objects.count() == 0


def test_branches_are_listed_below_their_regional_office(client, administrator, somebody):
    branch = b.branch()

    page = client.get(reverse("posting-create", args=[somebody.pk]))

    groups = dict(page.context["form"].fields["office"].choices[2:])
    office = branch.regional_office
    assert groups[str(office)] == [(f"regional-{office.pk}", str(office)), (f"branch-{branch.pk}", str(branch))]


def test_an_appointment_is_granted_and_ended_and_stays_on_record(client, administrator, somebody):
    selection = b.selection()
    data = {"appointment": f"provincial-committee-{selection.pk}"}
    client.post(reverse("appointment-create", args=[somebody.pk]), data)
    appointment = Appointment.objects.get()

    client.post(reverse("appointment-end", args=[appointment.pk]))

    assert (appointment.user, appointment.selection, appointment.edition) == (somebody, selection, selection.edition)
    assert Appointment.objects.get().ended_at is not None


def test_an_appointment_held_already_is_refused(client, administrator):
    selection = b.selection()
    committee = b.committee(selection)

    data = {"appointment": f"provincial-committee-{selection.pk}"}
    page = client.post(reverse("appointment-create", args=[committee.pk]), data)

    assert page.context["form"].errors
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize("appointment", ["", "auditor", "auditor-0", "provincial-committee-0", "juror-1", "x"])
def test_an_appointment_to_nothing_or_to_a_seat_is_refused(client, administrator, somebody, appointment):
    page = client.post(reverse("appointment-create", args=[somebody.pk]), {"appointment": appointment})

    assert page.context["form"].errors
    assert Appointment.objects.count() == 0


def test_a_seat_is_not_ended_here(client, administrator):
    selection = b.selection()
    b.appointed(Role.JUROR, selection)

    answer = client.post(reverse("appointment-end", args=[Appointment.objects.get().pk]))

    assert (answer.status_code, Appointment.objects.get().ended_at) == (404, None)


def test_the_list_is_searched_by_name_and_address(client, administrator, somebody):
    b.person("Wayan")

    page = client.get(reverse("people"), {"q": "ketu"})

    assert list(page.context["page"]) == [somebody]


def test_the_list_costs_the_same_for_one_person_and_for_many(client, administrator):
    def cost():
        client.get(reverse("people"))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("people"))
        return len(captured)

    everybody()
    few = cost()
    for _number in range(30):
        b.committee(b.selection(at=b.province(str(60 + _number), "P")))

    assert cost() == few


def test_the_first_administrator_is_made_on_the_command_line(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "kopi-Kintamani-7")

    call_command("createsuperuser", "--noinput", email="Admin@Paritrana.Example", name="Admin", verbosity=0)

    user = User.objects.get()
    assert (user.email, user.is_superuser) == ("admin@paritrana.example", True)
    assert user.check_password("kopi-Kintamani-7")


def test_the_trail_is_whole_after_all_this(client, administrator, somebody):
    client.post(reverse("person-create"), NEW)
    client.post(reverse("person-deactivate", args=[somebody.pk]))
    client.post(reverse("posting-create", args=[administrator.pk]), {"office": "head"})

    assert list(trail.faults()) == []
