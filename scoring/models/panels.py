"""The panel (tim penilai), its seats and conflicts of interest."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from awards.models.appointments import Appointment
from awards.models.nominations import Nomination
from awards.models.rubrics import WHOLE
from awards.models.selections import Selection
from paritrana.accounts.models import User
from paritrana.accounts.two_signatures import signed
from paritrana.display.one_line import OneLineField
from regions.models import Posting


class SeatQuerySet(models.QuerySet[Any]):
    def of(self, user: User) -> "SeatQuerySet":
        """The seats this person holds now."""
        return self.filter(appointment__user_id=user.pk, appointment__ended_at=None)

    def assisted_by(self, user: User) -> "SeatQuerySet":
        """Those whose juror named this person's address as the assistant's, without a part in the selection.

        A part is a role, a hand in a nomination, or the work in a candidate's region, whenever it came.
        """
        here = OuterRef("panel__selection")
        held = Appointment.objects.current().filter(user_id=user.pk, edition=OuterRef("panel__selection__edition"))
        hands = Q(nominated_by=user.pk) | Q(submitted_by=user.pk) | Q(verified_by=user.pk) | Q(doors__user=user.pk)
        posted = Posting.objects.current().filter(user_id=user.pk)
        offices = posted.values("regional_office")
        area = Q(candidate__region__branches__in=posted.values("branch"))
        area |= Q(candidate__region__regional_office__in=offices)
        area |= Q(candidate__region__parent__regional_office__in=offices)
        return self.filter(
            ~Exists(held.filter(Q(selection=here) | Q(selection=None))),
            ~Exists(posted.filter(place=Posting.Place.HEAD)),
            ~Exists(Nomination.objects.filter(hands | area, selection=here)),
            assistant_address=user.email,
        )

    def sitting(self) -> "SeatQuerySet":
        """Current seats, including observers."""
        return self.filter(appointment__ended_at=None)

    def counting(self) -> "SeatQuerySet":
        """Seats whose marks count: current ones, or for a sealed result those at the time of the seal."""
        at_the_seal = Q(appointment__ended_at__gt=F("panel__selection__seal__sealed_at"))
        return self.filter(Q(appointment__ended_at=None) | at_the_seal, is_observer=False)

    def visible_to(self, user: User) -> "SeatQuerySet":
        return self.filter(panel__selection__in=Selection.objects.visible_to(user))

    def with_people(self) -> "SeatQuerySet":
        return self.select_related("appointment__user", "panel__selection__edition", "panel__selection__province")


def overridable_by_default() -> list[str]:
    """Checks that may be overridden with a reason, unless the panel's rules differ; see ``sealing/review``."""
    return [
        "panel-open",
        "sheets-open",
        "below-quorum",
        "spread-open",
        "conflicts-undeclared",
        "coverage-unsent",
        "coverage-unverified",
        "coverage-flagged",
        "shared-places",
    ]


