from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegionsConfig(AppConfig):
    name = "regions"
    verbose_name = _("Regions and coverage")

    def ready(self) -> None:
        from regions import todo  # noqa: F401  (tasks and menu entries are registered)
        from regions.verification import stored_doubts  # noqa: F401  (it listens to changed figures)
