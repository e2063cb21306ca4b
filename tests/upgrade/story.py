"""What the database of a release holds: the example, played on to an announced result, and a row of everything else."""

import datetime
import uuid
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection

from awards.models import (
    AnswerDraft,
    Contact,
    Criterion,
    Exemption,
    Letter,
    ReturnRemark,
    Role,
    Selection,
    Title,
)
from awards.nominations import evidence
from awards.selections import actions as awards
from paritrana import example, triggers
from paritrana.accounts.models import User
from regions.indicators import actions as indicator_actions
from regions.indicators.actions import Said
from regions.models import Correction, Coverage, CoverageDraft, Denominator, Indicator, Justification
from scoring.conflicts import actions as conflict_actions
from scoring.documents import actions as document_actions
from scoring.documents import certificate_actions, wording_actions
from scoring.interviews import actions
from scoring.models import (
    AssistantDeclaration,
    Attendee,
    Calibration,
    Delivery,
    Document,
    Draw,
    Interview,
    Panel,
    PracticeSheet,
    Receipt,
    Remark,
    ScoreSheet,
    Seat,
    Standing,
    TieDecision,
)
from scoring.panel import invitations
from scoring.plenary import actions as plenary_actions
from scoring.plenary import closing as owing
from scoring.plenary import deliberation, special_awards
from scoring.sealing import announcing
from scoring.sheets import actions as sheet_actions
from tests import builders
from tests.scoring.documents import documents as document_documents
from tests.scoring.plenary import plenary

AT = datetime.datetime(2024, 5, 1, 3, tzinfo=datetime.UTC)


def play(folder: Path) -> None:
    """Into an empty, migrated database; nobody can sign in with what it leaves."""
    call_command("load_reference", verbosity=0)
    example.load(folder / "accounts.txt", report=lambda line: None)
    cast = {user.email.partition("@")[0]: user for user in User.objects.all()}
    judged = Selection.objects.get(slug="2023-bali")
    interview(judged, cast)
    nominate(Selection.objects.get(slug="2024-bali"), cast)
    enter(cast)
    panel(judged, cast)
    decide(judged, cast)
    seal(judged, cast)
    User.objects.update(password="!")


def interview(judged: Selection, cast: dict[str, User]) -> None:
    """Minutes, who came, and what a juror's device brought."""
    first = Interview.objects.filter(nomination__selection=judged).first()
    Attendee.objects.create(interview=first, name="I Made Contoh", office="Bupati")
    actions.write_minutes(first, text="Catatan wawancara", version=0, by=cast["sekretaris.bali"])
    held = Panel.objects.get(selection=judged)
    Draw.objects.create(panel=held, seed="12345", seed_source="Undian contoh", keys=["51.01"], drawn_by=cast["admin"])
    seat = Seat.objects.filter(panel=held, appointment__user=cast["juri1.bali"]).get()
    once = {"seat": seat, "device": uuid.UUID(int=1)}
    Delivery.objects.create(
        **once, brought_by=seat.user, sequence=1, nomination=first.nomination, box="mark", content="8.000",
        outcome="applied", version=1,
    )  # fmt: skip
    Receipt.objects.create(**once, given_to=seat.user, entries=1, nonce="0" * 32, digest="0" * 64)


def panel(judged: Selection, cast: dict[str, User]) -> None:
    """What a panel does beside scoring; then the last but one hands in, and the last is recorded as absent."""
    chair, committee = cast["ketua.bali"], cast["panitia.bali"]
    category = judged.categories.get()
    seats = list(Seat.objects.filter(panel__selection=judged))
    case = Calibration.objects.create(panel=seats[0].panel, category=category, text="Kandidat latihan", set_by=chair)
    PracticeSheet.objects.create(calibration=case, seat=seats[2], marks={"inovasi": 8_000})
    plenary_actions.write_note(judged.nominations.first(), text="Untuk dibahas", version=0, by=chair)
    invitations.invite(
        judged, email="baru@contoh.example", name="Juri Baru", role=Role.JUROR, element="Ahli", by=committee
    )
    AssistantDeclaration.objects.create(
        seat=seats[2], nomination=judged.nominations.first(), keeps_out=False, declared_by=cast["kantor.pusat"]
    )
    sheet = ScoreSheet.objects.filter(seat=seats[2]).exclude(submitted_at=None).first()
    sheet_actions.reopen(sheet, reason="Salah ketik", by=chair)
    sheet.refresh_from_db()
    criterion = sheet.marks.first().criterion
    words = {"text": "Baik", "version": sheet.version, "written_by": seats[2].user}
    Remark.objects.create(sheet=sheet, criterion=criterion, **words)
    sheet_actions.hand_in(sheet, version=sheet.version, by=seats[2].user)
    conflict_actions.declare(seats[-1], reasons={}, by=seats[-1].user)
    owed = owing.missing_sheets(judged).sheets
    owing.close(judged, reasons={seat.pk: "Sakit" for seat in owed}, by=chair)


