"""How a category is scored (rubric, aspects, criteria), and what is ranked (titles and their weights).

Weights are basis points (100.00 % = 10000); points and scores are hundredths (100.00 = 10000).
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from awards.criteria import WHOLE
from awards.criteria.kinds import KINDS
from awards.models.editions import Category
from awards.models.english import Named
from paritrana.accounts.two_signatures import signed
from paritrana.display.one_line import OneLineField
from regions.models.figures import Segment


class RubricQuerySet(models.QuerySet[Any]):
    def newest(self) -> Self:
        """The last version of every category."""
        newer = self.model.objects.filter(category=OuterRef("category"), version__gt=OuterRef("version"))
        return self.filter(~Exists(newer))

    def in_force(self, selection: Any) -> Self:
        """One rubric per category of a selection (or ``OuterRef``): the pinned version, else the latest."""
        from awards.models.selections import Contest

        # One level further out than the contests, or it would refer to the rubric.
        outer = OuterRef(selection) if isinstance(selection, OuterRef) else selection
        contests = Contest.objects.filter(selection=outer, category=OuterRef("category"))
        newer = self.model.objects.filter(category=OuterRef("category"), version__gt=OuterRef("version"))
        return self.filter(
            Q(Exists(contests.filter(rubric=OuterRef("pk"))))
            | Q(Exists(contests.filter(rubric=None))) & ~Q(Exists(newer))
        )


class Rubric(models.Model):
    """One version of a category's rubric; the first mark locks it, and a later version states its reason.

    With ``trims`` a highest and a lowest mark of a criterion are left out as soon as five count.
    """

    category = models.ForeignKey(Category, models.PROTECT, related_name="rubrics")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    trims = models.BooleanField(_("leaves out the highest and the lowest mark"), default=False)
    reason = models.CharField(_("reason for this version"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    locked_at = models.DateTimeField(null=True, editable=False)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects: ClassVar[Any] = RubricQuerySet.as_manager()

    class Meta:
        ordering = ["category", "-version"]
        verbose_name = _("rubric")
        constraints = [
            models.UniqueConstraint(fields=["category", "version"], name="rubric_once"),
            models.CheckConstraint(condition=signed("locked_at", "locked_by"), name="rubric_locker_signs"),
        ]

    def __str__(self) -> str:
        return f"{self.category} v{self.version}"

    @property
    def weight_sum(self) -> int:
        """The sum of all criteria's weights in basis points: 10000. No query when they are prefetched."""
        return sum(criterion.weight for aspect in self.aspects.all() for criterion in aspect.criteria.all())


class Aspect(Named):
    rubric = models.ForeignKey(Rubric, models.CASCADE, related_name="aspects")
    slug = models.SlugField(max_length=40)
    name = OneLineField(_("name"), max_length=100)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rubric", "order"]
        verbose_name = _("aspect")
        constraints = [models.UniqueConstraint(fields=["rubric", "slug"], name="aspect_once")]


class Criterion(Named):
    """One criterion of one kind.

    ``rules`` is the data of the kind, see ``awards/criteria/kinds/``; points are hundredths. ``not_applicable`` are the
    points of candidates the criterion does not apply to; without them such a candidate is listed without a rank. A
    candidate below ``minimum`` points is not eligible, by the ``legal_basis``; a weight of 0 asks without scoring.
    """

    class Kind:
        """The two kinds with pages of their own: the interview and the score sheet."""

        ATTENDANCE = "attendance"
        MARK = "mark"

    aspect = models.ForeignKey(Aspect, models.CASCADE, related_name="criteria")
    slug = models.SlugField(max_length=40)
    name = OneLineField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12)
    weight = models.PositiveIntegerField(_("weight"), validators=[MaxValueValidator(WHOLE)])
    segments = models.ManyToManyField(Segment, blank=True, related_name="+")
    rules: Any = models.JSONField(default=dict, blank=True)
    guidance = models.TextField(_("guidance"), blank=True)
    evidence = models.CharField(_("evidence to attach"), max_length=200, blank=True)
    evidence_required = models.BooleanField(_("evidence is required"), default=False)
    minimum = models.PositiveIntegerField(_("minimum points to be eligible"), null=True, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["aspect__rubric", "aspect__order", "order"]
        verbose_name = _("criterion")
        constraints = [
            models.UniqueConstraint(fields=["aspect", "slug"], name="criterion_once"),
            models.CheckConstraint(condition=Q(weight__lte=WHOLE), name="criterion_weight_at_most_whole"),
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(minimum__lte=WHOLE), name="criterion_minimum_at_most_whole"
            ),
        ]

    @property
    def is_answered(self) -> bool:
        """The nominator answers it; other kinds are taken from coverage, interviews and score sheets."""
        return KINDS[self.kind].is_answered

    @property
    def is_interviewed(self) -> bool:
        """It is assessed at the interview."""
        return KINDS[self.kind].is_interviewed

    @property
    def kind_label(self) -> str:
        return str(KINDS[self.kind].label)

    def level(self, code: str) -> dict[str, Any] | None:
        """The level of a band or attendance table with this code, if there is one."""
        return next(
            (level for level in self.rules.get("levels", []) if level["code"] == code),
            None,
        )


