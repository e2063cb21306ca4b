"""Small builders of rows for the tests: each makes what it needs and nothing it was not asked for."""

import datetime
from base64 import b64decode
from hashlib import sha256
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from awards.models import (
    Appointment,
    Aspect,
    Candidate,
    Category,
    Comment,
    Contact,
    Criterion,
    Edition,
    Evidence,
    Nomination,
    PastAward,
    Role,
    Rubric,
    Selection,
    Title,
    TitleWeight,
    Zone,
    ZoneProvince,
)
from awards.names import name_key
from awards.stages import GONE, NominationState, Stage
from paritrana.accounts.models import User
from regions.models import (
    Branch,
    Coverage,
    CoverageVersion,
    Definition,
    Posting,
    Region,
    RegionalOffice,
    Segment,
    State,
)

_number = count(1)
PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
"""A picture of one pixel, PNG."""
SEGMENTS = ["PU", "BPU", "JAKON", "PMI", "NON-ASN", "DESA", "RENTAN"]


def person(name: str = "", **fields: Any) -> User:
    """An account without a usable password; tests sign in with ``client.force_login``."""
    number = next(_number)
    return User.objects.create_user(f"orang{number}@paritrana.example", name=name or f"Orang {number}", **fields)


def administrator() -> User:
    return person("Admin", is_superuser=True)


def office(name: str = "Banuspa") -> RegionalOffice:
    return RegionalOffice.objects.get_or_create(name=name)[0]


def province(code: str = "51", name: str = "Bali", **fields: Any) -> Region:
    fields = {"kind": "provinsi", "name": name, "short_name": name, "time_zone": "WITA", "search_key": name} | fields
    fields.setdefault("regional_office", office())
    return Region.objects.get_or_create(code=code, defaults=fields)[0]


def regency(code: str = "51.01", name: str = "Kabupaten Jembrana", **fields: Any) -> Region:
    parent = fields.pop("parent", None) or province(code[:2], "Bali" if code[:2] == "51" else f"Provinsi {code[:2]}")
    short = name.removeprefix("Kabupaten ").removeprefix("Kota ")
    defaults = {
        "kind": "kota" if name.startswith("Kota") else "kabupaten",
        "name": name,
        "short_name": short,
        "parent": parent,
        "time_zone": parent.time_zone,
        "search_key": short.lower(),
    }
    return Region.objects.get_or_create(code=code, defaults=defaults | fields)[0]


def branch(name: str = "Bali Denpasar", area: list[Region] | None = None) -> Branch:
    over = (area[0].parent or area[0]).regional_office if area else office()
    made = Branch.objects.get_or_create(name=name, defaults={"regional_office": over, "basis": "assumed"})[0]
    made.working_area.add(*(area or []))
    return made


def branch_staff(*area: Region, name: str = "Bali Denpasar") -> User:
    user = person()
    Posting.objects.create(user=user, place=Posting.Place.BRANCH, branch=branch(name, list(area)))
    return user


def regional_officer(at: RegionalOffice | None = None) -> User:
    user = person()
    Posting.objects.create(user=user, place=Posting.Place.REGIONAL, regional_office=at or office())
    return user


def head_officer() -> User:
    user = person()
    Posting.objects.create(user=user, place=Posting.Place.HEAD)
    return user


def segment(code: str = "PU") -> Segment:
    return Segment.objects.get_or_create(code=code, defaults={"name": code, "order": SEGMENTS.index(code)})[0]


def definition(territory: str = "province", denominator: str = "") -> Definition:
    return Definition.objects.get_or_create(territory=territory, denominator=denominator)[0]


def coverage(
    region: Region, year: int = 2023, code: str = "PU", workers: int = 1000, participants: int = 500, **fields: Any
) -> Coverage:
    """A figure its branch has sent, or a verified one when it is signed; ``state=State.DRAFT`` for one not sent yet."""
    fields.setdefault("definition", definition())
    fields.setdefault("state", State.VERIFIED if fields.get("verified_at") else State.SENT)
    lock = {name: fields.pop(name) for name in ("locked_at", "locked_by") if name in fields}
    row = Coverage.objects.create(
        region=region, year=year, segment=segment(code), workers=workers, participants=participants, **fields
    )
    CoverageVersion.objects.create(
        coverage=row, workers=workers, participants=participants, definition=row.definition, origin="test"
    )
    if lock:  # last: nothing is written any more of a locked figure
        Coverage.objects.filter(pk=row.pk).update(**lock)
        row.refresh_from_db()
    return row


def edition(year: int = 2023, **fields: Any) -> Edition:
    defaults = {
        "label": f"Paritrana Award {year}",
        "period_start": datetime.date(year, 1, 1),
        "period_end": datetime.date(year, 12, 31),
        "implementation_year": year + 1,
    }
    return Edition.objects.get_or_create(slug=str(year), defaults=defaults | fields)[0]


def zone(of: Edition, name: str, *provinces: Region) -> Zone:
    made = Zone.objects.create(edition=of, name=name, order=of.zones.count())
    ZoneProvince.objects.bulk_create(
        ZoneProvince(edition=of, zone=made, province=region, basis="assumed") for region in provinces
    )
    return made


def category(of: Edition | None = None, slug: str = "pemerintah-kabupaten-kota", kind: str = "regency") -> Category:
    of = of or edition()
    return Category.objects.get_or_create(
        edition=of, slug=slug, defaults={"name": slug.replace("-", " ").title(), "candidate_kind": kind}
    )[0]


