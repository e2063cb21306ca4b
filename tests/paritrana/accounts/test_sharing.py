"""What is returned, a link to an account and a letter are passed on by whoever sends them, and the trail has it."""

import pytest
from django.urls import reverse

from awards.models import Letter, ReturnRemark, Role
from awards.stages import NominationState, Stage
from paritrana.accounts.models import AuditEvent
from regions.models import State
from tests import builders

pytestmark = pytest.mark.django_db


def shared(client, by, name, *args):
    """The answer, its message if it has one, and the last verbs in the trail."""
    client.force_login(by)
    page = client.post(reverse(name, args=args))
    message = page.context["message"] if page.context and "message" in page.context else None
    return page, message, AuditEvent.objects.order_by("pk").values_list("verb", flat=True).last()


def test_the_message_about_a_returned_nomination_has_the_reason_the_remarks_and_the_address(client):
    selection = builders.selection(Stage.VERIFICATION)
    criterion = builders.rubric(builders.category(selection.edition)).aspects.get().criteria.get()
    nomination = builders.nomination(selection, state=NominationState.RETURNED)
    type(nomination).objects.update(remark="Bukti kurang")
    committee = builders.committee(selection)
    ReturnRemark.objects.create(nomination=nomination, criterion=criterion, text="Unggah Perda", made_by=committee)

    page, message, verb = shared(client, committee, "nomination-share-return", nomination.pk)

    assert verb == "nomination.share-return"
    head, _main, _rest = page.content.decode().partition("</nav>\n    <main")
    for part in (f"· {selection} – Paritrana</title>", f'">{selection.place_name}</a></li><li><a'):
        assert part in head
    for part in ("Bukti kurang", f"{criterion.name}: Unggah Perda", nomination.get_absolute_url()):
        assert part in message.text
    assert message.whatsapp.startswith("https://wa.me/?text=")


def test_what_was_mended_meanwhile_is_not_passed_on_as_returned(client):
    selection = builders.selection(Stage.VERIFICATION)
    nomination = builders.nomination(selection, state=NominationState.SENT)

    page, message, verb = shared(client, builders.committee(selection), "nomination-share-return", nomination.pk)

    assert (page.url, message, verb) == (nomination.get_absolute_url(), None, "account.sign-in")


def test_the_office_passes_on_why_figures_came_back(client):
    region, officer = builders.regency(), builders.regional_officer()
    signs = {"returned_by": officer, "returned_at": "2025-01-01T00:00Z", "return_reason": "Tertukar"}
    figure = builders.coverage(region, 2024, state=State.RETURNED, **signs)

    _page, message, verb = shared(client, officer, "coverage-share-return", region.code, 2024)

    assert verb == "coverage.share-return"
    assert "PU: Tertukar" in message.text and figure.get_absolute_url() in message.text


def test_a_link_to_an_account_is_shown_once_and_is_the_one_that_was_mailed(client, mailoutbox):
    person = builders.person()

    page, message, verb = shared(client, builders.administrator(), "person-share-link", person.pk)

    assert (verb, "/akun/" in message.text, "no-store" in page["Cache-Control"]) == ("account.share-link", True, True)
    assert [letter.body.strip() for letter in mailoutbox] == [message.text]


@pytest.mark.parametrize(("role", "status"), [(Role.PROVINCIAL_COMMITTEE, 200), (Role.AUDITOR, 404), (Role.CHAIR, 404)])
def test_a_reminder_is_passed_on_by_whoever_runs_the_selection(client, role, status):
    selection = builders.selection()
    letter = Letter.objects.create(key="1", selection=selection, to=builders.person(), subject="x", body="Masih tiga")
    by = builders.appointed(role, selection.edition if role == Role.AUDITOR else selection)

    page, message, _verb = shared(client, by, "letter-share", letter.pk)

    assert (page.status_code, message and message.text) == (status, "Masih tiga" if status == 200 else None)


def test_a_letter_for_its_addressee_alone_is_passed_on_by_nobody(client):
    letter = Letter.objects.create(key="1", to=builders.person(), subject="x", body="rahasia", is_private=True)

    assert shared(client, builders.administrator(), "letter-share", letter.pk)[0].status_code == 404
