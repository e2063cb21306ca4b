"""Comments of the committee to the nominator of a nomination, with a file where one is needed."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models.nominations import Evidence, Nomination
from awards.models.rubrics import Criterion
from paritrana.accounts.models import User
from paritrana.display.one_line import OneLineField


class CommentQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Those of visible nominations; see ``Permission.SEE_COMMENTS`` for who reads them."""
        return self.filter(nomination__in=Nomination.objects.visible_to(user))

    def with_context(self) -> Self:
        return self.select_related("criterion", "written_by")


class Comment(models.Model):
    """Never changed and never taken away. The fields of the file are empty without one; see ``Evidence``."""

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="comments")
    criterion = models.ForeignKey(Criterion, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(_("comment"))
    name = OneLineField(_("file"), max_length=200, blank=True)
    kind = models.CharField(_("type"), max_length=5, choices=Evidence.Kind, blank=True)
    size = models.PositiveIntegerField(_("size"), default=0)
    pages = models.PositiveIntegerField(_("pages"), null=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    key = models.CharField(max_length=100, blank=True, editable=False)
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("comment")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(key="", name="", kind="", sha256="") | ~Q(key="") & ~Q(name="") & ~Q(kind=""),
                name="comment_file_whole_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nomination}: {self.text[:60]}"
