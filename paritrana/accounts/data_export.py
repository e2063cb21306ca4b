"""One person's data as a file to take along: a zip with one JSON document."""

import json
import zipfile
from io import BytesIO

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.accounts.personal_data import holdings

NAME = "data-pribadi.json"


@transaction.atomic
def made(user: User, *, by: User) -> bytes:
    """The zip; confidential holdings are given to the person alone, and named without rows to others."""
    trail.record(by, "account.export-data", user)
    whole = {
        "person": user.trail_label,
        "made_at": timezone.now(),
        "holdings": [
            {
                "code": each.code,
                "what": str(each.what),
                "why": str(each.why),
                "kept": str(each.kept),
                "rows": None if each.is_confidential and by.pk != user.pk else list(each.rows(user)),
            }
            for each in holdings()
        ],
    }
    into = BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(NAME, json.dumps(whole, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
    return into.getvalue()
