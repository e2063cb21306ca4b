from django.apps import AppConfig


class ParitranaConfig(AppConfig):
    name = "paritrana"

    def ready(self) -> None:
        from paritrana import checks  # noqa: F401  (registers the boot checks)
