"""Whether a check blocks an act or only adds a note. The same two words on every page."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Gravity(models.TextChoices):
    """What blocks is lifted first, or passed over by two people where the rules allow it; a note is only read."""

    BLOCKS = "blocks", pgettext_lazy("check", "blocks")
    NOTE = "note", pgettext_lazy("check", "note")
