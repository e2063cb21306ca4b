"""What is told of the winners."""

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Selection


class PublishingForm(forms.ModelForm):
    class Meta:
        model = Selection
        fields = ("publishes_totals",)
        help_texts = {
            "publishes_totals": _("Scores of single criteria and of jurors are never published."),
        }

    def _post_clean(self) -> None:
        """The row is written by the action."""
