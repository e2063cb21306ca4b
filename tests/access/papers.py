"""What the world's sealed selections have in hand: a certificate, an addendum that waits, a special award."""

from typing import Any

from awards.models import Selection, Title
from paritrana.accounts.models import User
from scoring.models import Addendum, Document, SpecialAward
from tests.scoring.documents import documents


def kept(chosen: Selection, people: dict[str, User], mark: str) -> Document:
    """A certificate of a sealed selection."""
    return documents.kept(chosen.seal, 1, people["committee"], name=f"Penerima {mark}")[0]


def addendum(chosen: Selection, people: dict[str, User], mark: str) -> Addendum:
    """One that waits for a second person."""
    texts = {"written": f"Salah {mark}", "instead": f"Benar {mark}", "reason": "Salah ketik"}
    return Addendum.objects.create(seal=chosen.seal, paper="minutes", asked_by=people["committee"], **texts)


def special_award(nomination: Any, people: dict[str, User], mark: str) -> SpecialAward:
    title = Title.objects.get_or_create(
        rubric=nomination.category.current_rubric,
        slug="khusus",
        defaults={"name": "Khusus", "grouping": "all", "awarding": "special"},
    )[0]
    return SpecialAward.objects.create(
        selection=nomination.selection,
        title=title,
        nomination=nomination,
        reason=f"Alasan {mark}",
        granted_by=people["committee"],
    )
