"""Sub-panels: who judges the candidates of one category that are interviewed in one room."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from awards.models.editions import Category
from scoring.models.panels import Panel, Seat


class SubPanel(models.Model):
    """The jurors of one room for one category, and their own quorum.

    They alone judge a candidate of that category interviewed in that room. Every other candidate, also one without an
    interview, is judged by the whole panel. ``room`` is spelled as in the interviews.
    """

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="sub_panels")
    room = models.CharField(_("room"), max_length=80)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    quorum = models.PositiveSmallIntegerField(_("quorum"), validators=[MinValueValidator(1), MaxValueValidator(50)])
    seats: Any = models.ManyToManyField(Seat, related_name="sub_panels")

    class Meta:
        ordering = ["room", "category__order", "pk"]
        verbose_name = _("sub-panel")
        constraints = [models.UniqueConstraint(fields=["panel", "room", "category"], name="subpanel_once")]

    def __str__(self) -> str:
        return f"{self.room} · {self.category}"


def in_another_room(seat: str | int, nomination: str = "") -> Exists:
    """Whether a sub-panel without this seat judges the nomination, for a query.

    ``seat`` is a key, or the name of a field of the outer query; ``nomination`` is the path to it with ``__`` at its
    end, empty in a query of nominations.
    """
    here = SubPanel.objects.filter(
        panel__selection=OuterRef(f"{nomination}selection"),
        room=OuterRef(f"{nomination}interview__room"),
        category=OuterRef(f"{nomination}category"),
    )
    sits = SubPanel.seats.through.objects.filter(subpanel=OuterRef("pk"))
    return Exists(here.filter(~Exists(sits.filter(seat=OuterRef(OuterRef(seat)) if isinstance(seat, str) else seat))))
