"""What every page's frame shows: menu, selections, the example label. Wiring; may look into every floor."""

from typing import Any

from django.http import HttpRequest

from awards.models import Edition
from paritrana import __version__


def context(request: HttpRequest) -> dict[str, Any]:
    """The variable ``frame`` of every template."""
    return {
        "frame": {
            "menu": [],
            "selections": [],
            "selection": None,
            "is_example": Edition.objects.filter(is_example=True).exists(),
            "version": __version__,
            "edition_label": "",
        }
    }
