from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScoringConfig(AppConfig):
    name = "scoring"
    verbose_name = _("Scoring")

    def ready(self) -> None:
        from scoring import handlers as receivers  # noqa: F401  (updates standings when coverage changes)
        from scoring import todo  # noqa: F401  (tasks and menu entries are registered)
        from scoring.documents import anchors  # noqa: F401  (verify_trail compares with what was printed)
        from scoring.documents import todo as documents_todo  # noqa: F401
        from scoring.results import todo as results_todo  # noqa: F401
