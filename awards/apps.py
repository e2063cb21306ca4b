from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AwardsConfig(AppConfig):
    name = "awards"
    verbose_name = _("Award")

    def ready(self) -> None:
        from awards import todo  # noqa: F401  (tasks and menu entries are registered)
        from awards.candidates import todo as candidates_todo  # noqa: F401
        from awards.doors import news as doors_news  # noqa: F401  (the contact is told as well)
        from awards.doors import todo as doors_todo  # noqa: F401
        from awards.letters import (
            anchors,  # noqa: F401  (verify_trail compares with what was mailed)
            areas,  # noqa: F401  (letters are written when regions change their office)
            news,  # noqa: F401  (letters are written when something happens)
        )
        from awards.models.appointments import appointments_of
        from paritrana.accounts import second_factor

        second_factor.register_roles(lambda user: {one.role for one in appointments_of(user)})
