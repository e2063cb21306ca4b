"""Nominations in a selection, their answers, and the attached evidence."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.models.candidates import Candidate
from awards.models.editions import GOVERNMENTS, Category, Sector
from awards.models.rubrics import Criterion
from awards.models.selections import Selection
from awards.stages import EDITABLE, ENDS_WITH, GONE, NominationState, mendable_in
from paritrana.accounts.models import User
from paritrana.accounts.two_signatures import signed
from paritrana.uploads.attached import AttachedFile
from regions.models.places import Region


class NominationQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Committees, chair, secretary and auditor: the selection's; branches and offices: their area, branches also
        whoever is located in their province but in no regency of it, except its government.

        Jurors see nominations only on their score sheets, where conflicts of interest are excluded; so they are for the
        chair, who is told of here.
        """
        from awards.models.appointments import Appointment, Role
        from awards.signals import kept_out_asked

        worked = Region.objects.worked_by(user)
        at_home = Q(candidate__region__in=worked)
        at_home |= Q(candidate__region__in=worked.values("parent")) & ~Q(candidate__kind__in=GOVERNMENTS)
        wide = Appointment.objects.current().filter(user_id=user.pk).exclude(role=Role.JUROR)
        seen = self.filter(
            Q(selection__in=wide.values("selection"))
            | Q(selection__edition__in=wide.filter(selection=None).values("edition"))
            | Q(at_home, selection__province__isnull=False)
        )
        for _receiver, keys in kept_out_asked.send(sender=self.model, user=user):
            seen = seen.exclude(pk__in=keys) if keys else seen
        return seen

    def reachable_by(self, user: User) -> Self:
        """Visible ones, and those this person has been let in to by the candidate's door."""
        from awards.models.doors import doors_of

        return self.visible_to(user) | self.filter(pk__in=doors_of(user))

    def listed_for(self, user: User) -> Self:
        """The shortlist by name: visible nominations, in selections this person is appointed to."""
        from awards.models.appointments import Appointment

        mine = Appointment.objects.current().filter(user_id=user.pk, selection__isnull=False)
        return (self.visible_to(user) | self.filter(selection__in=mine.values("selection"))).on_interview_list()

    def called(self, text: str) -> Self:
        """By a part of the candidate's name however it is written, by NPP or NIB, or by its region."""
        named = Candidate.objects.called(text).order_by()
        return self.filter(Q(candidate__in=named) | Q(candidate__region__name__icontains=text.strip()))

    def with_context(self) -> Self:
        return self.select_related(
            "selection__edition",
            "selection__province",
            "category",
            "sector",
            "candidate__region__parent",
        )

    def mendable(self, at: datetime | None = None) -> Self:
        """Those that may still be changed and sent: the stage of their state has not ended, also not by date.

        The database's clock decides, unless an instant is given.
        """
        from awards.models.selections import StageDate

        of_selection = StageDate.objects.filter(selection=OuterRef("selection")).closed(at)
        open_ones = Q()
        for state, stage in ENDS_WITH.items():
            in_time = Q(state=state, selection__stage__in=mendable_in(state))
            open_ones |= in_time & Q(~Exists(of_selection.filter(stage=stage)))
        return self.filter(open_ones)

    def on_interview_list(self) -> Self:
        return self.filter(state=NominationState.SHORTLISTED)


class EvidenceQuerySet(models.QuerySet[Any]):
    def current(self) -> Self:
        return self.filter(removed_at=None)

    def visible_to(self, user: User) -> Self:
        """Answers and evidence of visible nominations."""
        return self.filter(nomination__in=Nomination.objects.visible_to(user))

    def reachable_by(self, user: User) -> Self:
        return self.filter(nomination__in=Nomination.objects.reachable_by(user))


class Nomination(models.Model):
    """A candidate in a category of a selection; ``version`` counts every change, to detect edit conflicts.

    A disqualified or withdrawn one may return to the state it ``left_from``. An ineligible one may be cleared with a
    reason. One proposed by a province was ``carried_from`` there, with a frozen copy of its data.
    """

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="nominations")
    category = models.ForeignKey(Category, models.PROTECT, related_name="nominations")
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, blank=True, related_name="nominations")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="nominations")
    state = models.CharField(
        _("state"),
        max_length=14,
        choices=NominationState,
        default=NominationState.DRAFT,
    )
    left_from = models.CharField(max_length=14, choices=NominationState, blank=True, editable=False)
    left_reason = models.TextField(blank=True, editable=False)
    remark = models.TextField(_("remark"), blank=True)
    nominated_at = models.DateTimeField(auto_now_add=True)
    nominated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, editable=False)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True, editable=False)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    cleared_reason = models.CharField(_("cleared because"), max_length=300, blank=True, editable=False)
    cleared_at = models.DateTimeField(null=True, editable=False)
    cleared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    carried_from = models.OneToOneField("self", models.PROTECT, null=True, editable=False, related_name="carried_to")
    carried_reason = models.CharField(max_length=300, blank=True, editable=False)
    carried: Any = models.JSONField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[Any] = NominationQuerySet.as_manager()

    class Meta:
        ordering = [
            "selection",
            "category__order",
            "candidate__region__code",
            "candidate__name",
        ]
        verbose_name = _("nomination")
        constraints = [
            models.UniqueConstraint(fields=["selection", "category", "candidate"], name="nomination_once"),
            models.CheckConstraint(condition=signed("submitted_at", "submitted_by"), name="nomination_submitter_signs"),
            models.CheckConstraint(condition=signed("verified_at", "verified_by"), name="nomination_verifier_signs"),
            models.CheckConstraint(
                condition=(Q(state__in=sorted(GONE)) & ~Q(left_from="") & ~Q(left_reason=""))
                | (~Q(state__in=sorted(GONE)) & Q(left_from="", left_reason="")),
                name="nomination_leaves_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(cleared_at=None, cleared_by=None, cleared_reason="")
                | (Q(cleared_at__isnull=False, cleared_by__isnull=False) & ~Q(cleared_reason="")),
                name="nomination_clearer_signs",
            ),
            models.CheckConstraint(condition=signed("carried_from", "carried"), name="nomination_carries_a_copy"),
        ]

    def __str__(self) -> str:
        return self.candidate.name

    def get_absolute_url(self) -> str:
        return reverse("nomination", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    def open_remarks(self) -> dict[int, str]:
        """What has to be corrected since the last return, by the key of the criterion, until it is verified."""
        if self.state not in {NominationState.RETURNED, NominationState.SENT}:
            return {}
        return dict(self.return_remarks.values_list("criterion", "text"))


class Answer(models.Model):
    """The nominator's answer to one criterion, with a note on its basis.

    ``value`` is the data of the criterion's kind: see ``awards/criteria/kinds/``.
    """

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="answers")
    value: Any = models.JSONField(_("answer"))
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["criterion__aspect__order", "criterion__order"]
        verbose_name = _("answer")
        constraints = [models.UniqueConstraint(fields=["nomination", "criterion"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.nomination}: {self.criterion}"


class Evidence(AttachedFile):
    """A document attached to a nomination.

    A copy in the national selection shares the key: content never changes.
    """

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="evidence")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="evidence_given")

    objects: ClassVar[Any] = EvidenceQuerySet.as_manager()

    class Meta(AttachedFile.Meta):
        ordering = ["criterion__aspect__order", "criterion__order", "pk"]
        verbose_name = _("evidence")
