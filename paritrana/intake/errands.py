"""What a file is handed in for on a page: which table, by which addresses, and where the way leads back."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from paritrana.intake.description import Intake


@dataclass(frozen=True)
class IntakeErrand:
    """``name`` is what the names of its three addresses begin with, ``args`` what the addresses begin with."""

    intake: Intake
    name: str
    back: tuple[str, str]
    """Address and words of the page the errand belongs to."""
    args: tuple[Any, ...] = ()
    paper_url: str = ""

    @property
    def about(self) -> str:
        """A file handed in for one errand is taken for no other."""
        return "-".join(map(str, [self.name, *self.args]))

    @property
    def choose_url(self) -> str:
        return reverse(f"{self.name}-upload", args=self.args)

    @property
    def template_url(self) -> str:
        return reverse(f"{self.name}-template", args=self.args)

    def read_url(self, key: str) -> str:
        return reverse(f"{self.name}-upload-read", args=[*self.args, key])
