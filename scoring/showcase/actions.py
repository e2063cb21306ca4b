"""Writing about a winner, and setting what the places of a title are given; both are in the trail."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Nomination, Selection, Title
from awards.stages import Permission
from paritrana.accounts import trail
from paritrana.accounts.models import User
from paritrana.uploads.keeping import removed_if_refused
from scoring.edit_conflicts import EditConflict
from scoring.models import Reward, WinnerStory
from scoring.permissions import hold
from scoring.showcase import photos
from scoring.standings import visibility

Given = Mapping[int, tuple[int | None, str]]
"""place -> (rupiah or None, goods); an empty pair is no reward."""


def write_story(
    nomination: Nomination,
    *,
    version: int,
    photo: UploadedFile | None = None,
    without_photo: bool = False,
    by: User,
    **texts: str,
) -> WinnerStory:
    """Write citation, story and photo. EditConflict when somebody saved first; ValidationError: ``not-described`` for a
    photo without words, and those of ``photos.store``."""
    key, digest = photos.store(photo) if photo else ("", "")
    with removed_if_refused(key, ValidationError, EditConflict):
        return _record(nomination, version, texts, (key, digest), without_photo, by)


@transaction.atomic
def _record(
    nomination: Nomination, version: int, texts: dict[str, str], photo: tuple[str, str], without: bool, by: User
) -> WinnerStory:
    visibility.require_shown(by, hold(nomination.selection, Permission.MAKE_DOCUMENTS, by))
    story, _made = WinnerStory.objects.get_or_create(nomination=nomination, defaults={"written_by": by})
    fields: dict[str, Any] = {**texts, "written_by": by, "written_at": timezone.now()}
    if photo[0] or without:
        fields |= {"photo_key": photo[0], "photo_sha256": photo[1]}
    if (fields.get("photo_key", story.photo_key)) and not texts.get("photo_alt", "").strip():
        raise ValidationError({"photo_alt": _("Say what the photo shows, for those who do not see it.")})
    if not WinnerStory.objects.filter(pk=story.pk, version=version).update(**fields, version=F("version") + 1):
        raise EditConflict(story)
    before = story.values()
    story.refresh_from_db()
    detail = {"before": before, "after": story.values(), "photo": story.photo_sha256}
    trail.record(by, "story.write", nomination, **detail)
    return story


@transaction.atomic
def set_rewards(selection: Selection, title: Title, given: Given, *, seen: Any = None, by: User) -> bool:
    """What the places of this title are given; True if anything changed.

    ValidationError ``conflict`` when the rewards are no longer those ``seen`` (as ``spelled``).
    """
    visibility.require_shown(by, hold(selection, Permission.MAKE_DOCUMENTS, by))
    before = rewards_given(selection, title)
    if seen is not None and seen != spelled(before):
        raise ValidationError(_("Somebody changed the rewards meanwhile; please look again."), code="conflict")
    wanted = {place: pair for place, pair in given.items() if pair[0] or pair[1]}
    if wanted == before:
        return False
    Reward.objects.filter(selection=selection, title=title).delete()
    Reward.objects.bulk_create(
        Reward(selection=selection, title=title, place=place, amount=amount, goods=goods)
        for place, (amount, goods) in wanted.items()
    )
    trail.record(by, "reward.set", selection, title=title.slug, before=spelled(before), after=spelled(wanted))
    return True


def rewards_given(selection: Selection, title: Title) -> dict[int, tuple[int | None, str]]:
    rows = Reward.objects.filter(selection=selection, title=title)
    return {row.place: (row.amount, row.goods) for row in rows}


def spelled(given: Given) -> dict[str, list[Any]]:
    """As JSON gives it back."""
    return {str(place): list(pair) for place, pair in sorted(given.items())}
