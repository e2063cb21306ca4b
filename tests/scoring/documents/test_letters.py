"""Whoever competed is written to once, after the result is public and not before."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from awards.letters import outbox
from awards.models import Contact, Letter, Role
from awards.stages import Stage
from paritrana.accounts.models import AuditEvent
from scoring.documents import letters, views, wording_actions
from scoring.documents.letters import Notices
from scoring.models import DocumentText
from scoring.sealing import announcing
from tests import builders
from tests.once import parts_once
from tests.scoring.plenary import plenary

pytestmark = pytest.mark.django_db


def open_plenary():
    """Three candidates, two places: two winners and a nominee; the second winner has nobody to write to."""
    made = plenary.plenary()
    title = plenary.title_of(made)
    title.places = 2
    title.save()
    for number, nomination in enumerate(made.nominations):
        if number != 1:
            contact(nomination, f"humas{number}@contoh.id")
    return {"made": made, "committee": builders.committee(made.selection)}


def contact(nomination, address, name="Ibu Contoh"):
    return Contact.objects.create(candidate=nomination.candidate, name=name, email=address)


def seal():
    parts = open_plenary()
    return parts | {"sealed": plenary.seal(parts["made"].selection, parts["committee"])}


def announce():
    parts = seal()
    selection = parts["made"].selection
    announcing.announce(selection, by=parts["committee"])
    selection.refresh_from_db()
    return parts | {"public": selection}


def notices():
    """Letters to candidates: they have no account. What an act tells its next signer goes to accounts."""
    return Letter.objects.filter(to=None)


STATES = {"public": announce, "sealed": seal, "made": open_plenary}
built, parts, made, committee, sealed, public = parts_once(STATES, "made", "committee", "sealed", "public")


def test_each_address_of_a_candidate_is_written_to_once(made, committee, public):
    contact(made.nominations[0], "HUMAS0@contoh.id", "Pak Sama")
    contact(made.nominations[0], "bupati@contoh.id")
    contact(made.nominations[0], "")

    written = [letters.write_notices(public, by=committee), letters.write_notices(public, by=committee)]

    addresses = sorted(notices().filter(selection=public).values_list("address", flat=True))
    assert (written, addresses) == ([3, 0], ["bupati@contoh.id", "humas0@contoh.id", "humas2@contoh.id"])
    assert AuditEvent.objects.filter(verb="notice.write").count() == 1


def test_a_winner_is_told_every_prize_and_a_nominee_none(made, public):
    told = {notice.nomination: notice.prizes for notice in Notices(public).all}

    first, second, third = made.nominations
    assert [len(told[each.pk]) for each in (first, second, third)] == [1, 1, 0]
    assert plenary.title_of(made).name in told[first.pk][0]


def test_a_letter_says_it_in_the_portals_language_and_in_english_below(made, public):
    letter = next(each for each in Notices(public).letters() if each.address == "humas0@contoh.id")

    local, english = letter.body.split("— — —")
    assert "Dear Ibu Contoh" in english
    assert "Dear" not in local
    assert all("Kabupaten Nomor 1" in half and "/hasil/" in half and "{" not in half for half in (local, english))


def test_who_has_no_address_is_listed_and_not_written_to(made, public):
    assert [notice.nomination for notice in Notices(public).unreachable] == [made.nominations[1].pk]


def test_nobody_is_written_to_before_the_moment(made, committee, sealed):
    """Even where the stage says announced already: the clock decides."""
    announcing.announce(made.selection, at=timezone.now() + datetime.timedelta(hours=1), by=committee)
    plenary.move_to(made.selection, Stage.ANNOUNCED)

    with pytest.raises(ValidationError) as refusal:
        letters.write_notices(made.selection, by=committee)

    assert (refusal.value.code, notices().count()) == ("not-public", 0)


def test_only_the_committee_writes_and_only_once_it_is_announced(made, committee, public):
    with pytest.raises(PermissionDenied):
        letters.write_notices(public, by=made.seats[0].user)
    plenary.move_to(public, Stage.SEALED)
    with pytest.raises(PermissionDenied):
        letters.write_notices(public, by=committee)


def test_the_outbox_sends_it_to_the_address_and_shows_it_masked(made, committee, public):
    outbox.send_waiting()
    mail.outbox.clear()
    letters.write_notices(public, by=committee)

    assert outbox.send_waiting() == (2, 0)
    assert sorted(message.to[0] for message in mail.outbox) == ["humas0@contoh.id", "humas2@contoh.id"]
    assert {letter.recipient for letter in notices()} == {"Ibu Contoh (h••••@contoh.id)"}


def test_the_words_of_the_edition_are_used(made, public):
    edition = public.edition
    designer = builders.appointed(Role.NATIONAL_COMMITTEE, edition)
    parts = dict.fromkeys(("winner_english", "nominee_english"), "") | {"winner": "{name} menang: {prizes}"}
    wording_actions.write_text(edition, DocumentText.Kind.NOTICE, parts, version=0, by=designer)

    letter = next(each for each in Notices(public).letters() if each.address == "humas0@contoh.id")

    assert letter.body.startswith("Kabupaten Nomor 1 menang: ")
    assert "— — —" not in letter.body


def test_the_page_shows_samples_then_the_letters(made, committee, public, client):
    client.force_login(committee)
    url = reverse("notices", args=[public.slug])

    before = client.get(url)
    client.post(url)
    after = client.get(url)

    assert (before.context["left"], len(before.context["samples"]), len(before.context["page"])) == (2, 2, 0)
    assert (after.context["left"], after.context["samples"], len(after.context["page"])) == (0, [], 2)


def test_the_page_shows_a_page_of_letters_and_of_those_without_an_address(client, public, committee, monkeypatch):
    monkeypatch.setattr(views, "ROWS_A_PAGE", 1)
    letters.write_notices(public, by=committee)
    Contact.objects.all().delete()
    client.force_login(committee)

    shown = client.get(reverse("notices", args=[public.slug]))

    assert (len(shown.context["page"]), shown.context["page"].paginator.num_pages) == (1, 2)
    assert (len(shown.context["unreachable"]), shown.context["further"]) == (1, 2)
