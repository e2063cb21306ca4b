"""Two provinces alike, Bali and Kalimantan Selatan, each with a selection at every stage and a full cast.

Everything of Kalimantan Selatan that is not public carries the word CANARY: it must never reach anybody of Bali.
"""

from hashlib import sha256
from typing import Any, NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile

from awards.models import (
    Appointment,
    Candidate,
    Comment,
    Criterion,
    Evidence,
    Exemption,
    Nomination,
    PastAward,
    Role,
    Selection,
)
from awards.stages import NominationState, Stage
from paritrana.accounts.models import User
from regions.indicators import actions as indicators
from regions.indicators import proofs
from regions.models import Correction, Indicator, IndicatorFile, Posting, Region
from scoring.models import (
    Addendum,
    Calibration,
    CertificateLogo,
    Declaration,
    Document,
    Interview,
    Invitation,
    Panel,
    ScoreSheet,
    Seat,
    SeatChange,
    SheetProblem,
    SpecialAward,
    SubPanel,
    WinnerStory,
)
from tests import builders as make
from tests.access.finishing import finish, number_apart, room, seat_change, unfinished
from tests.access.growing import Grow
from tests.access.links import DAY, address_token, agency_token, door_token, invitation, invitation_token, stories
from tests.access.papers import addendum, kept, special_award

CANARY = "KENARI"
DECREE = b"%PDF-"
STAGES = {
    2025: Stage.NOMINATION,
    2024: Stage.VERIFICATION,
    2023: Stage.INTERVIEW,
    2022: Stage.PLENARY,
    2021: Stage.SEALED,
    2020: Stage.ANNOUNCED,
}
STATES = {
    Stage.NOMINATION: NominationState.DRAFT,
    Stage.VERIFICATION: NominationState.SENT,
}


class Place(NamedTuple):
    """One province's objects, by the names the policy uses."""

    region: Region
    selections: dict[str, Selection]
    nominations: dict[str, Any]
    people: dict[str, User]
    seat: Seat
    posting: Posting
    appointment: Appointment
    correction: Correction
    company: Candidate
    twin: Candidate
    past_award: PastAward
    special_award: SpecialAward
    practice: Calibration
    room: SubPanel
    invitation: Invitation
    invitation_token: str
    seat_change: SeatChange
    problem: SheetProblem
    address_token: str
    agency_token: str
    door_token: str
    evidence: Evidence
    comment: Comment
    proof: IndicatorFile
    exemption: Exemption
    story: WinnerStory
    document: Document
    addendum: Addendum
    announced_document: Document


class World(NamedTuple):
    bali: Place
    kalsel: Place
    everywhere: dict[str, User]


def build(grow: Grow | None = None) -> World:
    """``grow`` makes Bali's selections larger; Kalimantan Selatan stays as it is."""
    for year in STAGES:
        of = make.edition(year)
        rubric = make.rubric(
            make.category(of), ("pu", "coverage", 5000), ("pemahaman", "mark", 3000), ("kehadiran", "attendance", 2000)
        )
        rubric.aspects.get().criteria.get(slug="pu").segments.add(make.segment("PU"))
        rubric.aspects.get().criteria.filter(slug="kehadiran").update(
            rules={"levels": [{"code": "kepala", "label": "Kepala", "points": 10000}]}
        )
        make.title(rubric)
    Indicator.objects.get_or_create(code="non-asn", defaults={"name": "Pelindungan", "question": "Apakah?", "order": 1})
    make.rubric(make.category(make.edition(2025), "perusahaan", "company"))
    make.selection(Stage.NOMINATION, make.edition(2025), national=True)
    CertificateLogo.objects.create(
        edition=make.edition(2023), version=1, picture=make.PIXEL, set_by=make.person("Panitia")
    )
    everywhere = {"admin": make.administrator(), "head": make.head_officer()}
    for name, role in [("national", Role.NATIONAL_COMMITTEE), ("auditor", Role.AUDITOR)]:
        everywhere[name] = make.person()
        for year in STAGES:
            Appointment.objects.create(user=everywhere[name], role=role, edition=make.edition(year))
    bali = place(make.regency("51.01", "Kabupaten Jembrana"), "", grow)
    number_apart()
    parent = make.province("63", "Kalimantan Selatan", regional_office=make.office("Kalimantan"))
    kalsel = place(make.regency("63.01", "Kabupaten Tanah Laut", parent=parent), CANARY)
    return World(bali, kalsel, everywhere)