class Panel(models.Model):
    """The panel of a selection, appointed by a decree, and the rules of its scoring.

    Marks below ``comment_below`` or above ``comment_above`` (hundredths) need a comment; empty means no limit. Marks of
    one criterion that differ by more than ``spread_limit`` hundredths are flagged for discussion. From ``closed_at`` on
    no marks are accepted, whatever the stage. ``overridable`` are the codes of checks that two people may override with
    a reason when they seal. Jurors read the result from its announcement on, or from the seal on if ``early_result``.
    """

    class Visibility(models.TextChoices):
        """When members see each other's marks of a candidate; marks of draft sheets are never shown."""

        OWN = "own", _("own marks only")
        AFTER_OWN = "after-own", _("marks of the others, once all own sheets are handed in")
        AFTER_CLOSE = "after-close", _("marks of the others, once the plenary has begun")

    class Disclosure(models.TextChoices):
        """How exported workbooks and documents name the jurors."""

        NAMES = "names", _("by name")
        LETTERS = "letters", _("by letters drawn for this panel")
        NONE = "none", _("not at all: the marks of a candidate in ascending order")

    selection = models.OneToOneField(Selection, models.PROTECT, related_name="panel")
    decree_number = OneLineField(_("decree number"), max_length=80, blank=True)
    decree_date = models.DateField(_("decree date"), null=True, blank=True)
    decree_file = models.CharField(_("document of the decree"), max_length=200, blank=True, editable=False)
    decree_key = models.CharField(max_length=100, blank=True, editable=False)
    decree_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    presentation_minutes = models.PositiveSmallIntegerField(
        _("minutes for the presentation"), default=15, validators=[MaxValueValidator(240)]
    )
    question_minutes = models.PositiveSmallIntegerField(
        _("minutes for questions"), default=15, validators=[MinValueValidator(5), MaxValueValidator(240)]
    )
    changeover_minutes = models.PositiveSmallIntegerField(
        _("minutes for the changeover"), default=5, validators=[MaxValueValidator(120)]
    )
    quorum = models.PositiveSmallIntegerField(
        _("quorum"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text=_("The smallest number of jurors whose marks count for a candidate."),
    )
    quorum_blocks = models.BooleanField(
        _("below the quorum nothing is sealed"),
        default=False,
        help_text=_("Otherwise the plenary is told and confirms it."),
    )
    rundown_published_at = models.DateTimeField(null=True, editable=False)
    rundown_published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    visibility = models.CharField(_("members see"), max_length=12, choices=Visibility, default=Visibility.OWN)
    disclosure = models.CharField(
        _("jurors in workbooks"), max_length=8, choices=Disclosure, default=Disclosure.LETTERS
    )
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+")
    comment_below = models.PositiveIntegerField(null=True, blank=True)
    comment_above = models.PositiveIntegerField(null=True, blank=True)
    spread_limit = models.PositiveIntegerField(default=1_500)
    overridable: Any = models.JSONField(default=overridable_by_default, editable=False)
    early_result = models.BooleanField(_("jurors read the sealed result"), default=False, db_default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("panel")
        constraints = [
            models.CheckConstraint(
                condition=(Q(comment_below=None) | Q(comment_below__lte=WHOLE))
                & (Q(comment_above=None) | Q(comment_above__lte=WHOLE)),
                name="panel_comment_in_range",
            ),
            models.CheckConstraint(
                condition=signed("rundown_published_at", "rundown_published_by"), name="panel_publisher_signs"
            ),
            models.CheckConstraint(condition=signed("closed_at", "closed_by"), name="panel_closer_signs"),
        ]

    def __str__(self) -> str:
        return f"{_('Panel')} · {self.selection}"

    @property
    def slot_minutes(self) -> int:
        """How long one interview takes, including changeover."""
        return self.presentation_minutes + self.question_minutes + self.changeover_minutes

    def requires_comment(self, mark: int | None) -> bool:
        """Whether a mark (hundredths) is beyond a limit, so that it needs a comment."""
        if mark is None:
            return False
        too_low = self.comment_below is not None and mark < self.comment_below
        return too_low or (self.comment_above is not None and mark > self.comment_above)


class Seat(models.Model):
    """One seat: an appointment as chair, secretary or juror, and the element (group) it represents.

    An assistant may type for the juror; only the juror hands in. Kept is the address the juror typed: whether somebody
    has it is told to nobody (``assisted_by``). An observer scores for practice; those marks do not count. ``replaces``
    is the seat it took over, for the reason recorded there.
    """

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="seats")
    appointment = models.OneToOneField(Appointment, models.PROTECT, related_name="seat")
    element = models.CharField(_("element represented"), max_length=120)
    order = models.PositiveSmallIntegerField()
    is_observer = models.BooleanField(_("observer"), default=False)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, editable=False, related_name="replaced_by")
    ended_reason = models.CharField(_("reason of the end"), max_length=300, blank=True, editable=False)
    assistant_address = models.EmailField(_("address of the assistant"), blank=True, db_default="", db_index=True)

    objects: ClassVar[Any] = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["panel", "order"]
        verbose_name = _("seat")
        constraints = [
            models.UniqueConstraint(fields=["panel", "order"], name="seat_order_once"),
            models.UniqueConstraint(
                fields=["panel", "assistant_address"],
                condition=~Q(assistant_address=""),
                name="seat_assistant_address_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.appointment.get_role_display()})"

    @property
    def trail_label(self) -> str:
        return f"{self.user.trail_label} ({self.appointment.get_role_display()})"

    @property
    def user(self) -> User:
        return self.appointment.user


class AboutNomination(models.Model):
    """What is declared once about a seat and a nomination, by the juror or by whoever runs the panel."""

    seat: Any
    nomination: Any
    declared_at = models.DateTimeField(auto_now_add=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering = ["declared_at"]
        constraints = [models.UniqueConstraint(fields=["seat", "nomination"], name="%(class)s_once")]

    def __str__(self) -> str:
        return f"{self.seat} · {self.nomination}"

    @property
    def trail_label(self) -> str:
        return f"{self.seat.trail_label} · {self.nomination}"


class Conflict(AboutNomination):
    """A conflict of interest of a juror in one nomination: own abstention, or recused by the secretary."""

    class Kind(models.TextChoices):
        ABSTENTION = "abstention", _("abstention")
        RECUSAL = "recusal", _("recusal")

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="conflicts")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="conflicts")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta(AboutNomination.Meta):
        verbose_name = _("conflict of interest")


class Declaration(AboutNomination):
    """A juror's declaration of no conflict of interest in one nomination; before it only the name is shown."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="declarations")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="declarations")

    class Meta(AboutNomination.Meta):
        verbose_name = _("declaration of no conflict")


class AssistantDeclaration(models.Model):
    """An assistant's own declaration about one nomination: no conflict of interest, or one with a reason.

    Before it the assistant sees only the name and cannot type; the juror can.
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="assistant_declarations")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="+")
    keeps_out = models.BooleanField()
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    declared_at = models.DateTimeField(auto_now_add=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["declared_at"]
        verbose_name = _("declaration of an assistant")
        constraints = [
            models.UniqueConstraint(fields=["seat", "nomination", "declared_by"], name="assistantdeclaration_once"),
            models.CheckConstraint(
                condition=Q(keeps_out=False, reason="") | (Q(keeps_out=True) & ~Q(reason="")),
                name="assistantdeclaration_keeps_out_by_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.declared_by} · {self.nomination}"
