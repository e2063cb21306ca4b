"""Names of the rows of an edition, which may have an English text; see ``EnglishText``."""

from django.db import models

from paritrana.display.english import in_english


class Named(models.Model):
    """A row of an edition whose name may have an English text."""

    name: models.CharField[str, str]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return in_english(self.name)