def cast_of(region: Region, mark: str) -> dict[str, User]:
    return {
        "branch": make.branch_staff(region, name=f"Cabang {region.short_name}"),
        "officer": make.regional_officer(region.parent.regional_office),
        **{role: make.person(f"{mark} {role}") for role in ("committee", "juror", "chair", "secretary", "contact")},
    }


def place(region: Region, mark: str, grow: Grow | None = None) -> Place:
    people = cast_of(region, mark)
    selections, nominations = {}, {}
    for year, stage in STAGES.items():
        covered(region, year, mark)
        selections[stage.name] = chosen = make.selection(stage, make.edition(year), region.parent)
        nominations[stage.name] = judged(chosen, region, people, mark, grow)
    unfinished(region, people)
    return _placed(region, mark, people, selections, nominations)


def _placed(
    region: Region,
    mark: str,
    people: dict[str, User],
    selections: dict[str, Selection],
    nominations: dict[str, Nomination],
) -> Place:
    interview, heard = selections["INTERVIEW"], nominations["INTERVIEW"]
    return Place(
        region,
        selections,
        nominations,
        people,
        seat=Seat.objects.get(panel__selection=interview, appointment__role=Role.JUROR),
        posting=people["branch"].postings.get(),
        appointment=people["committee"].appointments.get(selection=interview),
        correction=correction(region, people, mark),
        company=make.company(region, f"PT Contoh {mark}", contact=f"Kontak {mark}"),
        twin=make.company(region, f"PT Contoh {mark} Kedua"),
        past_award=make.past_award(region.parent, f"Pemenang {mark}", questions=["place"]),
        invitation=invitation(interview, people, mark),
        invitation_token=invitation_token(mark),
        seat_change=seat_change(interview, mark),
        problem=problem(heard, people, mark),
        door_token=door_token(nominations, people, mark),
        address_token=address_token(people, mark),
        agency_token=agency_token(people, mark),
        practice=practice(heard, people, mark),
        room=room(heard, mark),
        special_award=special_award(nominations["PLENARY"], people, mark),
        evidence=make.evidence(heard, Criterion.objects.filter(kind="coverage").first(), f"Bukti {mark}.png"),
        comment=comment(heard, people, mark),
        proof=proof(region, people, mark),
        document=kept(selections["SEALED"], people, mark),
        addendum=addendum(selections["SEALED"], people, mark),
        announced_document=kept(selections["ANNOUNCED"], people, mark),
        story=stories(nominations, people, mark),
        exemption=exemption(nominations["VERIFICATION"], people, mark),
    )


def covered(region: Region, year: int, mark: str) -> None:
    for each in (year, year - 1):
        if not region.coverage.filter(year=each).exists():
            make.coverage(region, each, participants=300 + each % 100, source=f"Sumber {mark}")


def proof(region: Region, people: dict[str, User], mark: str) -> IndicatorFile:
    """A document behind the yes of a kabupaten."""
    asked, by = Indicator.objects.get(), people["branch"]
    indicators.answer(asked, 2025, {region: indicators.Said(True, f"SK {mark}", "", 0)}, by=by)
    return proofs.attach(asked, region, 2025, SimpleUploadedFile(f"SK {mark}.png", make.PIXEL), by=by)


def comment(of: Nomination, people: dict[str, User], mark: str) -> Comment:
    return make.comment(of, f"Komentar {mark}", people["committee"], file=f"Lampiran {mark}.png")


