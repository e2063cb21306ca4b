"""The links of the world that open something to whoever holds them: an invitation, a door, a new address."""

import datetime
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from awards.models import CandidateDoor, Role, Selection
from paritrana.accounts import agency_links
from paritrana.accounts.address_changes import digest_of
from paritrana.accounts.models import AddressChange, User
from scoring.models import Invitation, WinnerStory

DAY = datetime.datetime(2024, 5, 1, 2, tzinfo=datetime.UTC)


def address_token(people: dict[str, User], mark: str) -> str:
    """The link by which the officer confirms a new address."""
    token = f"surel{mark}"
    AddressChange.objects.create(
        user=people["officer"],
        address=f"baru{mark}@paritrana.example".lower(),
        reason="Pindah",
        digest=digest_of(token),
        asked_at=DAY,
        asked_by=people["committee"],
        expires_at=timezone.now() + datetime.timedelta(days=3),
    )
    return token


def agency_token(people: dict[str, User], mark: str) -> str:
    """The link by which the juror confirms an identity at the agency."""
    token = f"instansi-{mark}"
    identity = {
        "provider": "instansi",
        "uid": mark,
        "extra_data": {"email": f"sso{mark}@dinas.example", "subject": mark},
    }
    agency_links.keep(token, people["juror"], identity, people["officer"])
    return token


def door_token(nominations: dict[str, Any], people: dict[str, User], mark: str) -> str:
    """The link to one nomination that nobody has used yet; to the others the contact has come in."""
    token = f"akses-{mark}"
    for stage, nomination in nominations.items():
        is_waiting = stage == "SEALED"
        CandidateDoor.objects.create(
            nomination=nomination,
            email=f"{mark.lower()}narahubung@contoh.example" if is_waiting else people["contact"].email,
            name=f"Narahubung {mark}",
            digest=digest_of(token if is_waiting else f"{token}-{stage}"),
            sent_at=DAY,
            sent_by=people["branch"],
            expires_at=timezone.now() + datetime.timedelta(days=1),
            entered_at=None if is_waiting else DAY,
            user=None if is_waiting else people["contact"],
        )
    return token


def invitation_token(mark: str) -> str:
    return f"undangan-{mark}"


def invitation(chosen: Selection, people: dict[str, User], mark: str) -> Invitation:
    """One that still stands, to somebody without an account."""
    return Invitation.objects.create(
        panel=chosen.panel,
        email=f"{mark.lower()}baru@contoh.example",
        name=f"Juri baru {mark}",
        role=Role.JUROR,
        element=f"Unsur {mark}",
        digest=digest_of(invitation_token(mark)),
        sent_at=DAY,
        sent_by=people["committee"],
        expires_at=timezone.now() + datetime.timedelta(days=1),
    )


def stories(nominations: dict[str, Any], people: dict[str, User], mark: str) -> WinnerStory:
    """Of the winner of the sealed result, and of the announced one: each with a photo."""
    for stage in ("SEALED", "ANNOUNCED"):
        content = b"foto " + mark.encode()
        story = WinnerStory.objects.create(
            nomination=nominations[stage],
            citation=f"Ulasan {mark if stage == 'SEALED' else ''}",
            photo_key=storages["evidence"].save(f"foto/{stage}-{mark}", ContentFile(content)),
            photo_sha256=sha256(content).hexdigest(),
            photo_alt="Penyerahan",
            written_by=people["committee"],
        )
    return story
