"""The record of a recipient: awards announced here, and published ones of past periods with their sources."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from awards.models import PastAward
from awards.models.editions import GOVERNMENTS, CandidateKind
from awards.names import read_name
from scoring.public.announced import Announcement, Winner, announcements, key_of

NOWHERE = "id"
"""Used where no region was published: the whole country."""


@dataclass(frozen=True)
class PublicRecipient:
    """``awards`` were announced in the portal, ``past`` were published elsewhere; either may be empty, never both."""

    name: str
    region: str
    awards: list[Winner]
    past: list[PastAward]


def recipient(code: str, slug: str) -> PublicRecipient | None:
    """Whoever goes by this name in this region, or None when nothing public says so.

    Addresses once had no legal form in them: such a one leads to the only recipient it can mean.
    """
    found = _recipient(code, slug)
    if found is None:
        meant = {key for key in recipients(announcements()) if key[0] == code and _without_form(key[1]) == slug}
        found = _recipient(*meant.pop()) if len(meant) == 1 else None
    return found


def _without_form(slug: str) -> str:
    return read_name(slug.replace("-", " ")).bare.replace(" ", "-")


def _recipient(code: str, slug: str) -> PublicRecipient | None:
    awards = [winner for each in announcements() for winner in each.winners if _is_same(winner.key, (code, slug))]
    rows = (
        PastAward.objects.placed()
        .exclude(prize=PastAward.Prize.NOMINEE)
        .filter(Q(name_key=slug.replace("-", " ")) | Q(kind__in=GOVERNMENTS, region__code=code))
    )
    past = [award for award in rows.select_related("province", "region") if _is_past_of(award, code, slug)]
    if not awards and not past:
        return None
    if awards:
        return PublicRecipient(awards[0].line.name, awards[0].line.region, awards, past)
    home = past[0].region or past[0].province
    return PublicRecipient(past_name(past[0]), str(home) if home else "", awards, past)


def past_name(award: PastAward) -> str:
    return award.region.name if award.kind in GOVERNMENTS and award.region else award.name


def past_key(award: PastAward) -> tuple[str, str]:
    """Needs the award's region and province at hand. Without a name while its province is not known: no page."""
    if award.is_unplaced:
        return NOWHERE, ""
    home = award.region or award.province
    return key_of(home.code if home else NOWHERE, past_name(award))


def _is_past_of(award: PastAward, code: str, slug: str) -> bool:
    found = past_key(award)
    # Villages of one name lie in one province: only the same regency makes them one.
    return found == (code, slug) if award.kind == CandidateKind.VILLAGE else _is_same(found, (code, slug))


def _is_same(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """The same name, and the same region or one inside the other."""
    (code, slug), (other_code, other_slug) = one, other
    if slug != other_slug or not slug:
        return False
    return code == other_code or code.startswith(f"{other_code}.") or other_code.startswith(f"{code}.")


def recipients(announced: Iterable[Announcement]) -> list[tuple[str, str]]:
    """The keys of all recipients with a page, for the sitemap."""
    rows = PastAward.objects.placed().exclude(prize=PastAward.Prize.NOMINEE).select_related("province", "region")
    found = {winner.key for each in announced for winner in each.winners} | {past_key(award) for award in rows}
    return sorted(key for key in found if key[1])
