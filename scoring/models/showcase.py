"""What comes with a place: rewards, and a winner's citation, story and photo."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models import Nomination, Selection, Title
from paritrana.display import formats


class Reward(models.Model):
    """Money and goods that go with a place of a title in one selection; ``place`` 0 is a special award."""

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="rewards")
    title = models.ForeignKey(Title, models.PROTECT, related_name="rewards")
    place = models.PositiveSmallIntegerField()
    amount = models.PositiveBigIntegerField(_("money"), null=True, blank=True)
    goods = models.CharField(_("goods"), max_length=200, blank=True)

    class Meta:
        ordering = ["selection", "title", "place"]
        verbose_name = _("reward")
        constraints = [
            models.UniqueConstraint(fields=["selection", "title", "place"], name="reward_once"),
            models.CheckConstraint(condition=Q(amount__gt=0) | ~Q(goods=""), name="reward_is_something"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        money = f"Rp{formats.NARROW}{formats.count(self.amount)}" if self.amount else ""
        return (
            _("%(money)s and %(goods)s") % {"money": money, "goods": self.goods}
            if money and self.goods
            else (money or self.goods)
        )


class WinnerStory(models.Model):
    """What the public reads about a winner. The photo is a small picture drawn anew from the one handed in.

    It belongs to the nomination and is shown only while that is among the announced winners.
    """

    nomination = models.OneToOneField(Nomination, models.PROTECT, related_name="story")
    citation = models.CharField(_("citation"), max_length=300, blank=True)
    text = models.TextField(_("story"), max_length=4000, blank=True)
    photo_key = models.CharField(max_length=100, blank=True, editable=False)
    photo_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    photo_alt = models.CharField(_("what the photo shows"), max_length=200, blank=True)
    photo_credit = models.CharField(_("photographer"), max_length=120, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    written_at = models.DateTimeField(auto_now=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("story of a winner")
        constraints = [
            models.CheckConstraint(
                condition=Q(photo_key="", photo_sha256="")
                | (~Q(photo_key="") & ~Q(photo_sha256="") & ~Q(photo_alt="")),
                name="story_photo_is_described",
            )
        ]

    def __str__(self) -> str:
        return str(self.nomination)

    def values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("citation", "text", "photo_alt", "photo_credit")}
