"""The English texts of an edition: its label, zones, categories, sectors, titles, aspects, criteria and what they ask.

A text belongs to the Indonesian words it stands for, in this edition alone: every version of a rubric and every sealed
result finds it, and where words have no English they are shown as they are.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from awards.models import Aspect, Category, Criterion, Edition, EnglishText, Sector, Title, Zone
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.display.english import now_read, page_in_english

Texts = Mapping[tuple[int, str], str]
"""(edition, Indonesian) -> English."""


def terms_of(edition: Edition) -> list[tuple[Any, list[str]]]:
    """What can have an English text, by kind; a text that occurs twice is listed at its first place."""
    rubric = {"rubric__category__edition": edition}
    found = [
        (_("Edition"), [edition.label]),
        (_("Zones"), _names(Zone, edition=edition)),
        (_("Categories"), _names(Category, edition=edition)),
        (_("Sectors"), _names(Sector, category__edition=edition)),
        (_("Titles"), _names(Title, **rubric)),
        (_("Aspects"), _names(Aspect, **rubric)),
        (_("Criteria"), _names(Criterion, aspect__rubric__category__edition=edition)),
        (_("Questions, levels and guidance"), _asked(edition)),
    ]
    seen: set[str] = set()
    parts = []
    for words, names in found:
        fresh = [name for name in dict.fromkeys(names) if name not in seen]
        seen |= set(fresh)
        if fresh:
            parts.append((words, fresh))
    return parts


def _names(model: Any, **where: Any) -> list[str]:
    return list(model.objects.filter(**where).order_by("pk").values_list("name", flat=True))


def _asked(edition: Edition) -> list[str]:
    """What the criteria ask and tell, line by line."""
    rows = Criterion.objects.filter(aspect__rubric__category__edition=edition).order_by("pk")
    found = []
    for guidance, evidence, rules in rows.values_list("guidance", "evidence", "rules"):
        found += [*guidance.splitlines(), evidence, *(rules.get(part, "") for part in ("part", "whole", "unit"))]
        named = [*rules.get("levels", []), *rules.get("items", []), rules.get("note") or {}]
        found += [one.get("label", "") for one in named]
    return [line for line in found if line]


def english_of(edition: Edition) -> dict[str, str]:
    return dict(edition.english_texts.order_by("indonesian").values_list("indonesian", "english"))


def write_english(edition: Edition, texts: Mapping[str, str]) -> None:
    EnglishText.objects.filter(edition=edition).exclude(indonesian__in=texts).delete()
    for indonesian, english in texts.items():
        EnglishText.objects.update_or_create(edition=edition, indonesian=indonesian, defaults={"english": english})


@transaction.atomic
def set_english(edition: Edition, texts: Mapping[str, str], *, seen: Any, by: User) -> None:
    """Save the texts, empty ones left out; ``seen`` are those the person saw. Raises ValidationError ``conflict``."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    before, after = english_of(edition), {key: text for key, text in texts.items() if text}
    if before != seen:
        raise ValidationError(_("Somebody changed this meanwhile."), code="conflict")
    if before == after:
        return
    write_english(edition, after)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    shown = [{key: texts[key] for key in changed if key in texts} for texts in (before, after)]
    trail.record(by, "edition.english", edition, before=shown[0], after=shown[1])


def texts_for_readers(editions: Iterable[int]) -> Texts:
    """The texts of these editions for a reader of English, none for others; one query."""
    if not (translation.get_language() or "").startswith("en"):
        return {}
    rows = EnglishText.objects.filter(edition__in=set(editions))
    return {(edition, text): english for edition, text, english in rows.values_list("edition", "indonesian", "english")}


def spoken(texts: Texts, edition: int, words: str) -> str:
    return texts.get((edition, words), words)


def label_for_readers(editions: Iterable[Edition], texts: Texts) -> None:
    """Give these rows, which are only read, their English label."""
    for edition in editions:
        edition.label = spoken(texts, edition.pk, edition.label)


def pages_in_english(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: pages of signed-in people show the English texts; what a request writes does not."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.LANGUAGE_CODE != "en" or request.path.startswith("/en/"):
            return get_response(request)

        @cache
        def texts() -> Mapping[str, str]:
            if not request.user.is_authenticated:
                return {}
            return dict(EnglishText.objects.order_by("edition__period_end").values_list("indonesian", "english"))

        with page_in_english(texts, is_read=request.method in {"GET", "HEAD"}):
            return get_response(request)

    return middleware


def answer_in_english(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the response page shows the English texts, also after a request that wrote something."""
    now_read()
    return {}
