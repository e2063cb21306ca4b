"""A selection: one province's or the national run of an edition, with its own stage and calendar."""

from datetime import datetime
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.models.appointments import appointments_of
from awards.models.editions import Category, Edition
from awards.models.rubrics import Grouping, Title
from awards.stages import Stage
from paritrana.accounts.models import User
from paritrana.accounts.two_signatures import TwoSignatures
from paritrana.display import formats
from regions.models.places import Region, TimeZone, postings_of


class SelectionQuerySet(models.QuerySet[Any]):
    def with_context(self) -> "SelectionQuerySet":
        return self.select_related("edition", "province")

    def visible_to(self, user: User) -> "SelectionQuerySet":
        """By appointment to the selection or its edition, or by a posting in its province."""
        if user.is_superuser:
            return self
        # Every page runs this: fetching a few rows is faster than building subqueries.
        mine = appointments_of(user)
        seen = Q(pk__in=[one.selection_id for one in mine if one.selection_id])
        whole = [one.edition_id for one in mine if not one.selection_id]
        seen = seen | Q(edition__in=whole) if whole else seen
        if not postings_of(user):
            return self.filter(seen)
        worked = Region.objects.worked_by(user)
        return self.filter(seen | Q(province__in=worked) | Q(province__in=worked.values("parent")))


class StageReturn(TwoSignatures):
    """A request of one person, seconded by another, to take back a stage that was opened by mistake."""

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("seconded")
        WITHDRAWN = "withdrawn", _("withdrawn")
        OVERTAKEN = "overtaken", _("overtaken by a change")

    selection = models.ForeignKey("Selection", models.PROTECT, related_name="stage_returns")
    stage = models.CharField(max_length=12, choices=Stage)
    reason = models.CharField(_("reason"), max_length=300)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("request to take back a stage")
        constraints = [
            *TwoSignatures.Meta.constraints,
            models.UniqueConstraint(fields=["selection"], condition=Q(outcome=""), name="stagereturn_one_open"),
            models.CheckConstraint(condition=~Q(reason=""), name="stagereturn_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.selection}: {self.get_stage_display()}"


class StageDateQuerySet(models.QuerySet[Any]):
    def closed(self, at: datetime | None = None) -> Self:
        """Dates whose close is reached, by the database's clock unless an instant is given."""
        return self.filter(closes_at__lte=Now() if at is None else at)

    def to_close(self) -> Self:
        """Dates whose close is still to come, by the database's clock."""
        return self.filter(closes_at__gt=Now())

    def to_open(self) -> Self:
        """Dates whose first moment is still to come, by the database's clock."""
        return self.filter(opens_at__gt=Now())


class Level(models.TextChoices):
    PROVINCIAL = "provincial", _("provincial")
    NATIONAL = "national", _("national")


class Selection(models.Model):
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="selections")
    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    province = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="selections")
    categories = models.ManyToManyField(Category, through="Contest", related_name="selections")
    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.PREPARATION)
    groups_by_zone = models.BooleanField(default=False, db_default=False, editable=False)
    """True where a province was ranked by zone already, before zones became national alone."""
    publishes_totals = models.BooleanField(_("totals are published with the winners"), default=False)

    objects: ClassVar[Any] = SelectionQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "level", "province__code"]
        verbose_name = _("selection")
        constraints = [
            models.CheckConstraint(
                condition=Q(level="national", province=None) | Q(level="provincial", province__isnull=False),
                name="selection_province_by_level",
            ),
            models.UniqueConstraint(
                fields=["edition", "province"],
                condition=Q(level="provincial"),
                name="one_selection_a_province",
            ),
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(level="national"),
                name="one_national_selection",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_name} · {self.edition}"

    def get_absolute_url(self) -> str:
        return reverse("selection", args=[self.slug])

    @property
    def place_name(self) -> str:
        return str(_("National selection")) if self.province is None else f"{_('Selection of')} {self.province}"

    def grouping_of(self, title: Title) -> str:
        """Zones are national: within one province everybody competes together for a title grouped by zone."""
        if title.grouping == Grouping.ZONE and self.province_id and not self.groups_by_zone:
            return Grouping.ALL
        return title.grouping

    @property
    def zone_label(self) -> str:
        """WIB, WITA or WIT: the time zone of its deadlines; the national selection uses Jakarta's."""
        return TimeZone.WIB.value if self.province is None else self.province.time_zone

    @property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(TimeZone(self.zone_label).name_in_database)

    def moment(self, value: datetime | None) -> str:
        """A moment in the province's time zone; in all three for the national selection."""
        return formats.everywhere(value) if self.province is None else formats.moment(value, self.zone_label)

    @property
    def is_sealed(self) -> bool:
        return self.stage in {Stage.SEALED, Stage.ANNOUNCED}


class Contest(models.Model):
    """A category of a selection; from the first mark on it keeps the rubric it is scored by."""

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="contests")
    category = models.ForeignKey(Category, models.PROTECT, related_name="contests")
    rubric = models.ForeignKey("Rubric", models.PROTECT, null=True, blank=True, related_name="contests")

    class Meta:
        ordering = ["selection", "category__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["selection", "category"], name="contest_once")]

    def __str__(self) -> str:
        return f"{self.selection}: {self.category}"


class StageDate(models.Model):
    """When a stage of one selection opens and closes; it is open before ``closes_at`` and closed from then on.

    A moved close keeps the one first planned, and gives a reason. What is announced stays announced: that stage has a
    day on which it is planned, and no close; ``closes_at`` is the end of that day.
    """

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="dates")
    stage = models.CharField(max_length=12, choices=Stage)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    planned_close = models.DateTimeField(_("first planned to close"), null=True, blank=True)
    extension_reason = models.CharField(_("reason for the extension"), max_length=300, blank=True)

    objects: ClassVar[Any] = StageDateQuerySet.as_manager()

    class Meta:
        ordering = ["opens_at"]
        constraints = [
            models.UniqueConstraint(fields=["selection", "stage"], name="stagedate_once"),
            models.CheckConstraint(condition=Q(opens_at__lt=F("closes_at")), name="stagedate_in_order"),
            models.CheckConstraint(
                condition=Q(planned_close=None, extension_reason="")
                | (Q(planned_close__isnull=False) & ~Q(extension_reason="")),
                name="stagedate_extension_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.selection}: {self.get_stage_display()}"

    @property
    def opening_text(self) -> str:
        """The close, and for an extension the old date and the reason; empty for what does not close."""
        if self.stage == Stage.ANNOUNCED:
            return ""
        closes = self.selection.moment(self.closes_at)
        return f"{closes} ({self.extension})" if self.is_extended else closes

    @property
    def is_extended(self) -> bool:
        return self.planned_close is not None

    @property
    def extension(self) -> str:
        """The old date and the reason of an extension; empty without one."""
        if not self.is_extended:
            return ""
        values = {"planned": self.selection.moment(self.planned_close), "reason": self.extension_reason}
        if self.planned_close and self.closes_at < self.planned_close:
            return _("brought forward from %(planned)s because: %(reason)s") % values
        return _("extended from %(planned)s because: %(reason)s") % values
