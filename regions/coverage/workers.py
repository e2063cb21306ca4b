"""Whose workers a branch may type, and until when: one rule for the page, the grid, the form and the file."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paritrana.display import formats
from regions.models import Coverage, Denominator

RULE = gettext_lazy(
    "A branch types the workers of its own kabupaten/kota until an office sets them, or until the figure is verified."
)


def may_be_typed(fixed: Denominator | None, figure: Coverage | None) -> bool:
    """Whether the branch of the region may type the workers: no office set them, and the figure is still open."""
    return fixed is None and (figure is None or figure.is_open)


def agree(fixed: Denominator, workers: int, counted: tuple[str, str]) -> bool:
    """Whether this figure of workers, counted in this way, agrees with the one set by the office."""
    return (fixed.workers, fixed.definition.counted) == (workers, counted)


def refusal(fixed: Denominator) -> str:
    """Why other workers are refused, what to write instead, and the rule."""
    words = _("The workers are set by an office: write %(workers)s (%(definition)s).")
    return f"{words % {'workers': formats.count(fixed.workers), 'definition': fixed.definition}} {RULE}"
