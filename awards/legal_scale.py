"""Rules set by law: the scale of an enterprise, and the programmes it must take part in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

BILLION = 1_000_000_000


class Scale(models.TextChoices):
    MICRO = "mikro", _("micro")
    SMALL = "kecil", _("small")
    MEDIUM = "menengah", _("medium")
    LARGE = "besar", _("large")


class ScaleBasis(models.TextChoices):
    """What the scale was measured by; PP 7/2021 article 35 allows both."""

    CAPITAL = "modal", _("capital without land and building")
    SALES = "penjualan", _("yearly sales")


LIMITS: dict[str, list[tuple[int, Scale]]] = {
    ScaleBasis.CAPITAL: [(1 * BILLION, Scale.MICRO), (5 * BILLION, Scale.SMALL), (10 * BILLION, Scale.MEDIUM)],
    ScaleBasis.SALES: [(2 * BILLION, Scale.MICRO), (15 * BILLION, Scale.SMALL), (50 * BILLION, Scale.MEDIUM)],
}
"""PP 7/2021 article 35: the upper limit in rupiah of each scale, inclusive; above the last it is large."""

PROGRAMMES: dict[str, tuple[str, ...]] = {
    Scale.MICRO: ("JKK", "JKM"),
    Scale.SMALL: ("JKK", "JKM", "JHT"),
    Scale.MEDIUM: ("JKK", "JKM", "JHT", "JP"),
    Scale.LARGE: ("JKK", "JKM", "JHT", "JP"),
}
"""Perpres 109/2013 article 6: the required programmes of enterprises with their own workers."""

DAY_LABOUR = ("JKK", "JKM")
"""The same article: construction with day labourers, whatever its scale."""


def scale_of(basis: str, amount: int) -> Scale:
    """The scale of an enterprise from ``amount`` rupiah of this basis."""
    return next((scale for limit, scale in LIMITS[basis] if amount <= limit), Scale.LARGE)


def required_programmes(scale: str, *, day_labour: bool = False) -> tuple[str, ...]:
    return DAY_LABOUR if day_labour else PROGRAMMES[scale]
