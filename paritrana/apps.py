from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class ParitranaConfig(AppConfig):
    name = "paritrana"

    def ready(self) -> None:
        from paritrana.operations import anchors  # noqa: F401  (verify_trail compares with the archives)
        from paritrana.setup import checks  # noqa: F401  (registers the boot checks)

        # Django signals migrating only for apps with models, which this one has not.
        first = apps.get_app_config("accounts")
        pre_migrate.connect(take_down_guards, sender=first)
        post_migrate.connect(put_up_guards, sender=first)


def take_down_guards(plan: list[Any], using: str, **kwargs: Any) -> None:
    """Before tables change: SQLite drops the triggers of a table it rebuilds, and triggers may refuse the change."""
    from paritrana import triggers

    if plan:
        triggers.take_down(connections[using])


def put_up_guards(using: str, **kwargs: Any) -> None:
    from paritrana import schema, triggers

    if not schema.is_newer(connections[using]):  # a newer release has created its own
        triggers.put_up(connections[using])
