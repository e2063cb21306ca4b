"""The two editions of the example, loaded from the same documents any committee can load."""

import json

from django.conf import settings

from awards.editions.documents import load_edition
from paritrana.accounts.models import User


def load(*, by: User) -> None:
    for year in (2023, 2024):
        document = json.loads((settings.BASE_DIR / "fixtures" / "editions" / f"{year}.json").read_text())
        load_edition(document | {"is_example": True}, by=by)
