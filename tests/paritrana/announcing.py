"""A result in the database of a started portal: ``python -m tests.paritrana.announcing [SECONDS]``.

Seals an invented one and says the addresses that may tell of it; with SECONDS, makes it public in so many and says
when that is (seconds since 1970).
"""

import json
import sys
import time
from datetime import UTC, datetime
from hashlib import sha256

import django

django.setup()

from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from scoring.documents.codes import fresh_code, grouped  # noqa: E402
from scoring.models import Document, Seal  # noqa: E402
from tests.scoring.public import announced as make  # noqa: E402


def seal() -> dict[str, object]:
    selection = make.at_province("51", "Bali")
    seal = make.sealed(selection, make.ranking(make.line("PT Rahasia Jaya")))
    content, code = b"%PDF", fresh_code()
    subject = dict.fromkeys(("award", "title", "category", "group", "number"), "1")
    subject |= {"name": "PT Rahasia Jaya", "region": "Bali", "prize": "Juara 1"}
    Document.objects.create(
        seal=seal, kind="certificate", subject=subject, code=code, content=content, sha256=sha256(content).hexdigest()
    )
    winner = ["51.01", "rahasia-jaya"]
    public = [reverse(name) for name in ("home", "sitemap", "public-results", "en:public-results")]
    public += [reverse(name) for name in ("winners-json", "winners-csv", "winners-atom")]
    public += [reverse(name, args=[selection.slug]) for name in ("public-result", "public-result-picture")]
    public += [reverse(name, args=winner) for name in ("public-recipient", "public-recipient-picture")]
    code_and_stage = {"code": reverse("check-code", args=[grouped(code)])}
    return code_and_stage | {"public": public, "ceremony": reverse("ceremony", args=[selection.slug])}


def announce(seconds: float) -> float:
    found = Seal.objects.get()
    moment = time.time() + seconds
    found.public_from, found.announced_at = datetime.fromtimestamp(moment, UTC), timezone.now()
    found.announced_by = found.sealed_by
    found.save()
    return moment


if __name__ == "__main__":
    print(json.dumps(announce(float(sys.argv[1])) if sys.argv[1:] else seal()))