class Grouping(models.TextChoices):
    ALL = "all", _("all together")
    PROVINCE = "province", _("per province")
    ZONE = "zone", _("per zone")
    SECTOR = "sector", _("per sector")


class Awarding(models.TextChoices):
    RANKED = "ranked", _("places in order")
    JOINT = "joint", _("joint winners without order")
    SPECIAL = "special", _("special award outside the ranking")


class Title(Named):
    """What is ranked and awarded: weights over the criteria, grouping, number of places.

    After the ``places`` there are ``harapan`` further ones (Harapan 1, 2, ...). With ``among`` only holders of the
    first ``among_places`` of that title compete: first by sector, then the best across the sectors. A special award has
    no weights: the plenary names its recipient and the reason.
    """

    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="titles")
    slug = models.SlugField(_("short name"), max_length=50)
    name = OneLineField(_("name"), max_length=100)
    grouping = models.CharField(_("grouping"), max_length=10, choices=Grouping)
    awarding = models.CharField(_("kind of award"), max_length=10, choices=Awarding, default=Awarding.RANKED)
    places = models.PositiveSmallIntegerField(_("places"), default=3)
    harapan = models.PositiveSmallIntegerField(_("places Harapan"), default=0)
    among = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    among_places = models.PositiveSmallIntegerField(_("places that qualify"), null=True, blank=True)
    criteria = models.ManyToManyField(Criterion, through="TitleWeight", related_name="titles")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["rubric__category__order", "order", "pk"]
        verbose_name = _("title")
        constraints = [
            models.UniqueConstraint(fields=["rubric", "slug"], name="title_once"),
            models.CheckConstraint(
                condition=Q(among=None, among_places=None) | Q(among__isnull=False, among_places__gt=0),
                name="title_among_whom",
            ),
        ]

    @property
    def rewarded(self) -> int:
        """How many places are awarded, including Harapan."""
        return self.places + self.harapan


class TitleWeight(models.Model):
    title = models.ForeignKey(Title, models.CASCADE, related_name="weights")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    weight = models.PositiveIntegerField(_("weight"), validators=[MaxValueValidator(WHOLE)])

    class Meta:
        ordering = ["criterion__aspect__order", "criterion__order"]
        constraints = [
            models.UniqueConstraint(fields=["title", "criterion"], name="titleweight_once"),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=WHOLE),
                name="titleweight_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.weight}"


class TieRule(models.Model):
    """A rule of a title for equal totals, in order: the points of an aspect, or the score of a criterion."""

    title = models.ForeignKey(Title, models.CASCADE, related_name="ties")
    order = models.PositiveSmallIntegerField()
    aspect = models.ForeignKey(Aspect, models.PROTECT, null=True, related_name="+")
    criterion = models.ForeignKey(Criterion, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["title", "order"]
        verbose_name = _("rule for ties")
        constraints = [
            models.UniqueConstraint(fields=["title", "order"], name="tierule_order_once"),
            models.CheckConstraint(
                condition=Q(aspect=None, criterion__isnull=False) | Q(aspect__isnull=False, criterion=None),
                name="tierule_names_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.named)

    @property
    def kind(self) -> str:
        """Its name in documents: ``aspect`` or ``criterion``."""
        return "aspect" if self.aspect_id else "criterion"

    @property
    def named(self) -> Any:
        """The aspect or the criterion it compares."""
        return self.aspect if self.aspect_id else self.criterion