def practice(of: Nomination, people: dict[str, User], mark: str) -> Calibration:
    text = f"Kandidat latihan {mark}"
    return Calibration.objects.create(panel=of.selection.panel, category=of.category, text=text, set_by=people["chair"])


def problem(of: Nomination, people: dict[str, User], mark: str) -> SheetProblem:
    """The juror's, about the sheet of the candidate that is heard."""
    seat = Seat.objects.get(panel__selection=of.selection, appointment__user=people["juror"])
    return SheetProblem.objects.create(seat=seat, nomination=of, text=f"Masalah {mark}", reported_by=people["juror"])


def exemption(of: Nomination, people: dict[str, User], mark: str) -> Exemption:
    criterion = of.category.current_rubric.aspects.get().criteria.get(slug="pu")
    reason = f"Tidak berlaku {mark}"
    return Exemption.objects.create(nomination=of, criterion=criterion, reason=reason, recorded_by=people["committee"])


def correction(region: Region, people: dict[str, User], mark: str) -> Correction:
    """A verified figure that somebody who has left wants changed: everybody here may decide it."""
    signs = {"verified_at": DAY, "verified_by": people["officer"]}
    figure = make.coverage(region, 2016, source=f"Sumber {mark}", **signs)
    return Correction.objects.create(
        coverage=figure,
        workers=figure.workers,
        participants=figure.participants + 1,
        definition=figure.definition,
        version=figure.version,
        reason=f"Alasan {mark}",
        proposed_by=make.person(),
    )


def heard(nomination: Nomination, panel: Panel, people: dict[str, User], mark: str) -> None:
    """Somebody came, and every seat has declared and given a mark; handed in once the interviews are over."""
    Interview.objects.create(
        nomination=nomination,
        starts_at=DAY,
        room=f"Ruang {mark}",
        attended="kepala",
        attendance_at=DAY,
        attendance_by=people["secretary"],
    )
    for seat in panel.seats.all():
        Declaration.objects.create(seat=seat, nomination=nomination, declared_by=seat.user)
        sheet = ScoreSheet.objects.create(seat=seat, nomination=nomination)
        criterion = nomination.category.rubrics.get().aspects.get().criteria.get(slug="pemahaman")
        mark = sheet.marks.create(criterion=criterion, value=8000)
        mark.versions.create(value=8000, version=1, written_by=seat.user)
        if nomination.selection.stage != Stage.INTERVIEW:
            ScoreSheet.objects.filter(pk=sheet.pk).update(submitted_at=DAY, submitted_by=seat.user)


def judged(chosen: Selection, region: Region, people: dict[str, User], mark: str, grow: Grow | None = None) -> Any:
    """A nomination as far as the stage of its selection allows, judged where it is an interview or later."""
    panel = Panel.objects.create(
        selection=chosen,
        decree_number=f"SK {mark}",
        visibility="after-close",
        decree_file=f"SK {mark}.pdf",
        decree_key=storages["evidence"].save(f"sk/{chosen.slug}", ContentFile(DECREE)),
        decree_sha256=sha256(DECREE).hexdigest(),
        rundown_published_at=DAY,
        rundown_published_by=people["committee"],
    )
    roles = (Role.PROVINCIAL_COMMITTEE, Role.JUROR, Role.CHAIR, Role.SECRETARY)
    for order, (name, role) in enumerate(zip(("committee", "juror", "chair", "secretary"), roles, strict=True)):
        made = Appointment.objects.create(user=people[name], role=role, edition=chosen.edition, selection=chosen)
        if order:
            Seat.objects.create(panel=panel, appointment=made, element=f"Unsur {mark}", order=order)
    state = STATES.get(Stage(chosen.stage), NominationState.SHORTLISTED)
    nomination = make.nomination(chosen, region, state, by=people["branch"])
    nomination.remark = f"Catatan {mark}"
    nomination.save()
    if grow:
        grow(chosen, region, people)
    if state == NominationState.SHORTLISTED:
        heard(nomination, panel, people, mark)
        finish(chosen, people["committee"], people["chair"])
    return nomination
