"""Certificates for winners and nominees of past periods: reprints from published sources, labelled as such."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from awards.models import PastAward
from awards.models.history import PastAwardQuerySet
from scoring.documents import certificates, wording
from scoring.models import Document


def published() -> PastAwardQuerySet:
    """Everybody a source names and whose selection is known: the winners, and the nominees who won nothing."""
    return (
        PastAward.objects.placed()
        .select_related("province", "region")
        .order_by("period", "level", "province__code", "category", "pk")
    )


def subject(award: PastAward) -> dict[str, Any]:
    """What its certificate and its check page show; needs province and region loaded."""
    region = award.region or award.province
    zone = _("Zone %(zone)s") % {"zone": award.zone} if award.zone and not award.province else ""
    found = certificates.CertificateRecipient(
        name=award.name,
        code=region.code if region else "",
        region=region.name if region else "",
        category=award.category,
        title=award.sector,
        group=zone,
        prize=prize(award),
        design=_design(award),
    )
    values = {"edition": _period(award), "province": award.province.name if award.province else None}
    return found.subject("") | values | {"sources": list(award.sources)}


def prize(award: PastAward) -> str:
    """The prize as text; empty for a nominee, as on the certificates of a selection."""
    if award.prize == PastAward.Prize.NOMINEE:
        return ""
    if award.prize == PastAward.Prize.PLACE and award.place:
        words = _("Place %(number)s") % {"number": award.place}
        return _("%(prize)s, joint") % {"prize": words} if award.is_joint else words
    if award.prize == PastAward.Prize.HARAPAN and award.place:
        return _("Harapan %(number)s") % {"number": award.place}
    words = str(award.get_prize_display())
    return words[:1].upper() + words[1:]


def _design(award: PastAward) -> str:
    is_place = award.prize not in (PastAward.Prize.NOMINEE, PastAward.Prize.HARAPAN)
    return certificates.design_of(award.level) if is_place else certificates.HONOUR


def _period(award: PastAward) -> str:
    return _("period %(year)s") % {"year": award.period}


def certificate_content(about: dict[str, Any], *, paper: str, code: str) -> dict[str, Any]:
    """The data for ``certificate.typ``: the default wording, no signatures."""
    return certificates.certificate(
        about,
        wording.common_words(about["edition"], about["edition"], about["province"]),
        wording.defaults(Document.Kind.CERTIFICATE),
        signing=certificates.Signing(),
        logo=None,
        label=_("Reprint from published sources, not the certificate that was handed over"),
        paper=paper,
        code=code,
    )


def missing(awards: Iterable[PastAward], language: str) -> list[PastAward]:
    """Those without a certificate in this language."""
    awards = list(awards)
    rows = Document.objects.filter(past_award__in=awards, language=language)
    made = set(rows.values_list("past_award", flat=True))
    return [award for award in awards if award.pk not in made]