def rubric(of: Category | None = None, *criteria: tuple[str, str, int]) -> Rubric:
    """A rubric with one aspect; criteria are (slug, kind, weight in basis points), by default one mark of 100 %."""
    of = of or category()
    made = Rubric.objects.create(category=of, version=of.rubrics.count() + 1)
    aspect = Aspect.objects.create(rubric=made, slug="aspek", name="Aspek", order=1)
    Criterion.objects.bulk_create(
        Criterion(aspect=aspect, slug=slug, name=slug.title(), kind=kind, weight=weight, order=order)
        for order, (slug, kind, weight) in enumerate(criteria or [("pemahaman", "mark", 10_000)])
    )
    return made


def title(of: Rubric, slug: str = "terbaik", grouping: str = "all", places: int = 3) -> Title:
    """A title that weighs every criterion of its rubric as the rubric does."""
    made = Title.objects.create(
        rubric=of, slug=slug, name=slug.replace("-", " ").title(), grouping=grouping, places=places
    )
    TitleWeight.objects.bulk_create(
        TitleWeight(title=made, criterion=each, weight=each.weight)
        for each in Criterion.objects.filter(aspect__rubric=of)
    )
    return made


def selection(
    stage: str = Stage.NOMINATION, of: Edition | None = None, at: Region | None = None, national: bool = False
) -> Selection:
    of = of or edition()
    where = None if national else (at or province())
    made = Selection.objects.create(
        edition=of,
        slug=f"{of.slug}-{'nasional' if where is None else where.code}",
        level="national" if national else "provincial",
        province=where,
        stage=stage,
    )
    made.categories.set(of.categories.all())
    return made


def appointed(role: str, to: Selection | Edition) -> User:
    """A person appointed to a selection, or to an edition as national committee or auditor."""
    user = person()
    scope = {"edition": to.edition, "selection": to} if isinstance(to, Selection) else {"edition": to}
    Appointment.objects.create(user=user, role=role, **scope)
    return user


def committee(of: Selection) -> User:
    return appointed(Role.PROVINCIAL_COMMITTEE, of)


def candidate(region: Region | None = None) -> Candidate:
    region = region or regency()
    kind = "province" if region.is_province else "regency"
    return Candidate.objects.get_or_create(kind=kind, region=region, defaults={"name": region.name})[0]


def company(region: Region | None = None, name: str = "PT Contoh Jaya", contact: str = "", **fields: Any) -> Candidate:
    """A company, with somebody to call there when ``contact`` names one."""
    made = Candidate.objects.create(kind=fields.pop("kind", "company"), name=name, region=region or regency(), **fields)
    if contact:
        Contact.objects.create(candidate=made, name=contact, phone="081234567834", nik="5101010101010001")
    return made


def past_award(at: Region | None = None, name: str = "PT Contoh Jaya", **fields: Any) -> PastAward:
    """A published winner of period 2022 in the selection of a province; national when ``at`` is None."""
    given = {"period": 2022, "category": "Perusahaan Besar", "kind": "company", "prize": "juara", "place": 1} | fields
    return PastAward.objects.create(
        key=f"{next(_number)}",
        level="provincial" if at else "national",
        province=at,
        name=name,
        name_words=name,
        name_key=name_key(name),
        place_words="1",
        sources=["https://contoh.example/berita"],
        **given,
    )


def nomination(
    of: Selection | None = None,
    region: Region | None = None,
    state: str = NominationState.DRAFT,
    by: User | None = None,
) -> Nomination:
    """A nomination in the selection's edition's first category; signed as its state demands."""
    of = of or selection()
    by = by or person()
    now = datetime.datetime(2024, 3, 1, tzinfo=datetime.UTC)
    signed = {} if state == NominationState.DRAFT else {"submitted_at": now, "submitted_by": by}
    if state in {NominationState.VERIFIED, NominationState.SHORTLISTED, NominationState.NOT_SHORTLISTED}:
        signed |= {"verified_at": now, "verified_by": person()}
    if state in GONE:
        signed |= {"left_from": NominationState.SENT, "left_reason": "Alasan"}
    first = of.edition.categories.first() or category(of.edition)
    of.categories.add(first)
    return Nomination.objects.create(
        selection=of, category=first, candidate=candidate(region), state=state, nominated_by=by, **signed
    )


def comment(on: Nomination, text: str, by: User, file: str = "", content: bytes = PIXEL) -> Comment:
    """What the committee tells the nominator, with a picture as its file when ``file`` names one."""
    key = f"bb/{next(_number):040d}" if file else ""
    if key:
        storages["evidence"].save(key, ContentFile(content))
    kept = {"name": file, "kind": "png", "size": len(content), "sha256": sha256(content).hexdigest(), "key": key}
    return Comment.objects.create(nomination=on, text=text, written_by=by, **(kept if key else {}))


def evidence(of: Nomination, criterion: Criterion, name: str = "foto.png", content: bytes = PIXEL) -> Evidence:
    """A picture attached to a nomination, with its file, as if it had been judged and cleaned."""
    key = f"aa/{next(_number):040d}"
    storages["evidence"].save(key, ContentFile(content))
    return Evidence.objects.create(
        nomination=of,
        criterion=criterion,
        name=name,
        kind=Evidence.Kind.PNG,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        key=key,
        uploaded_by=of.nominated_by,
    )
