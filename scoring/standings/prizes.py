"""The name of a place: Juara 1, Harapan 2, joint winner."""

from django.utils.translation import gettext as _

from awards.models.rubrics import Awarding


def prize(awarding: str, places: int, harapan: int, place: int | None) -> str:
    """The prize in the reader's language; empty for a place without one."""
    if awarding == Awarding.SPECIAL:
        return _("Special award")
    if place is None or place > places + harapan:
        return ""
    if place > places:
        return _("Harapan %(number)s") % {"number": place - places}
    return _("Joint winner") if awarding == Awarding.JOINT else _("Place %(number)s") % {"number": place}
