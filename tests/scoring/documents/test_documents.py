"""Minutes, the annex of the decree and certificates: equal to the seal, kept byte for byte."""

import json

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from paritrana.accounts.models import User
from paritrana.display import formats
from scoring.documents import certificate_actions, codes
from scoring.documents.source import source_of
from scoring.models import Document, Seat
from scoring.standings import rankings
from tests import builders
from tests.once import each_once
from tests.scoring.documents import documents
from tests.scoring.public import announced

pytestmark = pytest.mark.django_db


def print_minutes():
    """Sealed, with its minutes and the annex of the decree in Indonesian by kind and paper."""
    made, by = documents.sealed()
    return made, by, documents.minutes(made, by)


STATES = {"made_by": documents.sealed, "printed": print_minutes}
built, made_by, printed = each_once(STATES)


def test_every_place_name_and_total_of_the_seal_stands_in_the_minutes_in_its_order(printed):
    made, _by, minutes = printed
    (ranking,) = rankings.sealed(made.selection.seal)

    told = documents.words(minutes["minutes", "a4"].content)

    with translation.override(settings.LANGUAGE_CODE):
        rows = [
            f"{line.place} {line.name} {formats.hundredths(line.total)} {ranking.prize_of(line)}"
            for line in ranking.groups[0].lines
        ]
    starts = [told.index(row) for row in rows]
    assert (len(rows), starts) == (3, sorted(starts))


def test_minutes_say_number_day_venue_decree_digest_and_head_of_the_trail(printed):
    made, _by, minutes = printed
    seal = made.selection.seal

    told = documents.words(minutes["minutes", "a4"].content)

    for words in [
        "560/12/BA/2024",
        "Senin",
        "tanggal sepuluh bulan Maret tahun dua ribu dua puluh lima",
        "Denpasar",
        seal.digest,
        json.loads(seal.payload)["trail_head"],
    ]:
        assert words in told


def test_whoever_was_absent_does_not_sign(made_by):
    made, by = made_by
    chair, juror = Seat.objects.filter(panel__selection=made.selection).order_by("order")
    for seat, name in ((chair, "Wayan Hadir"), (juror, "Made Absen")):
        User.objects.filter(pk=seat.user.pk).update(name=name)
    meeting = documents.Meeting("1", documents.MEETING.held_on, "Denpasar", frozenset({juror.pk}))

    told = documents.words(documents.minutes(made, by, meeting)["minutes", "a4"].content)

    # Once in the list of the panel, and once more to sign.
    assert (told.count("Wayan Hadir"), told.count("Made Absen")) == (2, 1)


def test_the_annex_names_the_winners_and_no_figure(printed):
    made, _by, minutes = printed
    (ranking,) = rankings.sealed(made.selection.seal)

    told = documents.words(minutes["annex", "a4"].content)

    assert all(line.name in told for group in ranking.winners for line in group.lines)
    assert [figure for line in ranking.lines if (figure := formats.hundredths(line.total)) in told] == []


@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("f4", (215, 330))])
@pytest.mark.parametrize("kind", ["minutes", "decree", "annex"])
def test_papers_come_as_a4_and_f4(printed, kind, paper, size):
    assert documents.sizes(printed[2][kind, paper].content) == {size}


@pytest.mark.parametrize("kind", ["minutes", "decree", "annex"])
def test_papers_are_accessible(printed, kind):
    read = documents.opened(printed[2][kind, "a4"].content)

    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a boolean of the reader's own
    assert read.trailer["/Root"]["/Lang"] == "id"
    assert "pdfuaid" in read.trailer["/Root"]["/Metadata"].get_data().decode()
    assert read.metadata.title


def test_the_qr_code_of_every_paper_leads_to_its_own_check(printed):
    made, by, minutes = printed
    found = [*minutes.values(), *documents.certificates(made, by)]

    read = [documents.codes(each.content) for each in found]

    assert read == [[codes.check_address(each.code)] for each in found]


def test_minutes_are_made_once_and_stay_byte_for_byte(client, printed):
    made, by, minutes = printed
    document = minutes["minutes", "a4"]
    client.force_login(by)
    address = reverse("document-take", args=[made.selection.slug, document.pk])

    taken = [client.post(address).content for _again in range(2)]

    assert taken == [bytes(document.content)] * 2
    with pytest.raises(ValidationError) as refusal:
        documents.minutes(made, by)
    assert (refusal.value.code, Document.objects.filter(kind="minutes").count()) == ("made", 4)


def test_the_database_refuses_to_change_or_to_take_away_a_paper(printed):
    document = printed[2]["minutes", "a4"]

    for change in (lambda rows: rows.update(content=b"x"), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(Document.objects.filter(pk=document.pk))


def test_sealed_minutes_are_no_draft(printed):
    told = documents.words(printed[2]["minutes", "a4"].content)

    with translation.override(settings.LANGUAGE_CODE):
        assert translation.gettext("DRAFT") not in told


def test_equal_figures_and_words_give_equal_bytes(made_by, monkeypatch):
    made, by = made_by
    order = certificate_actions.CertificateOrder("{n}", "2025-03-12")
    monkeypatch.setattr(certificate_actions, "fresh_code", lambda: "A" * 16)
    press = certificate_actions.Press(source_of(made.selection), order, by)
    ((place, recipient), *_more) = certificate_actions.wanting(press.source, order)

    assert press.certificate(recipient, place, 1).content == press.certificate(recipient, place, 1).content


def test_a_juror_and_a_stranger_find_no_paper(client, printed):
    made, _by, minutes = printed
    document = minutes["minutes", "a4"]
    address = reverse("document-take", args=[made.selection.slug, document.pk])

    client.force_login(builders.appointed("juror", made.selection))
    assert client.post(address).status_code == 403
    client.force_login(builders.person())
    assert client.post(address).status_code == 404


def test_a_paper_of_another_selection_is_absent(client, printed):
    _made, _by, minutes = printed
    document = minutes["minutes", "a4"]
    other = announced.at_province("63", "Kalimantan Selatan", 2022)
    announced.sealed(other, announced.ranking(announced.line("Kota Banjarbaru")))
    client.force_login(builders.committee(other))

    assert client.post(reverse("document-take", args=[other.slug, document.pk])).status_code == 404


def test_the_list_costs_the_same_with_one_certificate_and_with_many(client, made_by):
    made, by = made_by
    client.force_login(by)
    address = reverse("documents", args=[made.selection.slug])
    counted = []
    for number in (1, 30):
        documents.kept(made.selection.seal, number, by)
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        counted.append(len(caught))

    assert counted[0] == counted[1]