def decide(judged: Selection, cast: dict[str, User]) -> None:
    """The plenary: a special award, what is tied, and the order as it is ranked."""
    committee, chair = cast["panitia.bali"], cast["ketua.bali"]
    awards.open_next_stage(judged, by=committee, reason="Contoh: sebelum harinya")
    judged.refresh_from_db()
    ranked = Standing.objects.filter(selection=judged, place=1).select_related("title", "nomination")
    title = ranked[0].title
    with triggers.lifted(connection):  # the rubrics of the example have no special award, and are locked by now
        khusus = Title.objects.create(
            rubric=title.rubric, slug="khusus", name="Khusus", grouping="all", awarding="special", order=99
        )
    special_awards.grant(judged, khusus, ranked[0].nomination, reason="Contoh", by=committee)
    first, second = judged.nominations.values_list("pk", flat=True)[:2]
    TieDecision.objects.create(
        selection=judged, title=title, version=1, tied=[first, second], total=1, agreed=[[first], [second]],
        reason="Sebelum nilai berubah", votes_for=5, votes_against=2, votes_abstaining=1, decided_by=chair,
    )  # fmt: skip
    places = Standing.objects.filter(selection=judged, title=title, place__isnull=False)
    agreed = list(places.values_list("nomination", flat=True))
    deliberation.agree(judged, title, "", agreed, reason="", version=0, by=chair)


def seal(judged: Selection, cast: dict[str, User]) -> None:
    """Sealed by two, opened again, sealed once more, announced; with minutes and certificates."""
    committee, chair, national = cast["panitia.bali"], cast["ketua.bali"], cast["panitia.pusat"]
    wording_actions.write_text(judged.edition, "certificate", {}, version=0, by=national)
    wording_actions.set_logo(judged.edition, builders.PIXEL, version=0, by=national)
    plenary.seal(judged, committee, chair)
    plenary.reopened(judged, committee, chair)
    plenary.seal(judged, committee, chair)
    document_documents.headed(judged, committee)
    document_actions.make_minutes(judged, document_documents.MEETING, by=cast["sekretaris.bali"])
    certificate_actions.make_certificates(
        judged, certificate_actions.CertificateOrder("{n}/PA/2023", "2024-03-12"), by=committee
    )
    made = Document.objects.filter(kind="certificate")
    first = made.order_by("pk").values_list("recipient", flat=True)[0]
    with triggers.lifted(connection):  # forty kilobytes each; those of one recipient are enough
        made.exclude(recipient=first).delete()
    announcing.announce(judged, by=committee)


def nominate(fresh: Selection, cast: dict[str, User]) -> None:
    """A selection that accepts nominations: an answer with a file, an exemption, a draft, a remark, a letter."""
    by, committee = cast["cabang.gianyar"], cast["panitia.bali"]
    nomination = fresh.nominations.get()
    criterion = Criterion.objects.filter(aspect__rubric__category=nomination.category, slug="regulasi").get()
    upload = SimpleUploadedFile("bukti.png", builders.PIXEL, "image/png")
    evidence.attach(nomination, criterion, upload, by=by)
    AnswerDraft.objects.create(nomination=nomination, user=by, texts={"regulasi": "perda"}, based_on=1)
    ReturnRemark.objects.create(nomination=nomination, criterion=criterion, text="Mohon dilengkapi", made_by=committee)
    Exemption.objects.create(nomination=nomination, criterion=criterion, reason="Contoh", recorded_by=committee)
    Contact.objects.create(candidate=nomination.candidate, name="Ni Luh Contoh", phone="0361 123456")
    Letter.objects.create(key="contoh", selection=fresh, to=by, subject="Contoh", body="Isi", claimed_at=AT, sent_at=AT)


def enter(cast: dict[str, User]) -> None:
    """A correction that waits, a denominator, a justified doubt and a draft of a figure."""
    figure = Coverage.objects.filter(region__code="51.04").exclude(verified_at=None).order_by("pk").first()
    branch = cast["cabang.gianyar"]
    facts = {"workers": figure.workers, "definition": figure.definition, "version": figure.version}
    Correction.objects.create(
        **facts, coverage=figure, participants=figure.participants + 1, reason="Salah salin", proposed_by=branch
    )
    Justification.objects.create(
        coverage=figure, code="naik", note="Sudah diperiksa", version=figure.version, by=branch
    )
    where = {"region": figure.region, "segment": figure.segment}
    Denominator.objects.create(
        **where, year=2019, workers=1_000, definition=figure.definition, set_by=cast["kantor.pusat"]
    )
    indicator_actions.answer(
        Indicator.objects.get(code="non-asn"), 2020, {figure.region: Said(True, "SK 12/2020", "", 0)}, by=branch
    )
    CoverageDraft.objects.create(**where, user=branch, year=2025, workers_text="1.000", participants_text="500")
