"""The sections of KBLI 2020 (Klasifikasi Baku Lapangan Usaha Indonesia) by the first two digits of a code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SECTIONS: list[tuple[int, int, Promise]] = [
    (1, 3, _("agriculture, forestry and fishery")),
    (5, 9, _("mining and quarrying")),
    (10, 33, _("manufacturing")),
    (35, 35, _("electricity, gas, steam and cooled air")),
    (36, 39, _("water, waste water, waste and remediation")),
    (41, 43, _("construction")),
    (45, 47, _("wholesale and retail trade, repair of cars and motorcycles")),
    (49, 53, _("transport and storage")),
    (55, 56, _("accommodation and food service")),
    (58, 63, _("information and communication")),
    (64, 66, _("finance and insurance")),
    (68, 68, _("real estate")),
    (69, 75, _("professional, scientific and technical services")),
    (77, 82, _("leasing, employment, travel and business support")),
    (84, 84, _("public administration, defence and social security")),
    (85, 85, _("education")),
    (86, 88, _("health and social activities")),
    (90, 93, _("arts, entertainment and recreation")),
    (94, 96, _("other services")),
    (97, 98, _("households as employers")),
    (99, 99, _("international bodies")),
]
"""(first division, last division, name)."""


def section(code: str) -> Promise | None:
    """The name of the section a code of 2 to 5 digits lies in; None when there is no such division."""
    if len(code) < 2 or not code[:2].isdecimal():
        return None
    division = int(code[:2])
    return next((name for first, last, name in SECTIONS if first <= division <= last), None)
