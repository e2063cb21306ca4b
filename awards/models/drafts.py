"""Values typed into a nomination's form that could not be saved as answers yet."""

from typing import Any

from django.conf import settings
from django.db import models

from awards.models.nominations import Nomination


class AnswerDraft(models.Model):
    """As typed: ``texts`` is {form field: [texts]}; visible to its author only and never counted.

    ``based_on`` is the version of the nomination the person saw.
    """

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    texts: Any = models.JSONField()
    based_on = models.PositiveIntegerField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nomination", "user"], name="answerdraft_once")]

    def __str__(self) -> str:
        return str(self.nomination)
