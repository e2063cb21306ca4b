from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "paritrana.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from paritrana.accounts import signals  # noqa: F401  (sign-ins are written to the trail)

        autodiscover_modules("events")  # each app registers the events it records in the trail
        autodiscover_modules("holdings")  # and what it holds about a person
