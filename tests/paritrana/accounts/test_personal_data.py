"""What is held about a person: shown, taken along, cleared away in time, erased by two administrators."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.urls import reverse
from django.utils import timezone

from awards.models import CandidateDoor, Contact, Letter
from paritrana.accounts import actions, data_export, erasures, personal_data, pseudonyms, trail
from paritrana.accounts.models import AuditEvent, Erasure, FormDraft, PersonalValue
from paritrana.queue import tasks
from paritrana.queue.models import StagedFile
from paritrana.setup import retention
from paritrana.setup.bootstrap import SetupRefused
from scoring.models import Invitation, Panel
from tests import builders as b

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=4_000)
PAGE = (settings.BASE_DIR / "docs" / "data-protection.md").read_text()


@pytest.fixture
def made():
    return actions.open_account(
        email="made@dinas.example",
        name="Made Wirawan",
        office="Kepala Dinas",
        employee_number="1978",
        by=b.administrator(),
    )


def erase(user):
    asked = erasures.ask(user, reason="Permintaan tertulis", by=b.administrator())
    erasures.second(asked, by=b.administrator())
    user.refresh_from_db()


def opened(content: bytes) -> dict[str, list | None]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        found = json.loads(archive.read(data_export.NAME))
    return {each["code"]: each["rows"] for each in found["holdings"]}


def trail_as_text() -> str:
    return json.dumps(list(AuditEvent.objects.values("object_label", "detail")), ensure_ascii=False)


def test_the_trail_never_writes_the_name_or_address_of_a_person(made):
    actions.change_account(made, name="Made Wirawan, S.E.", by=b.administrator())
    appointed = b.appointed("juror", b.selection())

    with transaction.atomic():
        trail.record(None, "appointment.grant", appointed.appointments.get())

    text = trail_as_text()
    assert [word for word in ("Wirawan", "made@", "Kepala Dinas", "1978", appointed.name) if word in text] == []


def test_whoever_may_read_the_trail_reads_present_and_former_names_there(client, made):
    actions.change_account(made, name="Made Adnyana", by=b.administrator())
    client.force_login(b.administrator())

    rows = client.get(reverse("trail"), {"verb": "account.change", "object": "Adnyana"}).context["rows"]

    assert [row["sentence"].endswith("– Made Adnyana") for row in rows] == [True]
    assert "Made Wirawan" in rows[0]["detail"]


def test_a_former_name_that_was_tampered_with_is_not_shown(made):
    key = pseudonyms.keyed(made, {"name": "Made Wirawan"})["name"]
    PersonalValue.objects.filter(user=made, text="Made Wirawan").update(text="Orang Lain")

    assert pseudonyms.in_words([key]) == [pseudonyms.ERASED]


def test_an_erased_person_is_a_number_everywhere_and_nobody_any_more(client, made):
    Contact.objects.create(candidate=b.company(), name="Made Wirawan", email="MADE@dinas.example")
    FormDraft.objects.create(user=made, address="/x/", content={}, saved_at=timezone.now())
    Letter.objects.create(
        key="a", to=made, subject="Pengingat", body="Yth. Made", claimed_at=LONG_AGO, sent_at=LONG_AGO
    )
    client.force_login(made)

    erase(made)

    assert (str(made), made.is_active, made.office) == (f"@{made.pk}", False, "")
    assert client.get(reverse("home")).wsgi_request.user.is_anonymous
    assert not Contact.objects.exists() and not FormDraft.objects.exists() and not PersonalValue.objects.exists()
    assert Letter.objects.get(key="a").body == ""
    assert list(trail.faults()) == []


def test_the_last_letter_still_reaches_the_person(made, mailoutbox):
    erase(made)

    assert [letter.to for letter in mailoutbox][-1:] == [["made@dinas.example"]]


def test_an_erased_account_stays_closed_and_unchanged(made):
    erase(made)

    for verb in (actions.reactivate, lambda user, by: actions.change_account(user, name="Made", by=by)):
        with pytest.raises(ValidationError) as refusal:
            verb(made, by=b.administrator())
        assert refusal.value.code == "erased"


def test_one_administrator_alone_erases_nobody(made):
    first = b.administrator()
    asked = erasures.ask(made, reason="Permintaan tertulis", by=first)

    for by in (first, made):
        with pytest.raises(ValidationError) as refusal:
            erasures.second(asked, by=by)
        assert refusal.value.code == "same-person"
    with pytest.raises(ValidationError) as refusal:
        erasures.ask(first, reason="Saya sendiri", by=first)
    assert refusal.value.code == "oneself"


def test_the_pages_of_an_erasure(client, made):
    first, second = b.administrator(), b.administrator()
    address = reverse("erasure", args=[made.pk])
    client.force_login(first)
    client.post(address, {"reason": "Surat bermeterai, 3 Maret"})
    assert reverse("erasure-second", args=[made.pk]) not in client.get(address).content.decode()
    client.force_login(second)
    assert "Surat bermeterai" in client.get(address).content.decode()

    client.post(reverse("erasure-second", args=[made.pk]))

    made.refresh_from_db()
    assert made.erased_at is not None
    assert reverse("person-reactivate", args=[made.pk]) not in client.get(made.get_absolute_url()).content.decode()


def test_a_withdrawn_request_erases_nothing(client, made):
    client.force_login(b.administrator())
    client.post(reverse("erasure", args=[made.pk]), {"reason": "Permintaan"})
    client.post(reverse("erasure-withdraw", args=[made.pk]))

    made.refresh_from_db()
    assert (made.erased_at, Erasure.open_for(made)) == (None, None)


def test_a_person_reads_and_takes_along_what_is_held(client, made):
    client.force_login(made)

    page = client.get(reverse("my-data"))
    rows = opened(client.post(reverse("my-data-file")).content)

    assert "made@dinas.example" in page.content.decode()
    assert rows["account"][0]["employee_number"] == "1978"
    assert rows["marks"] == []
    assert AuditEvent.objects.of(made).filter(verb="account.export-data", actor=made).exists()


def test_an_administrator_takes_it_out_without_what_nobody_else_may_know(client, made):
    client.force_login(b.administrator())

    rows = opened(client.post(reverse("person-data-file", args=[made.pk])).content)

    assert rows["account"][0]["name"] == "Made Wirawan"
    assert [code for code, found in rows.items() if found is None] == ["conflicts", "marks", "remarks"]


def door(**more):
    times = {"sent_at": LONG_AGO, "expires_at": LONG_AGO, "sent_by": b.administrator()}
    nomination = b.nomination(b.selection(), b.regency(), "draf")
    return CandidateDoor.objects.create(
        nomination=nomination, email="made@dinas.example", name="Made", digest="a", **times, **more
    )


def invitation():
    panel = Panel.objects.get_or_create(selection=b.selection())[0]
    times = {"sent_at": LONG_AGO, "expires_at": LONG_AGO, "sent_by": b.administrator()}
    return Invitation.objects.create(
        panel=panel, email="made@dinas.example", name="Made", role="juror", element="Apindo", digest="a", **times
    )


def test_the_text_of_a_letter_goes_after_its_days_and_that_it_was_sent_stays():
    for key, at in (("old", LONG_AGO), ("new", timezone.now())):
        Letter.objects.create(key=key, address="a@b.example", subject=key, body="isi", claimed_at=at, sent_at=at)

    tasks.clear_personal_data.call()

    kept = dict(Letter.objects.values_list("key", "body"))
    assert kept == {"old": "", "new": "isi"}
    assert Letter.objects.get(key="old").address.endswith(".invalid")


@pytest.mark.parametrize("make", [door, invitation])
def test_whom_a_link_invited_that_nobody_used_is_forgotten(make):
    made = make()

    tasks.clear_personal_data.call()

    made.refresh_from_db()
    assert (made.name, made.email.endswith(".invalid")) == ("–", True)


def test_a_door_that_was_used_keeps_its_person():
    user = b.person("Made")
    made = door(user=user, entered_at=LONG_AGO)

    tasks.clear_personal_data.call()

    made.refresh_from_db()
    assert made.name == "Made"


def test_drafts_and_handed_in_files_go_after_their_days():
    user = b.person()
    for key, at in (("old", LONG_AGO), ("new", timezone.now())):
        FormDraft.objects.create(user=user, address=key, content={}, saved_at=at)
        StagedFile.objects.create(key=key, user=user, at=at, content=b"x")

    tasks.clear_personal_data.call()

    assert list(FormDraft.objects.values_list("address", flat=True)) == ["new"]
    assert list(StagedFile.objects.values_list("key", flat=True)) == ["new"]


def test_tries_to_sign_in_are_forgotten_when_they_no_longer_count():
    cache.set("tried", 1, timeout=0.001)
    cache.set("counts", 1, timeout=600)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cache SET expires = %s WHERE cache_key LIKE '%%tried%%'",
            [connection.ops.adapt_datetimefield_value(LONG_AGO.replace(microsecond=0))],
        )

    tasks.clear_personal_data.call()

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        keys = [row[0].split(":")[-1] for row in cursor.fetchall()]
    assert ("tried" in keys, "counts" in keys) == (False, True)


def test_ended_sessions_are_cleared(client):
    client.force_login(b.person())
    Session.objects.update(expire_date=LONG_AGO)

    tasks.clear_personal_data.call()

    assert not Session.objects.exists()


def test_each_number_of_days_is_a_setting(settings):
    FormDraft.objects.create(user=b.person(), address="x", content={}, saved_at=timezone.now() - timedelta(days=5))
    settings.RETENTION = settings.RETENTION | {"drafts": 4}

    assert personal_data.sweep()["form-drafts"] == 1
    assert retention.read({"KEEP_DRAFTS_DAYS": "4"})["drafts"] == 4
    with pytest.raises(SetupRefused, match="KEEP_DRAFTS_DAYS"):
        retention.read({"KEEP_DRAFTS_DAYS": "0"})


def test_every_holding_stands_in_the_document():
    assert [each.code for each in personal_data.holdings() if f"`{each.code}`" not in PAGE] == []


def test_every_model_with_the_name_or_address_of_a_person_stands_in_the_document():
    telling = {"phone", "nik", "employee_number", "addressee"}
    found = {
        model.__name__
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.EmailField) or field.name in telling
    }
    assert {name for name in found if f"`{name}`" not in PAGE} == set()


def test_who_still_judges_is_not_erased():
    selection = b.selection("wawancara")
    juror = b.appointed("juror", selection)

    with pytest.raises(ValidationError, match=str(selection)) as refusal:
        erasures.ask(juror, reason="Permintaan", by=b.administrator())
    assert refusal.value.code == "needed"
