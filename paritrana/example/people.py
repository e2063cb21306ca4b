"""The fictional accounts of the example, named after their role, with one password generated per installation."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password

from paritrana.accounts.models import User
from regions.models import Branch, Posting, RegionalOffice

DOMAIN = "paritrana.example"

CAST: list[tuple[str, str, str]] = [
    ("admin", "Administrator", "Administrator portal"),
    ("panitia.pusat", "Panitia Pusat", "Panitia tingkat nasional"),
    ("verifikator.pusat", "Verifikator Pusat", "Panitia tingkat nasional"),
    ("pengawas", "Pengawas", "Pengawas penyelenggaraan"),
    ("kantor.pusat", "Petugas Kantor Pusat", "Kantor pusat"),
    ("kanwil.banuspa", "Petugas Kanwil Banuspa", "Kantor Wilayah Banuspa"),
    ("cabang.denpasar", "Petugas Cabang Bali Denpasar", "Kantor Cabang Bali Denpasar"),
    ("cabang.gianyar", "Petugas Cabang Bali Gianyar", "Kantor Cabang Bali Gianyar"),
    ("cabang.banjarmasin", "Petugas Cabang Banjarmasin", "Kantor Cabang Banjarmasin"),
    ("panitia.bali", "Panitia Provinsi Bali", "Panitia tingkat provinsi"),
    ("panitia2.bali", "Sekretariat Panitia Bali", "Panitia tingkat provinsi"),
    ("ketua.bali", "Ketua Tim Penilai Bali", "Sekretaris daerah"),
    ("sekretaris.bali", "Sekretaris Tim Penilai Bali", "Kepala kantor BPJS Ketenagakerjaan"),
    ("juri1.bali", "Juri 1 Bali", "Dinas ketenagakerjaan"),
    ("juri2.bali", "Juri 2 Bali", "Organisasi pengusaha"),
    ("juri3.bali", "Juri 3 Bali", "Serikat pekerja"),
    ("juri4.bali", "Juri 4 Bali", "Ahli jaminan sosial"),
    ("juri5.bali", "Juri 5 Bali", "Ahli ekonomi"),
    ("juri6.bali", "Juri 6 Bali", "Ahli hukum"),
    ("juri7.bali", "Juri 7 Bali", "Ahli kebijakan publik"),
]
"""(account, name, office)."""


def make() -> tuple[dict[str, User], str]:
    """Create the accounts and their postings; answers them by short name, and their password."""
    password = secrets.token_urlsafe(12)
    hashed = make_password(password)
    cast = {
        account: User.objects.create(
            email=f"{account}@{DOMAIN}",
            name=f"{name} (contoh)",
            office=office,
            password=hashed,
            is_superuser=account == "admin",
            is_example=True,
        )
        for account, name, office in CAST
    }
    for account, branch in [
        ("cabang.denpasar", "Bali Denpasar"),
        ("cabang.gianyar", "Bali Gianyar"),
        ("cabang.banjarmasin", "Banjarmasin"),
    ]:
        Posting.objects.create(user=cast[account], place=Posting.Place.BRANCH, branch=Branch.objects.get(name=branch))
    Posting.objects.create(
        user=cast["kanwil.banuspa"],
        place=Posting.Place.REGIONAL,
        regional_office=RegionalOffice.objects.get(name="Banuspa"),
    )
    Posting.objects.create(user=cast["kantor.pusat"], place=Posting.Place.HEAD)
    return cast, password


def write(file: Path, password: str) -> None:
    """Write addresses and password to a file that only the owner of the installation can read."""
    width = max(len(account) for account, _name, _office in CAST) + len(DOMAIN) + 3
    lines = [f"{account + '@' + DOMAIN:<{width}}{name} – {office}" for account, name, office in CAST]
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as target:
        target.write(
            "\n".join([f"Sign in at {settings.PARITRANA_URL} with any of these; password: {password}", "", *lines, ""])
        )
